// The rules of "Three values" in docs/evaluation.md. The condition that can't be decided is
// one on `aws:userid` for a caller who may be any session of a role (KEY-8).
import { describe, expect, test } from 'vitest';
import { authorizeIam, type IamLayers, type RequestContextValues } from '../../../src/index.js';
import {
  authorize,
  evaluate,
  type Json,
  parse,
  ROLE_ARN,
  request,
  SESSION_ARN,
  statementVerdict,
  type Verdict,
} from './asking.js';

const UNDECIDED = { StringEquals: { 'aws:userid': 'AROAEXAMPLEEXAMPLEID:pod-1' } };
const UNKNOWN = 'principal-session-unknown';
const role = { arn: ROLE_ARN };
const ALL = { Action: '*', Resource: '*' };
const some = { k: 'v' };

const conditionVerdict = (condition: Json, context: RequestContextValues) =>
  statementVerdict({ Condition: condition }, { principal: role, context });

test('TRI-1 a test is true, false or undecided', () => {
  expect(conditionVerdict({ StringEquals: { k: 'v' } }, some)).toEqual(['true']);
  expect(conditionVerdict({ StringEquals: { k: 'w' } }, some)).toEqual(['false']);
  expect(conditionVerdict(UNDECIDED, some)).toEqual(['undecided', UNKNOWN]);
});

test.each([
  ['undecided and true', { ...UNDECIDED, StringLike: { k: 'v' } }, ['undecided', UNKNOWN]],
  ['undecided and false', { ...UNDECIDED, StringLike: { k: 'w' } }, ['false']],
  ['undecided and undecided', { ...UNDECIDED, StringLike: { 'aws:userid': 'AROA*' } }, ['undecided', UNKNOWN]],
])('TRI-2 and takes the lowest: %s', (_title, condition, expected) => {
  expect(conditionVerdict(condition, some)).toEqual(expected);
});

test.each([
  ['undecided or true', ['*:Invoke', 'vpc-lattice-svcs:Invoke'], ['true']],
  ['undecided or false', ['*:Invoke', 's3:GetObject'], ['undecided', 'action-prefix-wildcard']],
  ['false or true', ['s3:GetObject', '*'], ['true']],
])('TRI-2 or takes the highest: %s', (_title, actions, expected) => {
  expect(statementVerdict({ Action: actions })).toEqual(expected);
  expect(statementVerdict({ Action: [...actions].reverse() })).toEqual(expected);
});

test.each([
  ['true', 'vpc-lattice-svcs:Invoke', ['false']],
  ['false', 's3:GetObject', ['true']],
  ['undecided', '*:Invoke', ['undecided', 'action-prefix-wildcard']],
])('TRI-2 not swaps true and false: %s', (_title, action, expected) => {
  expect(statementVerdict({ NotAction: action })).toEqual(expected);
});

test.each([
  ['true', { StringEquals: { k: 'v' } }, 'allow', 'explicitDeny'],
  ['undecided', UNDECIDED, 'implicitDeny', 'explicitDeny'],
  ['false', { StringEquals: { k: 'w' } }, 'implicitDeny', 'implicitDeny'],
])('TRI-3 a statement whose tests are %s', (_value, condition, allow, deny) => {
  const statement = { ...ALL, Condition: condition };
  const asked = { principal: role, context: some };
  expect(evaluate({ Effect: 'Allow', ...statement }, asked).effect).toBe(allow);
  expect(evaluate({ Effect: 'Deny', ...statement }, asked).effect).toBe(deny);
});

describe('assumptions of one statement', () => {
  const folded = { StringEquals: { K: 'v' } };
  const unreadable = { NumericLessThan: { k: '5' } };

  test('TRI-4 a matched statement lists what its elements needed to match', () => {
    expect(conditionVerdict(folded, some)).toEqual(['true', 'key-name-folding']);
    expect(conditionVerdict({ StringEquals: { k: ['v', 'w'] } }, some)).toEqual(['true']);
    expect(
      statementVerdict(
        { Principal: { AWS: 'arn:aws:iam::111122223333:role/READER' }, Condition: folded },
        { context: some },
      ),
    ).toEqual(['true', 'key-name-folding', 'principal-role-casing']);
  });

  test('TRI-4 what an operand, entry or key did not need is not listed', () => {
    expect(conditionVerdict({ DateGreaterThan: { d: ['2020', '2021-01-01'] } }, { d: '2026-01-01' })).toEqual(['true']);
    expect(statementVerdict({ Principal: { AWS: ['arn:aws:iam::111122223333:role/READER', ROLE_ARN] } })).toEqual([
      'true',
    ]);
  });

  test('TRI-4 a statement that failed lists what its failing elements failed for, if each did for an assumption', () => {
    expect(conditionVerdict(unreadable, some)).toEqual(['false', 'value-unparsable']);
    expect(conditionVerdict({ ...unreadable, StringEquals: { k: 'v' } }, some)).toEqual(['false', 'value-unparsable']);
    expect(conditionVerdict({ ...unreadable, StringEquals: { k: 'w' } }, some)).toEqual(['false']);
    expect(statementVerdict({ Action: 's3:*', Condition: unreadable }, { context: some })).toEqual(['false']);
    expect(statementVerdict({ Resource: 'x', Condition: unreadable }, { context: some })).toEqual(['false']);
    expect(statementVerdict({ Principal: { AWS: '444455556666' }, Condition: unreadable }, { context: some })).toEqual([
      'false',
    ]);
  });
});

describe('assumptions of a statement that failed', () => {
  const readers = { AWS: 'arn:aws:iam::111122223333:role/READER' };
  const numeric = { NumericLessThan: { k: '5' } };

  test('TRI-4 elements that hold bring none, before or behind the one that failed', () => {
    const ask = (elements: Json) => statementVerdict(elements, { principal: role, context: some });
    expect(ask({ Principal: readers, Condition: numeric })).toEqual(['false', 'value-unparsable']);
    expect(ask({ Condition: { ...numeric, StringEquals: { K: 'v' } } })).toEqual(['false', 'value-unparsable']);
    expect(ask({ Condition: { StringEquals: { K: 'v' }, ...numeric } })).toEqual(['false', 'value-unparsable']);
  });

  test('TRI-4 each element that failed for an assumption brings its own', () => {
    const arn = { ArnEquals: { k: 'arn:aws:iam::1:role/x' } };
    const both: Verdict = ['false', 'arn-incomplete', 'value-unparsable'];
    expect(conditionVerdict({ ...numeric, ...arn }, some)).toEqual(both);
    expect(conditionVerdict({ ...arn, ...numeric }, some)).toEqual(both);
    expect(conditionVerdict({ ...arn, ...numeric, StringEquals: { k: 'w' } }, some)).toEqual(['false']);
  });

  test('TRI-4 assumptions are listed in order, each once', () => {
    const condition = { StringEquals: { K: 'v' }, StringLike: { K: 'v' }, stringequals: { k: 'v' } };
    const statement = { Effect: 'Allow', Principal: readers, Action: '*', Resource: '*', Condition: condition };
    const { assumptions } = evaluate(statement, { principal: role, context: some }, { type: 'resource' });
    expect(assumptions).toEqual(['key-name-folding', 'operator-name-casing', 'principal-role-casing']);
  });
});

describe('assumptions of one policy', () => {
  const certain = { ...ALL, Condition: { StringEquals: { k: 'v' } } };
  const doubtful = { ...ALL, Condition: { StringEquals: { K: 'v' } } };
  const unreadable = { ...ALL, Condition: { NumericLessThan: { k: '5' } } };
  const failing = { ...ALL, Condition: { StringEquals: { k: 'w' } } };
  const say = (...statements: object[]) => {
    const { effect, assumptions } = evaluate(statements, { principal: role, context: some });
    return [effect, ...[...assumptions].sort()];
  };

  test.each([
    ['certain', [{ Effect: 'Allow', ...certain }], ['allow']],
    ['doubtful', [{ Effect: 'Allow', ...doubtful }], ['allow', 'key-name-folding']],
    [
      'doubtful and certain',
      [
        { Effect: 'Allow', ...doubtful },
        { Effect: 'Allow', ...certain },
      ],
      ['allow'],
    ],
    [
      'certain and a Deny that failed',
      [
        { Effect: 'Allow', ...certain },
        { Effect: 'Deny', ...failing },
      ],
      ['allow'],
    ],
    [
      'certain and a Deny that failed for an assumption',
      [
        { Effect: 'Allow', ...certain },
        { Effect: 'Deny', ...unreadable },
      ],
      ['allow', 'value-unparsable'],
    ],
    [
      'doubtful and a Deny that failed for an assumption',
      [
        { Effect: 'Allow', ...doubtful },
        { Effect: 'Deny', ...unreadable },
      ],
      ['allow', 'key-name-folding', 'value-unparsable'],
    ],
    [
      'certain and an Allow that failed for an assumption',
      [
        { Effect: 'Allow', ...certain },
        { Effect: 'Allow', ...unreadable },
      ],
      ['allow'],
    ],
  ])('TRI-5 an allow: %s', (_title, statements, expected) => {
    expect(say(...statements)).toEqual(expected);
    expect(say(...[...statements].reverse())).toEqual(expected);
  });

  test.each([
    ['certain', [{ Effect: 'Deny', ...certain }], ['explicitDeny']],
    ['doubtful', [{ Effect: 'Deny', ...doubtful }], ['explicitDeny', 'key-name-folding']],
    [
      'doubtful and certain',
      [
        { Effect: 'Deny', ...doubtful },
        { Effect: 'Deny', ...certain },
      ],
      ['explicitDeny'],
    ],
    ['undecided', [{ Effect: 'Deny', ...ALL, Condition: UNDECIDED }], ['explicitDeny', UNKNOWN]],
    [
      'certain, beside a doubtful Allow',
      [
        { Effect: 'Deny', ...certain },
        { Effect: 'Allow', ...doubtful },
      ],
      ['explicitDeny'],
    ],
    [
      'certain, beside a Deny that failed for an assumption',
      [
        { Effect: 'Deny', ...certain },
        { Effect: 'Deny', ...unreadable },
      ],
      ['explicitDeny'],
    ],
  ])('TRI-5 an explicit deny: %s', (_title, statements, expected) => {
    expect(say(...statements)).toEqual(expected);
    expect(say(...[...statements].reverse())).toEqual(expected);
  });

  test.each([
    ['nothing matched', [{ Effect: 'Allow', ...failing }], ['implicitDeny']],
    ['an Allow failed for an assumption', [{ Effect: 'Allow', ...unreadable }], ['implicitDeny', 'value-unparsable']],
    ['an undecided Allow', [{ Effect: 'Allow', ...ALL, Condition: UNDECIDED }], ['implicitDeny', UNKNOWN]],
    [
      'of several Allows one failed for an assumption',
      [
        { Effect: 'Allow', ...unreadable },
        { Effect: 'Allow', ...failing },
      ],
      ['implicitDeny', 'value-unparsable'],
    ],
    ['a Deny failed for an assumption', [{ Effect: 'Deny', ...unreadable }], ['implicitDeny']],
  ])('TRI-5 an implicit deny: %s', (_title, statements, expected) => {
    expect(say(...statements)).toEqual(expected);
  });
});

describe('assumptions of the general rule', () => {
  const asked = { ...request({ context: some }), resourceAccount: '111122223333' };
  const all = { Action: '*', Resource: '*' };
  const folded = { ...all, Condition: { StringEquals: { K: 'v' } } };
  const failing = { ...all, Condition: { NumericLessThan: { k: '5' } } };
  const say = (layers: Partial<IamLayers>) => {
    const { decision, assumptions } = authorizeIam({ identity: [], ...layers }, asked);
    return [decision, ...assumptions];
  };
  const identity = (...statements: Json[]) => ({ identity: [parse(statements, 'identity')] });
  const resource = (statement: Json) => ({ resource: parse([{ Principal: '*', ...statement }], 'resource') });

  test('TRI-5 an allow lists those of the layers that allowed', () => {
    expect(say(identity({ Effect: 'Allow', ...all }))).toEqual(['allow']);
    expect(say(identity({ Effect: 'Allow', ...folded }))).toEqual(['allow', 'key-name-folding']);
    expect(say({ ...identity({ Effect: 'Allow', ...all }), ...resource({ Effect: 'Allow', ...folded }) })).toEqual([
      'allow',
      'key-name-folding',
    ]);
    expect(say({ ...identity({ Effect: 'Allow', ...failing }), ...resource({ Effect: 'Allow', ...all }) })).toEqual([
      'allow',
    ]);
  });

  test('TRI-5 an implicit deny lists those of the layer that denied', () => {
    expect(say({})).toEqual(['implicitDeny']);
    expect(say(identity({ Effect: 'Allow', ...failing }))).toEqual(['implicitDeny', 'value-unparsable']);
    const scps = [[parse([{ Effect: 'Allow', ...failing }], 'scp')]];
    expect(say({ scps, ...identity({ Effect: 'Allow', ...folded }) })).toEqual(['implicitDeny', 'value-unparsable']);
  });

  test('TRI-5 an explicit deny lists those of the Denies, none if one is certain', () => {
    expect(say(identity({ Effect: 'Deny', ...folded }))).toEqual(['explicitDeny', 'key-name-folding']);
    expect(say({ ...identity({ Effect: 'Deny', ...folded }), ...resource({ Effect: 'Deny', ...all }) })).toEqual([
      'explicitDeny',
    ]);
    expect(say({ ...identity({ Effect: 'Deny', ...folded }), ...resource({ Effect: 'Deny', ...folded }) })).toEqual([
      'explicitDeny',
      'key-name-folding',
    ]);
  });
});

test('TRI-5 of several layers, each that allowed lists its own', () => {
  const byRoleCasing = { Effect: 'Allow', Principal: { AWS: ROLE_ARN.replace('Reader', 'READER') }, ...ALL };
  const bySession = { Effect: 'Allow', Principal: { AWS: SESSION_ARN }, ...ALL };
  const list = (network: object[], service: object[]) => [...authorize({ network, service }).assumptions].sort();
  expect(list([bySession], [bySession])).toEqual([]);
  expect(list([byRoleCasing], [bySession])).toEqual(['principal-role-casing']);
  expect(list([bySession], [byRoleCasing])).toEqual(['principal-role-casing']);
  expect(list([byRoleCasing, bySession], [bySession])).toEqual([]);
});
