// The rules of "Conditions" in docs/evaluation.md: how operators, keys and values are joined, and each family of operators.
import { describe, expect, test } from 'vitest';
import type { RequestContextValues } from '../../../src/index.js';
import { conditionVerdict, type Json, latticeVerdict, ROLE_ARN, statementVerdict, type Verdict } from './asking.js';

type Row = readonly [operator: string, operand: unknown, value: unknown, expected: string, ...assumptions: string[]];

/** One operator, one key, one value. */
function operatorVerdict(operator: string, operand: unknown, value: unknown): Verdict {
  return conditionVerdict({ [operator]: { k: operand } }, { k: value } as RequestContextValues);
}

function check(...[operator, operand, value, expected, ...assumptions]: Row): void {
  expect(operatorVerdict(operator, operand, value)).toEqual([expected, ...assumptions]);
}

const rows = (list: readonly Row[]) =>
  list.map((row) => ({ row, title: row.map((cell) => JSON.stringify(cell)).join(' ') }));

/** Every operator with an operand, a value that matches it, one that doesn't, and one that can't be read. */
const OPERATORS = [
  ['StringEquals', 'a', 'a', 'b', undefined],
  ['StringNotEquals', 'a', 'b', 'a', undefined],
  ['StringEqualsIgnoreCase', 'a', 'A', 'b', undefined],
  ['StringNotEqualsIgnoreCase', 'a', 'b', 'A', undefined],
  ['StringLike', 'a*', 'ab', 'b', undefined],
  ['StringNotLike', 'a*', 'b', 'ab', undefined],
  ['NumericEquals', '5', '5.0', '6', 'five'],
  ['NumericNotEquals', '5', '6', '5.0', 'five'],
  ['NumericLessThan', '5', '4', '5', 'five'],
  ['NumericLessThanEquals', '5', '5', '6', 'five'],
  ['NumericGreaterThan', '5', '6', '5', 'five'],
  ['NumericGreaterThanEquals', '5', '5', '4', 'five'],
  ['DateEquals', '2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z', '2026-01-02', 'today'],
  ['DateNotEquals', '2026-01-01T00:00:00Z', '2026-01-02', '2026-01-01T00:00:00Z', 'today'],
  ['DateLessThan', '2026-01-02', '2026-01-01', '2026-01-02', 'today'],
  ['DateLessThanEquals', '2026-01-02', '2026-01-02', '2026-01-03', 'today'],
  ['DateGreaterThan', '2026-01-02', '2026-01-03', '2026-01-02', 'today'],
  ['DateGreaterThanEquals', '2026-01-02', '2026-01-02', '2026-01-01', 'today'],
  ['Bool', 'true', 'true', 'false', 'yes'],
  ['BinaryEquals', 'QQ==', 'QQ==', 'Qg==', '?'],
  ['IpAddress', '10.0.0.0/8', '10.1.2.3', '11.0.0.0', '10.0.0'],
  ['NotIpAddress', '10.0.0.0/8', '11.0.0.0', '10.1.2.3', '10.0.0'],
  ['ArnEquals', 'arn:aws:iam::1:role/*', 'arn:aws:iam::1:role/a', 'arn:aws:iam::2:role/a', undefined],
  ['ArnNotEquals', 'arn:aws:iam::1:role/*', 'arn:aws:iam::2:role/a', 'arn:aws:iam::1:role/a', undefined],
  ['ArnLike', 'arn:aws:iam::1:role/*', 'arn:aws:iam::1:role/a', 'arn:aws:iam::2:role/a', undefined],
  ['ArnNotLike', 'arn:aws:iam::1:role/*', 'arn:aws:iam::2:role/a', 'arn:aws:iam::1:role/a', undefined],
] as const;

const isNegated = (operator: string) => operator.includes('Not');

describe('operators and keys', () => {
  const context = { a: '1', b: '2' };
  test.each([
    [{ StringEquals: { a: '1', b: '2' } }, 'true'],
    [{ StringEquals: { a: '1', b: '3' } }, 'false'],
    [{ StringEquals: { a: '0', b: '2' } }, 'false'],
    [{ StringEquals: { a: '1' }, NumericEquals: { b: '2' } }, 'true'],
    [{ StringEquals: { a: '1' }, NumericEquals: { b: '3' } }, 'false'],
    [{ StringEquals: { a: '0' }, NumericEquals: { b: '2' } }, 'false'],
    [{ StringLike: { a: '*' }, StringNotEquals: { a: '2' } }, 'true'],
    [{ StringLike: { a: '*' }, StringNotEquals: { a: '1' } }, 'false'],
  ])('COND-1 are joined by AND: %j', (condition, expected) => {
    expect(conditionVerdict(condition, context)).toEqual([expected]);
  });
});

test.each(OPERATORS)('COND-2 operands of %s are joined by OR, for a negated operator by NOR', (...row) => {
  const [operator, operand, holds, fails] = row;
  check(operator, operand, holds, 'true');
  check(operator, operand, fails, 'false');
  const [hit, miss] = isNegated(operator) ? [fails, holds] : [holds, fails];
  const other = operator.startsWith('Arn') ? 'arn:aws:x:::y' : (OTHER_OPERANDS[operator] ?? 'zzz');
  for (const operands of [
    [operand, other],
    [other, operand],
  ]) {
    check(operator, operands, hit, String(!isNegated(operator)));
    check(operator, operands, miss, String(isNegated(operator)));
  }
});

/** An operand that none of the values of OPERATORS matches. */
const OTHER_OPERANDS: Readonly<Record<string, string>> = {
  NumericEquals: '77',
  NumericNotEquals: '77',
  NumericLessThan: '-1',
  NumericLessThanEquals: '-1',
  NumericGreaterThan: '77',
  NumericGreaterThanEquals: '77',
  DateEquals: '1999-01-01',
  DateNotEquals: '1999-01-01',
  DateLessThan: '1999-01-01',
  DateLessThanEquals: '1999-01-01',
  DateGreaterThan: '2099-01-01',
  DateGreaterThanEquals: '2099-01-01',
  Bool: 'true',
  BinaryEquals: 'Qw==',
  IpAddress: '192.0.2.0/24',
  NotIpAddress: '192.0.2.0/24',
};

test('COND-2 both booleans as operands always hold for a present key', () => {
  check('Bool', ['true', 'false'], 'true', 'true');
  check('Bool', ['true', 'false'], 'false', 'true');
});

test.each(OPERATORS)('COND-3 %s and its IfExists form, when the key is absent', (operator, operand) => {
  check(operator, operand, undefined, String(isNegated(operator)));
  check(`${operator}IfExists`, operand, undefined, 'true');
});

test.each(OPERATORS)('COND-3 %sIfExists is the plain operator for a present key', (operator, operand, holds, fails) => {
  check(`${operator}IfExists`, operand, holds, 'true');
  check(`${operator}IfExists`, operand, fails, 'false');
});

test.each(OPERATORS)('COND-4 %s without operands', (operator, _operand, value) => {
  const whenAbsent = String(isNegated(operator));
  check(operator, [], value, String(isNegated(operator)));
  check(operator, [], undefined, whenAbsent);
  check(`${operator}IfExists`, [], value, String(isNegated(operator)));
  check(`${operator}IfExists`, [], undefined, 'true');
  check(`ForAllValues:${operator}`, [], [value], String(isNegated(operator)));
  check(`ForAllValues:${operator}`, [], undefined, 'true');
  check(`ForAnyValue:${operator}`, [], [value], String(isNegated(operator)));
  check(`ForAnyValue:${operator}`, [], undefined, 'false');
});

test.each(OPERATORS)('COND-5 ForAllValues:%s', (operator, operand, holds, fails) => {
  const all = `ForAllValues:${operator}`;
  check(all, operand, [holds], 'true');
  check(all, operand, [fails], 'false');
  check(all, operand, [holds, holds], 'true');
  check(all, operand, [holds, fails], 'false');
  check(all, operand, [fails, holds], 'false');
  check(all, operand, [], 'true');
  check(all, operand, undefined, 'true');
  check(all, operand, holds, 'true');
  check(all, operand, fails, 'false');
  check(`${all}IfExists`, operand, undefined, 'true');
  check(`${all}IfExists`, operand, [fails], 'false');
});

test.each(OPERATORS)('COND-6 ForAnyValue:%s', (operator, operand, holds, fails) => {
  const any = `ForAnyValue:${operator}`;
  check(any, operand, [holds], 'true');
  check(any, operand, [fails], 'false');
  check(any, operand, [holds, fails], 'true');
  check(any, operand, [fails, holds], 'true');
  check(any, operand, [fails, fails], 'false');
  check(any, operand, [], 'false');
  check(any, operand, undefined, 'false');
  check(`${any}IfExists`, operand, undefined, 'false');
  check(`${any}IfExists`, operand, [], 'false');
  check(any, operand, holds, 'true');
  check(any, operand, fails, 'false');
});

test('COND-5 each value is compared with the whole operand list', () => {
  check('ForAllValues:StringEquals', ['a', 'b'], ['a', 'b', 'a'], 'true');
  check('ForAllValues:StringEquals', ['a', 'b'], ['a', 'c'], 'false');
  check('ForAllValues:StringNotEquals', ['a', 'b'], ['c', 'd'], 'true');
  check('ForAllValues:StringNotEquals', ['a', 'b'], ['c', 'a'], 'false');
  check('ForAllValues:StringNotLike', ['a*', 'b*'], ['c', 'bb'], 'false');
});

test('COND-2 a match keeps the assumptions of the operands that matched, a mismatch those of all', () => {
  check('StringEqualsIgnoreCase', ['É', 'x'], 'é', 'true', 'string-case-folding');
  check('DateLessThan', ['2030', '2031-01-01T00:00:00'], '2026-01-01', 'true', 'date-without-zone', 'date-year-only');
  check('DateLessThan', ['2020', '2031-01-01T00:00:00'], '2026-01-01', 'true', 'date-without-zone');
  check('DateLessThan', ['2031-01-01T00:00:00', '2020'], '2026-01-01', 'true', 'date-without-zone');
  check('DateLessThan', ['2020', '2031-01-01'], '2026-01-01', 'true');
  check('DateLessThan', ['2020', '2021-01-01T00:00:00'], '2026-01-01', 'false', 'date-without-zone', 'date-year-only');
});

test('COND-6 a negated operator holds when one value matches no operand', () => {
  check('ForAnyValue:StringNotEquals', ['a', 'b'], ['a', 'c'], 'true');
  check('ForAnyValue:StringNotEquals', ['a', 'b'], ['a', 'b'], 'false');
  check('ForAnyValue:StringNotLike', ['a*', 'b*'], ['aa', 'bb'], 'false');
});

test('COND-6 only the value that decides brings its assumptions', () => {
  check('ForAnyValue:NumericLessThan', '5', ['x', '3'], 'true');
  check('ForAnyValue:NumericLessThan', '5', ['3', 'x'], 'true');
  check('ForAnyValue:NumericLessThan', '5', ['7', 'x'], 'false', 'value-unparsable');
  check('ForAnyValue:NumericLessThan', '5', ['x', '1e0'], 'true', 'numeric-form');
  check(
    'ForAnyValue:DateLessThan',
    '2030-01-01',
    ['2026', '2026-01-01T00:00:00'],
    'true',
    'date-without-zone',
    'date-year-only',
  );
});

test('COND-5 only the value that decides brings its assumptions', () => {
  check('ForAllValues:NumericLessThan', '5', ['x', '7'], 'false');
  check('ForAllValues:NumericLessThan', '5', ['7', 'x'], 'false');
  check('ForAllValues:NumericLessThan', '5', ['3', 'x'], 'false', 'value-unparsable');
});

describe('a value that can not be known', () => {
  const ask = (condition: Json, k: RequestContextValues[string]) =>
    statementVerdict({ Condition: condition }, { principal: { arn: ROLE_ARN }, context: { k } });
  const undecided: Verdict = ['undecided', 'principal-session-unknown'];

  test.each([
    ['ForAnyValue:StringEquals', 'aws:userid', 'v'],
    ['ForAllValues:StringEquals', 'aws:userid', 'v'],
    ['ForAnyValue:StringEquals', 'k', '${aws:userid}'],
    ['ForAllValues:StringEquals', 'k', '${aws:userid}'],
    ['StringNotLike', 'k', '${aws:userid}*'],
    ['ArnEquals', 'k', 'arn:aws:iam::1:user/${aws:userid}'],
    ['ArnNotLike', 'k', 'arn:aws:iam::1:user/${aws:userid}'],
  ])('COND-2 %s %s %s is undecided', (operator, key, operand) => {
    const values = ['arn:aws:iam::1:user/x', 'arn:aws:iam::1:user/y'];
    const value = operator.startsWith('For') ? values : 'arn:aws:iam::1:user/x';
    expect(ask({ [operator]: { [key]: operand } }, value)).toEqual(undecided);
  });

  test('COND-6 a value that settles it makes it no matter', () => {
    const condition = (operator: string) => ({ [operator]: { k: ['a', '${aws:userid}'] } });
    expect(ask(condition('ForAnyValue:StringEquals'), ['b', 'a'])).toEqual(['true']);
    expect(ask(condition('ForAllValues:StringEquals'), ['b', 'a'])).toEqual(undecided);
    expect(ask(condition('ForAllValues:StringNotEquals'), ['b', 'a'])).toEqual(['false']);
  });

  test('BOOL-1 as an operand', () => {
    const verdict = ask({ Bool: { k: '${aws:userid}' } }, 'true');
    expect(verdict[0]).toBe('undecided');
    expect(verdict).toContain('principal-session-unknown');
  });
});

test.each(OPERATORS)('COND-7 %s against a multivalued key', (operator, operand, holds, fails) => {
  for (const values of [[holds], [fails], [holds, fails], [holds, holds]]) {
    check(operator, operand, values, 'false', 'multivalued-without-set-operator');
    check(`${operator}IfExists`, operand, values, 'false', 'multivalued-without-set-operator');
  }
});

const READING = OPERATORS.filter((row) => row[4] !== undefined);
test.each(READING)('COND-8 %s against a value that it can not read', (operator, operand, holds, _fails, bad) => {
  check(operator, operand, bad, 'false', 'value-unparsable');
  // Nothing is the base64 of nothing.
  if (operator !== 'BinaryEquals') check(operator, operand, '', 'false', 'value-unparsable');
  check(`${operator}IfExists`, operand, bad, 'false', 'value-unparsable');
  check(operator, [operand, operand], bad, 'false', 'value-unparsable');
  check(`ForAllValues:${operator}`, operand, [holds, bad], 'false', 'value-unparsable');
  check(`ForAnyValue:${operator}`, operand, [bad], 'false', 'value-unparsable');
  check(`ForAnyValue:${operator}`, operand, [bad, holds], 'true');
});

test.each(
  rows([
    ['StringEquals', 'a', 'A', 'false'],
    ['StringEquals', 'a*', 'ab', 'false'],
    ['StringEquals', 'a*', 'a*', 'true'],
    ['StringEquals', '?', 'a', 'false'],
    ['StringEquals', '', '', 'true'],
    ['StringEquals', '', 'a', 'false'],
    ['StringEquals', 'é', 'e\u0301', 'false'],
    ['StringNotEquals', 'a', 'A', 'true'],
    ['StringEqualsIgnoreCase', 'GeT', 'gEt', 'true'],
    ['StringEqualsIgnoreCase', 'a*', 'AB', 'false'],
    ['StringNotEqualsIgnoreCase', 'GeT', 'gEt', 'false'],
    ['StringNotEqualsIgnoreCase', 'anonymous', 'Anonymous', 'false'],
    ['StringEqualsIgnoreCase', 'É', 'é', 'true', 'string-case-folding'],
    ['StringNotEqualsIgnoreCase', 'É', 'é', 'false', 'string-case-folding'],
    ['StringEqualsIgnoreCase', 'é', 'é', 'true'],
    ['StringEqualsIgnoreCase', 'ß', 'ss', 'false'],
    ['StringLike', 'a*', 'abc', 'true'],
    ['StringLike', 'a*', 'Abc', 'false'],
    ['StringLike', 'a?c', 'abc', 'true'],
    ['StringLike', '*', '', 'true'],
    ['StringNotLike', 'a*', 'Abc', 'true'],
    ['StringNotLike', 'a*', 'abc', 'false'],
  ]),
)('STRING-1 $title', ({ row }) => check(...row));

test.each(
  rows([
    ['NumericEquals', '5', '5', 'true'],
    ['NumericEquals', '-5', '-5', 'true'],
    ['NumericEquals', '5', '5.0', 'true'],
    ['NumericEquals', '05', '5', 'true'],
    ['NumericEquals', '5', '+5', 'true', 'numeric-form'],
    ['NumericEquals', '+5', '5', 'true', 'numeric-form'],
    ['NumericEquals', '1000', '1e3', 'true', 'numeric-form'],
    ['NumericEquals', '1E3', '1000', 'true', 'numeric-form'],
    ['NumericEquals', '12', '12abc', 'false', 'value-unparsable'],
    ['NumericEquals', '5', ' 5', 'false', 'value-unparsable'],
    ['NumericEquals', '5', '5 ', 'false', 'value-unparsable'],
    ['NumericEquals', '16', '0x10', 'false', 'value-unparsable'],
    ['NumericNotEquals', '16', '0x10', 'false', 'value-unparsable'],
    ['NumericLessThan', '5', '', 'false', 'value-unparsable'],
    ['NumericEquals', '443', 443, 'true'],
    ['NumericLessThan', 1024, '443', 'true'],
  ]),
)('NUMERIC-1 $title', ({ row }) => check(...row));

test.each(
  rows([
    ['NumericEquals', '9007199254740993', '9007199254740992', 'false'],
    ['NumericLessThan', '9007199254740993', '9007199254740992', 'true'],
    ['NumericEquals', '0.1', '0.10', 'true'],
    ['NumericLessThan', '0.3', '0.29999999999999999999', 'true'],
    ['NumericGreaterThan', '-2', '-1', 'true'],
    ['NumericGreaterThan', '9', '10', 'true'],
    ['NumericEquals', '0', '-0', 'true'],
  ]),
)('NUMERIC-2 $title', ({ row }) => check(...row));

test.each(
  rows([
    ['DateEquals', '2026-11-21T10:00:00Z', '1795255200', 'true'],
    ['DateEquals', '1795255200', '2026-11-21T10:00:00Z', 'true'],
    ['DateLessThan', '2026-11-21T10:00:00Z', '1795255199', 'true'],
    ['DateGreaterThan', '1795255200', '2026-11-21T10:00:01Z', 'true'],
    ['DateGreaterThan', '1795255200', '2026-11-21T10:00:00Z', 'false'],
    ['DateEquals', '2026-11-21T10:00:00Z', '2026-11-21T11:00:00+01:00', 'true'],
    ['DateEquals', '2026-11-21', '2026-11-21T00:00:00Z', 'true'],
    ['DateEquals', '2026-11', '2026-11-01T00:00:00Z', 'true'],
    ['DateLessThan', '2026-11-21', 1_795_000_000, 'true'],
    // Milliseconds are seconds of a far future.
    ['DateGreaterThan', '2026-11-21', '1795255200000', 'true'],
    ['DateLessThan', '2026-11-21', '2026-02-30', 'false', 'value-unparsable'],
  ]),
)('DATE-1 $title', ({ row }) => check(...row));

test.each(
  rows([
    ['DateEquals', '2026', '2026-01-01', 'true', 'date-year-only'],
    ['DateEquals', '2026-01-01', '2026', 'true', 'date-year-only'],
    ['DateLessThan', '2027', '2026-12-31T23:59:59Z', 'true', 'date-year-only'],
    ['DateGreaterThan', '2026', '2027-01-01', 'true', 'date-year-only'],
  ]),
)('DATE-2 $title', ({ row }) => check(...row));

test.each(
  rows([
    ['DateEquals', '2026-11-21T10:00:00', '2026-11-21T10:00:00Z', 'true', 'date-without-zone'],
    ['DateEquals', '2026-11-21T10:00:00Z', '2026-11-21T10:00', 'true', 'date-without-zone'],
    ['DateEquals', '2026-11-21', '2026-11-21T00:00:00Z', 'true'],
  ]),
)('DATE-3 $title', ({ row }) => check(...row));

test.each(
  rows([
    ['DateEquals', '2026-11-21T10:00:00Z', '2026-11-21T10:00:00.9Z', 'true', 'date-fraction'],
    ['DateEquals', '2026-11-21T10:00:00.9Z', '2026-11-21T10:00:00Z', 'true', 'date-fraction'],
    ['DateEquals', '2026-11-21T10:00:00Z', '2026-11-21T10:00:00.000Z', 'true'],
    ['DateEquals', '2026-11-21T10:00:00Z', new Date('2026-11-21T10:00:00Z'), 'true'],
    ['DateEquals', '1795255200', '1795255200.5', 'true', 'date-fraction'],
    ['DateEquals', '2026-11-21T10:00:00Z', '2026-11-21T10:00:00.5', 'true', 'date-fraction', 'date-without-zone'],
  ]),
)('DATE-4 $title', ({ row }) => check(...row));

describe('the time of a request', () => {
  const before2030 = { DateLessThan: { 'aws:CurrentTime': '2030-01-01' } };
  const after2030 = { DateGreaterThan: { 'aws:EpochTime': '1893456000' } };
  const time = new Date('2026-11-21T10:00:00Z');

  test('DATE-5 is compared when it is given', () => {
    expect(latticeVerdict(before2030, { time })).toEqual(['true']);
    expect(latticeVerdict(after2030, { time })).toEqual(['false']);
    expect(latticeVerdict({ DateEquals: { 'aws:CurrentTime': '1795255200' } }, { time })).toEqual(['true']);
    expect(latticeVerdict({ NumericEquals: { 'aws:EpochTime': '1795255200' } }, { time })).toEqual(['true']);
    expect(latticeVerdict({ StringLike: { 'aws:CurrentTime': '2026-11-21T10:00:00*Z' } }, { time })).toEqual(['true']);
    const half = new Date('2026-11-21T10:00:00.900Z');
    expect(latticeVerdict({ StringEquals: { 'aws:EpochTime': '1795255200' } }, { time: half })).toEqual(['true']);
  });

  test('DATE-5 is undecided when it is not given, negated or not', () => {
    const undecided: Verdict = ['undecided', 'date-unknown'];
    expect(latticeVerdict(before2030)).toEqual(undecided);
    expect(latticeVerdict(after2030)).toEqual(undecided);
    expect(latticeVerdict({ DateNotEquals: { 'aws:CurrentTime': '2030-01-01' } })).toEqual(undecided);
    expect(latticeVerdict({ DateLessThanIfExists: { 'aws:CurrentTime': '2030-01-01' } })).toEqual(undecided);
  });

  test('DATE-5 may come from the context', () => {
    const context = { 'aws:CurrentTime': time, 'aws:EpochTime': 1_795_255_200 };
    expect(latticeVerdict(before2030, { context })).toEqual(['true']);
    expect(latticeVerdict(after2030, { context })).toEqual(['false']);
  });

  test('DATE-5 is an ordinary key of a plain request', () => {
    expect(conditionVerdict(before2030, { 'aws:CurrentTime': time })).toEqual(['true']);
    expect(conditionVerdict(before2030, {})).toEqual(['false']);
  });
});

test.each(
  rows([
    ['Bool', 'true', 'true', 'true'],
    ['Bool', true, true, 'true'],
    ['Bool', 'false', false, 'true'],
    ['Bool', 'false', 'true', 'false'],
    ['Bool', 'True', 'true', 'true', 'bool-casing'],
    ['Bool', 'true', 'TRUE', 'true', 'bool-casing'],
    ['Bool', 'true', '1', 'false', 'value-unparsable'],
    ['Bool', '${other}', 'true', 'true', 'variable-bool'],
    ['Bool', '${other}', 'false', 'false', 'variable-bool'],
    ['Bool', '${absent}', 'true', 'false', 'variable-bool'],
    ['Bool', '${text}', 'true', 'false', 'variable-bool'],
    ['Bool', ['${other}', 'true'], 'true', 'true'],
  ]),
)('BOOL-1 $title', ({ row: [operator, operand, value, expected, ...assumptions] }) => {
  const condition = { [operator]: { k: operand } };
  expect(conditionVerdict(condition, { k: value, other: 'true', text: 'unknown' } as RequestContextValues)).toEqual([
    expected,
    ...assumptions,
  ]);
});

test.each(
  rows([
    ['BinaryEquals', 'QUI=', 'QUI=', 'true'],
    ['BinaryEquals', 'QUI=', 'QUJD', 'false'],
    ['BinaryEquals', 'QUI=', 'QUI', 'true', 'binary-padding'],
    ['BinaryEquals', 'QUI', 'QUI=', 'true', 'binary-padding'],
    ['BinaryEquals', 'QUI=', 'qui=', 'false'],
    ['BinaryEquals', 'QUI=', 'AB', 'false'],
    ['BinaryEquals', 'QUI=', 'Q', 'false', 'value-unparsable'],
  ]),
)('BINARY-1 $title', ({ row }) => check(...row));

test.each(
  rows([
    ['IpAddress', '10.0.0.0/8', '10.255.255.255', 'true'],
    ['IpAddress', '10.0.0.0/8', '11.0.0.0', 'false'],
    ['NotIpAddress', '10.0.0.0/8', '11.0.0.0', 'true'],
    ['IpAddress', '10.9.9.9/8', '10.0.0.1', 'true'],
    ['IpAddress', '0.0.0.0/0', '203.0.113.9', 'true'],
    ['NotIpAddress', '0.0.0.0/0', '203.0.113.9', 'false'],
    ['IpAddress', '0.0.0.0/1', '203.0.113.9', 'false'],
    ['IpAddress', '203.0.113.9/32', '203.0.113.9', 'true'],
  ]),
)('IP-1 $title', ({ row }) => check(...row));

test.each(
  rows([
    ['IpAddress', '2001:DB8:0::1/128', '2001:db8::1', 'true'],
    ['IpAddress', '2001:db8::/32', '2001:0DB8:ffff:0:0:0:0:1', 'true'],
    ['NotIpAddress', '2001:db8::/32', '2001:DB8::', 'false'],
    ['IpAddress', '::/0', '10.0.0.1', 'false'],
    ['NotIpAddress', '::/0', '10.0.0.1', 'true'],
    ['IpAddress', '0.0.0.0/0', '2001:db8::1', 'false'],
    ['NotIpAddress', '0.0.0.0/0', '2001:db8::1', 'true'],
  ]),
)('IP-2 $title', ({ row }) => check(...row));

test.each(
  rows([
    ['IpAddress', '10.0.0.1', '10.0.0.1', 'true'],
    ['IpAddress', '10.0.0.1', '10.0.0.2', 'false'],
    ['NotIpAddress', '10.0.0.1', '10.0.0.2', 'true'],
    // With /32 for IPv6 too, as AWS's sentence goes, the same would match.
    ['IpAddress', '2001:db8::1', '2001:db8::1', 'true'],
    ['IpAddress', '2001:db8::1', '2001:db8::2', 'false', 'ip-bare-v6'],
    ['NotIpAddress', '2001:db8::1', '2001:db8::2', 'true', 'ip-bare-v6'],
    ['IpAddress', '2001:db8::1/128', '2001:db8::2', 'false'],
    ['IpAddress', '2001:db8::1', '2002:db8::1', 'false'],
    ['NotIpAddress', '2001:db8::1', '2002:db8::1', 'true'],
  ]),
)('IP-3 $title', ({ row }) => check(...row));

test.each(
  rows([
    ['IpAddress', '192.0.2.0/24', '::ffff:192.0.2.1', 'false', 'ip-mapped'],
    ['NotIpAddress', '192.0.2.0/24', '::ffff:192.0.2.1', 'false', 'ip-mapped'],
    ['IpAddress', '::/0', '::ffff:192.0.2.1', 'false', 'ip-mapped'],
    ['IpAddress', 'fe80::/10', 'fe80::1%eth0', 'false', 'ip-mapped'],
    ['NotIpAddress', '10.0.0.0/8', 'fe80::1%eth0', 'false', 'ip-mapped'],
  ]),
)('IP-4 $title', ({ row }) => check(...row));

const ROLE = 'arn:aws:iam::111122223333:role/team/Reader';
test.each(
  rows([
    ['ArnEquals', ROLE, ROLE, 'true'],
    ['ArnEquals', 'arn:aws:iam::111122223333:role/*', ROLE, 'true'],
    ['ArnLike', 'arn:aws:iam::111122223333:role/*', ROLE, 'true'],
    ['ArnLike', 'arn:aws:iam::*:role/team/Reade?', ROLE, 'true'],
    ['ArnLike', 'arn:aws:iam::111122223333:ROLE/*', ROLE, 'false'],
    ['ArnLike', 'arn:aws:iam::444455556666:role/*', ROLE, 'false'],
    ['ArnLike', 'arn:*:*:*:*:*', ROLE, 'true'],
    ['ArnLike', 'arn:aws:*:111122223333:role/*:x', 'arn:aws:iam::111122223333:role/a', 'false'],
    ['ArnLike', 'arn:aws:*:*:*:x', 'arn:aws:iam::1:a:x', 'false'],
    ['ArnLike', 'arn:aws:us.east.1:::x', 'arn:aws:us-east-1:::x', 'false'],
    ['ArnNotEquals', ROLE, ROLE, 'false'],
    ['ArnNotEquals', 'arn:aws:iam::444455556666:*', ROLE, 'true'],
    ['ArnNotLike', 'arn:aws:iam::111122223333:*', ROLE, 'false'],
    ['ArnNotLike', 'arn:aws:iam::444455556666:*', ROLE, 'true'],
  ]),
)('ARNOP-1 $title', ({ row }) => check(...row));

test.each(
  rows([
    ['ArnLike', 'arn:aws:iam::*', ROLE, 'false', 'arn-incomplete'],
    ['ArnNotLike', 'arn:aws:iam::*', ROLE, 'false', 'arn-incomplete'],
    ['ArnEquals', '*', ROLE, 'false', 'arn-incomplete'],
    ['ArnEquals', ROLE, 'arn:aws:iam::111122223333', 'false', 'arn-incomplete'],
    ['ArnNotEquals', ROLE, 'Reader', 'false', 'arn-incomplete'],
    ['ArnEquals', ['*', ROLE], ROLE, 'true'],
    // What can't be read comes before what has no value.
    ['ArnNotEquals', 'arn:aws:iam::1:user/${my:absent}', 'x', 'false', 'arn-incomplete'],
    ['ArnEquals', 'arn:aws:iam::1:user/${my:absent}', 'x', 'false', 'arn-incomplete'],
    ['ArnEquals', '?:aws:iam::1:x', '😀:b', 'false', 'arn-incomplete'],
  ]),
)('ARNOP-2 $title', ({ row }) => check(...row));

test.each(
  rows([
    ['Null', 'true', undefined, 'true'],
    ['Null', 'true', 'v', 'false'],
    ['Null', 'false', undefined, 'false'],
    ['Null', 'false', 'v', 'true'],
    ['Null', true, undefined, 'true'],
    ['Null', false, ['v'], 'true'],
    ['Null', ['true', 'false'], 'v', 'true'],
    ['Null', ['true', 'false'], undefined, 'true'],
    ['Null', [], 'v', 'false'],
    ['Null', [], undefined, 'false'],
  ]),
)('NULL-1 $title', ({ row }) => check(...row));

test.each(
  rows([
    ['Null', 'true', [], 'true', 'null-empty'],
    ['Null', 'false', [], 'false', 'null-empty'],
    ['Null', 'true', '', 'false', 'null-empty'],
    ['Null', 'false', '', 'true', 'null-empty'],
    ['Null', 'false', ['v'], 'true'],
    ['StringEquals', 'v', [], 'false', 'null-empty'],
    ['StringNotEquals', 'v', [], 'true', 'null-empty'],
    ['StringEqualsIfExists', 'v', [], 'true', 'null-empty'],
    ['StringEquals', '', '', 'true'],
  ]),
)('NULL-2 $title', ({ row }) => check(...row));

test.each(
  rows([
    ['ForAllValues:Null', 'true', 'v', 'true'],
    ['ForAllValues:Null', 'true', undefined, 'true'],
    ['ForAllValues:Null', 'false', undefined, 'true'],
    ['ForAllValues:Null', 'false', [], 'true'],
    ['ForAnyValue:Null', 'true', 'v', 'false'],
    ['ForAnyValue:Null', 'true', undefined, 'false'],
    ['ForAnyValue:Null', 'false', ['v'], 'false'],
    ['ForAnyValue:Null', 'false', 'v', 'false'],
  ]),
)('NULL-3 $title', ({ row }) => check(...row));
