// Inbound: whose identity is believed, what the policies say of it, and what the app gets to see.
import { join } from 'node:path';
import { signRequest } from '@lattice-auth/sigv4-fetch/core';
import { afterEach, expect, test } from 'vitest';
import { defaults, type JudgeMode } from '../../../src/config/sidecar-config.js';
import type { JudgedRequest, Judgement } from '../../../src/http/exchange.js';
import { InboundJudge, type InboundJudgeParts } from '../../../src/inbound/inbound-judge.js';
import { readStaticKeys } from '../../../src/inbound/static-keys.js';
import { peerTest } from '../../../src/inbound/trusted-peers.js';
import { readPolicies } from '../../../src/policy/policy-set.js';
import { exchangeWith } from '../../support/exchange.js';
import { NETWORK_ARN, orderPolicy, PolicyFolder, SERVICE_ARN, STACK, WEB_ARN } from '../../support/policy-files.js';

const folders: PolicyFolder[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) folder.remove();
});

const LATTICE = '169.254.171.5';
const IDENTITY = ['x-amzn-lattice-identity', `Principal=${WEB_ARN}; Type=AWS_IAM`];
const TARGET = ['x-amzn-lattice-target', `ServiceArn=${SERVICE_ARN}; ServiceNetworkArn=${NETWORK_ARN}`];

interface Options {
  readonly mode?: JudgeMode;
  readonly own?: Record<string, string>;
  readonly stack?: boolean;
  readonly parts?: Partial<InboundJudgeParts>;
}

async function judgeWith({
  mode = 'enforce',
  own = {},
  stack = true,
  parts = {},
}: Options = {}): Promise<InboundJudge> {
  const folder = new PolicyFolder().write({ 'stack.yaml': STACK, 'orders.json': orderPolicy('GET'), ...own });
  folders.push(folder);
  const inbound = Object.keys(own).map((name) => join(folder.path, name));
  const files = { stack: stack ? folder.stack : undefined, inbound, pollMs: 1_000 };
  const read = await readPolicies({ files });
  if (read.kind !== 'read') throw new Error(read.problems.join('\n'));
  const isTrusted = peerTest(defaults.inbound.trustedPeers);
  return new InboundJudge({
    mode,
    service: undefined,
    isTrusted,
    verification: undefined,
    policies: () => read.set,
    ...parts,
  });
}

function ask(judge: InboundJudge, more: Partial<JudgedRequest> = {}) {
  const exchange = exchangeWith({ direction: 'inbound', decision: undefined });
  const request: JudgedRequest = {
    method: 'GET',
    target: '/orders/7',
    authority: 'orders.example.com',
    headers: [...IDENTITY, ...TARGET],
    peerAddress: LATTICE,
    protocol: 'http',
    ...more,
  };
  const judgement = judge.judge(exchange, request) as Judgement;
  return { judgement, decision: exchange.decision };
}

test('a caller that Lattice names, judged by the service’s policy', async () => {
  const judge = await judgeWith();
  expect(ask(judge)).toMatchObject({ judgement: { kind: 'allow' }, decision: { effect: 'allow', principal: WEB_ARN } });
  const { judgement, decision } = ask(judge, { method: 'DELETE' });
  expect(judgement).toMatchObject({
    kind: 'deny',
    status: 403,
    body: expect.stringContaining('because no service-based policy allows'),
  });
  expect(decision).toMatchObject({ effect: 'deny', layer: 'service', reason: 'implicitDeny' });
});

test.each([
  ['169.254.171.255', true],
  ['::ffff:169.254.171.9', true],
  ['fd00:ec2:80::a9fe:ab05', true],
  ['fd00:ec2:80::1%eth0', true],
  ['169.254.170.5', false],
  ['127.0.0.1', false],
  ['::1', false],
  ['10.0.0.1', false],
  ['', false],
])('identity from %s: believed %s', async (peerAddress, believed) => {
  const { judgement, decision } = ask(await judgeWith(), { peerAddress });
  expect(judgement.kind).toBe(believed ? 'allow' : 'deny');
  expect(decision?.principal).toBe(believed ? WEB_ARN : 'anonymous');
});

test('identity headers of others never reach the app, in any mode or spelling', async () => {
  const headers = [
    'Host',
    'x',
    'X-Amzn-Lattice-Identity',
    'Principal=x',
    'x_amzn_lattice_identity',
    'y',
    'x-amzn-source-vpc',
    'v',
    'Accept',
    '*/*',
  ];
  for (const mode of ['off', 'shadow'] as const) {
    const judge = await judgeWith({ mode });
    expect(ask(judge, { headers, peerAddress: '10.0.0.1' }).judgement).toEqual({
      kind: 'allow',
      headers: ['Host', 'x', 'Accept', '*/*'],
    });
  }
  const { judgement } = ask(await judgeWith(), { headers: [...IDENTITY, ...TARGET, 'x_amzn_lattice_identity', 'y'] });
  expect(judgement).toEqual({ kind: 'allow', headers: [...IDENTITY, ...TARGET] });
});

test('headers of Lattice go on untouched', async () => {
  expect(ask(await judgeWith()).judgement).toEqual({ kind: 'allow', headers: undefined });
});

test('off decides nothing; shadow lets everything through and notes it', async () => {
  expect(ask(await judgeWith({ mode: 'off' }), { method: 'DELETE' })).toMatchObject({
    decision: undefined,
    judgement: { kind: 'allow' },
  });
  const { judgement, decision } = ask(await judgeWith({ mode: 'shadow' }), { method: 'DELETE' });
  expect(judgement.kind).toBe('allow');
  expect(decision).toMatchObject({ mode: 'shadow', effect: 'deny', layer: 'service' });
});

test('a finer policy of one’s own: both must allow', async () => {
  const finer = JSON.stringify({
    Statement: {
      Effect: 'Allow',
      Principal: '*',
      Action: 'vpc-lattice-svcs:Invoke',
      Resource: `${SERVICE_ARN}/orders/*`,
      Condition: { StringEquals: { 'aws:PrincipalTag/team': 'shop' } },
    },
  });
  const judge = await judgeWith({ own: { 'finer.json': finer } });
  const tags = ['x-amzn-lattice-identity-tags', `principal=${WEB_ARN};team=shop`];
  expect(ask(judge, { headers: [...IDENTITY, ...TARGET, ...tags] }).judgement.kind).toBe('allow');
  expect(ask(judge).decision).toMatchObject({ effect: 'deny', layer: 'inbound' });
  const alone = await judgeWith({ own: { 'finer.json': finer }, stack: false });
  expect(ask(alone, { headers: [...IDENTITY, ...TARGET, ...tags], method: 'DELETE' }).judgement.kind).toBe('allow');
  expect(ask(alone, { headers: [...IDENTITY, ...TARGET, ...tags], target: '/other' }).decision?.layer).toBe('inbound');
});

test.each([
  ['an identity that is malformed', { headers: ['x-amzn-lattice-identity', 'oops', ...TARGET] }, 'malformedIdentity'],
  ['an identity twice', { headers: [...IDENTITY, ...IDENTITY, ...TARGET] }, 'malformedIdentity'],
  [
    'a service that the stack does not have',
    { headers: [...IDENTITY, 'x-amzn-lattice-target', `ServiceArn=${SERVICE_ARN.replace('0123', '9999')}`] },
    'unknownService',
  ],
  [
    'a network that it does not have',
    { headers: [...IDENTITY, 'x-amzn-lattice-target', `ServiceArn=${SERVICE_ARN}; ServiceNetworkArn=x`] },
    'unknownService',
  ],
  [
    'a principal that is none',
    { headers: ['x-amzn-lattice-identity', 'Principal=web', ...TARGET] },
    'unreadableRequest',
  ],
])('what cannot be decided is denied: %s', async (_, more, reason) => {
  const { judgement, decision } = ask(await judgeWith(), more);
  expect(judgement).toMatchObject({ kind: 'deny', status: 403 });
  expect(decision).toMatchObject({ effect: 'error', reason });
});

test('the only service is the one; a configured one must be what Lattice says', async () => {
  expect(ask(await judgeWith(), { headers: IDENTITY }).judgement.kind).toBe('allow');
  const judge = await judgeWith({ parts: { service: 'orders' } });
  expect(ask(judge).judgement.kind).toBe('allow');
  const other = ['x-amzn-lattice-target', `ServiceArn=${SERVICE_ARN.replace('0123', '9999')}`];
  expect(ask(judge, { headers: [...IDENTITY, ...other] }).decision).toMatchObject({
    effect: 'error',
    reason: 'unknownService',
  });
});

test('without usable policies nothing is allowed', async () => {
  const judge = await judgeWith({ parts: { policies: () => undefined } });
  expect(ask(judge).decision).toMatchObject({ effect: 'error', reason: 'noPolicies' });
});

test('signatures verified here, with static keys', async () => {
  const folder = new PolicyFolder().write({
    'keys.json': JSON.stringify([
      { accessKeyId: 'AKIDWEB', secretAccessKey: 'secret-of-web', principal: 'web' },
      {
        accessKeyId: 'AKIDOTHER',
        secretAccessKey: 'secret-of-other',
        principal: 'arn:aws:iam::111122223333:user/other',
      },
      { accessKeyId: 'AKIDGONE', secretAccessKey: 'secret-of-gone', principal: 'gone' },
    ]),
  });
  folders.push(folder);
  const keys = readStaticKeys(join(folder.path, 'keys.json'));
  const verification = { keys, service: 'vpc-lattice-svcs', region: 'eu-west-1' };
  const judge = await judgeWith({ parts: { verification } });
  const signed = (accessKeyId: string, secretAccessKey: string) => {
    const plain = {
      method: 'GET',
      target: '/orders/7',
      headers: [['host', 'orders.example.com']] as [string, string][],
    };
    const { headers } = signRequest(plain, {
      credentials: { accessKeyId, secretAccessKey },
      region: 'eu-west-1',
      service: 'vpc-lattice-svcs',
      date: new Date(),
      payloadHash: 'UNSIGNED-PAYLOAD',
      sendPayloadHash: true,
      algorithm: 'AWS4-HMAC-SHA256',
      placement: 'header',
      pathEncoding: 'double',
      normalizePath: true,
      signSessionToken: true,
      signedHeaders: 'minimal',
    });
    return { headers: headers.flat(), peerAddress: '127.0.0.1' };
  };
  expect(ask(judge, signed('AKIDWEB', 'secret-of-web'))).toMatchObject({
    judgement: { kind: 'allow' },
    decision: { principal: WEB_ARN },
  });
  expect(ask(judge, signed('AKIDOTHER', 'secret-of-other')).decision).toMatchObject({
    effect: 'deny',
    layer: 'service',
  });
  expect(ask(judge, signed('AKIDGONE', 'secret-of-gone')).decision).toMatchObject({
    effect: 'error',
    reason: 'unknownCaller',
  });
  const wrong = ask(judge, signed('AKIDWEB', 'another-secret'));
  expect(wrong.judgement).toMatchObject({ kind: 'deny', body: expect.stringMatching(/^InvalidSignatureException: /) });
  expect(wrong.decision).toMatchObject({ layer: 'signature', reason: 'InvalidSignatureException' });
  expect(ask(judge, { headers: [], peerAddress: '127.0.0.1' }).decision).toMatchObject({
    effect: 'deny',
    principal: 'anonymous',
  });
});

test.each([
  ['no list', '{}', 'must be a list of keys'],
  ['no JSON', '[{"secretAccessKey": geheim', 'is not JSON'],
  [
    'an entry without a secret',
    '[{"accessKeyId":"a","principal":"b"}]',
    'entry 1 must have `accessKeyId`, `secretAccessKey` and `principal`, all text',
  ],
  [
    'a key twice',
    '[{"accessKeyId":"a","secretAccessKey":"geheim","principal":"b"},{"accessKeyId":"a","secretAccessKey":"geheim","principal":"b"}]',
    'entry 2 has an `accessKeyId` that stands before',
  ],
])('a file of keys with %s: said without its content', (_, text, message) => {
  const folder = new PolicyFolder().write({ 'keys.json': text });
  folders.push(folder);
  const file = join(folder.path, 'keys.json');
  expect(() => readStaticKeys(file)).toThrow(`${file}: ${message}`);
  expect(() => readStaticKeys(join(folder.path, 'none.json'))).toThrow('cannot be read (ENOENT)');
});
