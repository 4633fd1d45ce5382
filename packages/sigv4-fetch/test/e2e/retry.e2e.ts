// Retries, timeouts and aborts on real sockets: what is tried again, what never is, and that nothing is left behind.
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createLatticeFetch, type LatticeRequestInit, type RetryEvent } from '../../src/index.js';
import { streamOf } from '../support/byte-stream.js';
import { CREDENTIALS, type LatticeServer, REGION, startLatticeServer, verified } from '../support/lattice-server.js';

let server: LatticeServer;
beforeAll(async () => {
  server = await startLatticeServer();
});
afterAll(() => server.close());
beforeEach(() => {
  server.received.length = 0;
  server.answer = undefined;
});

const retry = { baseDelayMs: 1, maxDelayMs: 5 };
const retries: RetryEvent[] = [];
const lattice = createLatticeFetch({
  credentials: CREDENTIALS,
  region: REGION,
  hosts: ['127.0.0.1'],
  retry,
  hooks: { onRetry: (event) => void retries.push(event) },
});
afterAll(() => lattice.close());
beforeEach(() => {
  retries.length = 0;
});

/** Fails the first `times` requests. */
function failing(times: number, status: number, headers: Record<string, string> = {}): void {
  server.answer = (request, response) => {
    if (server.received.length > times) return verified(request, response);
    response.writeHead(status, headers).end('x'.repeat(100_000));
  };
}

const viaFetch = async (path: string, init: LatticeRequestInit) => (await lattice(server.origin + path, init)).status;
const viaRequest = async (path: string, init: LatticeRequestInit) => {
  const response = await lattice.request(server.origin + path, init as object);
  await response.body.dump();
  return response.statusCode;
};

describe.each([
  ['fetch', viaFetch],
  ['request', viaRequest],
] as const)('%s', (_name, send) => {
  test.each([429, 502, 503, 504])('%i is tried again, signed anew', async (status) => {
    failing(2, status);
    expect(await send('/', { method: 'PUT', body: 'again' })).toBe(200);
    expect(server.received.map(({ body, verification }) => [body.toString(), verification.kind])).toEqual(
      Array.from({ length: 3 }, () => ['again', 'signed']),
    );
    expect(retries.map(({ attempt, reason }) => [attempt, reason])).toEqual([
      [1, 'status'],
      [2, 'status'],
    ]);
  });

  test('the last failure is the answer', async () => {
    failing(9, 503);
    expect(await send('/', {})).toBe(503);
    expect(server.received).toHaveLength(3);
  });

  test.each([
    ['POST is not idempotent', { method: 'POST', body: 'x' }, 1],
    ['unless a key says so', { method: 'POST', body: 'x', headers: { 'Idempotency-Key': 'k' } }, 3],
    ['or the caller', { method: 'POST', body: 'x', retry: { ...retry, methods: ['post'] } }, 3],
    ['a stream is gone', { method: 'PUT', body: streamOf([new Uint8Array(1)]) }, 1],
    ['a function makes it anew', { method: 'PUT', body: () => streamOf([new Uint8Array(1)]) }, 3],
    ['retries are off', { retry: false }, 1],
    ['four attempts', { retry: { ...retry, attempts: 4 } }, 4],
    ['500 is not passing', { retry: { ...retry, statuses: [504] } }, 1],
  ] satisfies [string, LatticeRequestInit, number][])('%s', async (_what, init, times) => {
    failing(9, 503);
    expect(await send('/', init)).toBe(503);
    expect(server.received).toHaveLength(times);
  });

  test('Retry-After is a floor, and too long a one is none', async () => {
    failing(1, 503, { 'retry-after': '1' });
    const startedMs = performance.now();
    expect(await send('/', {})).toBe(200);
    expect(performance.now() - startedMs).toBeGreaterThan(990);
    server.received.length = 0;
    failing(1, 503, { 'retry-after': '3600' });
    expect(await send('/', {})).toBe(503);
    expect(server.received).toHaveLength(1);
  });

  test('a connection that breaks is tried again when that is safe', async () => {
    server.answer = (request, response) => {
      if (server.received.length > 1) return verified(request, response);
      response.destroy();
    };
    expect(await send('/', { method: 'PUT', body: 'x' })).toBe(200);
    expect(retries[0]).toMatchObject({ reason: 'network', status: undefined });
    server.received.length = 0;
    await expect(send('/', { method: 'POST', body: 'x' })).rejects.toThrow();
    expect(server.received).toHaveLength(1);
  });

  test('an attempt that takes too long is tried again; all of them together are not', async () => {
    server.answer = async (request, response) => {
      if (server.received.length === 1) await wait(300);
      return verified(request, response);
    };
    expect(await send('/', { timeout: { attemptMs: 100 } })).toBe(200);
    expect(retries[0]).toMatchObject({ reason: 'timeout' });
    server.received.length = 0;
    server.answer = () => wait(500);
    const slow = send('/', { timeout: { attemptMs: 60, totalMs: 100 } });
    await expect(slow).rejects.toMatchObject({ code: 'ERR_SIGNING_TIMEOUT', scope: 'total', timeoutMs: 100 });
  });

  test('an abort ends it: before, while sending, while waiting to try again', async () => {
    const reason = new Error('the caller gave up');
    await expect(send('/', { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    expect(server.received).toHaveLength(0);

    const sending = new AbortController();
    server.answer = () => sending.abort(reason);
    await expect(send('/', { signal: sending.signal })).rejects.toBe(reason);

    const sleeping = new AbortController();
    failing(9, 503, { 'retry-after': '10' });
    setTimeout(() => sleeping.abort(reason), 50);
    const startedMs = performance.now();
    await expect(send('/', { signal: sleeping.signal })).rejects.toBe(reason);
    expect(performance.now() - startedMs).toBeLessThan(1_000);
  });
});

test('an abort while the body is read', async () => {
  server.answer = (_request, response) => void response.writeHead(200).write('beginning');
  for (const timeout of [undefined, { attemptMs: 5_000, totalMs: 5_000 }]) {
    const controller = new AbortController();
    const init = { signal: controller.signal, ...(timeout === undefined ? {} : { timeout }) };
    const response = await lattice(server.origin, init);
    setTimeout(() => controller.abort(new Error('enough')), 20);
    await expect(response.text()).rejects.toThrow('enough');
  }
});

test('an abort while credentials are awaited leaves the provider to the others', async () => {
  let give: () => void = () => undefined;
  const waiting = new Promise<void>((resolve) => {
    give = resolve;
  });
  const slow = lattice.extend({
    credentials: async () => {
      await waiting;
      return CREDENTIALS;
    },
  });
  const controller = new AbortController();
  const aborted = slow(server.origin, { signal: controller.signal });
  const other = slow(server.origin);
  controller.abort(new Error('gone'));
  await expect(aborted).rejects.toThrow('gone');
  give();
  expect((await other).status).toBe(200);
});

test('failed responses are let go: retries use no more connections than attempts need', async () => {
  const before = server.connections();
  for (let i = 0; i < 10; i += 1) {
    server.received.length = 0;
    server.answer = (request, response) =>
      server.received.length > 2 ? verified(request, response) : void response.writeHead(503).end('busy');
    await (await lattice.request(server.origin)).body.dump();
  }
  expect(server.connections() - before).toBeLessThanOrEqual(3);
});

test('the budget ends retries for all requests of a client, never first attempts', async () => {
  failing(1_000, 503);
  const poor = lattice.extend({ retry: { ...retry, budget: 12 } });
  for (let i = 0; i < 5; i += 1) expect((await poor(server.origin)).status).toBe(503);
  expect(server.received).toHaveLength(5 + 2);
  const sibling = poor.extend({ requestId: true });
  await sibling(server.origin);
  expect(server.received).toHaveLength(5 + 2 + 1);
});

test('a connection that was never made is tried again whatever the method', async () => {
  const gone = await startLatticeServer();
  await gone.close();
  await expect(lattice(gone.origin, { method: 'POST', body: 'x' })).rejects.toThrow(TypeError);
  expect(retries).toHaveLength(2);
});
