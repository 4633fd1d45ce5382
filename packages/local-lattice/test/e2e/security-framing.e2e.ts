// Requests that two readers would cut in different places, over real sockets; and too much of anything, or too slowly.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type ProofPlane, startProofPlane } from '../support/proof.js';
import { callsTo } from '../support/proof-calls.js';
import { securityStack } from '../support/proof-security-stack.js';
import { type EchoTarget, startEchoTarget } from '../support/proof-targets.js';
import { askBytes, bytesOf, openSocket, parseAnswers, sendBytes } from '../support/proof-wire.js';

let target: EchoTarget;
let plane: ProofPlane;
let orders: string;
beforeAll(async () => {
  target = await startEchoTarget();
  plane = await startProofPlane(securityStack(target.url));
  orders = plane.hostOf('orders');
});
afterAll(async () => {
  await plane.close();
  await target.close();
});
beforeEach(() => {
  target.delivered.length = 0;
});

const { signed, refused } = callsTo(() => ({ plane, target }));

describe('framing', () => {
  const head = (fields: string) => `POST / HTTP/1.1\r\nHost: ${plane.hostOf('open')}\r\n${fields}`;
  const inner = () => `GET /smuggled HTTP/1.1\r\nHost: ${plane.hostOf('open')}\r\n\r\n`;

  test.each<[string, string, string]>([
    ['both a length and chunks', 'Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n', '0\r\n\r\n'],
    ['chunks, then a length', 'Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n', '0\r\n\r\n'],
    ['two lengths', 'Content-Length: 0\r\nContent-Length: 44\r\n\r\n', ''],
    ['a list of lengths', 'Content-Length: 0, 44\r\n\r\n', ''],
    ['a signed length', 'Content-Length: +0\r\n\r\n', ''],
    ['a length in hexadecimal', 'Content-Length: 0x0\r\n\r\n', ''],
    ['a space before the colon', 'Content-Length : 0\r\n\r\n', ''],
    ['chunked with a space before the colon', 'Transfer-Encoding : chunked\r\n\r\n', '0\r\n\r\n'],
    ['another coding than chunked', 'Transfer-Encoding: xchunked\r\n\r\n', '0\r\n\r\n'],
    ['chunked not last', 'Transfer-Encoding: chunked, identity\r\n\r\n', '0\r\n\r\n'],
    ['chunked twice', 'Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n', '0\r\n\r\n'],
    ['a vertical tab', 'Transfer-Encoding:\x0bchunked\r\n\r\n', '0\r\n\r\n'],
    ['a folded field', 'Transfer-Encoding:\r\n chunked\r\n\r\n', '0\r\n\r\n'],
    ['a bare line feed in the head', 'X: y\nTransfer-Encoding: chunked\r\n\r\n', '0\r\n\r\n'],
    ['a bare carriage return in the head', 'X: y\rTransfer-Encoding: chunked\r\n\r\n', '0\r\n\r\n'],
    ['a chunk that ends too late', 'Transfer-Encoding: chunked\r\n\r\n', '1\r\nXX0\r\n\r\n'],
    ['a size that is no size', 'Transfer-Encoding: chunked\r\n\r\n', '-1\r\n\r\n'],
    ['a size beyond all bounds', 'Transfer-Encoding: chunked\r\n\r\n', 'fffffffffffffffff\r\n\r\n'],
    ['a NUL in a value', 'X: a\0b\r\nContent-Length: 0\r\n\r\n', ''],
  ])('%s: at most one request is read, and what follows is none', async (_, fields, body) => {
    const text = await sendBytes(plane.httpPort, `${head(fields)}${body}${inner()}`);
    const answers = text === '' ? [] : parseAnswers(text);
    expect(answers.length).toBeLessThanOrEqual(1);
    expect(answers[0]?.status ?? 400).toBe(400);
    expect(target.delivered.map((one) => one.target)).not.toContain('/smuggled');
  });

  test('well-framed requests in a row are one answer each, each decided by itself', async () => {
    const open = bytesOf({ host: plane.hostOf('open'), target: '/1' }).replace('Connection: close\r\n', '');
    const closed = bytesOf({ host: orders, target: '/orders' }).replace('Connection: close\r\n', '');
    const answers = parseAnswers(await sendBytes(plane.httpPort, open + closed + open.replace('/1', '/2')));
    expect(answers.map(({ status }) => status)).toEqual([200, 403, 200]);
    expect(target.delivered.map((one) => one.target)).toEqual(['/1', '/2']);
  });

  test('a body that is refused is not the next request', async () => {
    const body = inner();
    const refusedBody = `POST /orders HTTP/1.1\r\nHost: ${orders}\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
    const answers = parseAnswers(await sendBytes(plane.httpPort, refusedBody));
    expect(answers.map(({ status }) => status)).toEqual([403]);
    expect(target.delivered).toEqual([]);
  });

  test('trailers don’t become headers', async () => {
    const fields = 'Transfer-Encoding: chunked\r\nTrailer: x-amzn-lattice-identity\r\nConnection: close\r\n\r\n';
    const text = await sendBytes(plane.httpPort, `${head(fields)}0\r\nx-amzn-lattice-identity: spoofed\r\n\r\n`);
    expect(text).toMatch(/^HTTP\/1\.1 (?:200|400) /);
    expect(target.delivered.flatMap(({ rawHeaders }) => rawHeaders)).not.toContain('spoofed');
  });
});

describe('too much and too slow', () => {
  const open = () => `GET / HTTP/1.1\r\nHost: ${plane.hostOf('open')}\r\n`;

  test('a head beyond the limit is refused, and one just below is not', async () => {
    const big = await sendBytes(plane.httpPort, `${open()}X: ${'a'.repeat(70_000)}\r\n\r\n`);
    expect(big).toMatch(/^HTTP\/1\.1 431 /);
    const many = Array.from({ length: 1_001 }, (_, i) => `x-${i}: 1\r\n`).join('');
    expect(await sendBytes(plane.httpPort, `${open()}${many}Connection: close\r\n\r\n`)).toMatch(/^HTTP\/1\.1 431 /);
    const fits = `${open()}X: ${'a'.repeat(50_000)}\r\nConnection: close\r\n\r\n`;
    expect(await sendBytes(plane.httpPort, fits)).toMatch(/^HTTP\/1\.1 200 /);
    expect(await sendBytes(plane.httpPort, `GET /${'a'.repeat(70_000)} HTTP/1.1\r\n\r\n`)).toMatch(
      /^HTTP\/1\.1 4(?:31|14) /,
    );
  });

  test('a signature with thousands of headers costs no more than its length', async () => {
    const headers = Array.from({ length: 900 }, (_, i) => [`x-amz-${i}`, 'v'] as const);
    const started = performance.now();
    await refused(
      { ...signed(), headers: [...(signed().headers ?? []), ...headers] },
      'InvalidSignatureException: There were',
    );
    expect(performance.now() - started).toBeLessThan(1_000);
  });

  test('who never finishes a head is let go, and others are served meanwhile', async () => {
    const slow = await startProofPlane(securityStack(target.url), { timeouts: { idleMs: 400 } });
    try {
      const sockets = await Promise.all(Array.from({ length: 50 }, () => openSocket(slow.httpPort)));
      const gone = sockets.map((socket) => new Promise<void>((resolve) => socket.once('close', () => resolve())));
      for (const socket of sockets) socket.on('error', () => undefined).resume();
      const drips = setInterval(() => {
        for (const socket of sockets)
          socket.write('GET / HTTP/1.1\r\nX: '.charAt(Math.floor(performance.now() / 50) % 19));
      }, 50);
      for (const socket of sockets) socket.write(`GET / HTTP/1.1\r\nHost: ${slow.hostOf('open')}\r\nX: `);
      expect((await askBytes(slow.httpPort, bytesOf({ host: slow.hostOf('open'), target: '/' }))).status).toBe(200);
      const started = performance.now();
      for (const socket of sockets) socket.on('end', () => socket.end());
      await Promise.all(gone);
      clearInterval(drips);
      expect(performance.now() - started).toBeLessThan(30_000);
    } finally {
      await slow.close();
    }
  });

  test('who does not say what it speaks, or stops in the middle of a handshake, has ten seconds', async () => {
    const started = performance.now();
    const begun = ['', 'PRI * HTTP', '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03', '\x16'];
    const ended = begun.map(async (bytes) => {
      const socket = await openSocket(plane.httpPort);
      socket.on('error', () => undefined).on('end', () => socket.end());
      socket.resume();
      if (bytes !== '') socket.write(Buffer.from(bytes, 'latin1'));
      await new Promise<void>((resolve) => socket.once('close', () => resolve()));
    });
    await Promise.all(ended);
    expect(performance.now() - started).toBeLessThan(13_000);
  });
});
