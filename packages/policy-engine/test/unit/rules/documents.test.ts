// The rules of "Documents (PARSE)" in docs/evaluation.md.
import { describe, expect, test } from 'vitest';
import { PolicyError, type PolicyType, parsePolicy } from '../../../src/index.js';
import { conditionVerdict, evaluate, statementVerdict } from './asking.js';

const ALLOW = { Effect: 'Allow', Action: '*', Resource: '*' };
const GUARD = { ...ALLOW, Principal: '*' };

/** The code of the error that a document gives, or `ok`. */
function outcome(document: string | object, type: PolicyType = 'identity'): string {
  try {
    parsePolicy(document, { type });
    return 'ok';
  } catch (error) {
    if (error instanceof PolicyError) return error.code;
    throw error;
  }
}

const withStatement = (statement: object, type?: PolicyType) =>
  outcome({ Version: '2012-10-17', Statement: statement }, type);
const withCondition = (condition: unknown) => withStatement({ ...ALLOW, Condition: condition });
const nested = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`;

test.each([
  ['{"Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}', 'ok'],
  [' \t\r\n{"Statement":[{"Effect":"Allow","Action":"*","Resource":"\\u002a"}]}\n', 'ok'],
  ['', 'ERR_POLICY_JSON'],
  ['nonsense', 'ERR_POLICY_JSON'],
  ['{"Statement":[]', 'ERR_POLICY_JSON'],
  ['{"Statement":{"Effect":"Allow","Action":"*","Resource":"*"},}', 'ERR_POLICY_JSON'],
  ['{"Statement":{"Effect":"Allow","Action":"*","Resource":"*"}} {}', 'ERR_POLICY_JSON'],
  ["{'Statement':{}}", 'ERR_POLICY_JSON'],
  ['{"Statement":{"Effect":"Allow","Action":"*","Resource":"\u0001"}}', 'ERR_POLICY_JSON'],
  ['// a comment\n{"Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}', 'ERR_POLICY_JSON'],
  ['{"Statement":{"Effect":"Deny","Effect":"Allow","Action":"*","Resource":"*"}}', 'ERR_POLICY_JSON'],
  ['{"Statement":{"Effect":"Allow","\\u0045ffect":"Deny","Action":"*","Resource":"*"}}', 'ERR_POLICY_JSON'],
  [
    '{"Statement":{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"StringEquals":{"a":"1","a":"2"}}}}',
    'ERR_POLICY_JSON',
  ],
])('PARSE-JSON %s: %s', (document, expected) => {
  expect(outcome(document)).toBe(expected);
});

test.each([['[]'], ['"text"'], ['1'], ['null'], ['true']])(
  'PARSE-JSON a JSON value that is no object is no document: %s',
  (document) => {
    expect(outcome(document)).toMatch(/^ERR_POLICY_/);
  },
);

describe('limits', () => {
  test('PARSE-SIZE a document may have 1 MiB and no more', () => {
    const empty = JSON.stringify({ Id: '', Statement: ALLOW });
    const padding = ' '.repeat(1_048_576 - empty.length);
    expect(outcome(empty + padding)).toBe('ok');
    expect(outcome(`${empty}${padding} `)).toBe('ERR_POLICY_LIMIT');
  });

  test('PARSE-SIZE values may be nested 32 deep and no deeper', () => {
    expect(outcome(nested(33))).toBe('ERR_POLICY_LIMIT');
    expect(outcome(nested(100_000))).toBe('ERR_POLICY_LIMIT');
    // Deep enough to be read, but no policy.
    expect(outcome(nested(32))).not.toBe('ERR_POLICY_LIMIT');
  });

  test('PARSE-SIZE a document may have 10,000 statements and no more', () => {
    expect(outcome({ Statement: new Array(10_000).fill(ALLOW) })).toBe('ok');
    expect(outcome({ Statement: new Array(10_001).fill(ALLOW) })).toBe('ERR_POLICY_LIMIT');
  });

  test("PARSE-SIZE AWS's quotas are no limit", () => {
    expect(outcome({ Statement: { ...GUARD, Resource: `*${'x'.repeat(40_000)}` } }, 'auth')).toBe('ok');
  });
});

test.each([
  ['all elements', { Version: '2012-10-17', Id: 'x', Statement: [{ Sid: 'S', ...ALLOW, Condition: {} }] }, 'ok'],
  ['the Not forms', { Statement: { Effect: 'Deny', NotAction: 'a:b', NotResource: 'x' } }, 'ok'],
  ['an unknown element', { Statement: ALLOW, Comment: 'x' }, 'ERR_POLICY_ELEMENT'],
  ['an unknown element of a statement', { Statement: { ...ALLOW, Comment: 'x' } }, 'ERR_POLICY_ELEMENT'],
  ['a top-level element in other casing', { version: '2012-10-17', Statement: ALLOW }, 'ERR_POLICY_ELEMENT'],
  ['a statement element in other casing', { Statement: { ...ALLOW, condition: {} } }, 'ERR_POLICY_ELEMENT'],
  ['no statement', { Version: '2012-10-17' }, 'ERR_POLICY_ELEMENT'],
  ['no Effect', { Statement: { Action: '*', Resource: '*' } }, 'ERR_POLICY_ELEMENT'],
  ['no Action', { Statement: { Effect: 'Allow', Resource: '*' } }, 'ERR_POLICY_ELEMENT'],
  ['no Resource', { Statement: { Effect: 'Allow', Action: '*' } }, 'ERR_POLICY_ELEMENT'],
  ['both of Action and NotAction', { Statement: { ...ALLOW, NotAction: '*' } }, 'ERR_POLICY_ELEMENT'],
  ['both of Resource and NotResource', { Statement: { ...ALLOW, NotResource: '*' } }, 'ERR_POLICY_ELEMENT'],
  [
    'a prototype name',
    '{"Statement":{"Effect":"Allow","Action":"*","Resource":"*","__proto__":{}}}',
    'ERR_POLICY_ELEMENT',
  ],
  ['a constructor', { Statement: { ...ALLOW, constructor: 'x' } }, 'ERR_POLICY_ELEMENT'],
] as const)('PARSE-ELEMENT %s', (_title, document, expected) => {
  expect(outcome(document)).toBe(expected);
});

test('PARSE-ELEMENT both of Principal and NotPrincipal', () => {
  expect(withStatement({ ...GUARD, NotPrincipal: '*' }, 'auth')).toBe('ERR_POLICY_ELEMENT');
});

test.each([['allow'], ['ALLOW'], ['Permit'], [''], [true], [null]])(
  'PARSE-ELEMENT an Effect of %j is an error',
  (effect) => {
    expect(withStatement({ ...ALLOW, Effect: effect })).toMatch(/^ERR_POLICY_/);
  },
);

test.each([
  ['auth', true],
  ['resource', true],
  ['vpcEndpoint', true],
  ['rcp', true],
  ['identity', false],
  ['permissionsBoundary', false],
  ['session', false],
  ['scp', false],
] as const)('PARSE-PRINCIPAL %s policies have a principal: %s', (type, needed) => {
  const effect = type === 'rcp' ? 'Deny' : 'Allow';
  expect(withStatement({ ...GUARD, Effect: effect }, type)).toBe(needed ? 'ok' : 'ERR_POLICY_ELEMENT');
  expect(withStatement({ ...ALLOW, Effect: effect }, type)).toBe(needed ? 'ERR_POLICY_ELEMENT' : 'ok');
});

test.each([
  ['Statement', ALLOW],
  ['Action', { ...ALLOW, Action: 'vpc-lattice-svcs:Invoke' }],
  ['Resource', { ...ALLOW, Resource: 'arn:*' }],
  ['Condition', { ...ALLOW, Condition: { StringEquals: { k: 'v' } } }],
])('PARSE-SINGLE a single value for a list of one: %s', (_element, statement) => {
  const context = { k: 'v' };
  const listed = {
    ...statement,
    Action: [statement.Action],
    Resource: [statement.Resource],
    ...('Condition' in statement ? { Condition: { StringEquals: { k: ['v'] } } } : {}),
  };
  expect(evaluate(statement, { context }).effect).toBe('allow');
  expect(evaluate([listed], { context }).effect).toBe('allow');
});

test('PARSE-SINGLE a single principal for a list of one', () => {
  for (const principal of [{ AWS: '111122223333' }, { AWS: ['111122223333'] }]) {
    expect(statementVerdict({ Principal: principal })).toEqual(['true']);
  }
});

test.each([
  ['Action', { Action: [] }, 'false'],
  ['Resource', { Resource: [] }, 'false'],
  ['Principal', { Principal: { AWS: [] } }, 'false'],
  ['Condition', { Condition: {} }, 'true'],
  ['operator block', { Condition: { StringEquals: {} } }, 'true'],
])('PARSE-EMPTY an empty %s', (_element, elements, expected) => {
  expect(statementVerdict(elements)).toEqual([expected]);
});

test('PARSE-EMPTY an empty NotAction or NotResource list is an error', () => {
  expect(withStatement({ Effect: 'Deny', NotAction: [], Resource: '*' })).toMatch(/^ERR_POLICY_/);
  expect(withStatement({ Effect: 'Deny', Action: '*', NotResource: [] })).toMatch(/^ERR_POLICY_/);
});

test.each([
  ['a string', 'v', 'ok'],
  ['a number', 1, 'ok'],
  ['a boolean', true, 'ok'],
  ['strings', ['v', 'w'], 'ok'],
  ['numbers', [1, 2], 'ok'],
  ['booleans', [true, false], 'ok'],
  ['a string and a number', ['v', 1], 'error'],
  ['a number and a boolean', [1, true], 'error'],
  ['null', null, 'error'],
  ['null in a list', ['v', null], 'error'],
  ['an object', {}, 'error'],
  ['a list in a list', [['v']], 'error'],
])('PARSE-OPERAND %s', (_title, operand, expected) => {
  const code = withCondition({ StringEquals: { k: operand } });
  expect(code === 'ok' ? 'ok' : 'error').toBe(expected);
});

test('PARSE-OPERAND numbers and booleans are compared like their text', () => {
  expect(conditionVerdict({ NumericEquals: { k: 5 } }, { k: '5' })).toEqual(['true']);
  expect(conditionVerdict({ Bool: { k: true } }, { k: 'true' })).toEqual(['true']);
  expect(conditionVerdict({ StringEquals: { k: 5 } }, { k: '5' })).toEqual(['true']);
  expect(conditionVerdict({ StringEquals: { k: false } }, { k: 'false' })).toEqual(['true']);
  expect(conditionVerdict({ StringEquals: { k: '5' } }, { k: 5 })).toEqual(['true']);
});

test.each([
  ['NumericEquals', '5', 'five'],
  ['NumericNotEquals', '5', '0x5'],
  ['NumericLessThan', '5', ''],
  ['NumericLessThanEquals', '5', ' 5'],
  ['NumericGreaterThan', '5', '5a'],
  ['NumericGreaterThanEquals', '5', '5,0'],
  ['DateEquals', '2026-01-01', '2026-02-30'],
  ['DateNotEquals', '2026', 'yesterday'],
  ['DateLessThan', '1795250130', '2026-1-1'],
  ['DateLessThanEquals', '2026-01-01T00:00:00Z', '2026-01-01T25:00:00Z'],
  ['DateGreaterThan', '2026-01', ''],
  ['DateGreaterThanEquals', '2026-01', '*'],
  ['Bool', 'true', 'yes'],
  ['Null', 'true', '1'],
  ['BinaryEquals', 'QQ==', 'QQ='],
  ['IpAddress', '10.0.0.0/8', '10.0.0.0/33'],
  ['NotIpAddress', '::/0', '10.0.0.*'],
  ['NumericLessThanIfExists', '5', 'five'],
  ['ForAnyValue:IpAddress', '10.0.0.0/8', '10.0.0'],
])('PARSE-LITERAL %s reads %j and not %j', (operator, readable, unreadable) => {
  expect(withCondition({ [operator]: { k: readable } })).toBe('ok');
  expect(withCondition({ [operator]: { k: unreadable } })).toBe('ERR_POLICY_VALUE');
  expect(withCondition({ [operator]: { k: [readable, unreadable] } })).toBe('ERR_POLICY_VALUE');
});

test('PARSE-LITERAL a variable is no number, date or range', () => {
  for (const operator of ['NumericEquals', 'DateEquals', 'IpAddress', 'BinaryEquals', 'Null']) {
    expect(withCondition({ [operator]: { k: '${aws:x}' } })).toMatch(/^ERR_POLICY_V/);
  }
});

test.each([
  ['StringMatches'],
  ['NotStringEquals'],
  ['NumericLike'],
  ['BoolNotEquals'],
  ['NotBool'],
  ['BinaryNotEquals'],
  ['StringNotEqualsIfNotExists'],
  ['ForAll:StringEquals'],
  ['ForAllValues'],
  ['ForAllValues:'],
  ['ForAllValues:ForAnyValue:StringEquals'],
  ['ForAnyValue: StringEquals'],
  ['StringEqualsIfExistsIfExists'],
  ['NullIfExists'],
  ['ForAllValues:NullIfExists'],
  ['IfExists'],
  [''],
  ['toString'],
  ['__proto__'],
  ['constructor'],
])('PARSE-OPERATOR %j is no operator', (operator) => {
  const operators = `{"${operator}":{"k":"true"}}`;
  const document = `{"Statement":{"Effect":"Deny","Action":"*","Resource":"*","Condition":${operators}}}`;
  expect(outcome(document)).toBe('ERR_POLICY_OPERATOR');
});

test.each([
  ['StringEquals', []],
  ['stringequals', ['operator-name-casing']],
  ['STRINGEQUALS', ['operator-name-casing']],
  ['StringEqualsIfExists', []],
  ['StringEqualsifexists', ['operator-name-casing']],
  ['ForAnyValue:StringEquals', []],
  ['forAnyValue:StringEquals', ['operator-name-casing']],
])('PARSE-OPERATOR names are read in any casing: %s', (operator, assumptions) => {
  expect(conditionVerdict({ [operator]: { k: 'v' } }, { k: 'v' })).toEqual(['true', ...assumptions]);
  expect(conditionVerdict({ [operator]: { k: 'v' } }, { k: 'w' })[0]).toBe('false');
});

test.each([
  ['2012-10-17', 'ok'],
  ['2008-10-17', 'ok'],
  ['2012-10-18', 'error'],
  ['2026-01-01', 'error'],
  ['', 'error'],
  [20121017, 'error'],
])('PARSE-VERSION %j', (version, expected) => {
  expect(outcome({ Version: version, Statement: ALLOW }) === 'ok' ? 'ok' : 'error').toBe(expected);
});

test.each([
  ['2012-10-17', 'false', 'true'],
  ['2008-10-17', 'true', 'false'],
  [null, 'true', 'false'],
] as const)('PARSE-VERSION a document with Version %j', (version, literal, expanded) => {
  const condition = { StringEquals: { k: '${aws:username}' } };
  expect(conditionVerdict(condition, { k: '${aws:username}', 'aws:username': 'alice' }, { version })).toEqual([
    literal,
  ]);
  expect(conditionVerdict(condition, { k: 'alice', 'aws:username': 'alice' }, { version })).toEqual([expanded]);
});
