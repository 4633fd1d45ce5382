// Preflight: what is let through, what is answered instead, and what is noted, in both modes.
import { afterEach, expect, test } from 'vitest';
import type { JudgedRequest } from '../../../src/http/exchange.js';
import { type Logger, silentLogger } from '../../../src/log/logger.js';
import { type PolicySet, readPolicies } from '../../../src/policy/policy-set.js';
import { PreflightJudge } from '../../../src/policy/preflight-judge.js';
import { exchangeWith } from '../../support/exchange.js';
import { HOST, orderPolicy, PolicyFolder, SERVICE_ARN, STACK, WEB_ARN } from '../../support/policy-files.js';

const folders: PolicyFolder[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) folder.remove();
});

interface Made {
  readonly judge: PreflightJudge;
  readonly compared: string[];
  readonly warned: object[];
  set: PolicySet | undefined;
}

async function judgeWith(
  mode: 'shadow' | 'enforce',
  policy = orderPolicy('GET'),
  stack = STACK,
  caller = 'web',
): Promise<Made> {
  const folder = new PolicyFolder().write({ 'stack.yaml': stack, 'orders.json': policy });
  folders.push(folder);
  const files = { stack: folder.stack, inbound: [], caller, pollMs: 60_000 };
  const read = await readPolicies({ files });
  if (read.kind !== 'read') throw new Error(read.problems.join('\n'));
  const compared: string[] = [];
  const warned: object[] = [];
  const logger: Logger = { ...silentLogger, warn: (_, fields) => void warned.push(fields ?? {}) };
  const made = { compared, warned, set: read.set as PolicySet | undefined };
  const parts = { mode, files, logger, policies: () => made.set, compared: (one: string) => void compared.push(one) };
  return Object.assign(made, { judge: new PreflightJudge(parts) });
}

function request(more: Partial<JudgedRequest> = {}): JudgedRequest {
  const fixed = { headers: [], peerAddress: '127.0.0.1', protocol: 'http' } as const;
  return { method: 'GET', target: '/orders/7?a=b', authority: HOST, ...fixed, ...more };
}

const TEXT = `AccessDeniedException: User: ${WEB_ARN} is not authorized to perform: vpc-lattice-svcs:Invoke on resource: ${SERVICE_ARN}/orders/7 because no service-based policy allows the vpc-lattice-svcs:Invoke action`;

test('enforce: what the policies allow goes on, what they do not gets Lattice’s own answer', async () => {
  const { judge } = await judgeWith('enforce');
  const allowed = exchangeWith();
  expect(judge.judge(allowed, request())).toEqual({ kind: 'allow' });
  expect(allowed.decision).toMatchObject({
    mode: 'enforce',
    effect: 'allow',
    layer: 'none',
    reason: 'allowed',
    principal: WEB_ARN,
  });
  const denied = exchangeWith();
  expect(judge.judge(denied, request({ method: 'DELETE' }))).toEqual({
    kind: 'deny',
    status: 403,
    headers: [
      'content-type',
      'text/plain; charset=utf-8',
      'x-lattice-auth-decision',
      'deny; layer=service; reason=implicitDeny',
    ],
    body: TEXT,
  });
  expect(denied.decision).toMatchObject({ effect: 'deny', layer: 'service', reason: 'implicitDeny' });
});

test('shadow: everything goes on, and is noted', async () => {
  const { judge, compared, warned } = await judgeWith('shadow');
  const exchange = exchangeWith();
  expect(judge.judge(exchange, request({ method: 'DELETE' }))).toEqual({ kind: 'allow' });
  expect(exchange.decision).toMatchObject({ mode: 'shadow', effect: 'deny', layer: 'service' });
  judge.onAnswer(exchange, 403, TEXT);
  judge.onAnswer(exchange, 200, undefined);
  expect(compared).toEqual(['agree', 'deniedButAllowed']);
  expect(warned).toEqual([expect.objectContaining({ outcome: 'deniedButAllowed', requestId: 'req-1' })]);
});

test('differences are counted all and logged within reason', async () => {
  const { judge, compared, warned } = await judgeWith('shadow');
  const exchange = exchangeWith();
  judge.judge(exchange, request({ method: 'DELETE' }));
  for (let index = 0; index < 100; index += 1) judge.onAnswer(exchange, 200, undefined);
  expect(compared).toHaveLength(100);
  expect(warned.length).toBeLessThanOrEqual(20);
});

test.each([
  ['a host that the stack does not know', { authority: 'other.example.com' }, 'unknownService'],
  ['a request that is none', { target: 'orders' }, 'unreadableRequest'],
])('undecided is denied in enforce and passed in shadow: %s', async (_, more, reason) => {
  const { judge } = await judgeWith('enforce');
  const exchange = exchangeWith();
  expect(judge.judge(exchange, request(more))).toMatchObject({ kind: 'deny', status: 403 });
  expect(exchange.decision).toMatchObject({ effect: 'error', reason });
  const shadow = await judgeWith('shadow');
  expect(shadow.judge.judge(exchangeWith(), request(more))).toEqual({ kind: 'allow' });
});

test('without usable policies nothing is allowed', async () => {
  const made = await judgeWith('enforce');
  made.set = undefined;
  const exchange = exchangeWith();
  const judgement = made.judge.judge(exchange, request());
  expect(judgement).toMatchObject({ kind: 'deny', headers: expect.arrayContaining(['error; reason=noPolicies']) });
});

test('new policies count from the next request on', async () => {
  const made = await judgeWith('enforce');
  expect(made.judge.judge(exchangeWith(), request()).kind).toBe('allow');
  made.set = (await judgeWith('enforce', orderPolicy('PUT'))).set;
  expect(made.judge.judge(exchangeWith(), request()).kind).toBe('deny');
});

test('headers are asked for only where a policy looks at them, also behind JSON escapes', async () => {
  const policy = orderPolicy('GET', { 'vpc-lattice-svcs:RequestHeader/x-team': 'shop' }).replace(
    'RequestH',
    '\\u0052equestH',
  );
  const made = await judgeWith('enforce', policy);
  expect(made.set?.asksForHeaders).toBe(true);
  expect((await judgeWith('enforce')).set?.asksForHeaders).toBe(false);
  expect(made.judge.judge(exchangeWith(), request({ headers: ['X-Team', 'shop'] })).kind).toBe('allow');
  expect(made.judge.judge(exchangeWith(), request({ headers: ['X-Team', 'shop', 'x-team', 'other'] })).kind).toBe(
    'deny',
  );
  expect(made.judge.judge(exchangeWith(), request()).kind).toBe('deny');
});

test('a decision is remembered only where nothing that policies look at can differ', async () => {
  expect((await judgeWith('enforce')).set?.isRepeatable).toBe(true);
  const timed = orderPolicy('GET').replace(
    '"StringEquals":',
    '"DateLessThan":{"aws:CurrentTime":"2200-01-01T00:00:00Z"},"StringEquals":',
  );
  expect((await judgeWith('enforce', timed)).set?.isRepeatable).toBe(false);
  const byHeader = orderPolicy('GET', { 'vpc-lattice-svcs:RequestHeader/x-team': 'shop' });
  expect((await judgeWith('enforce', byHeader)).set?.isRepeatable).toBe(false);
});

test('the same request twice is decided alike; another method, path or query by itself', async () => {
  const policy = orderPolicy('GET', { 'vpc-lattice-svcs:RequestQueryString/a': 'b' });
  const { judge } = await judgeWith('enforce', policy);
  const kinds = (more: Partial<JudgedRequest>) => [0, 1].map(() => judge.judge(exchangeWith(), request(more)).kind);
  expect(kinds({})).toEqual(['allow', 'allow']);
  expect(kinds({ target: '/orders/7?a=c' })).toEqual(['deny', 'deny']);
  expect(kinds({ method: 'PUT' })).toEqual(['deny', 'deny']);
  expect(kinds({ authority: 'other.example.com' })).toEqual(['deny', 'deny']);
  const exchange = exchangeWith();
  judge.judge(exchange, request());
  expect(exchange.decision).toMatchObject({ effect: 'allow', principal: WEB_ARN });
});

test.each([
  ['no network leads there', STACK.replace('services: [orders]', 'services: []'), 'unreachable'],
  [
    'several networks do',
    STACK.replace('vpc: front, ', '').replace(
      'services:\n',
      '  other: { id: sn-1123456789abcdef0, services: [orders] }\nservices:\n',
    ),
    'ambiguous',
  ],
])('a service that the caller may not reach: %s', async (_, stack, reason) => {
  const { judge } = await judgeWith('enforce', orderPolicy('GET'), stack);
  const exchange = exchangeWith();
  expect(judge.judge(exchange, request())).toMatchObject({ kind: 'deny', status: 403 });
  expect(exchange.decision).toMatchObject({ effect: 'error', reason });
});
