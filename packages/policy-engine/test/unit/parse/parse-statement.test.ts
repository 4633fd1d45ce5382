// parse-statement.test.ts — which elements a statement must, may and must not have, by the kind of policy.
import { describe, expect, test } from 'vitest';
import type { PolicyType } from '../../../src/model.js';
import { parsePolicy } from '../../../src/parse/parse-policy.js';
import { documentOf, findingsOf, messagesOf } from './findings-of.js';

const TYPES = ['auth', 'resource', 'identity', 'permissionsBoundary', 'session', 'scp', 'rcp', 'vpcEndpoint'] as const;
const CALLER_SIDE = ['identity', 'permissionsBoundary', 'session', 'scp'] as const;
const RESOURCE_SIDE = ['auth', 'resource', 'rcp', 'vpcEndpoint'] as const;

describe.each(TYPES)('%s', (type) => {
  test('a plain statement is accepted', () => {
    expect(findingsOf(documentOf({}, type), type)).toEqual([]);
  });

  test('without Action', () => {
    expect(findingsOf(documentOf({ Action: undefined }, type), type)).toEqual(['MISSING_ACTION /Statement/0']);
  });

  test('without Resource', () => {
    expect(findingsOf(documentOf({ Resource: undefined }, type), type)).toEqual(['MISSING_RESOURCE /Statement/0']);
  });

  test('without Effect', () => {
    expect(findingsOf(documentOf({ Effect: undefined }, type), type)).toEqual(['MISSING_EFFECT /Statement/0']);
  });
});

describe('Principal', () => {
  test.each(RESOURCE_SIDE)('is needed in %s', (type) => {
    expect(findingsOf(documentOf({ Principal: undefined }, type), type)).toEqual(['MISSING_PRINCIPAL /Statement/0']);
  });

  test.each(CALLER_SIDE)('is refused in %s', (type) => {
    const expected = ['UNSUPPORTED_PRINCIPAL /Statement/0/Principal'];
    expect(findingsOf(documentOf({ Principal: '*' }, type), type)).toEqual(expected);
    expect(findingsOf(documentOf({ Principal: { AWS: 'nonsense' } }, type), type)).toEqual(expected);
    expect(findingsOf(documentOf({ NotPrincipal: '*' }, type), type)).toEqual([
      'UNSUPPORTED_PRINCIPAL /Statement/0/NotPrincipal',
    ]);
  });
});

// what is changed in a correct statement of an auth policy, findings
const faults: [string, object, string[]][] = [
  ['both actions', { NotAction: 's3:*' }, ['UNSUPPORTED_ELEMENT_COMBINATION /Statement/0/NotAction']],
  ['both resources', { NotResource: '*' }, ['UNSUPPORTED_ELEMENT_COMBINATION /Statement/0/NotResource']],
  ['both principals', { NotPrincipal: '*' }, ['UNSUPPORTED_ELEMENT_COMBINATION /Statement/0/NotPrincipal']],
  ['Effect in lower case', { Effect: 'deny' }, ['INVALID_EFFECT /Statement/0/Effect']],
  ['Effect of another type', { Effect: ['Deny'] }, ['INVALID_EFFECT /Statement/0/Effect']],
  ['an unknown element', { Comment: 'x' }, ['INVALID_POLICY_ELEMENT /Statement/0/Comment']],
  ['an element in lower case', { condition: {} }, ['INVALID_POLICY_ELEMENT /Statement/0/condition']],
  ['a prototype’s name', { ['__proto__']: 1 }, ['INVALID_POLICY_ELEMENT /Statement/0/__proto__']],
  ['constructor', { constructor: 1 }, ['INVALID_POLICY_ELEMENT /Statement/0/constructor']],
  ['an element of the document', { Version: '2012-10-17' }, ['INVALID_POLICY_ELEMENT /Statement/0/Version']],
  ['a number as Sid', { Sid: 1 }, ['DATA_TYPE_MISMATCH /Statement/0/Sid']],
  ['an object as Action', { Action: {} }, ['DATA_TYPE_MISMATCH /Statement/0/Action']],
  ['null as Resource', { Resource: null }, ['DATA_TYPE_MISMATCH /Statement/0/Resource']],
  ['a number among actions', { Action: ['*', 1] }, ['DATA_TYPE_MISMATCH /Statement/0/Action/1']],
  ['a list in a list', { Resource: [['*']] }, ['DATA_TYPE_MISMATCH /Statement/0/Resource/0']],
  ['a string as Condition', { Condition: 'x' }, ['DATA_TYPE_MISMATCH /Statement/0/Condition']],
  ['a list as Condition', { Condition: [] }, ['DATA_TYPE_MISMATCH /Statement/0/Condition']],
  ['an action without service', { Action: 'Invoke' }, ['INVALID_ACTION /Statement/0/Action']],
  ['an action without name', { Action: ['*', 's3:'] }, ['INVALID_ACTION /Statement/0/Action/1']],
  ['an empty service', { Action: ':Invoke' }, ['INVALID_ACTION /Statement/0/Action']],
  ['an empty action', { Action: '' }, ['INVALID_ACTION /Statement/0/Action']],
  ['two stars as action', { Action: '**' }, ['INVALID_ACTION /Statement/0/Action']],
  ['an empty NotAction', { Action: undefined, NotAction: [] }, ['EMPTY_ARRAY_NOT_ACTION /Statement/0/NotAction']],
  [
    'an empty NotResource',
    { Resource: undefined, NotResource: [] },
    ['EMPTY_ARRAY_NOT_RESOURCE /Statement/0/NotResource'],
  ],
  ['a variable without end', { Resource: 'arn:aws:s3:::${aws:x' }, ['MISSING_BRACE_IN_VARIABLE /Statement/0/Resource']],
  ['a variable without name', { Resource: ['*', '${}'] }, ['EMPTY_VARIABLE /Statement/0/Resource/1']],
  [
    'several faults',
    { Effect: 'No', Action: 'x', Sid: null },
    ['INVALID_EFFECT /Statement/0/Effect', 'INVALID_ACTION /Statement/0/Action', 'DATA_TYPE_MISMATCH /Statement/0/Sid'],
  ],
];

describe('faults', () => {
  test.each(faults)('%s', (_, changes, expected) => {
    const { Effect, Principal, Action, Resource, ...others } = {
      Effect: 'Deny',
      Principal: '*',
      Action: '*',
      Resource: '*',
      ...changes,
    };
    expect(findingsOf(documentOf({ Effect, Principal, Action, Resource, ...others }))).toEqual(expected);
  });

  test.each([
    ['effect', 'unknown element `effect`; did you mean `Effect`?'],
    ['Resorce', 'unknown element `Resorce`; did you mean `Resource`?'],
    ['Statement', 'unknown element `Statement`, which does not belong here'],
    ['Foo', 'unknown element `Foo`'],
  ])('hint on %s', (name, message) => {
    expect(messagesOf(documentOf({ [name]: {} }))).toEqual([message]);
  });
});

// what is changed in a correct statement of an auth policy
const accepted: [string, object][] = [
  ['a list of actions', { Action: ['a:b', 'c:d*', '*'] }],
  ['a wildcard in the service', { Action: '*:Invoke' }],
  ['no action', { Action: [] }],
  ['no resource', { Resource: [] }],
  ['no condition', { Condition: {} }],
  ['NotAction', { Action: undefined, NotAction: 'a:b' }],
  ['NotResource', { Resource: undefined, NotResource: ['*/x'] }],
  ['NotPrincipal with Allow', { Effect: 'Allow', Principal: undefined, NotPrincipal: { AWS: '111122223333' } }],
  ['an empty Sid', { Sid: '' }],
  ['a Sid of other characters', { Sid: 'Let the orders in!' }],
  ['a resource that is no ARN', { Resource: ['*/rates', 'x', ''] }],
  ['a variable', { Resource: "arn:aws:s3:::b/${aws:PrincipalTag/team, 'none'}/${*}" }],
];

describe('accepted', () => {
  test.each(accepted)('%s', (_, changes) => {
    expect(findingsOf(documentOf(changes))).toEqual([]);
  });
});

describe('trust policies', () => {
  const trust = (Action: string | string[], type: PolicyType = 'resource', changes = {}) =>
    findingsOf(
      documentOf({ Principal: { Service: 'ec2.amazonaws.com' }, Action, Resource: undefined, ...changes }, type),
      type,
    );

  test('have no Resource', () => {
    expect(trust('sts:AssumeRole')).toEqual([]);
    expect(trust(['sts:AssumeRole', 'STS:TagSession'])).toEqual([]);
  });

  test('are about sts actions alone, and stand in no other kind of policy', () => {
    const missing = ['MISSING_RESOURCE /Statement/0'];
    expect(trust(['sts:AssumeRole', 's3:GetObject'])).toEqual(missing);
    expect(trust('*')).toEqual(missing);
    expect(trust([])).toEqual(missing);
    expect(trust('sts:AssumeRole', 'auth')).toEqual(missing);
    expect(trust('sts:AssumeRole', 'resource', { Action: undefined, NotAction: 'sts:X' })).toEqual(missing);
  });
});

describe('shortened ARNs', () => {
  test.each([
    ['session', 'arn:aws:sqs', ['MISSING_ARN_FIELD /Statement/0/Resource']],
    ['session', 'arn:aws:s3:::', []],
    ['session', '*', []],
    ['session', 'a*', []],
    ['rcp', ['*', 'arn:aws:s3::*'], ['MISSING_ARN_FIELD /Statement/0/Resource/1']],
    ['identity', 'arn:aws:sqs', []],
    ['scp', 'arn:aws:s3:*', []],
    ['auth', 'arn:aws:*', []],
  ] as const)('%s %j', (type, Resource, expected) => {
    expect(findingsOf(documentOf({ Resource }, type), type)).toEqual(expected);
  });
});

describe('resource control policies', () => {
  test.each([
    [{ Principal: { AWS: '*' } }, []],
    [{ Effect: 'Allow', Action: '*' }, []],
    [{ Resource: undefined, NotResource: 'arn:aws:s3:::b' }, []],
    [{ Principal: { AWS: '111122223333' } }, ['UNSUPPORTED_PRINCIPAL /Statement/0/Principal']],
    [{ Principal: '111122223333' }, ['UNSUPPORTED_PRINCIPAL /Statement/0/Principal']],
    [{ Principal: undefined, NotPrincipal: '*' }, ['UNSUPPORTED_PRINCIPAL /Statement/0/NotPrincipal']],
    [{ Action: undefined, NotAction: 's3:*' }, ['INVALID_POLICY_ELEMENT /Statement/0/NotAction']],
  ])('%j', (changes, expected) => {
    expect(findingsOf(documentOf(changes, 'rcp'), 'rcp')).toEqual(expected);
  });
});

describe('what is handed out', () => {
  const source = `{
  "Version": "2012-10-17",
  "Statement": [
    { "Sid": "A", "Effect": "Allow", "Principal": "*", "NotAction": ["a:b", "c:d"], "Resource": "*/x" }
  ]
}`;
  const [statement] = parsePolicy(source, { type: 'auth' }).statements;

  test('a statement with its parts', () => {
    expect(statement).toMatchObject({
      index: 0,
      sid: 'A',
      effect: 'Allow',
      pointer: '/Statement/0',
      span: { line: 4, column: 5 },
      action: { negated: true, pointer: '/Statement/0/NotAction', span: { line: 4, column: 69 } },
      resource: { negated: false, entries: [{ text: '*/x', pointer: '/Statement/0/Resource' }] },
      conditions: [],
    });
    const start = source.indexOf('"a:b"');
    expect(statement?.action.entries).toEqual([
      { text: 'a:b', pointer: '/Statement/0/NotAction/0', span: { start, end: start + 5, line: 4, column: 70 } },
      {
        text: 'c:d',
        pointer: '/Statement/0/NotAction/1',
        span: { start: start + 7, end: start + 12, line: 4, column: 77 },
      },
    ]);
  });

  test('one statement without a list has a pointer without index', () => {
    const policy = parsePolicy({ Statement: { Effect: 'Deny', Action: 'a:b', Resource: 'x' } }, { type: 'identity' });
    expect(policy.statements).toMatchObject([
      {
        index: 0,
        sid: undefined,
        pointer: '/Statement',
        principal: undefined,
        action: { pointer: '/Statement/Action' },
      },
    ]);
  });
});
