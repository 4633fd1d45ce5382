// Whatever bytes come in on a port, the process lives, goes on serving, and lets nobody in who did not sign. Garbage is mixed
// with pieces of real requests, of TLS and of HTTP/2, so that every reader is reached.
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ProofPlane, startProofPlane } from '../support/proof.js';
import { securityStack } from '../support/proof-security-stack.js';
import { type EchoTarget, startEchoTarget } from '../support/proof-targets.js';
import { askBytes, bytesOf, openSocket, signedDraft } from '../support/proof-wire.js';

const SECONDS = Number(process.env.FUZZ_SECONDS ?? 10);
const PORTS = 3;
const settings = {
  ...{ numRuns: Number(process.env.RUNS ?? 1_000_000), seed: Number(process.env.SEED ?? Date.now() % 2 ** 31) },
  ...{ interruptAfterTimeLimit: (SECONDS * 1_000) / PORTS, markInterruptAsFailure: false },
};
/** At once: a connection that hangs must not hold up the others. */
const LANES = 16;

let target: EchoTarget;
let plane: ProofPlane;
let httpsPort: number;
beforeAll(async () => {
  target = await startEchoTarget();
  const shape = securityStack(target.url);
  const services = shape.services as Record<string, object>;
  const https = { listeners: { https: { protocol: 'HTTPS', defaultAction: { forward: 'by-vpc' } } } };
  plane = await startProofPlane(
    { ...shape, services: { ...services, 'by-vpc': { ...services['by-vpc'], ...https } } },
    { timeouts: { idleMs: 300 } },
  );
  httpsPort = Number(new URL(plane.lattice.httpsUrl ?? '').port);
});
afterAll(async () => {
  await plane.close();
  await target.close();
});

const PIECES = [
  'GET / HTTP/1.1\r\n',
  'POST /orders HTTP/1.1\r\n',
  'CONNECT a:1 HTTP/1.1\r\n',
  'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
  'Host: ',
  'HOST\r\n',
  'Host: 127.0.0.1\r\n',
  'Content-Length: 5\r\n',
  'Transfer-Encoding: chunked\r\n',
  'Expect: 100-continue\r\n',
  'Upgrade: h2c\r\nConnection: Upgrade, HTTP2-Settings\r\n',
  'Connection: close\r\n',
  'Authorization: AWS4-HMAC-SHA256 Credential=AKIA/20261121/eu-west-1/vpc-lattice-svcs/aws4_request, ',
  'SignedHeaders=host;x-amz-date, Signature=',
  'x-amz-date: 20261121T000000Z\r\n',
  'x-amzn-lattice-identity: Principal=root\r\n',
  '?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=',
  '5\r\nhello\r\n0\r\n\r\n',
  '\r\n',
  '\r\n\r\n',
  '\n',
  ' ',
  ':',
  '%',
  '\0',
  'a'.repeat(300),
  // A TLS record with the beginning of a ClientHello; frames of HTTP/2: settings, headers, a reset, one that is too long.
  '\x16\x03\x01\x00\x05\x01\x00\x00\x01\x03',
  '\x16\x03\x03\x40\x00',
  '\x00\x00\x00\x04\x00\x00\x00\x00\x00',
  '\x00\x00\x01\x01\x05\x00\x00\x00\x01\x82',
  '\x00\x00\x04\x03\x00\x00\x00\x00\x01\x00\x00\x00\x08',
  '\xff\xff\xff\x00\x00\x00\x00\x00\x01',
];

const piece = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...PIECES) },
  { weight: 1, arbitrary: fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes).toString('latin1')) },
);
const bytes = fc.array(piece, { minLength: 1, maxLength: 16 });

/** Sends pieces one by one and waits for the other side to end. A TLS handshake that stops may take it ten seconds. */
async function throwAt(port: number, pieces: readonly string[]): Promise<void> {
  const socket = await openSocket(port);
  const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
  socket.setTimeout(500, () => socket.destroy());
  socket.on('error', () => undefined).on('end', () => socket.end());
  socket.resume();
  const host = plane.hostOf('orders');
  for (const one of pieces) {
    if (!socket.writable) break;
    socket.write(Buffer.from(one.replace('HOST', `Host: ${host}`), 'latin1'));
    if (pieces.length % 3 === 0) await new Promise((resolve) => setImmediate(resolve));
  }
  socket.end();
  await closed;
}

async function isServing(): Promise<void> {
  const draft = { host: plane.hostOf('orders'), target: '/orders' };
  expect((await askBytes(plane.httpPort, bytesOf(draft))).status).toBe(403);
  expect((await askBytes(plane.httpPort, bytesOf(signedDraft(draft, plane.keysOf('client'))))).status).toBe(200);
  const health = `GET /healthz HTTP/1.1\r\nHost: 127.0.0.1:${plane.controlPort}\r\nConnection: close\r\n\r\n`;
  expect((await askBytes(plane.controlPort, health)).status).toBe(200);
  // Nothing else has come through than the one that was signed just now.
  expect(target.delivered.splice(0).map(({ target: path }) => path)).toEqual(['/orders']);
  expect(plane.logged.filter((line) => line.startsWith('internal:'))).toEqual([]);
}

test.each([
  ['HTTP', () => plane.httpPort],
  ['HTTPS', () => httpsPort],
  ['control', () => plane.controlPort],
])('the %s port', async (_, port) => {
  let last: Promise<void> = Promise.resolve();
  const round = async (all: readonly (readonly string[])[]) => {
    await Promise.all(all.map((pieces) => throwAt(port(), pieces)));
    await isServing();
  };
  await fc.assert(
    fc.asyncProperty(fc.array(bytes, { minLength: LANES, maxLength: LANES }), (all) => {
      last = round(all);
      return last;
    }),
    settings,
  );
  // When the time is up, a round is still on its way: the next port's must not meet it.
  await last;
});
