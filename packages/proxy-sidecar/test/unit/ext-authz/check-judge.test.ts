// Decisions about requests that Envoy holds are those that the stack's policies come to when they are asked outright; and what
// goes wrong is a denial.
import { authorizerFor, loadStack, type Stack } from '@lattice-auth/stack';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { defaults } from '../../../src/config/sidecar-config.js';
import { CheckJudge, type CheckJudgeParts, unknownNames } from '../../../src/ext-authz/check-judge.js';
import { type CheckQuestion, questionFromGrpc } from '../../../src/ext-authz/check-question.js';
import { readCheckRequest } from '../../../src/ext-authz/check-request.js';
import { peerTest } from '../../../src/inbound/trusted-peers.js';
import { type PolicySet, readPolicies } from '../../../src/policy/policy-set.js';
import { type EnvoyRequest, encodeRequest } from '../../support/ext-authz/envoy-protocol.js';
import { NETWORK_ARN, PolicyFolder, SERVICE_ARN, STACK, WEB_ARN } from '../../support/policy-files.js';

const lattice = '169.254.171.9';
const policy = JSON.stringify({
  Version: '2012-10-17',
  Statement: [
    {
      Sid: 'Read',
      Effect: 'Allow',
      Principal: '*',
      Action: 'vpc-lattice-svcs:Invoke',
      Resource: '*',
      Condition: { StringEquals: { 'vpc-lattice-svcs:RequestMethod': ['GET', 'HEAD'] } },
    },
    {
      Sid: 'Flag',
      Effect: 'Allow',
      Principal: { AWS: WEB_ARN },
      Action: '*',
      Resource: `${SERVICE_ARN}/flags/*`,
      Condition: { StringEquals: { 'vpc-lattice-svcs:RequestHeader/x-flag': 'on' } },
    },
    {
      Sid: 'Query',
      Effect: 'Allow',
      Principal: '*',
      Action: '*',
      Resource: '*',
      Condition: { StringEquals: { 'vpc-lattice-svcs:RequestQueryString/mode': 'open' } },
    },
    {
      Sid: 'Vpc',
      Effect: 'Allow',
      Principal: '*',
      Action: '*',
      Resource: '*',
      Condition: { StringEquals: { 'vpc-lattice-svcs:SourceVpc': 'vpc-0a1b2c3d' } },
    },
    { Sid: 'Never', Effect: 'Deny', Principal: '*', Action: '*', Resource: `${SERVICE_ARN}/private/*` },
  ],
});

let folder: PolicyFolder;
let stack: Stack;
let set: PolicySet;

beforeAll(async () => {
  folder = new PolicyFolder().write({ 'stack.yaml': STACK, 'orders.json': policy });
  stack = await loadStack(folder.stack);
  const read = await readPolicies({ files: { ...defaults.policies, stack: folder.stack } });
  if (read.kind !== 'read') throw new Error(read.problems.join());
  set = read.set;
});
afterAll(() => folder.remove());

function judgeWith(config: Partial<CheckJudgeParts['config']> = {}, more: Partial<CheckJudgeParts> = {}): CheckJudge {
  return new CheckJudge({
    config: { ...defaults.extAuthz, ...config },
    isTrusted: peerTest(defaults.extAuthz.trustedPeers),
    verification: undefined,
    policies: () => set,
    report: () => undefined,
    ...more,
  });
}

function questionOf(request: EnvoyRequest): CheckQuestion | undefined {
  const read = readCheckRequest(encodeRequest(request), { headerCount: 100 });
  return read && questionFromGrpc(read);
}

const paths = [
  '/',
  '/orders/7',
  '/flags/a',
  '/private/x',
  '/private',
  '/orders?mode=open',
  '/orders?mode=open&mode=shut',
  '/a%2Fb',
  '//x',
  '/private%2Fx',
];
const methods = ['GET', 'PUT', 'HEAD', 'patch'];
const headerSets: Record<string, string>[] = [{}, { 'x-flag': 'on' }, { 'x-flag': 'off' }];
const table = paths.flatMap((path) =>
  methods.flatMap((method) => headerSets.map((headers) => ({ path, method, headers }))),
);

test.each([
  [
    'Lattice’s caller',
    { principal: 'web', headers: { 'x-amzn-lattice-identity': `Principal=${WEB_ARN}; Type=AWS_IAM` } },
  ],
  ['nobody', { principal: 'anonymous', headers: {} as Record<string, string> }],
])('as the authorizer decides, so does Envoy hear: %s', (_who, { principal, headers: identity }) => {
  const authorizer = authorizerFor(stack, { serviceNetwork: 'shop', service: 'orders' });
  const seen = new Set<string>();
  for (const vpc of [undefined, 'front'] as const) {
    const network =
      vpc === undefined
        ? {}
        : { 'x-amzn-lattice-network': 'SourceVpcArn=arn:aws:ec2:eu-west-1:111122223333:vpc/vpc-0a1b2c3d' };
    for (const { path, method, headers } of table) {
      const verdict = judgeWith().decide(
        questionOf({ peer: lattice, method, path, headers: { ...identity, ...network, ...headers } }),
      );
      const expected = authorizer.authorize({
        principal: principal === 'anonymous' ? 'anonymous' : { arn: WEB_ARN },
        caller: principal === 'anonymous' ? undefined : 'assume-allowed',
        method,
        path,
        headers,
        ...(vpc === undefined ? {} : { sourceVpc: 'vpc-0a1b2c3d', sourceVpcOwnerAccount: '111122223333' }),
      });
      expect({
        method,
        path,
        effect: verdict.record.effect,
        reason: verdict.record.reason,
        message: verdict.message,
      }).toEqual({ method, path, effect: expected.decision, reason: expected.reason, message: expected.message });
      expect(verdict.decision?.determining).toEqual(expected.determining);
      seen.add(expected.reason);
    }
  }
  expect([...seen].sort()).toEqual(['allowed', 'explicitDeny', 'implicitDeny']);
});

test('what Envoy knows by a certificate is a principal of the stack, with all that the stack says of it', () => {
  const judge = judgeWith({ principals: { 'spiffe://c/web': 'web', 'spiffe://c/none': 'unheard' } });
  const byCertificate = judge.decide(
    questionOf({ principal: 'spiffe://c/web', path: '/flags/a', method: 'PUT', headers: { 'x-flag': 'on' } }),
  );
  expect(byCertificate.record).toMatchObject({ effect: 'allow', principal: WEB_ARN });
  expect(judge.decide(questionOf({ principal: 'spiffe://c/none' })).record).toMatchObject({
    effect: 'error',
    reason: 'unknownCaller',
  });
});

test('nobody by a certificate is nobody, whatever the configuration says', () => {
  const judge = judgeWith({ principals: { '': 'web' } });
  for (const principal of ['', 'constructor', '__proto__']) {
    expect(judge.decide(questionOf({ principal })).record.principal).toBe('anonymous');
  }
});

test('Lattice’s word on VPC and network comes before Envoy’s configuration, and must not contradict it', () => {
  const identity = { 'x-amzn-lattice-network': 'SourceVpcArn=arn:aws:ec2:eu-west-1:111122223333:vpc/vpc-0b' };
  const judge = judgeWith({ sourceVpc: 'front', serviceNetwork: 'shop' });
  const ask = (headers: Record<string, string>) =>
    judge.decide(questionOf({ peer: lattice, method: 'PUT', headers })).record.reason;
  expect(ask({})).toBe('allowed');
  expect(ask(identity)).toBe('implicitDeny');
  expect(ask({ 'x-amzn-lattice-target': `ServiceArn=${SERVICE_ARN}; ServiceNetworkArn=${NETWORK_ARN}` })).toBe(
    'allowed',
  );
  const other = NETWORK_ARN.replace('sn-0', 'sn-1');
  expect(ask({ 'x-amzn-lattice-target': `ServiceArn=${SERVICE_ARN}; ServiceNetworkArn=${other}` })).toBe(
    'unknownService',
  );
});

test('a fault of ours is a denial, and is reported', () => {
  const problems: unknown[] = [];
  const judge = judgeWith(
    {},
    {
      policies: () => {
        throw new Error('broken');
      },
      report: (problem) => problems.push(problem),
    },
  );
  expect(judge.decide(questionOf({})).record).toMatchObject({ effect: 'error', reason: 'internal' });
  expect(problems).toEqual(['a decision failed']);
  expect(judgeWith({}, { policies: () => undefined }).decide(questionOf({})).record.reason).toBe('noPolicies');
  expect(judge.decide(undefined).record.reason).toBe('unreadableRequest');
});

test('names that the stack does not know are told of', () => {
  const config = {
    ...defaults.extAuthz,
    service: 'a',
    serviceNetwork: 'b',
    sourceVpc: 'c',
    principals: { x: 'd', y: 'arn:aws:x' },
  };
  expect(unknownNames(config, set)).toEqual([
    'the stack has no `a`, as `extAuthz.service` says',
    'the stack has no `b`, as `extAuthz.serviceNetwork` says',
    'the stack has no `c`, as `extAuthz.sourceVpc` says',
    'the stack has no `d`, as `extAuthz.principals` says',
  ]);
  const known = {
    ...config,
    service: SERVICE_ARN,
    serviceNetwork: 'shop',
    sourceVpc: 'front',
    principals: { x: 'web' },
  };
  expect(unknownNames(known, set)).toEqual([]);
  expect(unknownNames({ ...known, sourceVpc: 'vpc-1' }, set)).toEqual([]);
  expect(unknownNames(config, undefined)).toEqual([]);
});

test('gRPC of the app’s own is decided as gRPC', () => {
  const question = questionOf({
    method: 'POST',
    path: '/shop.Orders/Get',
    headers: { 'content-type': 'application/grpc+proto' },
  });
  expect(question?.request.protocol).toBe('grpc');
  expect(questionOf({ headers: { 'content-type': 'text/plain' } })?.request.protocol).toBe('http');
});
