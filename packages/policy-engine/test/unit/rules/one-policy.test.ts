// The rules of "One policy" in docs/evaluation.md.
import { describe, expect, test } from 'vitest';
import {
  authorizeIam,
  compilePolicy,
  createAuthorizer,
  evaluatePolicy,
  type IamLayers,
  type LatticeRequest,
  parsePolicy,
  type RequestContext,
} from '../../../src/index.js';
import {
  ACCOUNT,
  allowIdentity,
  evaluate,
  latticePolicies,
  OTHER_ACCOUNT,
  policyDocument,
  ROLE_ARN,
  request,
  session,
  statementVerdict,
} from './asking.js';

const MATCHING = {
  Principal: { AWS: ACCOUNT },
  Action: 'vpc-lattice-svcs:Invoke',
  Resource: '*/orders',
  Condition: { StringEquals: { k: 'v' }, Bool: { b: 'true' } },
};
const context = { k: 'v', b: true };

test.each([
  ['all elements', {}, 'true'],
  ['not the principal', { Principal: { AWS: OTHER_ACCOUNT } }, 'false'],
  ['not the action', { Action: 'vpc-lattice-svcs:Connect' }, 'false'],
  ['not the resource', { Resource: '*/admin' }, 'false'],
  ['not a condition', { Condition: { StringEquals: { k: 'v' }, Bool: { b: 'false' } } }, 'false'],
  ['not the other condition', { Condition: { StringEquals: { k: 'w' }, Bool: { b: 'true' } } }, 'false'],
  ['no condition needed', { Condition: {} }, 'true'],
])('EVAL-1 %s: %s', (_title, change, expected) => {
  expect(statementVerdict({ ...MATCHING, ...change }, { context })).toEqual([expected]);
});

test.each(['identity', 'permissionsBoundary', 'session', 'scp'] as const)(
  'EVAL-1 a policy of type %s has no principals and matches every caller',
  (type) => {
    const statement = { Effect: 'Allow', Action: '*', Resource: '*' };
    for (const principal of [session, 'anonymous', { arn: 'lambda.amazonaws.com' }] as const) {
      expect(evaluate(statement, { principal }, { type }).effect).toBe('allow');
    }
  },
);

describe('several statements', () => {
  const allow = { Sid: 'A', Effect: 'Allow', Action: '*', Resource: '*' };
  const deny = { Sid: 'D', Effect: 'Deny', Action: '*', Resource: '*' };
  const noAllow = { ...allow, Sid: 'NA', Resource: 'x' };
  const noDeny = { ...deny, Sid: 'ND', Resource: 'x' };

  test.each([
    ['no match', [noAllow, noDeny], 'implicitDeny', []],
    ['one Allow', [allow], 'allow', [0]],
    ['one Deny', [deny], 'explicitDeny', [0]],
    ['a Deny behind an Allow', [allow, deny], 'explicitDeny', [1]],
    ['a Deny before an Allow', [deny, allow], 'explicitDeny', [0]],
    ['two Allows', [allow, noDeny, allow], 'allow', [0, 2]],
    ['two Denies', [deny, allow, deny], 'explicitDeny', [0, 2]],
    ['one of each that matches nothing', [noDeny, allow, noAllow], 'allow', [1]],
    ['an Allow many times over', new Array(50).fill(allow), 'allow', Array.from({ length: 50 }, (_, index) => index)],
  ] as const)('EVAL-2 %s', (_title, statements, effect, determining) => {
    const evaluation = evaluate(statements);
    expect(evaluation.effect).toBe(effect);
    expect(evaluation.determining.map((ref) => ref.index).sort((a, b) => a - b)).toEqual(determining);
    expect(evaluate([...statements].reverse()).effect).toBe(effect);
  });

  test('EVAL-2 a statement that names the caller twice is named once', () => {
    const statement = { ...allow, Principal: { AWS: [ROLE_ARN, ACCOUNT, '*'] } };
    for (const effect of ['Allow', 'Deny']) {
      const { determining } = evaluate([{ ...statement, Effect: effect }], {}, { type: 'resource' });
      expect(determining).toHaveLength(1);
    }
    const narrow = { ...allow, Principal: { AWS: [ROLE_ARN, ACCOUNT] } };
    const { determining } = evaluate([narrow, narrow], {}, { type: 'resource' });
    expect(determining.map(({ index }) => index).sort()).toEqual([0, 1]);
  });

  test('EVAL-2 what decided is named by policy, Sid, place and line', () => {
    const text = '{\n "Statement": [\n  {"Sid": "A", "Effect": "Allow", "Action": "*", "Resource": "*"}\n ]\n}';
    const { determining } = evaluateText(text);
    expect(determining).toEqual([
      { policy: 'mine', index: 0, sid: 'A', effect: 'Allow', pointer: '/Statement/0', line: 3, column: 3 },
    ]);
  });

  function evaluateText(text: string) {
    const layers: IamLayers = { identity: [parsePolicy(text, { type: 'identity', name: 'mine' })] };
    const decision = authorizeIam(layers, { ...request(), resourceAccount: ACCOUNT });
    return { determining: decision.determining.map(({ layer: _layer, ...ref }) => ref) };
  }
});

describe('requests that can not be read', () => {
  const hostile: Record<string, unknown> = {
    get principal(): unknown {
      throw new Error('secret');
    },
  };
  const requests: [string, unknown][] = [
    ['undefined', undefined],
    ['null', null],
    ['a string', 'x'],
    ['a number', 1],
    ['a list', []],
    ['an empty object', {}],
    ['no principal', { ...request(), principal: undefined }],
    ['a null principal', { ...request(), principal: null }],
    ['a principal of another name', { ...request(), principal: 'Anonymous' }],
    ['a principal without ARN', { ...request(), principal: {} }],
    ['an ARN that is no string', { ...request(), principal: { arn: 1 } }],
    ['an ARN that is none', { ...request(), principal: { arn: 'x' } }],
    ['a principal that is everybody', { ...request(), principal: { arn: '*' } }],
    ['an ARN with wildcards', { ...request(), principal: { arn: 'arn:aws:iam::*:role/*' } }],
    ['a group', { ...request(), principal: { arn: 'arn:aws:iam::111122223333:group/g' } }],
    ['tags that are none', { ...request(), principal: { ...session, tags: 'x' } }],
    ['a tag that is no string', { ...request(), principal: { ...session, tags: { a: 1 } } }],
    ['paths that are no list', { ...request(), principal: { ...session, orgPaths: 'x' } }],
    ['no action', { ...request(), action: undefined }],
    ['an action without service', { ...request(), action: 'Invoke' }],
    ['an action with a wildcard', { ...request(), action: 's3:*' }],
    ['every action', { ...request(), action: '*' }],
    ['no resource', { ...request(), resource: undefined }],
    ['a resource that is no string', { ...request(), resource: {} }],
    ['a context that is none', { ...request(), context: 'x' }],
    ['a context that is a list', { ...request(), context: [] }],
    ['a context value that is an object', { ...request(), context: { k: {} } }],
    ['a context value that is a function', { ...request(), context: { k: () => 'v' } }],
    ['a list of objects', { ...request(), context: { k: [{}] } }],
    ['a list in a list', { ...request(), context: { k: [['v']] } }],
    ['no number', { ...request(), context: { k: Number.NaN } }],
    ['no date', { ...request(), context: { k: new Date(Number.NaN) } }],
    ['a getter that throws', hostile],
    [
      'a proxy',
      new Proxy(
        {},
        {
          get: () => {
            throw new Error('secret');
          },
        },
      ),
    ],
  ];

  test.each(requests)('EVAL-TOTAL %s is denied by one policy', (_title, asked) => {
    const evaluation = evaluateAny(asked);
    expect(evaluation.effect).toBe('implicitDeny');
    expect(evaluation.invalidRequest).toMatch(/\S/);
    expect(evaluation.invalidRequest).not.toContain('secret');
  });

  test.each(requests)('EVAL-TOTAL %s is denied by authorizeIam', (_title, asked) => {
    const layers = { identity: [allowIdentity] };
    const spoiled = isSpreadable(asked) ? { resourceAccount: ACCOUNT, ...asked } : asked;
    const decision = authorizeIam(layers, spoiled as RequestContext & { resourceAccount: string });
    expect(decision.decision).toBe('implicitDeny');
    expect(decision.invalidRequest).toMatch(/\S/);
  });

  const lattice: [string, unknown][] = [
    ...requests.filter(([title]) => !/action|resource/.test(title)),
    ['a port that is no number', { principal: 'anonymous', port: '80' }],
    ['a port out of range', { principal: 'anonymous', port: Number.NaN }],
    ['a method that is no string', { principal: 'anonymous', method: 1 }],
    ['a sourceIp that is a name', { principal: 'anonymous', sourceIp: 'localhost' }],
    ['a sourceIp with a port', { principal: 'anonymous', sourceIp: '10.0.0.1:443' }],
    ['an empty sourceIp', { principal: 'anonymous', sourceIp: '' }],
    ['a path that is no string', { principal: 'anonymous', path: {} }],
    ['a query that is a number', { principal: 'anonymous', query: 1 }],
    ['a query of numbers', { principal: 'anonymous', query: { a: [1] } }],
    ['headers that are a string', { principal: 'anonymous', headers: 'x' }],
    ['headers of numbers', { principal: 'anonymous', headers: { a: 1 } }],
    ['a time that is no Date', { principal: 'anonymous', time: 'now' }],
    ['a time that is none', { principal: 'anonymous', time: new Date(Number.NaN) }],
    ['an unknown protocol', { principal: 'anonymous', protocol: 'udp' }],
    ['a source that is no string', { principal: 'anonymous', sourceVpc: 1 }],
    ['a caller that is a string', { principal: session, caller: 'allowed' }],
    ['identity policies that are none', { principal: session, caller: { identity: [{}] } }],
    ['identity policies that are no list', { principal: session, caller: { identity: 'x' } }],
  ];

  test.each(lattice)('EVAL-TOTAL %s is denied by an authorizer', (_title, asked) => {
    const authorizer = createAuthorizer(latticePolicies({}));
    const decision = authorizer.authorize(asked as LatticeRequest);
    expect(decision.decision).toBe('deny');
    expect(decision.invalidRequest).toMatch(/\S/);
    expect(decision.invalidRequest).not.toContain('secret');
  });

  function evaluateAny(asked: unknown) {
    const allow = parsePolicy(policyDocument({ Effect: 'Allow', Action: '*', Resource: '*' }), { type: 'identity' });
    return evaluatePolicy(compilePolicy(allow), asked as RequestContext);
  }
});

test('EVAL-TOTAL keys named like members of Object.prototype are plain keys', () => {
  const condition = { StringEquals: { constructor: 'v' } };
  const statement = { Effect: 'Allow', Action: '*', Resource: '*', Condition: condition };
  expect(evaluate(statement, { context: {} }).effect).toBe('implicitDeny');
  expect(evaluate(statement, { context: { constructor: 'v' } as never }).effect).toBe('allow');
  const tag = { ...statement, Condition: { Null: { 'aws:PrincipalTag/__proto__': 'true' } } };
  expect(evaluate(tag, { principal: { ...session, tags: {} } }).effect).toBe('allow');
});

function isSpreadable(value: unknown): value is object {
  return typeof value === 'object' && value !== null && Object.keys(value).length > 1;
}
