// One condition: the value the request has, each operand's answer, and why the whole is true or false.
import type { CompiledCondition } from '../condition/compile-condition.js';
import { MATCH, UNDECIDED_MATCH } from '../condition/operand.js';
import type { PolicyVersion } from '../model.js';
import { type KeyValue, type RequestState, UNKNOWN_VALUE, UNUSABLE_VALUE } from '../request-state.js';
import type { Tri } from '../tri.js';
import { explainEntry, outcomeOf } from './explain-entry.js';
import type { ElementExplanation, EntryExplanation, ExplanationReason, Outcome } from './explanation.js';

export function explainCondition(
  compiled: CompiledCondition,
  version: PolicyVersion,
  state: RequestState,
): ElementExplanation {
  const { condition, key, traits } = compiled;
  const start = state.assumed.length;
  const value = compiled.test(state);
  const assumptions = state.assumed.slice(start);
  const actual = state.read(key);
  const wanted = condition.operands.map((operand, index) => {
    const outcome = operandOutcome(compiled, index, actual, state);
    return explainEntry(operand, outcome, traits.variables ? version : undefined, state);
  });
  state.assumed.length = start;
  return {
    element: 'Condition',
    outcome: outcomeOf(value),
    reason: conditionReason(compiled, value, actual, wanted, assumptions),
    operator: condition.operatorText,
    key: condition.key.text,
    actual: shownValue(actual),
    wanted,
    assumptions,
    pointer: condition.pointer,
    line: condition.span.line,
    column: condition.span.column,
  };
}

/** Whether any value of the key matches one operand, whatever the operator's polarity. */
function operandOutcome(compiled: CompiledCondition, index: number, actual: KeyValue, state: RequestState): Outcome {
  const test = compiled.operands[index];
  const values = typeof actual === 'string' ? [actual] : Array.isArray(actual) ? actual : [];
  if (compiled.traits.family === 'null' || test === undefined) return 'false';
  let outcome: Outcome = 'false';
  for (const value of values) {
    const bits = test(value, state);
    if ((bits & MATCH) !== 0) return 'true';
    if ((bits & UNDECIDED_MATCH) !== 0) outcome = 'undecided';
  }
  return outcome;
}

function conditionReason(
  compiled: CompiledCondition,
  value: Tri,
  actual: KeyValue,
  wanted: readonly EntryExplanation[],
  assumptions: readonly string[],
): ExplanationReason {
  if (value === 2) return 'matched';
  if (value === 1) return 'undecided';
  if (actual === UNUSABLE_VALUE) return 'unusable-key';
  if (compiled.traits.family === 'null') return 'condition-false';
  if (actual === undefined) return 'key-missing';
  if (assumptions.includes('multivalued-without-set-operator')) return 'multivalued-without-set-operator';
  if (assumptions.some((id) => UNREADABLE_IDS.has(id))) return 'unparsable-value';
  const isUnresolved =
    wanted.length > 0 && wanted.every((entry) => entry.variables.length > 0 && entry.resolved === undefined);
  return isUnresolved ? 'variable-unresolved' : 'condition-false';
}

const UNREADABLE_IDS: ReadonlySet<string> = new Set(['value-unparsable', 'arn-incomplete', 'ip-mapped']);

function shownValue(value: KeyValue): string | readonly string[] | undefined {
  if (value === UNKNOWN_VALUE) return '(not known)';
  if (value === UNUSABLE_VALUE) return '(given in several casings)';
  return value;
}
