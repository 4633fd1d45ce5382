// Bytes that are nearly HTTP on the admin and the inbound listener: nothing crashes, no request of a caller that nobody has
// vouched for reaches the app, and afterwards both serve as before.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ask, type RunningApp, startApp } from '../support/app.js';
import { orderPolicy, PolicyFolder, STACK, WEB_ARN } from '../support/policy-files.js';
import { open } from '../support/wire.js';

const SECONDS = Number(process.env.FUZZ_SECONDS ?? 5);
const SEED = Number(process.env.SEED ?? Date.now());

let app: RunningApp;
let behind: Server;
let folder: PolicyFolder;
let reached = 0;

beforeAll(async () => {
  behind = createServer((_request, response) => {
    reached += 1;
    response.end('ok');
  });
  await new Promise<void>((resolve) => behind.listen(0, '127.0.0.1', resolve));
  folder = new PolicyFolder().write({ 'stack.yaml': STACK, 'orders.json': orderPolicy('GET') });
  app = await startApp({
    outbound: { enabled: false },
    inbound: { enabled: true, app: `127.0.0.1:${(behind.address() as AddressInfo).port}` },
    policies: { stack: folder.stack, pollMs: 60_000 },
    log: { level: 'silent', access: 'off' },
  });
});
afterAll(() => {
  app.close();
  behind.close();
  behind.closeAllConnections();
  folder.remove();
});

const piece = fc.oneof(
  fc.constantFrom(
    'GET /orders HTTP/1.1\r\n',
    'POST /shutdown HTTP/1.1\r\n',
    'GET /metrics HTTP/1.1\r\n',
    'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
    'Host: orders.example.com\r\n',
    'Host: evil.example.com\r\n',
    `X-Amzn-Lattice-Identity: Principal=${WEB_ARN}; Type=AWS_IAM\r\n`,
    `x_amzn_lattice_identity: Principal=${WEB_ARN}\r\n`,
    'Connection: x-amzn-lattice-identity\r\n',
    'Connection: Upgrade\r\nUpgrade: websocket\r\n',
    'Transfer-Encoding: chunked\r\n',
    'Content-Length: 3\r\n',
    '\r\n',
    '0\r\n\r\n',
    'abc',
  ),
  fc.string({ unit: 'binary', maxLength: 20 }),
);

async function throwAt(port: number, parts: readonly string[]): Promise<void> {
  const socket = await open(port);
  socket.on('error', () => undefined);
  socket.resume();
  for (const part of parts) socket.write(part, 'latin1');
  await new Promise((resolve) => setTimeout(resolve, 2));
  socket.destroy();
}

test('bytes that are nearly HTTP', { timeout: (SECONDS + 30) * 1_000 }, async () => {
  const { inbound = 0, admin = 0 } = app.ports;
  const ports = [inbound, admin];
  await fc.assert(
    fc.asyncProperty(fc.nat(1), fc.array(piece, { minLength: 1, maxLength: 8 }), async (which, parts) => {
      await throwAt(ports[which] ?? 0, parts);
      expect(reached).toBe(0);
    }),
    { numRuns: 1_000_000, interruptAfterTimeLimit: SECONDS * 1_000, seed: SEED, markInterruptAsFailure: false },
  );
  expect((await ask(admin, 'GET', '/live')).status).toBe(200);
  expect((await ask(inbound, 'GET', '/orders')).status).toBe(403);
  expect(reached).toBe(0);
});
