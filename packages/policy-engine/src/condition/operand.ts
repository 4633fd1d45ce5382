// What one operand says of one request value, and how operands are joined (docs/evaluation.md, COND-2, COND-8).

import type { AssumptionId } from '../assumptions.js';
import type { ConditionOperatorName } from '../model.js';
import type { RequestState } from '../request-state.js';
import { FALSE, TRUE, type Tri, UNDECIDED } from '../tri.js';

/**
 * A set of bits: the value matches an operand; an operand could not be decided; value or operand can't be read, so that
 * neither the operator nor its negation holds.
 */
export type Outcome = number;
export const NO_MATCH = 0;
export const MATCH = 1;
export const UNDECIDED_MATCH = 2;
export const UNREADABLE = 4;

/** Compares one request value with one operand, or with all of them. */
export type OperandTest = (value: string, state: RequestState) => Outcome;

/** What the outcome over all operands means for the operator. */
export function verdict(outcome: Outcome, negated: boolean): Tri {
  if ((outcome & MATCH) !== 0) return negated ? FALSE : TRUE;
  if (negated && (outcome & UNREADABLE) !== 0) return FALSE;
  if ((outcome & UNDECIDED_MATCH) !== 0) return UNDECIDED;
  return negated ? TRUE : FALSE;
}

/** `or` over operands; a match keeps its own assumptions only, and none when an operand matches without any (TRI-4). */
export function anyOperand(tests: readonly OperandTest[]): OperandTest {
  const [only] = tests;
  if (tests.length === 1 && only !== undefined) return only;
  return (value, state) => {
    const { assumed } = state;
    const start = assumed.length;
    let outcome = NO_MATCH;
    let kept: AssumptionId[] | undefined;
    for (const test of tests) {
      const before = assumed.length;
      const one = test(value, state);
      outcome |= one;
      if ((one & MATCH) === 0) continue;
      if (assumed.length === before) {
        assumed.length = start;
        return MATCH;
      }
      kept = [...(kept ?? []), ...assumed.slice(before)];
    }
    if (kept !== undefined) assumed.replace(start, kept);
    return outcome;
  };
}

/** What a Numeric or Date operator asks of the order of value and operand; for NotEquals, of equality (`verdict` negates). */
export function orderTest(operator: ConditionOperatorName): (order: number) => boolean {
  const wanted = operator.includes('Less') ? -1 : operator.includes('Greater') ? 1 : 0;
  const equalityCounts = operator.endsWith('Equals');
  return (order) => (order === 0 ? equalityCounts : Math.sign(order) === wanted);
}
