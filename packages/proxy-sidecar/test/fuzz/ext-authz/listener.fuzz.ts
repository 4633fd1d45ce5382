// Bytes on the listener that Envoy asks, nearly HTTP, nearly gRPC, nearly a question: nothing crashes, nothing is ever allowed
// that was not, and afterwards it serves as before.

import { connect } from 'node:http2';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ask, type RunningApp, startApp } from '../../support/app.js';
import { AuthorizationClient, decodeCheckResponse, encodeRequest } from '../../support/ext-authz/envoy-protocol.js';
import { orderPolicy, PolicyFolder, STACK, WEB_ARN } from '../../support/policy-files.js';
import { open } from '../../support/wire.js';

const SECONDS = Number(process.env.FUZZ_SECONDS ?? 10);
const SEED = Number(process.env.SEED ?? Date.now());
const half = { numRuns: 1_000_000, interruptAfterTimeLimit: SECONDS * 500, seed: SEED, markInterruptAsFailure: false };
const timeout = { timeout: (SECONDS + 30) * 1_000 };

let app: RunningApp;
let folder: PolicyFolder;
let port = 0;

beforeAll(async () => {
  folder = new PolicyFolder().write({ 'stack.yaml': STACK, 'orders.json': orderPolicy('GET') });
  app = await startApp({
    outbound: { enabled: false },
    extAuthz: {
      enabled: true,
      http: { pathPrefix: '/check', peerHeader: 'x-lattice-auth-peer', metadataHeaders: true },
    },
    policies: { stack: folder.stack, pollMs: 60_000 },
    log: { level: 'silent', access: 'off' },
  });
  port = app.ports.extAuthz ?? 0;
});
afterAll(() => {
  app.close();
  folder.remove();
});

const piece = fc.oneof(
  fc.constantFrom(
    'GET /check/orders HTTP/1.1\r\n',
    'POST /check/orders HTTP/1.1\r\n',
    'GET /envoy.service.auth.v3.Authorization/Check HTTP/1.1\r\n',
    'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
    '\0\0\0\x04\0\0\0\0\0',
    '\0\0\x05\0\x01\0\0\0\x01\0\0\0\0\0',
    'Host: orders.example.com\r\n',
    'x-lattice-auth-peer: 10.0.0.1\r\n',
    `X-Amzn-Lattice-Identity: Principal=${WEB_ARN}; Type=AWS_IAM\r\n`,
    'Transfer-Encoding: chunked\r\n',
    'Content-Length: 3\r\n',
    'Expect: 100-continue\r\n',
    'Connection: Upgrade\r\nUpgrade: h2c\r\n',
    '\r\n',
    'abc',
  ),
  fc.string({ unit: 'binary', maxLength: 20 }),
);

test('bytes that are nearly HTTP are never told yes', timeout, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(piece, { minLength: 1, maxLength: 8 }), async (parts) => {
      const socket = await open(port);
      let text = '';
      socket.on('error', () => undefined);
      socket.on('data', (chunk: Buffer) => {
        text += chunk.toString('latin1');
      });
      for (const part of parts) socket.write(part, 'latin1');
      await new Promise((resolve) => setTimeout(resolve, 2));
      socket.destroy();
      expect(text).not.toMatch(/^HTTP\/1\.1 2/m);
    }),
    half,
  );
  expect((await ask(port, 'GET', '/check/orders')).status).toBe(403);
});

const allowed = encodeRequest({
  peer: '169.254.171.9',
  headers: { 'x-amzn-lattice-identity': `Principal=${WEB_ARN}; Type=AWS_IAM` },
});
const denied = encodeRequest({ method: 'DELETE', headers: { 'x-a': '1' } });

test('messages that are nearly questions are answered or refused, and what is denied stays so', timeout, async () => {
  const session = connect(`http://127.0.0.1:${port}`);
  session.on('error', () => undefined);
  const call = (bytes: Buffer) =>
    new Promise<{ status: number; body: Buffer }>((resolve) => {
      const stream = session.request({
        ':method': 'POST',
        ':path': '/envoy.service.auth.v3.Authorization/Check',
        'content-type': 'application/grpc',
        te: 'trailers',
      });
      const parts: Buffer[] = [];
      let status = 0;
      stream.on('response', (fields) => {
        status = fields[':status'] ?? 0;
      });
      stream.on('data', (chunk: Buffer) => parts.push(chunk));
      stream.on('error', () => undefined);
      stream.on('close', () => resolve({ status, body: Buffer.concat(parts) }));
      stream.end(bytes);
    });
  const damage = fc.array(fc.tuple(fc.nat(2_000), fc.nat(255)), { minLength: 1, maxLength: 4 });
  await fc.assert(
    fc.asyncProperty(fc.boolean(), damage, fc.nat(3), async (wasAllowed, changes, cut) => {
      const message = Buffer.from(wasAllowed ? allowed : denied);
      const bytes = Buffer.concat([Buffer.from([0, 0, 0, 0, 0]), message]);
      bytes.writeUInt32BE(message.length, 1);
      for (const [at, value] of changes) bytes[at % bytes.length] = value;
      const { status, body } = await call(bytes.subarray(0, bytes.length - cut));
      expect(status).toBe(200);
      if (body.length === 0) return; // refused: compressed
      const answer = decodeCheckResponse(body.subarray(5));
      expect(answer.dynamic_metadata).toHaveProperty('decision');
      // Nobody becomes a caller of Lattice's by a few bytes that are other ones.
      if (!wasAllowed) expect(answer.status?.code).toBe(7);
    }),
    half,
  );
  session.destroy();
  const client = new AuthorizationClient(port);
  expect(await client.health('')).toBe(1);
  client.close();
});
