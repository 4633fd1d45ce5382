// The table of condition operators: name, family, polarity, and whether policy variables may stand in the operand
// (docs/evaluation.md, PARSE-OPERATOR).
import type { ConditionOperatorName } from '../model.js';

export type OperatorFamily = 'string' | 'numeric' | 'date' | 'bool' | 'binary' | 'ip' | 'arn' | 'null';

export interface OperatorTraits {
  readonly name: ConditionOperatorName;
  readonly family: OperatorFamily;
  /** A negated operator holds when none of its operands match, and when the key is absent. */
  readonly negated: boolean;
  /** Policy variables may stand in the operand. */
  readonly variables: boolean;
}

function family(
  name: OperatorFamily,
  operators: readonly ConditionOperatorName[],
  variables = false,
): [string, OperatorTraits][] {
  return operators.map((operator) => [
    operator.toLowerCase(),
    { name: operator, family: name, negated: operator.includes('Not'), variables },
  ]);
}

/** Operators by lower-case name, without set operator and `IfExists`. */
export const OPERATORS: ReadonlyMap<string, OperatorTraits> = new Map([
  ...family(
    'string',
    [
      'StringEquals',
      'StringNotEquals',
      'StringEqualsIgnoreCase',
      'StringNotEqualsIgnoreCase',
      'StringLike',
      'StringNotLike',
    ],
    true,
  ),
  ...family('numeric', [
    'NumericEquals',
    'NumericNotEquals',
    'NumericLessThan',
    'NumericLessThanEquals',
    'NumericGreaterThan',
    'NumericGreaterThanEquals',
  ]),
  ...family('date', [
    'DateEquals',
    'DateNotEquals',
    'DateLessThan',
    'DateLessThanEquals',
    'DateGreaterThan',
    'DateGreaterThanEquals',
  ]),
  ...family('bool', ['Bool'], true),
  ...family('binary', ['BinaryEquals']),
  ...family('ip', ['IpAddress', 'NotIpAddress']),
  ...family('arn', ['ArnEquals', 'ArnNotEquals', 'ArnLike', 'ArnNotLike'], true),
  ...family('null', ['Null']),
]);
