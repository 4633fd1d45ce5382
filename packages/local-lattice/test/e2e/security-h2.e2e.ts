// The same attacks in HTTP/2, whose parts have other names: `:authority` for Host, no framing to lie about but still a length,
// and frames that HTTP/1.1 never had.
import { type ClientHttp2Session, connect, constants, type OutgoingHttpHeaders } from 'node:http2';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type ProofPlane, startProofPlane } from '../support/proof.js';
import { securityStack } from '../support/proof-security-stack.js';
import { type EchoTarget, startEchoTarget, valuesOf } from '../support/proof-targets.js';
import { openSocket, signedDraft } from '../support/proof-wire.js';

let target: EchoTarget;
let plane: ProofPlane;
let session: ClientHttp2Session;
beforeAll(async () => {
  target = await startEchoTarget();
  plane = await startProofPlane(securityStack(target.url));
  session = connect(plane.lattice.httpUrl);
  session.on('error', () => undefined);
});
afterAll(async () => {
  session.destroy();
  await plane.close();
  await target.close();
});
beforeEach(() => {
  target.delivered.length = 0;
});

function ask(headers: OutgoingHttpHeaders, body?: string): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const stream = session.request(headers, { endStream: body === undefined });
    let status = 0;
    let text = '';
    stream.on('response', (fields) => {
      status = Number(fields[':status']);
    });
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
    });
    stream.on('close', () => resolve({ status, text })).on('error', reject);
    if (body !== undefined) stream.end(body);
  });
}

function signedHeaders(path: string, host = plane.hostOf('orders')): OutgoingHttpHeaders {
  const { headers = [] } = signedDraft({ host, target: path }, plane.keysOf('client'));
  return { ':path': path, ':authority': host, ...Object.fromEntries(headers) };
}

test('`:authority` is what is signed for and routed by', async () => {
  expect(await ask(signedHeaders('/orders'))).toMatchObject({ status: 200 });
  const elsewhere = { ...signedHeaders('/orders'), ':authority': plane.hostOf('open') };
  const answer = await ask(elsewhere);
  expect([answer.status, answer.text]).toEqual([403, expect.stringContaining('InvalidSignatureException')]);
});

test('another Host beside it is refused, the same is not', async () => {
  const other = await ask({ ':path': '/', ':authority': plane.hostOf('open'), host: plane.hostOf('orders') });
  expect([other.status, other.text]).toEqual([400, ':authority and Host differ']);
  expect(target.delivered).toEqual([]);
  const same = await ask({ ':path': '/', ':authority': plane.hostOf('open'), host: plane.hostOf('open') });
  expect(same.status).toBe(200);
});

test('unsigned and doubled x-amz-*, spoofed identity', async () => {
  const unsigned = await ask({ ...signedHeaders('/orders'), 'x-amz-copy-source': '/a' });
  expect([unsigned.status, unsigned.text]).toEqual([
    403,
    expect.stringContaining('were not signed: x-amz-copy-source'),
  ]);
  const signed = signedHeaders('/orders');
  const doubled = await ask({ ...signed, 'x-amz-date': [String(signed['x-amz-date']), String(signed['x-amz-date'])] });
  expect(doubled.status).toBe(403);
  const twice = await ask({ ...signed, authorization: [String(signed.authorization), 'Bearer x'] as never }).catch(
    () => ({
      status: 400,
    }),
  );
  expect([400, 403]).toContain(twice.status);
  expect(target.delivered).toEqual([]);
  const spoofed = { 'x-amzn-lattice-identity': 'spoofed', x_amzn_source_vpc: 'spoofed', 'x-forwarded-for': 'spoofed' };
  expect((await ask({ ':path': '/', ':authority': plane.hostOf('open'), ...spoofed })).status).toBe(200);
  expect(target.delivered.flatMap(({ rawHeaders }) => rawHeaders)).not.toContain('spoofed');
});

test('a path that would be two requests in HTTP/1.1 is none', async () => {
  for (const path of ['/ HTTP/1.1\r\nX: y', '/a b', '', 'x', '*', 'http://other/']) {
    const answer = await ask({ ':path': path, ':authority': plane.hostOf('open') }).catch(() => ({ status: 400 }));
    expect([0, 400]).toContain(answer.status);
  }
  expect(target.delivered).toEqual([]);
});

test('a length that is not the body’s reaches no target as a whole request', async () => {
  const wrong = { ':path': '/', ':method': 'POST', ':authority': plane.hostOf('open'), 'content-length': '50' };
  await ask(wrong, 'GET /smuggled HTTP/1.1\r\n\r\n').catch(() => undefined);
  expect(target.delivered.map((one) => one.target)).not.toContain('/smuggled');
  expect(target.delivered).toEqual([]);
  session.destroy();
  session = connect(plane.lattice.httpUrl).on('error', () => undefined);
});

test('CONNECT, and methods in other letters', async () => {
  const tunnel = await ask({ ':method': 'CONNECT', ':authority': `127.0.0.1:${target.port}` }).catch(() => ({
    status: 405,
  }));
  expect([0, 400, 404, 405]).toContain(tunnel.status);
  const lower = await ask({ ':method': 'get', ':path': '/orders', ':authority': plane.hostOf('orders') }).catch(() => ({
    status: 400,
  }));
  expect([400, 403]).toContain(lower.status);
  expect(target.delivered).toEqual([]);
});

test('streams that are opened and reset without end don’t keep others from being served', async () => {
  const noisy = connect(plane.lattice.httpUrl).on('error', () => undefined);
  for (let i = 0; i < 3_000 && !noisy.destroyed; i += 1) {
    const stream = noisy.request({ ':path': '/', ':authority': plane.hostOf('open') });
    stream.on('error', () => undefined).close(constants.NGHTTP2_CANCEL);
    if (i % 100 === 0) await new Promise((resolve) => setImmediate(resolve));
  }
  expect(await ask(signedHeaders('/orders'))).toMatchObject({ status: 200 });
  noisy.destroy();
});

test('a header block without end is cut off', async () => {
  const socket = await openSocket(plane.httpPort);
  const gone = new Promise<void>((resolve) => socket.once('close', () => resolve()));
  socket
    .on('error', () => undefined)
    .on('end', () => socket.end())
    .resume();
  socket.write('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n');
  socket.write(Buffer.from([0, 0, 0, 4, 0, 0, 0, 0, 0]));
  // HEADERS without END_HEADERS, then CONTINUATION after CONTINUATION of a literal field.
  const field = Buffer.concat([Buffer.from([0x00, 0x01, 0x61, 0x7f, 0x81, 0x7e]), Buffer.alloc(16_384, 0x62)]);
  const frame = (type: number, payload: Buffer) => {
    const head = Buffer.from([payload.length >> 16, payload.length >> 8, payload.length, type, 0, 0, 0, 0, 1]);
    return Buffer.concat([head, payload]);
  };
  socket.write(frame(1, Buffer.from([0x82])));
  for (let i = 0; i < 200 && socket.writable; i += 1) {
    socket.write(frame(9, field.subarray(0, 16_384)));
    await new Promise((resolve) => setImmediate(resolve));
  }
  await gone;
  expect(await ask(signedHeaders('/orders'))).toMatchObject({ status: 200 });
  expect(valuesOf(target.delivered[0] as never, 'host')).toEqual([plane.hostOf('orders')]);
});
