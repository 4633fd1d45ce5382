// relocate-policy.ts — a policy parsed from text that was taken out of a stack file, with every place in it turned
// into a place in that file: what decisions, explanations and findings then show can be opened in an editor.
import type { Policy, SourceSpan } from '@lattice-auth/policy-engine';
import type { SourceFile } from '../source/source-file.js';
import type { PolicyText } from './policy-text.js';

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
  return { ...(move(policy) as Policy), source: file.text };
}
