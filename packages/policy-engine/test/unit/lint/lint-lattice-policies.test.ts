// lintLatticePolicies: what shows only when the policies of one service are seen together.
import { describe, expect, test } from 'vitest';
import type { CallerPolicies, LatticePolicies, PolicyType } from '../../../src/index.js';
import { lintLatticePolicies } from '../../../src/lint/lint-lattice-policies.js';
import { parsePolicy } from '../../../src/parse/parse-policy.js';
import { CONNECT, INVOKE, ROLE, SERVICE } from './lint-case.js';

const OTHER = SERVICE.replace('0123456789abcdef0', '0fedcba9876543210');
const NETWORK = 'arn:aws:vpc-lattice:us-west-2:111122223333:servicenetwork/sn-0123456789abcdef0';

type Members = Readonly<Record<string, unknown>>;

const policy = (name: string, statements: readonly Members[], type: PolicyType = 'auth') => {
  const principal = type === 'auth' ? { Principal: '*' } : {};
  const filled = statements.map((members) => ({
    Effect: 'Allow',
    ...principal,
    Action: INVOKE,
    Resource: '*',
    ...members,
  }));
  return parsePolicy({ Version: '2012-10-17', Statement: filled }, { type, name });
};

const around = (network: readonly Members[], service: readonly Members[]): LatticePolicies => ({
  serviceNetwork: { authType: 'AWS_IAM', policy: policy('net', network), arn: NETWORK },
  service: { authType: 'AWS_IAM', policy: policy('svc', service), arn: SERVICE },
});

const said = (policies: LatticePolicies, caller?: CallerPolicies) =>
  lintLatticePolicies(policies, caller).map(({ code, layer, pointer }) => `${layer} ${code} ${pointer}`);

test('auth types without a policy, and policies without effect', () => {
  const own = policy('svc', [{}]);
  expect(
    said({ serviceNetwork: { authType: 'AWS_IAM' }, service: { authType: 'NONE', policy: own, arn: SERVICE } }),
  ).toEqual(['serviceNetwork LATTICE_AUTH_WITHOUT_POLICY ', 'service LATTICE_POLICY_UNDER_NONE ']);
  expect(
    said({ serviceNetwork: { authType: 'NONE' }, service: { authType: 'AWS_IAM', policy: own, arn: SERVICE } }),
  ).toEqual([]);
});

test('findings name the policy and its place', () => {
  const [finding] = lintLatticePolicies(around([{}], [{ Resource: `${OTHER}/*` }]));
  expect(finding).toEqual({
    code: 'LATTICE_OTHER_SERVICE',
    severity: 'warning',
    message: expect.stringContaining(OTHER),
    pointer: '/Statement/0/Resource',
    line: 8,
    column: 19,
    layer: 'service',
    policy: 'svc',
  });
});

test.each([
  [{ Resource: ['*', `${SERVICE}/orders`, '*/rates', 'arn:aws:vpc-lattice:*:service/*', `${SERVICE}*`, SERVICE] }, []],
  [{ Resource: ['${aws:PrincipalTag/service}/*'] }, []],
  [{ Resource: [`${SERVICE}/*`, `${OTHER}/*`] }, ['service LATTICE_OTHER_SERVICE /Statement/0/Resource/1']],
  [{ Condition: { ArnEquals: { 'vpc-lattice-svcs:ServiceArn': SERVICE.replace('us-west-2', '*') } } }, []],
  [
    { Condition: { ArnEquals: { 'vpc-lattice-svcs:ServiceArn': OTHER } } },
    ['service LATTICE_OTHER_SERVICE /Statement/0/Condition/ArnEquals/vpc-lattice-svcs:ServiceArn'],
  ],
  [{ Condition: { ArnNotEquals: { 'vpc-lattice-svcs:ServiceArn': OTHER } } }, []],
])('a service policy about another service: %j', (members, expected) => {
  expect(said(around([{}], [members]))).toEqual(expected);
});

test("a network's policy may name any service, but no other network", () => {
  expect(said(around([{ Resource: [`${OTHER}/*`, `${SERVICE}/*`] }], [{}]))).toEqual([]);
  const condition = { StringEquals: { 'vpc-lattice-svcs:ServiceNetworkArn': `${NETWORK}x` } };
  expect(said(around([{}, { Condition: condition }], [{}]))).toEqual([
    'serviceNetwork LATTICE_OTHER_NETWORK /Statement/1/Condition/StringEquals/vpc-lattice-svcs:ServiceNetworkArn',
  ]);
});

describe('what the network never allows', () => {
  const get = { Condition: { StringEquals: { 'vpc-lattice-svcs:RequestMethod': 'GET' } } };
  const post = { Condition: { StringEquals: { 'vpc-lattice-svcs:RequestMethod': ['PUT', 'POST'] } } };
  const role = (name: string, account = '111122223333') => ({
    Principal: { AWS: `arn:aws:iam::${account}:role/${name}` },
  });
  const never = ['service LATTICE_NETWORK_NEVER_ALLOWS /Statement/0'];

  test.each([
    ['actions', { Action: CONNECT }, { Action: INVOKE }],
    ['resources', { Resource: `${SERVICE}/a/*` }, { Resource: `${SERVICE}/b*` }],
    ['accounts', { Principal: { AWS: '222233334444' } }, role('a')],
    ['roles', role('path/a'), role('b')],
    ['conditions', get, post],
    ['a Deny', { Effect: 'Deny' }, {}],
  ])('by %s', (_why, network, service) => {
    expect(said(around([network], [service]))).toEqual(never);
  });

  test.each([
    [{}, {}],
    [{ Resource: `${SERVICE}/a*` }, { Resource: '*b' }],
    [{ Action: 'vpc-lattice-svcs:*' }, { Action: CONNECT }],
    [{ Action: undefined, NotAction: CONNECT }, {}],
    [{ Principal: { AWS: '111122223333' } }, role('a')],
    [role('x/A'), role('y/a')],
    [role('a'), { Principal: { AWS: 'arn:aws:sts::111122223333:assumed-role/a/s' } }],
    [{ Principal: { AWS: 'AROAEXAMPLEID12345678' } }, role('a')],
    [get, { Condition: { StringEqualsIfExists: { 'vpc-lattice-svcs:RequestMethod': 'PUT' } } }],
    [get, { Condition: { StringNotEquals: { 'vpc-lattice-svcs:RequestMethod': 'GET' } } }],
    [get, { Condition: { StringEquals: { 'vpc-lattice-svcs:RequestMethod': ['GET', 'PUT'] } } }],
    [
      { Condition: { 'ForAnyValue:StringEquals': { 'vpc-lattice-svcs:RequestQueryString/a': '1' } } },
      { Condition: { 'ForAnyValue:StringEquals': { 'vpc-lattice-svcs:RequestQueryString/a': '2' } } },
    ],
  ])('but not where they may meet: %j and %j', (network, service) => {
    expect(said(around([network], [service]))).toEqual([]);
  });

  test('is said of each statement, and why', () => {
    const findings = lintLatticePolicies(
      around([role('a'), { ...role('b'), ...get }], [role('c'), role('a'), { ...role('b'), ...post }]),
    );
    expect(findings.map(({ pointer, message }) => [pointer, message])).toEqual([
      ['/Statement/0', "the service network's policy never allows this: it allows only other principals"],
      [
        '/Statement/2',
        "the service network's policy never allows this: it allows only other principals, other values of `vpc-lattice-svcs:RequestMethod`",
      ],
    ]);
    expect(said(around([{ Effect: 'Deny', ...role('z') }], [{}]))).toEqual(never);
  });
});

test('callers whose identity policies never allow Invoke here', () => {
  const identity = (members: Members) => ({ identity: [policy('id', [members], 'identity')] });
  const missing = ['identity LATTICE_CALLER_WITHOUT_INVOKE '];
  const policies = around([{ Principal: { AWS: ROLE } }], [{ Principal: { AWS: ROLE } }]);
  expect(said(policies, { identity: [] })).toEqual(missing);
  expect(said(policies, identity({ Resource: SERVICE }))).toEqual(missing);
  expect(said(policies, identity({ Resource: `${OTHER}/*` }))).toEqual(missing);
  expect(said(policies, identity({ Action: 'vpc-lattice:*' }))).toEqual(missing);
  expect(said(policies, identity({ Effect: 'Deny' }))).toEqual(missing);
  expect(said(policies, identity({ Resource: `${SERVICE}/orders/*` }))).toEqual([]);
  expect(said(policies, identity({ Action: '*' }))).toEqual([]);
  expect(
    said({ serviceNetwork: { authType: 'NONE' }, service: { authType: 'NONE', arn: SERVICE } }, { identity: [] }),
  ).toEqual([]);
});
