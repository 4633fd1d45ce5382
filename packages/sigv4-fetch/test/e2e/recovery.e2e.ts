// Refusals that mend themselves, and those that become typed errors.
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { inspect } from 'node:util';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  createLatticeFetch,
  type LatticeAccessDeniedError,
  type LatticeFetch,
  type LatticeFetchOptions,
  LatticeResponseError,
  type LatticeSignatureError,
  SigningError,
} from '../../src/index.js';
import { CREDENTIALS, type LatticeServer, REGION, startLatticeServer, verified } from '../support/lattice-server.js';

const MINUTE_MS = 60_000;
let server: LatticeServer;
beforeAll(async () => {
  server = await startLatticeServer();
});
afterAll(() => server.close());
beforeEach(() => {
  server.received.length = 0;
  server.answer = undefined;
  server.clockOffsetMs = 0;
});

const clients: LatticeFetch[] = [];
afterEach(async () => {
  for (const client of clients.splice(0)) await client.close();
});
function client(options: LatticeFetchOptions = {}): LatticeFetch {
  const made = createLatticeFetch({ credentials: CREDENTIALS, region: REGION, hosts: ['127.0.0.1'], ...options });
  clients.push(made);
  return made;
}
const viaFetch = async (lattice: LatticeFetch, init = {}) => {
  const response = await lattice(server.origin, init);
  return [response.status, await response.text()] as const;
};
const viaRequest = async (lattice: LatticeFetch, init = {}) => {
  const response = await lattice.request(server.origin, init);
  return [response.statusCode, await response.body.text()] as const;
};

describe.each([
  ['fetch', viaFetch],
  ['request', viaRequest],
] as const)('%s recovers', (_name, send) => {
  test.each([[-11], [11], [600]])('from a clock that is %i minutes off, once', async (minutes) => {
    server.clockOffsetMs = minutes * MINUTE_MS;
    const lattice = client();
    expect((await send(lattice, { method: 'POST', body: 'not processed' }))[0]).toBe(200);
    expect(server.received).toHaveLength(2);
    expect((await send(lattice))[0]).toBe(200);
    expect(server.received).toHaveLength(3);
  });

  test('all of many parallel requests, and takes the correction back when the clock is right again', async () => {
    const lattice = client();
    server.clockOffsetMs = 20 * MINUTE_MS;
    const answers = await Promise.all(Array.from({ length: 12 }, () => send(lattice)));
    expect(answers.map(([status]) => status)).toEqual(Array.from({ length: 12 }, () => 200));
    server.clockOffsetMs = 3 * MINUTE_MS;
    expect((await send(lattice))[0]).toBe(200); // refused once: 17 minutes off
    server.clockOffsetMs = 0;
    expect((await send(lattice))[0]).toBe(200); // 3 minutes off, accepted: the success corrects the clock
    server.received.length = 0;
    expect((await send(lattice))[0]).toBe(200);
    expect(server.received).toHaveLength(1);
  });

  test('by nothing when told not to, when the clock would move by days, or when the refusal is not about it', async () => {
    server.clockOffsetMs = 20 * MINUTE_MS;
    expect((await send(client({ clockSkew: 'off' })))[0]).toBe(403);
    server.clockOffsetMs = 3 * 24 * 60 * MINUTE_MS;
    expect((await send(client()))[0]).toBe(403);
    server.clockOffsetMs = 20 * MINUTE_MS;
    server.answer = (_request, response) => void response.writeHead(403).end('not yours');
    server.received.length = 0;
    expect(await send(client())).toEqual([403, 'not yours']);
    expect(server.received).toHaveLength(1);
  });

  test('from credentials that expired early, with one refresh for all', async () => {
    let issued = 0;
    const fresh = { ...CREDENTIALS, accessKeyId: 'ASIAEXAMPLEKEY000002' };
    server.secrets.set(fresh.accessKeyId, fresh);
    server.secrets.set(CREDENTIALS.accessKeyId, { ...CREDENTIALS, expiration: new Date(Date.now() - 1_000) });
    const asked: unknown[] = [];
    const lattice = client({
      credentials: async (options) => {
        asked.push(options);
        issued += 1;
        return issued === 1 ? { ...CREDENTIALS } : fresh;
      },
    });
    const answers = await Promise.all(Array.from({ length: 8 }, () => send(lattice, { method: 'POST', body: 'x' })));
    expect(answers.map(([status]) => status)).toEqual(Array.from({ length: 8 }, () => 200));
    expect(asked).toEqual([undefined, { forceRefresh: true }]);
    server.secrets.set(CREDENTIALS.accessKeyId, CREDENTIALS);
  });

  test('the refusal stays readable when it is final', async () => {
    server.secrets.delete(CREDENTIALS.accessKeyId);
    const [status, text] = await send(client());
    server.secrets.set(CREDENTIALS.accessKeyId, CREDENTIALS);
    expect(status).toBe(403);
    expect(text).toMatch(/^UnrecognizedClientException: /);
    expect(server.received).toHaveLength(1);
  });
});

const DENIED =
  'AccessDeniedException: User: arn:aws:sts::111122223333:assumed-role/app/pod-1 is not authorized to perform: ' +
  'vpc-lattice-svcs:Invoke on resource: arn:aws:vpc-lattice:eu-west-1:111122223333:service/svc-0123456789abcdef0/orders ' +
  'because no service-based policy allows the vpc-lattice-svcs:Invoke action';

async function failure(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => {
      throw new Error('should have been rejected');
    },
    (error: unknown) => error,
  );
}

describe.each([
  ['fetch', (lattice: LatticeFetch) => lattice.orThrow(server.origin, { headers: { 'x-amzn-requestid': 'req-1' } })],
  [
    'request',
    (lattice: LatticeFetch) => lattice.orThrow.request(server.origin, { headers: { 'x-amzn-requestid': 'req-1' } }),
  ],
] as const)('orThrow by %s', (_name, send) => {
  test('denied by a policy', async () => {
    server.answer = (_request, response) => void response.writeHead(403).end(DENIED);
    const error = (await failure(send(client()))) as LatticeAccessDeniedError;
    expect(error).toBeInstanceOf(SigningError);
    expect(error).toMatchObject({
      code: 'ERR_SIGNING_ACCESS_DENIED',
      status: 403,
      requestId: 'req-1',
      principal: 'arn:aws:sts::111122223333:assumed-role/app/pod-1',
      action: 'vpc-lattice-svcs:Invoke',
      resource: 'arn:aws:vpc-lattice:eu-west-1:111122223333:service/svc-0123456789abcdef0/orders',
      layer: 'service',
      explicitDeny: false,
      text: DENIED,
    });
  });

  test('a refused signature, with what was signed and a hint', async () => {
    server.secrets.set(CREDENTIALS.accessKeyId, { ...CREDENTIALS, secretAccessKey: 'another' });
    const error = (await failure(send(client()))) as LatticeSignatureError;
    server.secrets.set(CREDENTIALS.accessKeyId, CREDENTIALS);
    expect(error).toMatchObject({ code: 'ERR_SIGNING_REFUSED', kind: 'invalid', requestId: 'req-1' });
    expect(error.canonicalRequest).toContain('x-amz-security-token:[redacted]');
    expect(error.hint).toContain('proxy');
    expectNoSecret(error);
  });

  test('the token in the query is not in the error either', async () => {
    server.secrets.set(CREDENTIALS.accessKeyId, { ...CREDENTIALS, secretAccessKey: 'another' });
    const error = (await failure(send(client({ placement: 'query' })))) as LatticeSignatureError;
    server.secrets.set(CREDENTIALS.accessKeyId, CREDENTIALS);
    expect(error.canonicalRequest).toContain('X-Amz-Security-Token=[redacted]');
    expectNoSecret(error);
  });

  test('any other status', async () => {
    server.answer = (_request, response) => void response.writeHead(404).end('no such order');
    const error = (await failure(send(client()))) as LatticeResponseError;
    expect(error).toBeInstanceOf(LatticeResponseError);
    expect(error).toMatchObject({
      code: 'ERR_SIGNING_HTTP_STATUS',
      status: 404,
      requestId: 'req-1',
      text: 'no such order',
    });
    expect(inspect(error)).not.toContain('no such order');
  });

  test('a success is handed over', async () => {
    await expect(send(client())).resolves.toBeDefined();
  });
});

function expectNoSecret(error: unknown): void {
  const views = [
    inspect(error, { depth: 10, showHidden: true, getters: true }),
    JSON.stringify(error, Object.getOwnPropertyNames(error)) ?? '',
    String((error as Error).stack),
  ];
  for (const view of views) {
    expect(view).not.toContain(CREDENTIALS.secretAccessKey);
    expect(view).not.toContain(CREDENTIALS.sessionToken);
    expect(view).not.toContain(encodeURIComponent(CREDENTIALS.sessionToken));
    expect(view).not.toMatch(/Signature=[0-9a-f]{64}/);
  }
}

test('no error holds a secret, wherever it comes from', async () => {
  const refused = await startLatticeServer();
  await refused.close();
  const errors = [
    await failure(client({ retry: false })(refused.origin)),
    await failure(client({ retry: false }).request(refused.origin)),
    await failure(client()('https://example.com/')),
    await failure(client()(server.origin, { headers: { 'x-amz-meta': 'é' } })),
    await failure(client({ timeout: { totalMs: 1 } })(server.origin, { signal: AbortSignal.abort() })),
    await failure(client({ credentials: () => Promise.reject(new Error('no network')) })(server.origin)),
    await failure(client({ credentials: async () => ({ ...CREDENTIALS, accessKeyId: 'a b' }) })(server.origin)),
    await failure(
      client({ credentials: async () => ({ ...CREDENTIALS, sessionToken: `${CREDENTIALS.sessionToken}\n` }) })(
        server.origin,
      ),
    ),
  ];
  for (const error of errors) expectNoSecret(error);
});

test('no client shows a secret when it is logged', () => {
  expectNoSecret(client());
});

test('hooks are called in order, on every attempt, and may add headers before signing', async () => {
  const calls: string[] = [];
  server.answer = (request, response) =>
    server.received.length > 1 ? verified(request, response) : void response.writeHead(503).end();
  const lattice = client({
    requestId: () => 'my-request',
    retry: { baseDelayMs: 1 },
    hooks: {
      beforeSign: async ({ headers, attempt }) => {
        await Promise.resolve();
        headers['x-amz-meta-attempt'] = String(attempt);
        calls.push(`beforeSign ${attempt}`);
      },
      afterSign: ({ attempt, accessKeyId, region }) => calls.push(`afterSign ${attempt} ${accessKeyId} ${region}`),
      beforeAttempt: ({ attempt, requestId }) => calls.push(`beforeAttempt ${attempt} ${requestId}`),
      afterResponse: ({ attempt, status }) => calls.push(`afterResponse ${attempt} ${status}`),
      onRetry: ({ attempt, reason }) => calls.push(`onRetry ${attempt} ${reason}`),
    },
  }).extend({ hooks: { afterResponse: ({ durationMs }) => calls.push(durationMs > 0 ? 'timed' : 'not timed') } });
  await lattice(server.origin);
  expect(calls).toEqual([
    'beforeSign 1',
    `afterSign 1 ${CREDENTIALS.accessKeyId} ${REGION}`,
    'beforeAttempt 1 my-request',
    'afterResponse 1 503',
    'timed',
    'onRetry 1 status',
    'beforeSign 2',
    `afterSign 2 ${CREDENTIALS.accessKeyId} ${REGION}`,
    'beforeAttempt 2 my-request',
    'afterResponse 2 200',
    'timed',
  ]);
  expect(server.received.at(-1)).toMatchObject({
    headers: { 'x-amz-meta-attempt': '2', 'x-amzn-requestid': 'my-request' },
    verification: { kind: 'signed' },
  });
});

test('diagnostics channels carry the same, and an error', async () => {
  const seen: string[] = [];
  const names = ['sign', 'attempt', 'response', 'retry', 'error'].map((name) => `lattice-auth:${name}`);
  const listener = (message: unknown, name: string | symbol) => {
    seen.push(String(name));
    expectNoSecret(message);
  };
  for (const name of names) subscribe(name, listener);
  const gone = await startLatticeServer();
  await gone.close();
  await client()(server.origin);
  await failure(client({ retry: { attempts: 2, baseDelayMs: 0 } })(gone.origin));
  for (const name of names) unsubscribe(name, listener);
  const [sign, attempt, response, retry, error] = names;
  expect(seen).toEqual([sign, attempt, response, sign, attempt, retry, sign, attempt, error]);
});
