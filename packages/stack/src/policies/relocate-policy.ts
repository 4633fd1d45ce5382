// relocate-policy.ts — a policy parsed from text that was taken out of a stack file, with every place in it turned
// into a place in that file: what decisions, explanations and findings then show can be opened in an editor.
import type { Policy, SourceSpan } from '@lattice-auth/policy-engine';
import { LineIndex } from '../source/line-index.js';
import type { SourceFile } from '../source/source-file.js';
import type { PolicyText } from './policy-text.js';

interface LinePlace {
  readonly line: number;
  readonly column: number;
}

/** A policy as the engine parsed it, for readers of its JSON text, and where that text's lines are in the file. */
export interface WrittenPolicy {
  readonly policy: Policy;
  toFile(place: LinePlace): LinePlace;
}

const originals = new WeakMap<Policy, WrittenPolicy>();

const isSpan = (value: object): value is SourceSpan =>
  'start' in value && 'end' in value && 'line' in value && 'column' in value;

/** The same policy, standing in `file`. */
export function relocatePolicy(policy: Policy, policyText: PolicyText, file: SourceFile): Policy {
  const move = (value: unknown): unknown => {
    if (typeof value !== 'object' || value === null) return value;
    if (Array.isArray(value)) return value.map(move);
    if (isSpan(value)) {
      const start = policyText.toFile(value.start, 'start');
      return { start, end: Math.max(start, policyText.toFile(value.end, 'end')), ...file.lines.at(start) };
    }
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, move(inner)]));
  };
  const relocated: Policy = { ...(move(policy) as Policy), source: file.text };
  const lines = new LineIndex(policyText.text);
  originals.set(relocated, {
    policy,
    toFile: ({ line, column }) => file.lines.at(policyText.toFile(lines.startOf(line) + column - 1, 'start')),
  });
  return relocated;
}

/** The policy before it was relocated; a policy from a file of its own is what it was. */
export function writtenPolicy(policy: Policy): WrittenPolicy {
  return originals.get(policy) ?? { policy, toFile: ({ line, column }) => ({ line, column }) };
}
