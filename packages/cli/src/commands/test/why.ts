// why.ts: what is known about a case that failed: for a denial what would have to differ, as the engine's explanation has
// it; for an allow whose statements allowed.
import { describeDifference } from '@lattice-auth/policy-engine';
import { authorizerFor, type Stack } from '@lattice-auth/stack';
import { statementText } from '../statement-text.js';
import type { Outcome } from './outcome.js';
import type { Why } from './results.js';

/** More near misses than this hide the nearest. */
const NEAR_MISSES_MAX = 3;

/** Nothing to say, for a case that passed. */
export const NO_WHY: Why = { label: 'near miss', lines: [] };

/** Why it came out as it did. */
export function whyOf(stack: Stack, outcome: Outcome): Why {
  if (outcome.kind === 'unreachable') return NO_WHY;
  if (outcome.decision.decision === 'allow') {
    const lines = outcome.decision.determining.map((ref) => `${ref.layer}: ${statementText(ref)}`);
    return { label: 'allowed by', lines };
  }
  const { nearMisses } = authorizerFor(stack, outcome.path).explain(outcome.request);
  const lines = nearMisses.slice(0, NEAR_MISSES_MAX).map(({ statement, differences }) => {
    return `${statementText(statement)}: ${differences.map(describeDifference).join('; ')}`;
  });
  return { label: 'near miss', lines };
}
