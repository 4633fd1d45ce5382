// The rules of "Context keys (KEY)" in docs/evaluation.md.
import { describe, expect, test } from 'vitest';
import type { Principal, RequestContextValues } from '../../../src/index.js';
import {
  ACCOUNT,
  conditionVerdict,
  keyVerdict,
  latticeVerdict,
  ROLE_ARN,
  session,
  statementVerdict,
  USER_ARN,
  type Verdict,
} from './asking.js';

const equals = (key: string, value: string) => ({ StringEquals: { [key]: value } });
const present = (key: string) => ({ Null: { [key]: 'false' } });

const role: Principal = { arn: ROLE_ARN };
const user: Principal = { arn: USER_ARN, uniqueId: 'AIDAEXAMPLEEXAMPLEID' };
const root: Principal = { arn: `arn:aws:iam::${ACCOUNT}:root` };
const federated: Principal = { arn: `arn:aws:sts::${ACCOUNT}:federated-user/bob` };
const service: Principal = { arn: 'lambda.amazonaws.com' };

describe('casing of key names', () => {
  test.each([
    ['my:Key', { 'my:Key': 'v' }, ['true']],
    ['my:key', { 'my:Key': 'v' }, ['true', 'key-name-folding']],
    ['MY:KEY', { 'my:Key': 'v' }, ['true', 'key-name-folding']],
    ['aws:RequestTag/Team', { 'aws:RequestTag/team': 'v' }, ['true', 'key-name-folding']],
    ['my:Keys', { 'my:Key': 'v' }, ['false']],
    ['my:Key', {}, ['false']],
  ])('KEY-1 %s against %j: %j', (key, context, expected) => {
    expect(conditionVerdict(equals(key, 'v'), context as RequestContextValues)).toEqual(expected);
  });

  test.each([
    ['aws:PrincipalAccount', ['true']],
    ['aws:principalaccount', ['true', 'key-name-folding']],
    ['AWS:PrincipalAccount', ['true', 'key-name-folding']],
  ])('KEY-1 of derived keys: %s', (key, expected) => {
    expect(keyVerdict(equals(key, ACCOUNT), session)).toEqual(expected);
  });

  test.each([
    ['aws:PrincipalTag/Team', ['true']],
    ['aws:PrincipalTag/team', ['true', 'key-name-folding']],
    ['aws:principaltag/Team', ['true', 'key-name-folding']],
  ])('KEY-1 of tags: %s', (key, expected) => {
    expect(keyVerdict(equals(key, 'v'), { ...session, tags: { Team: 'v' } })).toEqual(expected);
  });

  test.each([
    ['vpc-lattice-svcs:RequestHeader/x-team', ['true']],
    ['vpc-lattice-svcs:RequestHeader/X-Team', ['true', 'key-name-folding']],
    ['vpc-lattice-svcs:requestheader/x-team', ['true', 'key-name-folding']],
  ])('KEY-1 of headers: %s', (key, expected) => {
    expect(latticeVerdict(equals(key, 'v'), { headers: { 'X-Team': 'v' } })).toEqual(expected);
  });

  test('KEY-1 a key that is absent in any casing rests on nothing', () => {
    expect(keyVerdict(equals('AWS:principalorgid', 'v'), session)).toEqual(['false']);
    expect(latticeVerdict(equals('AWS:principalorgid', 'v'))).toEqual(['false']);
    expect(latticeVerdict(equals('VPC-lattice-svcs:sourcevpc', 'v'))).toEqual(['false']);
    expect(conditionVerdict(equals('MY:key', 'v'), { 'my:other': 'v' })).toEqual(['false']);
  });

  test('KEY-1 a negated operator rests on folding too', () => {
    expect(conditionVerdict({ StringNotEquals: { K: 'v' } }, { k: 'v' })).toEqual(['false', 'key-name-folding']);
    expect(conditionVerdict({ Null: { K: 'true' } }, { k: 'v' })).toEqual(['false', 'key-name-folding']);
  });
});

test('KEY-2 a value in the context wins over a derived one', () => {
  const principal: Principal = { ...session, orgId: 'o-derived', tags: { team: 'derived' } };
  const context = { 'aws:PrincipalOrgID': 'o-given', 'aws:PrincipalTag/team': 'given' };
  for (const [key, value] of Object.entries(context)) {
    const derived = key.endsWith('team') ? 'derived' : 'o-derived';
    expect(statementVerdict({ Condition: equals(key, value) }, { principal, context })).toEqual(['true']);
    expect(statementVerdict({ Condition: equals(key, derived) }, { principal, context })).toEqual(['false']);
    expect(statementVerdict({ Condition: equals(key, derived) }, { principal })).toEqual(['true']);
  }
});

test('KEY-2 also for keys of a Lattice request', () => {
  const asked = { method: 'GET', time: new Date(0), context: { 'vpc-lattice-svcs:RequestMethod': 'PUT' } };
  expect(latticeVerdict(equals('vpc-lattice-svcs:RequestMethod', 'PUT'), asked)).toEqual(['true']);
  expect(latticeVerdict(equals('vpc-lattice-svcs:RequestMethod', 'GET'), asked)).toEqual(['false']);
});

describe('a key that is given in several casings', () => {
  const context = { 'my:KEY': 'v', 'my:Key': 'w' };
  const unusable: Verdict = ['false', 'key-name-ambiguous'];

  test.each([
    [{ StringEquals: { 'my:key': ['v', 'w'] } }],
    [{ StringNotEquals: { 'my:key': 'x' } }],
    [{ StringEqualsIfExists: { 'my:key': ['v', 'w'] } }],
    [{ 'ForAnyValue:StringLike': { 'my:key': '*' } }],
    [{ 'ForAllValues:StringLike': { 'my:key': '*' } }],
    [{ 'ForAllValues:StringNotEquals': { 'my:key': 'x' } }],
    [{ NumericNotEquals: { 'my:key': '1' } }],
    [{ StringEquals: { other: '${my:key}' } }],
  ])('KEY-3 is unusable: %j', (condition) => {
    expect(conditionVerdict(condition, { ...context, other: 'v' })).toEqual(unusable);
  });

  test('KEY-3 it is present all the same', () => {
    expect(conditionVerdict(present('my:key'), context)[0]).toBe('true');
  });

  test('KEY-3 the spelling of the policy is taken when there is one', () => {
    expect(conditionVerdict(equals('my:Key', 'w'), context)).toEqual(['true']);
    expect(conditionVerdict(equals('my:KEY', 'v'), context)).toEqual(['true']);
  });

  test('KEY-3 tags alike', () => {
    const principal = { ...session, tags: { TEAM: 'v', Team: 'w' } };
    expect(keyVerdict(equals('aws:PrincipalTag/team', 'v'), principal)).toEqual(unusable);
    expect(keyVerdict(equals('aws:PrincipalTag/Team', 'w'), principal)).toEqual(['true']);
  });
});

test.each([
  ['a string', 'v', ['true']],
  ['a list of one', ['v'], ['false', 'multivalued-without-set-operator']],
  ['null', null, ['false']],
  ['undefined', undefined, ['false']],
])('KEY-4 %s', (_title, value, expected) => {
  expect(conditionVerdict(equals('k', 'v'), { k: value } as RequestContextValues)).toEqual(expected);
  const asList = conditionVerdict({ 'ForAnyValue:StringEquals': { k: 'v' } }, { k: value } as RequestContextValues);
  expect(asList).toEqual([String(value !== null && value !== undefined)]);
});

test('KEY-4 null and undefined are absent for Null too', () => {
  const nothing = { k: null, u: undefined } as unknown as RequestContextValues;
  expect(conditionVerdict({ Null: { k: 'true', u: 'true' } }, nothing)).toEqual(['true']);
});

test('KEY-4 the context may be any plain object, also one without prototype or of a class', () => {
  class Context {
    readonly k = 'v';
  }
  for (const context of [
    Object.assign(Object.create(null), { k: 'v' }),
    new Context(),
    Object.create({ k: 'w' }, { k: { value: 'v', enumerable: true } }),
  ]) {
    expect(conditionVerdict(equals('k', 'v'), context as RequestContextValues)).toEqual(['true']);
  }
  expect(conditionVerdict(present('k'), Object.create({ k: 'v' }))).toEqual(['false']);
});

test('KEY-4 numbers, booleans and dates are single values', () => {
  expect(conditionVerdict({ NumericEquals: { k: '5' } }, { k: 5 })).toEqual(['true']);
  expect(conditionVerdict({ Bool: { k: 'true' } }, { k: true })).toEqual(['true']);
  const date = new Date(Date.UTC(2026, 10, 21));
  expect(conditionVerdict({ DateEquals: { k: '2026-11-21T00:00:00Z' } }, { k: date })).toEqual(['true']);
});

test.each<[string, Principal, string, string | undefined]>([
  ['a session', session, 'aws:PrincipalAccount', ACCOUNT],
  ['a session', session, 'aws:PrincipalType', 'AssumedRole'],
  ['a session', { ...session, uniqueId: 'AROAEXAMPLEEXAMPLEID' }, 'aws:userid', 'AROAEXAMPLEEXAMPLEID:pod-1'],
  ['a session', { ...session, uniqueId: 'AROAEXAMPLEEXAMPLEID:pod-1' }, 'aws:userid', 'AROAEXAMPLEEXAMPLEID:pod-1'],
  ['a session without unique id', session, 'aws:userid', undefined],
  ['a session', session, 'aws:username', undefined],
  ['a role', role, 'aws:PrincipalArn', ROLE_ARN],
  ['a role', role, 'aws:PrincipalType', 'AssumedRole'],
  ['a role', role, 'aws:PrincipalAccount', ACCOUNT],
  ['a user', user, 'aws:PrincipalArn', USER_ARN],
  ['a user', user, 'aws:PrincipalType', 'User'],
  ['a user', user, 'aws:userid', 'AIDAEXAMPLEEXAMPLEID'],
  ['a user', user, 'aws:username', 'alice'],
  ['a user in a path', { arn: `arn:aws:iam::${ACCOUNT}:user/team/bob` }, 'aws:username', 'bob'],
  [
    'a user in a path',
    { arn: `arn:aws:iam::${ACCOUNT}:user/team/bob` },
    'aws:PrincipalArn',
    `arn:aws:iam::${ACCOUNT}:user/team/bob`,
  ],
  ['the root user', root, 'aws:PrincipalArn', root.arn],
  ['the root user', root, 'aws:PrincipalType', 'Account'],
  ['the root user', root, 'aws:userid', ACCOUNT],
  ['the root user', root, 'aws:username', undefined],
  ['a federated user', federated, 'aws:PrincipalArn', federated.arn],
  ['a federated user', federated, 'aws:PrincipalType', 'FederatedUser'],
  ['a federated user', federated, 'aws:userid', `${ACCOUNT}:bob`],
  ['a federated user', federated, 'aws:username', undefined],
  ['a service', service, 'aws:PrincipalAccount', undefined],
  ['a service', service, 'aws:PrincipalArn', undefined],
  ['a member of an organization', { ...session, orgId: 'o-1' }, 'aws:PrincipalOrgID', 'o-1'],
  ['a member of none', session, 'aws:PrincipalOrgID', undefined],
  ['a tagged session', { ...session, tags: { team: 'a', '': 'e' } }, 'aws:PrincipalTag/team', 'a'],
  ['a tag with slashes', { ...session, tags: { 'x509Subject/CN': 'a' } }, 'aws:PrincipalTag/x509Subject/CN', 'a'],
  ['an untagged session', session, 'aws:PrincipalTag/team', undefined],
])('KEY-5 %s (%o) has %s: %s', (_title, principal, key, value) => {
  expect(keyVerdict(present(key), principal)).toEqual([String(value !== undefined)]);
  expect(keyVerdict({ Null: { [key]: 'true' } }, principal)).toEqual([String(value === undefined)]);
  if (value !== undefined) expect(keyVerdict(equals(key, value), principal)).toEqual(['true']);
  if (value !== undefined) expect(keyVerdict(equals(key, `${value}x`), principal)).toEqual(['false']);
});

test('KEY-5 aws:PrincipalOrgPaths is multivalued', () => {
  const principal = { ...session, orgPaths: ['o-1/r-1/ou-1/', 'o-1/r-1/ou-1/ou-2/'] };
  const condition = (operator: string) => ({ [operator]: { 'aws:PrincipalOrgPaths': 'o-1/r-1/ou-1/*' } });
  expect(keyVerdict(condition('ForAnyValue:StringLike'), principal)).toEqual(['true']);
  expect(keyVerdict(condition('ForAllValues:StringLike'), principal)).toEqual(['true']);
  expect(keyVerdict(condition('StringLike'), principal)).toEqual(['false', 'multivalued-without-set-operator']);
  expect(keyVerdict(condition('ForAnyValue:StringLike'), session)).toEqual(['false']);
});

test.each([
  ['told', { ...session, roleArn: `arn:aws:iam::${ACCOUNT}:role/team/Reader` }, '/team/', ['true']],
  ['not told', session, '/', ['true', 'principal-arn-path']],
  [
    'a role with a session name',
    { arn: `arn:aws:iam::${ACCOUNT}:role/team/Reader`, sessionName: 'x' },
    '/team/',
    ['true'],
  ],
])('KEY-6 a session whose role is %s', (_title, principal, path, expected) => {
  const arn = `arn:aws:iam::${ACCOUNT}:role${path}Reader`;
  expect(keyVerdict({ ArnEquals: { 'aws:PrincipalArn': arn } }, principal)).toEqual(expected);
  expect(keyVerdict(equals('aws:PrincipalArn', arn), principal)).toEqual(expected);
  expect(keyVerdict(equals('aws:PrincipalArn', session.arn), principal)[0]).toBe('false');
});

test.each([
  [equals('aws:PrincipalType', 'Anonymous'), ['true']],
  [{ StringEqualsIgnoreCase: { 'aws:PrincipalType': 'anonymous' } }, ['true']],
  [equals('aws:userid', 'anonymous'), ['true', 'anonymous-keys']],
  [equals('aws:PrincipalAccount', 'anonymous'), ['true', 'anonymous-keys']],
  [present('aws:PrincipalArn'), ['false']],
  [present('aws:PrincipalOrgID'), ['false']],
  [present('aws:PrincipalOrgPaths'), ['false']],
  [present('aws:PrincipalTag/team'), ['false']],
  [present('aws:username'), ['false']],
])('KEY-7 an anonymous caller and %j: %j', (condition, expected) => {
  expect(keyVerdict(condition, 'anonymous')).toEqual(expected);
});

test.each(['aws:PrincipalArn', 'aws:PrincipalOrgID', 'aws:PrincipalOrgPaths', 'aws:PrincipalTag/team', 'aws:username'])(
  'KEY-7 an anonymous caller has no %s',
  (key) => {
    expect(keyVerdict({ Null: { [key]: 'true' } }, 'anonymous')).toEqual(['true']);
  },
);

test.each<[string, Principal, object, Verdict]>([
  ['a role', role, equals('aws:userid', 'x'), ['undecided', 'principal-session-unknown']],
  ['a role', role, { StringNotEquals: { 'aws:userid': 'x' } }, ['undecided', 'principal-session-unknown']],
  [
    'a role with its unique id',
    { ...role, uniqueId: 'AROAX' },
    equals('aws:userid', 'AROAX:a'),
    ['undecided', 'principal-session-unknown'],
  ],
  ['a role with its id and session', { ...role, uniqueId: 'AROAX:a' }, equals('aws:userid', 'AROAX:a'), ['true']],
  ['a role with its id and session', { ...role, uniqueId: 'AROAX:a' }, equals('aws:userid', 'AROAX:b'), ['false']],
  [
    'a role with id and session name',
    { ...role, uniqueId: 'AROAX', sessionName: 'a' },
    equals('aws:userid', 'AROAX:a'),
    ['true'],
  ],
  [
    'a variable',
    role,
    { StringEquals: { 'aws:PrincipalAccount': '${aws:userid}' } },
    ['undecided', 'principal-session-unknown'],
  ],
  ['a session', session, equals('aws:userid', 'x'), ['false']],
])('KEY-8 %s (%o) and %j', (_title, principal, condition, expected) => {
  expect(keyVerdict(condition as never, principal)).toEqual(expected);
});
