// The rules of "Explanations" in docs/evaluation.md.
import { describe, expect, test } from 'vitest';
import {
  compilePolicy,
  createAuthorizer,
  type Explanation,
  explainPolicy,
  type LatticeRequest,
  parsePolicy,
  renderExplanation,
} from '../../../src/index.js';
import {
  ACCOUNT,
  allowAll,
  allowIdentity,
  type LatticeSetting,
  latticePolicies,
  parse,
  request,
  SERVICE_ARN,
  session,
} from './asking.js';

const everything = { Principal: '*', Action: '*', Resource: '*' };
const METHOD = 'vpc-lattice-svcs:RequestMethod';

function explain(setting: LatticeSetting, asked: Partial<LatticeRequest> = {}): Explanation {
  const caller = { identity: [allowIdentity] };
  return createAuthorizer(latticePolicies(setting)).explain({ principal: session, caller, ...asked });
}

const STATEMENTS = [
  { Effect: 'Deny', Principal: { AWS: '444455556666' }, Action: 's3:*', Resource: '*/admin' },
  {
    Effect: 'Allow',
    Principal: { AWS: [ACCOUNT, '444455556666'] },
    Action: ['vpc-lattice-svcs:Invoke', 's3:*'],
    Resource: ['*/orders', '*/items'],
    Condition: { StringEquals: { [METHOD]: ['GET', 'HEAD'], 'aws:PrincipalTag/team': 'red' } },
  },
];

describe.each<[string, Partial<LatticeRequest>]>([
  ['allowed', { method: 'GET', path: '/orders', principal: { ...session, tags: { team: 'red' } } }],
  ['denied', { method: 'PUT', path: '/orders' }],
  ['anonymous', { principal: 'anonymous', path: '/orders' }],
  ['TLS passthrough', { protocol: 'tls' }],
  ['unreadable', { principal: { arn: 'x' } }],
])('a request that is %s', (_title, asked) => {
  test('EXPLAIN-1 has the decision that authorize gives', () => {
    const policies = latticePolicies({ network: allowAll, service: STATEMENTS });
    const authorizer = createAuthorizer(policies);
    const full: LatticeRequest = { principal: session, caller: { identity: [allowIdentity] }, ...asked };
    expect(authorizer.explain(full).decision).toEqual(authorizer.authorize(full));
  });
});

test('EXPLAIN-1 shows every statement, element and entry of every layer that was asked', () => {
  const explanation = explain({ network: allowAll, service: STATEMENTS }, { path: '/orders', method: 'PUT' });
  const shape = explanation.layers.map(({ layer, policies }) => [
    layer,
    ...policies.flatMap((policy) =>
      policy.statements.map((statement) =>
        statement.elements.map(({ element, wanted }) => `${element} ${wanted.length}`),
      ),
    ),
  ]);
  expect(shape).toEqual([
    ['serviceNetwork', ['Principal 1', 'Action 1', 'Resource 1']],
    [
      'service',
      ['Principal 1', 'Action 1', 'Resource 1'],
      ['Principal 2', 'Action 2', 'Resource 2', 'Condition 2', 'Condition 1'],
    ],
    ['scp'],
    ['identity', ['Action 1', 'Resource 1']],
    ['permissionsBoundary'],
    ['session'],
    ['rcp'],
  ]);
});

test('EXPLAIN-1 one policy on its own', () => {
  const policy = compilePolicy(parse(STATEMENTS, 'resource'));
  const explanation = explainPolicy(policy, request());
  expect(explanation.statements.map(({ applies }) => applies)).toEqual([false, false]);
  expect(explanation.evaluation.effect).toBe('implicitDeny');
});

describe('an element', () => {
  const text = `{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Principal": "*",
      "Action": "vpc-lattice-svcs:Invoke",
      "Resource": "*",
      "Condition": {
        "StringLike": { "vpc-lattice-svcs:RequestHeader/x-team": "\${aws:PrincipalTag/team}-*" }
      }
    }
  ]
}`;
  const policy = parsePolicy(text, { type: 'auth' });
  const policies = {
    serviceNetwork: { authType: 'NONE' },
    service: { authType: 'AWS_IAM', policy, arn: SERVICE_ARN },
  } as const;
  const ask = (tags: Record<string, string>, headers: Record<string, string>) => {
    const asked = { principal: { ...session, tags }, caller: 'assume-allowed', headers } as const;
    const { layers } = createAuthorizer(policies).explain(asked);
    const statement = layers.find(({ layer }) => layer === 'service')?.policies[0]?.statements[0];
    return statement?.elements.find(({ element }) => element === 'Condition');
  };

  test('EXPLAIN-2 has outcome, reason, actual and wanted values and its place', () => {
    expect(ask({ team: 'red' }, { 'x-team': 'blue-1' })).toMatchObject({
      outcome: 'false',
      reason: 'condition-false',
      operator: 'StringLike',
      key: 'vpc-lattice-svcs:RequestHeader/x-team',
      actual: 'blue-1',
      pointer: '/Statement/0/Condition/StringLike/vpc-lattice-svcs:RequestHeader~1x-team',
      line: 10,
      wanted: [
        {
          text: '${aws:PrincipalTag/team}-*',
          resolved: 'red-*',
          outcome: 'false',
          variables: [{ name: 'aws:PrincipalTag/team', value: 'red', fromDefault: false }],
          line: 10,
        },
      ],
    });
  });

  test.each([
    [{ team: 'red' }, { 'x-team': 'red-1' }, 'true', 'matched'],
    [{ team: 'red' }, {}, 'false', 'key-missing'],
    [{}, { 'x-team': 'red-1' }, 'false', 'variable-unresolved'],
  ])('EXPLAIN-2 tags %j and headers %j: %s, %s', (tags, headers, outcome, reason) => {
    expect(ask(tags, headers as Record<string, string>)).toMatchObject({ outcome, reason });
  });
});

describe('near misses', () => {
  const get = { Effect: 'Allow', ...everything, Condition: { StringEquals: { [METHOD]: 'GET' } } };
  const orders = { Effect: 'Allow', ...everything, Resource: '*/orders', Condition: get.Condition };
  const deny = { Effect: 'Deny', ...everything, Resource: '*/never' };
  const list = (setting: LatticeSetting, asked: Partial<LatticeRequest>) =>
    explain(setting, asked).nearMisses.map(({ statement, differences }) => [
      statement.layer,
      statement.index,
      ...differences.map(({ element, key }) => key ?? element),
    ]);

  test('EXPLAIN-3 are the Allows that failed, fewest differences first', () => {
    expect(list({ service: [deny, orders, get] }, { method: 'PUT', path: '/x' })).toEqual([
      ['service', 2, METHOD],
      ['service', 1, 'Resource', METHOD],
    ]);
  });

  test('EXPLAIN-3 in the order of the layers that deny', () => {
    expect(list({ network: [orders], service: [get] }, { method: 'PUT', path: '/x' })).toEqual([
      ['serviceNetwork', 0, 'Resource', METHOD],
      ['service', 0, METHOD],
    ]);
  });

  test('EXPLAIN-3 not of layers that allow, nor beside an explicit deny', () => {
    expect(list({ network: [get, ...allowAll], service: [orders] }, { method: 'PUT', path: '/orders' })).toEqual([
      ['service', 0, METHOD],
    ]);
    expect(list({ service: [get, { Effect: 'Deny', ...everything }] }, { method: 'PUT' })).toEqual([]);
    expect(list({ service: allowAll }, {})).toEqual([]);
  });

  test('EXPLAIN-3 what they say would have to differ is enough', () => {
    const asked = { method: 'PUT', path: '/x' };
    const [first] = explain({ service: [orders] }, asked).nearMisses;
    const wanted = Object.fromEntries(
      first?.differences.map(({ element, key, wanted: [one] }) => [key ?? element, one?.text]) ?? [],
    );
    expect(wanted).toEqual({ Resource: '*/orders', [METHOD]: 'GET' });
    expect(explain({ service: [orders] }, { method: 'GET', path: '/orders' }).decision.decision).toBe('allow');
  });
});

test.each([
  ['a terminal escape', '\u001b[2J'],
  ['a line break', '\r\nallowed'],
  ['a carriage return', '\rallowed'],
  ['a bell', '\u0007'],
  ['right-to-left override', '\u202egnp'],
  ['an isolate', '\u2066x'],
  ['a C1 control', '\u009b2J'],
  ['delete', '\u007f'],
])('EXPLAIN-4 %s is escaped', (_title, text) => {
  const service = [
    { Effect: 'Allow', ...everything, Sid: `S${text}`, Condition: { StringEquals: { [METHOD]: `M${text}` } } },
  ];
  const asked = { path: `/a${text}`, method: `B${text}`, principal: { ...session, tags: { [text]: text } } };
  const rendered = renderExplanation(explain({ service }, asked), { all: true });
  expect(rendered).not.toContain(text);
  expect(rendered.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
});

test('EXPLAIN-4 colours are the only escapes, and only when asked for', () => {
  const explanation = explain({ service: STATEMENTS }, { path: '/x' });
  const colour = '\u001b[';
  expect(renderExplanation(explanation)).not.toContain(colour);
  expect(renderExplanation(explanation, { color: true })).toContain(colour);
});
