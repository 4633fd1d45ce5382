// The interceptor: below undici.request, undici.fetch and Node's own fetch, alone and composed with others.
import * as undici from 'undici';
import { Agent, interceptors } from 'undici';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createLatticeFetch } from '../../src/index.js';
import { type LatticeInterceptorOptions, latticeInterceptor } from '../../src/undici.js';
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
const agents: undici.Dispatcher[] = [];
afterEach(async () => {
  for (const agent of agents.splice(0)) await agent.close();
});

const SERVICE = 'https://orders-0123456789abcdef0.7d67968.vpc-lattice-svcs.eu-west-1.on.aws';
const options = { credentials: CREDENTIALS, region: REGION, hosts: ['127.0.0.1'] };
function dispatcher(
  more: LatticeInterceptorOptions = {},
  ...outer: undici.Dispatcher.DispatcherComposeInterceptor[]
): undici.Dispatcher {
  const agent = new Agent();
  agents.push(agent);
  return agent.compose(latticeInterceptor({ ...options, ...more }), ...outer);
}
const slow = async () => {
  await new Promise((resolve) => setTimeout(resolve, 5));
  return CREDENTIALS;
};
const last = () => server.received.at(-1);

describe.each([
  ['credentials at hand', {}],
  ['credentials that take a while', { credentials: slow }],
  ['the smithy implementation', { implementation: 'smithy' as const }],
])('%s', (_name, more) => {
  test('undici.request', async () => {
    const { body, statusCode } = await undici.request(`${server.origin}/a b?x=1+2`, {
      dispatcher: dispatcher(more),
      method: 'POST',
      body: 'text',
      headers: { 'X-Amz-Meta-List': ['a', 'b'], absent: undefined as never },
    });
    expect(statusCode).toBe(200);
    expect(await body.json()).toMatchObject({ kind: 'signed', target: '/a%20b?x=1%202', bytes: 4 });
  });

  test('undici.fetch', async () => {
    const response = await undici.fetch(`${server.origin}/f`, {
      dispatcher: dispatcher(more),
      method: 'PUT',
      body: 'x',
    });
    expect(await response.json()).toMatchObject({ kind: 'signed', bytes: 1 });
  });

  test('the fetch of Node', async () => {
    const init = { dispatcher: dispatcher(more), method: 'PUT', body: 'x' } as RequestInit;
    expect(await (await fetch(`${server.origin}/g`, init)).json()).toMatchObject({ kind: 'signed', bytes: 1 });
  });
});

test('headers as a flat list, as pairs, as Headers; a query as an object', async () => {
  const via = dispatcher();
  const forms = [
    ['x-amz-meta-a', '1', 'x-b', '2'],
    new Map([['x-amz-meta-a', '1']]),
    new undici.Headers({ 'x-amz-meta-a': '1' }),
  ];
  for (const headers of forms) {
    const { body } = await undici.request(server.origin, {
      dispatcher: via,
      headers: headers as never,
      query: { a: 'b c', d: ['1', '2'] },
    });
    await body.dump();
    expect(last()).toMatchObject({
      target: '/?a=b%20c&d=1&d=2',
      headers: { 'x-amz-meta-a': '1' },
      verification: { kind: 'signed' },
    });
  }
});

test('each attempt of undici’s retry is signed anew', async () => {
  server.answer = (request, response) =>
    server.received.length > 2 ? verified(request, response) : void response.writeHead(503).end();
  const via = dispatcher({}, interceptors.retry({ minTimeout: 1_000, timeoutFactor: 1 }));
  const { body, statusCode } = await undici.request(server.origin, { dispatcher: via });
  await body.dump();
  expect(statusCode).toBe(200);
  expect(new Set(server.received.map(({ headers }) => headers['x-amz-date'])).size).toBeGreaterThan(1);
  expect(server.received.every(({ verification }) => verification.kind === 'signed')).toBe(true);
});

test('each hop of undici’s redirect is signed, and so is each of fetch’s', async () => {
  server.answer = (request, response) =>
    request.target === '/to' ? verified(request, response) : void response.writeHead(302, { location: '/to' }).end();
  const { body } = await undici.request(server.origin, {
    dispatcher: dispatcher({}, interceptors.redirect({ maxRedirections: 3 })),
  });
  expect(await body.json()).toMatchObject({ kind: 'signed', target: '/to' });
  const response = await undici.fetch(server.origin, { dispatcher: dispatcher() });
  expect(await response.json()).toMatchObject({ kind: 'signed', target: '/to' });
});

describe('a host that is not on the list', () => {
  let asked = 0;
  const credentials = async () => {
    asked += 1;
    return CREDENTIALS;
  };
  const foreign = () => `http://localhost:${server.port}/`;

  test('is an error for every caller, before a credential is touched', async () => {
    const via = dispatcher({ credentials }, interceptors.retry());
    const code = 'ERR_SIGNING_HOST_NOT_ALLOWED';
    await expect(undici.request(foreign(), { dispatcher: via })).rejects.toMatchObject({ code });
    await expect(undici.fetch(foreign(), { dispatcher: via })).rejects.toMatchObject({ cause: { code } });
    await expect(fetch(foreign(), { dispatcher: dispatcher({ credentials }) } as RequestInit)).rejects.toMatchObject({
      cause: { code },
    });
    expect([asked, server.received.length]).toEqual([0, 0]);
  });

  test('a Host header does not bring it onto the list', async () => {
    const sent = undici.request(foreign(), { dispatcher: dispatcher({ credentials }), headers: { host: '127.0.0.1' } });
    await expect(sent).rejects.toMatchObject({ code: 'ERR_SIGNING_HOST_NOT_ALLOWED' });
  });

  test('passes through when asked to', async () => {
    const { body } = await undici.request(foreign(), {
      dispatcher: dispatcher({ credentials, hostNotAllowed: 'pass-through' }),
      query: { a: '1' },
    });
    expect(await body.json()).toMatchObject({ kind: 'anonymous', target: '/?a=1' });
  });
});

test('a provider that fails fails the request', async () => {
  const via = dispatcher({ credentials: () => Promise.reject(new Error('no')) });
  await expect(undici.request(server.origin, { dispatcher: via })).rejects.toMatchObject({
    code: 'ERR_SIGNING_CREDENTIALS',
  });
  await expect(undici.fetch(server.origin, { dispatcher: via })).rejects.toMatchObject({
    cause: { code: 'ERR_SIGNING_CREDENTIALS' },
  });
});

test('an abort while credentials are awaited sends nothing', async () => {
  const controller = new AbortController();
  const via = dispatcher({ credentials: slow });
  const sent = undici.request(server.origin, { dispatcher: via, signal: controller.signal });
  controller.abort(new Error('gone'));
  await expect(sent).rejects.toThrow('gone');
  expect(server.received).toHaveLength(0);
});

describe('a route connects to an emulator and signs for the service', () => {
  test.each([
    ['one origin', () => server.origin],
    ['by name', () => ({ '*.on.aws': server.origin })],
    ['by function', () => (url: URL) => (url.hostname.endsWith('.on.aws') ? server.origin : undefined)],
  ])('%s', async (_name, route) => {
    const via = dispatcher({ route: route() });
    for (const send of [undici.fetch, fetch] as (typeof fetch)[]) {
      const response = await send(`${SERVICE}/r`, { dispatcher: via } as RequestInit);
      expect(await response.json()).toMatchObject({ kind: 'signed', target: '/r' });
      expect(last()?.headers.host).toBe(new URL(SERVICE).host);
      expect(last()?.rawHeaders.filter((name) => name.toLowerCase() === 'host')).toHaveLength(1);
    }
  });

  test('a route that is no origin is refused', () => {
    expect(() => latticeInterceptor({ route: 'not an origin' })).toThrow('`route` takes origins');
  });
});

test('createLatticeFetch sends through a dispatcher of undici 8, whatever undici Node has', async () => {
  let through = 0;
  const counting: undici.Dispatcher.DispatcherComposeInterceptor = (dispatch) => (given, handler) => {
    through += 1;
    return dispatch(given, handler);
  };
  const agent = new Agent();
  agents.push(agent);
  const lattice = createLatticeFetch({ ...options, dispatcher: agent.compose(counting) });
  expect((await lattice(server.origin)).status).toBe(200);
  expect((await createLatticeFetch(options)(server.origin, { dispatcher: agent.compose(counting) })).status).toBe(200);
  await (await lattice.request(server.origin)).body.dump();
  expect(through).toBe(3);
});

test('createLatticeFetch sends with another fetch', async () => {
  const lattice = createLatticeFetch({ ...options, fetch: undici.fetch as never });
  const response = await lattice(server.origin, { method: 'POST', body: 'x' });
  expect(response).toBeInstanceOf(undici.Response);
  expect(await response.json()).toMatchObject({ kind: 'signed', bytes: 1 });
});
