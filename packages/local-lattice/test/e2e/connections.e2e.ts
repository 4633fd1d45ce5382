// connections.e2e.ts — what holds for a connection rather than a request: the VPC that it stands for, how long it is kept,
// who waits for a target that is still starting, and which protocols go no further.
import { once } from 'node:events';
import { connect as connectHttp2 } from 'node:http2';
import { connect, createServer, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { signRequest } from '@lattice-auth/sigv4-fetch/core';
import { afterEach, expect, test } from 'vitest';
import { type LocalLattice, type LocalLatticeOptions, startLocalLattice } from '../../src/index.js';
import { ORDERS_HOST, type OrdersStack, ordersStack } from '../support/stacks.js';
import { headerOf, startUpstream, type Told } from '../support/upstream.js';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

const OPEN = { authType: 'NONE', authPolicy: undefined };

async function start(stack: OrdersStack = {}, options?: LocalLatticeOptions): Promise<LocalLattice> {
  const upstream = await startUpstream();
  closing.push(() => upstream.close());
  const lattice = await startLocalLattice(ordersStack({ targets: [{ url: upstream.url }], ...stack }), options);
  closing.push(() => lattice.close());
  return lattice;
}

/** Below the ports that the system gives away, to tests that run at the same time for one. */
async function freePort(): Promise<number> {
  const port = 20_000 + Math.floor(Math.random() * 12_000);
  const server = createServer().listen(port, '127.0.0.1');
  const isFree = await once(server, 'listening').then(
    () => true,
    () => false,
  );
  if (!isFree) return freePort();
  server.close();
  await once(server, 'close');
  return port;
}

async function opened(port: number, localPort: number): Promise<Socket> {
  const socket = connect({ host: '127.0.0.1', port, localPort, localAddress: '127.0.0.1' });
  await once(socket, 'connect');
  return socket;
}

/** Speaks HTTP/2 on a connection and asks once. */
async function ask(socket: Socket): Promise<number | undefined> {
  const session = connectHttp2('http://127.0.0.1', { createConnection: () => socket });
  const stream = session.request({ ':authority': ORDERS_HOST, ':path': '/public' });
  const [headers] = await once(stream, 'response');
  stream.resume();
  await once(stream, 'close');
  session.close();
  return Number(headers[':status']);
}

test('two connections from one port of a client are two', async () => {
  const vpcPort = await freePort();
  const lattice = await start({ local: { vpcs: { far: { port: vpcPort } } } });
  const own = await freePort();
  const fromFar = await opened(vpcPort, own);
  const fromFront = await opened(Number(new URL(lattice.httpUrl).port), own);
  expect(await ask(fromFront)).toBe(200);
  expect(await ask(fromFar)).toBe(504);
  expect(lattice.seen.map(({ vpc }) => vpc)).toEqual(['front', 'far']);
});

test('the header that names the VPC may be signed, and goes no further', async () => {
  const lattice = await start({ local: { vpcHeader: 'x-local-vpc', defaultVpc: 'front' } });
  const call = (vpc: string) => {
    const headers = [
      ['host', ORDERS_HOST],
      ['x-local-vpc', vpc],
    ] as const;
    const signed = signRequest(
      { method: 'GET', target: '/orders', headers },
      { credentials: lattice.credentialsOf('web'), region: 'eu-west-1', date: new Date(), signedHeaders: 'all' },
    );
    expect(Object.fromEntries(signed.headers).authorization).toContain('x-local-vpc');
    return lattice.fetchAs('anonymous')(`http://${ORDERS_HOST}/orders`, {
      headers: [...signed.headers.map(([name, value]) => [name, value] as [string, string]), ['x-local-vpc', vpc]],
    });
  };
  const answer = await call('front');
  expect(answer.status).toBe(200);
  expect(headerOf((await answer.json()) as Told, 'x-local-vpc')).toEqual([]);
  expect((await call('far')).headers.get('x-lattice-local')).toBe('not-connected');
  expect(lattice.seen[0]?.question?.headers).not.toHaveProperty('x-local-vpc');
});

test('who wants a WebSocket is told that there are none, after the policies', async () => {
  const lattice = await start();
  const { port } = new URL(lattice.httpUrl);
  const upgrade = async (path: string) => {
    const socket = connect(Number(port), '127.0.0.1');
    socket.write(
      `GET ${path} HTTP/1.1\r\nHost: ${ORDERS_HOST}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n`,
    );
    const [answer] = await once(socket, 'data');
    socket.destroy();
    return String(answer);
  };
  expect(await upgrade('/public')).toMatch(/^HTTP\/1\.1 501 [\s\S]*x-lattice-local: no-websocket/);
  expect(await upgrade('/orders')).toMatch(/^HTTP\/1\.1 403 /);
});

test('a client that offers h2c is answered in HTTP/1.1', async () => {
  const lattice = await start();
  const socket = connect(Number(new URL(lattice.httpUrl).port), '127.0.0.1');
  socket.write(
    `GET /public HTTP/1.1\r\nHost: ${ORDERS_HOST}\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABk\r\n\r\n`,
  );
  const [answer] = await once(socket, 'data');
  socket.destroy();
  expect(String(answer)).toMatch(/^HTTP\/1\.1 200 /);
});

test('connections are kept for as long as the service says', async () => {
  const lattice = await start({ service: { ...OPEN, idleTimeoutSeconds: 600 } });
  const answer = await lattice.fetchAs('anonymous')(`http://${ORDERS_HOST}/`);
  expect(answer.headers.get('keep-alive')).toBe('timeout=600');
});

test('TLS passthrough waits for a command that is starting, and tells the log of a denial', async () => {
  const program = `
    const { createServer } = require('node:net');
    setTimeout(() => createServer((socket) => socket.once('data', () => socket.end('hello from the target'))).listen(process.env.PORT, '127.0.0.1'), 300);
  `;
  const lines: string[] = [];
  const stack = (service: Record<string, unknown>) => ({
    targets: [{ command: [process.execPath, '-e', program] }],
    group: { protocol: 'TCP', port: 443 },
    service: {
      listeners: { tls: { protocol: 'TLS_PASSTHROUGH', defaultAction: { forward: 'main' } } },
      ...service,
    },
  });
  const lattice = await start(stack(OPEN), { log: (line) => lines.push(line) });
  const port = Number(new URL(lattice.httpsUrl ?? '').port);
  const hello = () => connectTls({ port, host: '127.0.0.1', servername: 'orders.example.com' });
  // It is no TLS that comes back: all that counts is that the target was reached.
  const ended = (socket: Socket) => new Promise((resolve) => socket.on('error', () => undefined).on('close', resolve));
  await ended(hello());
  await expect
    .poll(() => lattice.seen.at(-1))
    .toMatchObject({ protocol: 'TLS', bytesSent: 'hello from the target'.length });

  await lattice.reload(ordersStack(stack({})));
  await ended(hello());
  expect(lines.at(-1)).toMatch(/`orders\.example\.com`: connection closed: AccessDeniedException: User: anonymous/);
});
