// What is signed is what arrives: any URL, any headers, any body, through every way of sending, over a real socket.
import fc from 'fast-check';
import * as undici from 'undici';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createLatticeFetch, type LatticeFetch } from '../../src/index.js';
import { latticeInterceptor } from '../../src/undici.js';
import { CREDENTIALS, type LatticeServer, REGION, startLatticeServer } from '../support/lattice-server.js';

const RUNS = Number(process.env.RUNS ?? 150);
const SEED = Number(process.env.SEED ?? Date.now() % 2 ** 31);

let server: LatticeServer;
let lattice: LatticeFetch;
let agent: undici.Dispatcher;
beforeAll(async () => {
  server = await startLatticeServer();
  const options = { credentials: CREDENTIALS, region: REGION, hosts: ['127.0.0.1'] };
  lattice = createLatticeFetch(options);
  agent = new undici.Agent().compose(latticeInterceptor(options));
});
afterAll(async () => {
  await lattice.close();
  await agent.close();
  await server.close();
});

const urlPart = fc.string({
  unit: fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(...'abzAZ019-._~') },
    { weight: 3, arbitrary: fc.constantFrom(...'!$&\'()*+,;=:@/?%[]|^`{}"<>\\ ') },
    {
      weight: 1,
      arbitrary: fc.constantFrom('%2F', '%2b', '%20', '%25', '%C3', '..', '//', '.', '&&', '==', '__proto__'),
    },
    { weight: 1, arbitrary: fc.constantFrom('é', '日', '😀', '\u0000', '\u200b') },
  ),
  maxLength: 24,
});
const headerValue = fc.string({ unit: fc.constantFrom(...'abc 019,;="\t'), maxLength: 20 });
const request = fc.record({
  path: urlPart,
  query: fc.option(urlPart),
  method: fc.constantFrom('GET', 'POST', 'PUT', 'DELETE', 'patch', 'head'),
  headers: fc.dictionary(
    fc.constantFrom('x-amz-meta-a', 'X-Amz-Meta-B', 'x-amz-acl', 'content-type', 'Accept', 'x-other', 'traceparent'),
    headerValue,
  ),
  body: fc.uint8Array({ maxLength: 2_000 }),
});

type Sent = { url: string; method: string; headers: Record<string, string>; body: Uint8Array | undefined };
const ways: Record<string, (sent: Sent) => Promise<number>> = {
  fetch: async ({ url, body, ...init }) => {
    const response = await lattice(url, body === undefined ? init : { ...init, body });
    await response.arrayBuffer();
    return response.status;
  },
  Request: async ({ url, body, ...init }) => {
    const response = await lattice(new Request(url, body === undefined ? init : { ...init, body: body as BodyInit }));
    await response.arrayBuffer();
    return response.status;
  },
  request: async ({ url, body, ...init }) => {
    const response = await lattice.request(url, body === undefined ? init : { ...init, body });
    await response.body.dump();
    return response.statusCode;
  },
  interceptor: async ({ url, body, ...init }) => {
    const options = { ...init, method: init.method.toUpperCase(), body: body ?? null, dispatcher: agent };
    const response = await undici.request(url, options);
    await response.body.dump();
    return response.statusCode;
  },
};

test.each(Object.entries(ways))('%s: whatever is sent arrives with a signature that holds', async (_name, send) => {
  await fc.assert(
    fc.asyncProperty(request, async ({ path, query, method, headers, body }) => {
      const url = `${server.origin}/${path.replaceAll('\\', '')}${query === null ? '' : `?${query}`}`;
      fc.pre(URL.canParse(url) && new URL(url).host === server.host);
      const bodyless = method === 'GET' || method === 'head';
      server.received.length = 0;
      const status = await send({ url, method, headers, body: bodyless ? undefined : body });
      const [arrived] = server.received;
      expect(arrived?.verification).toMatchObject({ kind: 'signed' });
      expect(status).toBe(200);
      expect(arrived?.target).not.toMatch(/\?.*\+/);
      if (!bodyless) expect(Buffer.compare(arrived?.body ?? Buffer.alloc(0), body)).toBe(0);
    }),
    { numRuns: RUNS, seed: SEED },
  );
});
