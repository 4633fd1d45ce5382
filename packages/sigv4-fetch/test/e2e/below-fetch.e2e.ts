// below-fetch.e2e.ts — where a signature's headers enter a request: below Node's own fetch, in front of any other. What
// stands in for the dispatcher of Node's fetch must go on working, and nothing may go out unsigned.
import {
  type Dispatcher,
  Dispatcher1Wrapper,
  getGlobalDispatcher,
  MockAgent,
  setGlobalDispatcher,
  fetch as undiciFetch,
} from 'undici';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { signingBelow } from '../../src/fetch/below-fetch.js';
import { createLatticeFetch } from '../../src/index.js';
import { CREDENTIALS, type LatticeServer, REGION, startLatticeServer } from '../support/lattice-server.js';

const nodes = globalThis.fetch;
const options = { credentials: CREDENTIALS, region: REGION, hosts: ['127.0.0.1', 'mocked.example.com'] };
const signature = [['x-amz-date', '20261121T000000Z']] as const;

let server: LatticeServer;
beforeAll(async () => {
  server = await startLatticeServer();
  await (await nodes(server.origin)).text();
});
afterAll(() => server.close());
beforeEach(() => {
  server.received.length = 0;
});
afterEach(() => {
  vi.unstubAllGlobals();
});

describe('which fetch', () => {
  test('Node’s own', () => {
    expect(signingBelow(nodes, undefined, signature)).toBeDefined();
  });

  test.each([
    ['a wrapper', (...call: Parameters<typeof fetch>) => nodes(...call)],
    ['a bound one', nodes.bind(globalThis) as typeof fetch],
    ['a mock', vi.fn() as typeof fetch],
    ['undici’s', undiciFetch as unknown as typeof fetch],
  ])('not %s, nor after Node’s own was asked for', (_name, other) => {
    expect(signingBelow(other, undefined, signature)).toBeUndefined();
    expect(signingBelow(nodes, undefined, signature)).toBeDefined();
    expect(signingBelow(other, {}, signature)).toBeUndefined();
  });

  test('one that was put in place of it gets the signature in front', async () => {
    const lattice = createLatticeFetch(options);
    await lattice(server.origin);
    const seen: unknown[] = [];
    vi.stubGlobal('fetch', (input: string, init: RequestInit) => {
      seen.push(Object.keys(init.headers ?? {}), 'dispatcher' in init);
      return nodes(input, init);
    });
    await lattice(`${server.origin}/in-front`, { headers: { accept: 'text/plain' } });
    expect(seen).toEqual([
      ['accept', 'x-amz-content-sha256', 'x-amz-date', 'x-amz-security-token', 'authorization'],
      false,
    ]);
    expect(server.received.map(({ verification }) => verification.kind)).toEqual(['signed', 'signed']);
  });
});

describe('which dispatcher', () => {
  test('the global one, as it is at the time of the call', async () => {
    const lattice = createLatticeFetch(options);
    const before = getGlobalDispatcher();
    const mock = new MockAgent();
    mock.disableNetConnect();
    const headers = { authorization: /^AWS4-HMAC-SHA256 /, 'x-amz-security-token': CREDENTIALS.sessionToken, a: 'b' };
    mock.get('https://mocked.example.com').intercept({ path: '/m', method: 'POST', headers }).reply(201, 'mocked');
    try {
      setGlobalDispatcher(mock);
      const response = await lattice('https://mocked.example.com/m', {
        method: 'POST',
        body: 'text',
        headers: { a: 'b' },
      });
      expect([response.status, await response.text()]).toEqual([201, 'mocked']);
    } finally {
      setGlobalDispatcher(before);
    }
    await lattice(`${server.origin}/after`);
    expect(server.received.at(-1)?.verification.kind).toBe('signed');
  });

  test('a Request’s own, which nobody can see from outside', async () => {
    const lattice = createLatticeFetch(options);
    const target = getGlobalDispatcher();
    const paths: string[] = [];
    const dispatch = (given: Dispatcher.DispatchOptions, handler: Dispatcher.DispatchHandler) => {
      paths.push(given.path);
      return target.dispatch(given, handler);
    };
    const dispatcher = new Dispatcher1Wrapper({ dispatch } as Dispatcher);
    await lattice(new Request(`${server.origin}/own`, { dispatcher } as RequestInit));
    await lattice(`${server.origin}/given`, { dispatcher });
    await createLatticeFetch({ ...options, dispatcher: { dispatch } as Dispatcher })(`${server.origin}/option`);
    expect(paths).toEqual(['/own', '/given', '/option']);
    expect(server.received.map(({ verification }) => verification.kind)).toEqual(['signed', 'signed', 'signed']);
  });

  test('a signature lasts for one call, and leaves what the caller gave as it was', async () => {
    const lattice = createLatticeFetch(options);
    const init = { headers: { 'X-Mine': '1', Authorization: 'Bearer mine' } };
    await lattice(`${server.origin}/signed`, init);
    await nodes(`${server.origin}/unsigned`, init);
    expect(init).toEqual({ headers: { 'X-Mine': '1', Authorization: 'Bearer mine' } });
    expect(server.received.map(({ verification }) => verification.kind)).toEqual(['signed', 'anonymous']);
    expect(server.received.map(({ headers }) => headers['x-mine'])).toEqual(['1', '1']);
  });
});
