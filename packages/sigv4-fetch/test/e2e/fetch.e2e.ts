// The signing fetch against a server that checks signatures: every form of input, every kind of body.
import { Readable } from 'node:stream';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createLatticeFetch, type LatticeBodyInit, type LatticeFetch } from '../../src/index.js';
import { streamOf } from '../support/byte-stream.js';
import { CREDENTIALS, type LatticeServer, REGION, startLatticeServer } from '../support/lattice-server.js';

let server: LatticeServer;
let lattice: LatticeFetch;
beforeAll(async () => {
  server = await startLatticeServer();
  lattice = createLatticeFetch({ credentials: CREDENTIALS, region: REGION, hosts: ['127.0.0.1', 'localhost'] });
});
afterAll(async () => {
  await lattice.close();
  await server.close();
});
beforeEach(() => {
  server.received.length = 0;
  server.answer = undefined;
  server.clockOffsetMs = 0;
});
const last = () => {
  const request = server.received.at(-1);
  if (request === undefined) throw new Error('nothing arrived');
  return request;
};

describe('what is called', () => {
  test('a string, a URL and a Request', async () => {
    for (const input of [
      `${server.origin}/a?b=1`,
      new URL('/a?b=1', server.origin),
      new Request(`${server.origin}/a?b=1`),
    ]) {
      const response = await lattice(input);
      expect(await response.json()).toMatchObject({ kind: 'signed', target: '/a?b=1' });
      expect(response.url).toBe(`${server.origin}/a?b=1`);
      expect(response.redirected).toBe(false);
    }
  });

  test('a Request keeps method, headers and body; `init` goes over it', async () => {
    const request = () =>
      new Request(`${server.origin}/r`, {
        method: 'PUT',
        headers: { 'x-one': '1', 'content-type': 'text/x' },
        body: 'own',
      });
    await lattice(request());
    expect(last()).toMatchObject({ method: 'PUT', headers: { 'x-one': '1', 'content-type': 'text/x' } });
    expect(last().body.toString()).toBe('own');
    await lattice(request(), { method: 'POST', headers: { 'x-two': '2' }, body: 'other' });
    expect(last()).toMatchObject({ method: 'POST', headers: { 'x-two': '2' } });
    expect(last().headers['x-one']).toBeUndefined();
    expect(last().body.toString()).toBe('other');
    expect(last().verification.kind).toBe('signed');
  });

  test('a Request whose query holds a plus is sent whole, with %20', async () => {
    const response = await lattice(new Request(`${server.origin}/q?a=b+c`, { method: 'POST', body: 'text' }));
    expect(await response.json()).toMatchObject({ kind: 'signed', target: '/q?a=b%20c', bytes: 4 });
  });

  test('headers in every form', async () => {
    for (const headers of [
      new Headers({ 'X-Amz-Meta-A': ' 1  2 ' }),
      [['X-Amz-Meta-A', '1 2']] as [string, string][],
      { 'X-Amz-Meta-A': '1 2' },
    ]) {
      await lattice(server.origin, { headers });
      expect(last().headers['x-amz-meta-a']).toMatch(/^1 +2$/);
      expect(last().verification).toMatchObject({
        kind: 'signed',
        signedHeaders: expect.arrayContaining(['x-amz-meta-a']),
      });
    }
  });

  test('a stale signature and a Host of the caller are replaced', async () => {
    await lattice(server.origin, {
      headers: {
        host: 'elsewhere.example',
        authorization: 'AWS4-HMAC-SHA256 old',
        'X-Amz-Date': '20200101T000000Z',
        'x-amz-security-token': 'old',
      },
    });
    expect(last().headers.host).toBe(server.host);
    expect(last().verification.kind).toBe('signed');
  });

  test('trace headers travel unsigned', async () => {
    await lattice(server.origin, {
      headers: { traceparent: '00-1-2-01', tracestate: 'a=b', baggage: 'c=d', 'x-forwarded-for': '1.2.3.4' },
    });
    expect(last().headers).toMatchObject({ traceparent: '00-1-2-01', tracestate: 'a=b', baggage: 'c=d' });
    expect(last().verification).toMatchObject({
      signedHeaders: ['host', 'x-amz-content-sha256', 'x-amz-date', 'x-amz-security-token'],
    });
  });

  test('methods reach the wire as they are signed', async () => {
    for (const method of ['get', 'post', 'patch', 'Delete', 'options', 'HEAD']) {
      const response = await lattice(server.origin, { method });
      expect(response.status).toBe(200);
      expect(last()).toMatchObject({ method: method.toUpperCase(), verification: { kind: 'signed' } });
    }
  });

  test('what `fetch` refuses is refused', async () => {
    await expect(lattice('not a url')).rejects.toThrow(TypeError);
    await expect(lattice('http://user:pass@127.0.0.1/')).rejects.toThrow(TypeError);
    await expect(lattice(server.origin, { method: 'GET', body: 'x' })).rejects.toThrow(TypeError);
    await expect(lattice(server.origin, { headers: { 'bad name': 'x' } })).rejects.toThrow(TypeError);
    expect(server.received).toHaveLength(0);
  });
});

const MEGABYTE = Uint8Array.from({ length: 1 << 20 }, (_, i) => (i * 31 + (i >> 8)) & 0xff);
const slices = (bytes: Uint8Array, size: number) =>
  Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) => bytes.subarray(i * size, (i + 1) * size));
async function* generate(parts: Iterable<Uint8Array | string>) {
  yield* parts;
}
const backing = Uint8Array.from([9, 9, 1, 2, 3, 0, 255, 9]);
const hello = new TextEncoder().encode('héllo');

const BODIES: [name: string, body: () => LatticeBodyInit, bytes: Uint8Array][] = [
  ['string', () => 'héllo', hello],
  ['empty string', () => '', new Uint8Array()],
  ['ArrayBuffer', () => backing.slice(2, 7).buffer, backing.slice(2, 7)],
  ['Uint8Array of a part', () => backing.subarray(2, 7), backing.slice(2, 7)],
  ['Buffer of a part', () => Buffer.from(backing.buffer, 2, 5), backing.slice(2, 7)],
  ['DataView of a part', () => new DataView(backing.buffer, 2, 5), backing.slice(2, 7)],
  ['Uint16Array', () => new Uint16Array(backing.buffer, 2, 2), backing.slice(2, 6)],
  ['Blob', () => new Blob(['hé', 'llo']), hello],
  ['URLSearchParams', () => new URLSearchParams({ a: 'b c', d: '+' }), new TextEncoder().encode('a=b+c&d=%2B')],
  ['ReadableStream', () => streamOf(slices(MEGABYTE, 50_000)), MEGABYTE],
  ['ReadableStream of a Blob', () => new Blob([MEGABYTE]).stream(), MEGABYTE],
  ['async generator', () => generate(slices(MEGABYTE, 7_777)), MEGABYTE],
  ['async generator of text', () => generate(['hé', '', 'llo']), hello],
  ['Node stream', () => Readable.from(slices(MEGABYTE, 65_536)), MEGABYTE],
  ['function that makes a stream', () => () => generate(slices(MEGABYTE, 30_000)), MEGABYTE],
  ['a megabyte at once', () => MEGABYTE, MEGABYTE],
];

describe.each([['fetch'], ['request']] as const)('bodies arrive byte for byte through %s', (way) => {
  test.each(BODIES)('%s', async (_name, body, bytes) => {
    if (way === 'fetch')
      expect((await lattice(`${server.origin}/b`, { method: 'POST', body: body() })).status).toBe(200);
    else {
      const response = await lattice.request(`${server.origin}/b`, { method: 'POST', body: body() });
      expect(response.statusCode).toBe(200);
      await response.body.dump();
    }
    expect(last().verification.kind).toBe('signed');
    expect(Buffer.compare(last().body, bytes)).toBe(0);
  });

  test('FormData', async () => {
    const form = new FormData();
    form.set('field', 'välue');
    form.set('file', new Blob([backing]), 'name.bin');
    if (way === 'fetch') await lattice(server.origin, { method: 'POST', body: form });
    else await (await lattice.request(server.origin, { method: 'POST', body: form })).body.dump();
    const type = String(last().headers['content-type']);
    const read = await new Response(new Uint8Array(last().body), { headers: { 'content-type': type } }).formData();
    expect(read.get('field')).toBe('välue');
    expect(new Uint8Array(await (read.get('file') as File).arrayBuffer())).toEqual(backing);
  });
});

test('a stream is sent as it comes, not collected', async () => {
  let arrived: () => void = () => undefined;
  const firstChunk = new Promise<void>((resolve) => {
    arrived = resolve;
  });
  const { createServer } = await import('node:http');
  const { closeServer, listen } = await import('../support/lattice-server.js');
  const streaming = createServer((request, response) => {
    request.once('data', arrived);
    request.on('end', () => response.end('done')).resume();
  });
  await listen(streaming);
  const { port } = streaming.address() as { port: number };
  async function* waits() {
    yield 'first';
    await firstChunk;
    yield 'second';
  }
  const response = await lattice(`http://127.0.0.1:${port}/`, { method: 'POST', body: waits() });
  expect(await response.text()).toBe('done');
  await closeServer(streaming);
});

test('a body that fails fails the request, with its own error', async () => {
  async function* breaks() {
    yield 'first';
    throw new Error('source broke');
  }
  const sent = lattice(server.origin, { method: 'POST', body: breaks() });
  await expect(sent).rejects.toMatchObject({ cause: { message: 'source broke' } });
});
