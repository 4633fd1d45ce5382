// The test of one condition: operands of one operator, its quantifier and its key (docs/evaluation.md, COND-1..8,
// NULL-1..3, LATTICE-QUERY).
import type { AssumptionId } from '../assumptions.js';
import type { Condition, PolicyVersion } from '../model.js';
import { type KeyValue, type RequestState, type Test, UNKNOWN_VALUE, UNUSABLE_VALUE } from '../request-state.js';
import { FALSE, not, TRUE, type Tri, tri, UNDECIDED } from '../tri.js';
import { arnOperand } from './arn.js';
import { binaryOperand } from './binary.js';
import { boolOperand, parseBool } from './bool.js';
import { type ConditionKey, conditionKey } from './condition-key.js';
import { dateOperand } from './date.js';
import { ipOperand } from './ip-address.js';
import { numericOperand } from './numeric.js';
import { anyOperand, type OperandTest, UNREADABLE, verdict } from './operand.js';
import { OPERATORS, type OperatorTraits } from './operators.js';
import { compileTemplate, readTemplate } from './policy-variables.js';
import { stringOperand } from './string.js';

export interface CompiledCondition {
  readonly condition: Condition;
  readonly key: ConditionKey;
  readonly traits: OperatorTraits;
  readonly test: Test;
  /** Compares one value with each operand; the explanation shows them one by one. */
  readonly operands: readonly OperandTest[];
}

export function compileCondition(condition: Condition, version: PolicyVersion): CompiledCondition {
  const traits = OPERATORS.get(condition.operator.toLowerCase()) as OperatorTraits;
  const key = conditionKey(condition.key.text);
  const operands = condition.operands.map((operand) => compileOperand(traits, operand.text, version));
  const test = casingNoted(
    condition,
    traits,
    traits.family === 'null' ? nullTest(condition, key) : keyTest(condition, key, traits, operands),
  );
  return { condition, key, traits, test, operands };
}

function compileOperand(traits: OperatorTraits, text: string, version: PolicyVersion): OperandTest {
  switch (traits.family) {
    case 'string':
      return stringOperand(traits.name, compileTemplate(readTemplate(text, version)));
    case 'arn':
      return arnOperand(compileTemplate(readTemplate(text, version)));
    case 'bool':
      return boolOperand(compileTemplate(readTemplate(text, version)));
    case 'numeric':
      return numericOperand(traits.name, text);
    case 'date':
      return dateOperand(traits.name, text);
    case 'binary':
      return binaryOperand(text);
    case 'ip':
      return ipOperand(text);
    case 'null':
      return () => UNREADABLE;
  }
}

/** An operator spelled in another casing than AWS's works, as an assumption (PARSE-OPERATOR). */
function casingNoted(condition: Condition, traits: OperatorTraits, test: Test): Test {
  const { setOperator, ifExists, operatorText } = condition;
  if (
    operatorText === `${setOperator === undefined ? '' : `${setOperator}:`}${traits.name}${ifExists ? 'IfExists' : ''}`
  ) {
    return test;
  }
  return (state) => {
    state.assumed.push('operator-name-casing');
    return test(state);
  };
}

function nullTest(condition: Condition, key: ConditionKey): Test {
  if (condition.setOperator === 'ForAllValues') return () => TRUE;
  if (condition.setOperator === 'ForAnyValue') return () => FALSE;
  const wanted = condition.operands.map((operand) => parseBool(operand.text));
  return (state) => {
    const value = state.read(key);
    const isEmptyList = Array.isArray(value) && value.length === 0;
    if (isEmptyList || value === '') state.assumed.push('null-empty');
    return tri(wanted.includes(value === undefined || isEmptyList));
  };
}

function keyTest(
  condition: Condition,
  key: ConditionKey,
  traits: OperatorTraits,
  operands: readonly OperandTest[],
): Test {
  const { negated } = traits;
  const compare = anyOperand(operands);
  if (condition.setOperator === 'ForAllValues') return quantified(key, compare, negated, FALSE);
  if (condition.setOperator === 'ForAnyValue') return quantified(key, compare, negated, TRUE);
  const whenAbsent = condition.ifExists || negated ? TRUE : FALSE;
  const severalAllowed = key.source === 'vpc-lattice-svcs:RequestQueryString/';
  return (state) => {
    const value = state.read(key);
    if (typeof value === 'string') return verdict(compare(value, state), negated);
    if (value === undefined) return whenAbsent;
    if (value === UNKNOWN_VALUE) return UNDECIDED;
    if (value === UNUSABLE_VALUE) return FALSE;
    if (value.length === 0) {
      state.assumed.push('null-empty');
      return whenAbsent;
    }
    return severalAllowed ? queryTest(value, compare, negated, state) : severalValues(state);
  };
}

function severalValues(state: RequestState): Tri {
  state.assumed.push('multivalued-without-set-operator');
  return FALSE;
}

/** A query key without set operator: any of its values (LATTICE-QUERY). */
function queryTest(values: readonly string[], compare: OperandTest, negated: boolean, state: RequestState): Tri {
  if (values.length > 1) state.assumed.push('query-several-values');
  let outcome = 0;
  for (const value of values) outcome |= compare(value, state);
  return verdict(outcome, negated);
}

/** ForAllValues: a value that fails settles it. ForAnyValue: one that holds. */
function quantified(key: ConditionKey, compare: OperandTest, negated: boolean, settling: Tri): Test {
  return (state) => {
    const values = listOf(state.read(key));
    return typeof values === 'number' ? values : quantify(values, compare, negated, settling, state);
  };
}

/** Keeps the assumptions of the values that settled it only: none when one did without any (TRI-4). */
function quantify(
  values: readonly string[],
  compare: OperandTest,
  negated: boolean,
  settling: Tri,
  state: RequestState,
): Tri {
  const { assumed } = state;
  const start = assumed.length;
  let result = not(settling);
  let kept: AssumptionId[] | undefined;
  for (const value of values) {
    const before = assumed.length;
    const one = verdict(compare(value, state), negated);
    if (one === UNDECIDED) result = UNDECIDED;
    if (one !== settling) continue;
    if (assumed.length === before) {
      assumed.length = start;
      return settling;
    }
    kept = [...(kept ?? []), ...assumed.slice(before)];
  }
  if (kept === undefined) return result;
  assumed.replace(start, kept);
  return settling;
}

/** The values to quantify over; a Tri when they can't be had. */
function listOf(value: KeyValue): readonly string[] | Tri {
  if (typeof value === 'string') return [value];
  if (value === undefined) return [];
  if (value === UNKNOWN_VALUE) return UNDECIDED;
  if (value === UNUSABLE_VALUE) return FALSE;
  return value;
}
