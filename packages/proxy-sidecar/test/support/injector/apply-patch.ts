// apply-patch.ts: a patch applied by a library that is not ours, to a copy.
import fastJsonPatch, { type Operation } from 'fast-json-patch';
import type { AnyPod } from './pod-rules.js';

/** The Pod after the patch; throws where the patch does not fit. */
export function patched(pod: unknown, patch: readonly Operation[]): AnyPod {
  return fastJsonPatch.applyPatch(structuredClone(pod), structuredClone([...patch]), true).newDocument as AnyPod;
}
