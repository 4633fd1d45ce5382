// The table of condition operators: every documented name, once, with its family and polarity (docs/evaluation.md,
// PARSE-OPERATOR and "Conditions").
import { expect, test } from 'vitest';
import { OPERATORS } from '../../../src/condition/operators.js';

type Row = readonly [name: string, negated: boolean, family: string, variables: boolean];

const comparisons = (family: string): [string, boolean][] => [
  [`${family}Equals`, false],
  [`${family}NotEquals`, true],
  [`${family}LessThan`, false],
  [`${family}LessThanEquals`, false],
  [`${family}GreaterThan`, false],
  [`${family}GreaterThanEquals`, false],
];

const STRINGS: [string, boolean][] = [
  ['StringEquals', false],
  ['StringNotEquals', true],
  ['StringEqualsIgnoreCase', false],
  ['StringNotEqualsIgnoreCase', true],
  ['StringLike', false],
  ['StringNotLike', true],
];

const EXPECTED: readonly Row[] = [
  ...STRINGS.map(([name, negated]): Row => [name, negated, 'string', true]),
  ...comparisons('Numeric').map(([name, negated]): Row => [name, negated, 'numeric', false]),
  ...comparisons('Date').map(([name, negated]): Row => [name, negated, 'date', false]),
  ['Bool', false, 'bool', true],
  ['BinaryEquals', false, 'binary', false],
  ['IpAddress', false, 'ip', false],
  ['NotIpAddress', true, 'ip', false],
  ['ArnEquals', false, 'arn', true],
  ['ArnNotEquals', true, 'arn', true],
  ['ArnLike', false, 'arn', true],
  ['ArnNotLike', true, 'arn', true],
  ['Null', false, 'null', false],
];

test.each(EXPECTED)('%s', (name, negated, family, variables) => {
  expect(OPERATORS.get(name.toLowerCase())).toEqual({ name, negated, family, variables });
});

test('there are no others, and no form with a prefix or suffix', () => {
  expect([...OPERATORS.keys()].sort()).toEqual(EXPECTED.map(([name]) => name.toLowerCase()).sort());
});
