// parse-condition.test.ts — operators, keys and operands: what is read, and what is refused.
import { describe, expect, test } from 'vitest';
import { OPERATORS } from '../../../src/condition/operators.js';
import { parsePolicy } from '../../../src/parse/parse-policy.js';
import { documentOf, findingsOf, messagesOf } from './findings-of.js';

const AT = '/Statement/0/Condition';

const VALID: Record<string, unknown> = {
  string: 'x',
  numeric: '1',
  date: '2026-11-21T00:00:00Z',
  bool: 'true',
  binary: 'QQ==',
  ip: '10.0.0.0/8',
  arn: 'arn:aws:s3:::b',
  null: 'true',
};

const conditionsOf = (Condition: object) =>
  parsePolicy(documentOf({ Condition }), { type: 'auth' }).statements[0]?.conditions;
const conditionOf = (Condition: object) => conditionsOf(Condition)?.[0];
const condition = (Condition: object) => findingsOf(documentOf({ Condition }));

describe('operators', () => {
  test.each([...OPERATORS.values()])('$name, plain and with every prefix, suffix and casing', ({ name, family }) => {
    for (const setOperator of [undefined, 'ForAllValues', 'ForAnyValue'] as const) {
      for (const ifExists of name === 'Null' ? [false] : [false, true]) {
        const text = `${setOperator ? `${setOperator}:` : ''}${name}${ifExists ? 'IfExists' : ''}`;
        for (const operatorText of [text, text.toLowerCase(), text.toUpperCase()]) {
          const parsed = conditionOf({ [operatorText]: { 'a:b': VALID[family] } });
          expect(parsed).toMatchObject({ operator: name, operatorText, setOperator, ifExists });
        }
      }
    }
  });

  test.each([
    ['StringEqual', '; did you mean `StringEquals`?'],
    ['stringequal', '; did you mean `StringEquals`?'],
    ['Equals', ''],
    ['', ''],
    ['IfExists', ''],
    ['StringEqualsIfExist', ''],
    ['StringEquals ', '; did you mean `StringEquals`?'],
    ['ForAnyValue:', ''],
    ['ForAnyValue:IfExists', ''],
    ['ForAnyValue:StringLikes', '; did you mean `StringLike`?'],
    ['ForAnyValues:StringLike', '; did you mean `ForAnyValue`?'],
    ['ForSomeValue:StringLike', '; did you mean `ForAnyValue`?'],
    [':StringLike', ''],
    ['ForAnyValue:ForAllValues:StringLike', ''],
    ['ForAnyValue::StringLike', '; did you mean `StringLike`?'],
    ['StringLikeIfExistsIfExists', ''],
    ['StringLi\u212Ae', '; did you mean `StringLike`?'],
    ['\u017FtringLike', '; did you mean `StringLike`?'],
    ['StringLike\n', '; did you mean `StringLike`?'],
    ['NotIpAddres', '; did you mean `NotIpAddress`?'],
    ['__proto__', ''],
    ['constructor', ''],
    ['BinaryNotEquals', '; did you mean `BinaryEquals`?'],
  ])('unknown: %j', (name, hint) => {
    expect(condition({ [name]: { 'a:b': 'x' } })).toEqual([`INVALID_CONDITION_OPERATOR ${AT}/${name}`]);
    const [message] = messagesOf(documentOf({ Condition: { [name]: {} } }));
    expect(message?.replace(/^unknown condition operator `.*?`/u, '')).toBe(hint);
  });

  test.each(['NullIfExists', 'ForAnyValue:nullifexists'])('%s has no meaning', (name) => {
    expect(condition({ [name]: { 'a:b': 'true' } })).toEqual([`NULL_WITH_IF_EXISTS ${AT}/${name}`]);
  });
});

describe('keys', () => {
  test('two spellings of one key under one operator are refused', () => {
    expect(condition({ StringEquals: { 'aws:a': 'x', 'AWS:A': 'y' } })).toEqual([
      `DUPLICATE_KEYS_WITH_DIFFERENT_CASE ${AT}/StringEquals/AWS:A`,
    ]);
  });

  test('the same key under two operators is fine', () => {
    expect(
      condition({ StringEquals: { 'aws:a': 'x' }, StringLike: { 'aws:a': 'y' }, stringequals: { 'AWS:A': 'z' } }),
    ).toEqual([]);
  });
});

describe('operands', () => {
  test.each([
    ['NumericEquals', ['1', '-1.5', '+2', '1e3']],
    ['NumericEquals', 3],
    ['DateLessThan', ['2026', '2026-11-21T10:00Z', '1790000000']],
    ['DateLessThan', 1790000000],
    ['Bool', true],
    ['Bool', ['true', 'False']],
    ['Bool', '${aws:x}'],
    ['Null', false],
    ['BinaryEquals', ['', 'QUJD']],
    ['IpAddress', ['10.0.0.1', '10.0.0.0/8', '2001:db8::/32']],
    ['StringEquals', ['', 'x']],
    ['StringEquals', []],
    ['StringLike', ["${aws:x}${aws:y, 'z'}${*}", '$', '{}']],
    ['ArnLike', ['arn:aws:s3:::${aws:x}', 'short']],
  ] as [string, unknown][])('%s %j', (operator, value) => {
    expect(condition({ [operator]: { 'a:b': value } })).toEqual([]);
  });

  test.each([
    ['NumericEquals', '1x', 'TYPE_MISMATCH_NUMBER', ''],
    ['NumericEquals', ['1', ''], 'TYPE_MISMATCH_NUMBER', '/1'],
    ['NumericEquals', ' 1', 'TYPE_MISMATCH_NUMBER', ''],
    ['NumericEquals', '0x10', 'TYPE_MISMATCH_NUMBER', ''],
    ['NumericEquals', true, 'TYPE_MISMATCH_NUMBER', ''],
    ['DateEquals', 'yesterday', 'TYPE_MISMATCH_DATE', ''],
    ['DateEquals', '2026-13-01', 'TYPE_MISMATCH_DATE', ''],
    ['Bool', 'yes', 'TYPE_MISMATCH_BOOLEAN', ''],
    ['Bool', 1, 'TYPE_MISMATCH_BOOLEAN', ''],
    ['Null', 'null', 'TYPE_MISMATCH_BOOLEAN', ''],
    ['Null', '', 'TYPE_MISMATCH_BOOLEAN', ''],
    ['BinaryEquals', '!', 'TYPE_MISMATCH_BINARY', ''],
    ['IpAddress', '10.0.0.0/33', 'TYPE_MISMATCH_IP_RANGE', ''],
    ['NotIpAddress', ['::/0', '10.0.0'], 'TYPE_MISMATCH_IP_RANGE', '/1'],
    ['NotIpAddress', '*', 'TYPE_MISMATCH_IP_RANGE', ''],
    ['NumericEquals', '${aws:x}', 'INVALID_VARIABLE_FOR_OPERATOR', ''],
    ['DateEquals', '${aws:x}', 'INVALID_VARIABLE_FOR_OPERATOR', ''],
    ['BinaryEquals', '${aws:x}', 'INVALID_VARIABLE_FOR_OPERATOR', ''],
    ['IpAddress', '${aws:x}', 'INVALID_VARIABLE_FOR_OPERATOR', ''],
    ['Null', '${aws:x}', 'INVALID_VARIABLE_FOR_OPERATOR', ''],
    ['StringEquals', 'a${aws:x', 'MISSING_BRACE_IN_VARIABLE', ''],
    ['StringEquals', "${aws:x, 'y}", 'MISSING_QUOTE_IN_VARIABLE', ''],
    ['StringEquals', '${aws:x, y}', 'MISSING_QUOTE_IN_VARIABLE', ''],
    ['StringEquals', '${}', 'EMPTY_VARIABLE', ''],
    ['StringEquals', ['x', '${aws x}'], 'UNSUPPORTED_SPACE_IN_VARIABLE', '/1'],
    ['ArnEquals', 'arn:aws:s3:::${', 'MISSING_BRACE_IN_VARIABLE', ''],
    ['Bool', '${ }', 'UNSUPPORTED_SPACE_IN_VARIABLE', ''],
    ['StringEquals', null, 'DATA_TYPE_MISMATCH', ''],
    ['StringEquals', ['x', null], 'DATA_TYPE_MISMATCH', '/1'],
    ['StringEquals', {}, 'DATA_TYPE_MISMATCH', ''],
    ['StringEquals', [['x']], 'DATA_TYPE_MISMATCH', '/0'],
    ['StringEquals', ['x', 1, 2], 'INVALID_CONDITION_DATA_TYPE', '/1'],
    ['Bool', ['true', true], 'INVALID_CONDITION_DATA_TYPE', '/1'],
  ])('refused: %s %j', (operator, value, code, at) => {
    expect(condition({ [operator]: { 'a:b': value } })).toEqual([`${code} ${AT}/${operator}/a:b${at}`]);
  });

  test('the message says which operator needs what', () => {
    expect(messagesOf(documentOf({ Condition: { NumericLessThan: { 'a:b': 'ten' } } }))).toEqual([
      '`NumericLessThan` needs a number, not `ten`',
    ]);
    expect(messagesOf(documentOf({ Condition: { StringLike: { 'a:b': 'x${aws:y' } } }))).toEqual([
      'policy variable without closing brace: `${aws:y`',
    ]);
  });

  test('in a document of 2008 a dollar is a dollar', () => {
    const old = (Condition: object) => findingsOf({ ...documentOf({ Condition }), Version: '2008-10-17' });
    const undated = (Condition: object) => findingsOf({ ...documentOf({ Condition }), Version: undefined });
    for (const findings of [old, undated]) {
      expect(findings({ StringLike: { 'a:b': '${' }, ArnLike: { 'a:b': 'arn:aws:s3:::${x y}' } })).toEqual([]);
      expect(findings({ NumericEquals: { 'a:b': '${aws:x}' } })).toEqual([
        `TYPE_MISMATCH_NUMBER ${AT}/NumericEquals/a:b`,
      ]);
      expect(findings({ Bool: { 'a:b': '${aws:x}' } })).toEqual([`TYPE_MISMATCH_BOOLEAN ${AT}/Bool/a:b`]);
    }
  });

  test('numbers and booleans keep the text that was written', () => {
    const text = JSON.stringify(documentOf({ Condition: { NumericEquals: { 'a:b': [0, 1] }, Bool: { 'a:c': true } } }));
    const policy = parsePolicy(text.replace('[0,1]', '[1e3,90071992547409931.50]'), { type: 'auth' });
    expect(policy.statements[0]?.conditions).toMatchObject([
      {
        operands: [
          { text: '1e3', jsonType: 'number' },
          { text: '90071992547409931.50', jsonType: 'number' },
        ],
      },
      { operands: [{ text: 'true', jsonType: 'boolean' }] },
    ]);
  });
});

describe('what is handed out', () => {
  test('one condition for each key of each operator, in the order of the text', () => {
    const conditions = conditionsOf({
      StringEquals: { 'a:b': 'x', 'a:c': ['y', 'z'] },
      Null: {},
      Bool: { 'a:d': true },
    });
    expect(conditions?.map(({ key, operands }) => [key.text, operands.map(({ text }) => text)])).toEqual([
      ['a:b', ['x']],
      ['a:c', ['y', 'z']],
      ['a:d', ['true']],
    ]);
  });

  test('a condition stands from its key to the end of its operands', () => {
    const source =
      '{"Statement":{"Effect":"Deny","Action":"a:b","Resource":"*",\n"Condition":{"Bool":\n{ "k/1" : ["true"] }}}}';
    const policy = parsePolicy(source, { type: 'identity' });
    const [found] = policy.statements[0]?.conditions ?? [];
    expect(found).toMatchObject({ pointer: '/Statement/Condition/Bool/k~11', span: { line: 3, column: 3 } });
    expect(source.slice(found?.span.start, found?.span.end)).toBe('"k/1" : ["true"]');
    expect(source.slice(found?.key.span.start, found?.key.span.end)).toBe('"k/1"');
    expect(found?.operands).toMatchObject([
      { pointer: '/Statement/Condition/Bool/k~11/0', span: { line: 3, column: 12 } },
    ]);
  });

  test('empty objects and lists are kept as they are', () => {
    expect(conditionsOf({})).toEqual([]);
    expect(conditionsOf({ StringEquals: {} })).toEqual([]);
    expect(conditionOf({ StringEquals: { 'a:b': [] } })).toMatchObject({ operands: [] });
  });
});
