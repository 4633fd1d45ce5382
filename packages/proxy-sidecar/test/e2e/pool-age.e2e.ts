// Connections to upstreams do not grow old: idle ones are closed before Lattice would, those that have lived long enough
// get no further request, and neither limit ever costs a request. Over HTTP/1.1 and HTTP/2, with limits made small.
import { createServer as createH1, request as httpRequest } from 'node:http';
import { createServer as createH2 } from 'node:http2';
import type { AddressInfo, Socket } from 'node:net';
import { afterEach, expect, test, vi } from 'vitest';
import type { PoolConfig } from '../../src/config/sidecar-config.js';
import { type Rig, startRig } from '../support/sidecar.js';

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0).reverse()) close();
});

interface Connection {
  readonly openedAtMs: number;
  closedAtMs: number | undefined;
}

/** An upstream that keeps connections for ever, takes as long as `?ms=` says, and knows how long each connection was open. */
async function startUpstream(protocol: 'h1' | 'h2'): Promise<{ port: number; connections: Connection[] }> {
  const server = protocol === 'h1' ? createH1({ keepAliveTimeout: 0 }) : createH2();
  const connections: Connection[] = [];
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    const connection: Connection = { openedAtMs: performance.now(), closedAtMs: undefined };
    connections.push(connection);
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => {
      connection.closedAtMs = performance.now();
    });
  });
  server.on('request', ((
    request: { url: string },
    response: { write(text: string): void; end(text: string): void },
  ) => {
    response.write('begun ');
    setTimeout(() => response.end('ended'), Number(/ms=(\d+)/.exec(request.url)?.[1] ?? 0));
  }) as never);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => {
    server.close();
    for (const socket of sockets) socket.destroy();
  });
  return { port: (server.address() as AddressInfo).port, connections };
}

async function start(
  protocol: 'h1' | 'h2',
  pool: Partial<PoolConfig>,
): Promise<{ rig: Rig; connections: Connection[] }> {
  const { port, connections } = await startUpstream(protocol);
  const rig = await startRig(port, {
    config: {
      upstream: { scheme: 'http', protocol, tls: { verify: true } },
      pool: { connections: 4, idleMs: 0, lifetimeMs: 0, ...pool },
    },
  });
  closing.push(() => rig.close());
  return { rig, connections };
}

function ask({ port }: Rig, ms = 0): Promise<string> {
  return new Promise((resolve, reject) => {
    const request = httpRequest({ port, path: `/?ms=${ms}`, agent: false }, (response) => {
      let text = `${response.statusCode} `;
      response.on('data', (chunk) => {
        text += chunk;
      });
      response.on('end', () => resolve(text));
      response.on('error', reject);
    });
    request.on('error', reject).end();
  });
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const open = (connections: Connection[]) => connections.filter(({ closedAtMs }) => closedAtMs === undefined).length;
const soon = { timeout: 5_000, interval: 20 };

test.each(['h1', 'h2'] as const)('%s: an idle connection is closed without anybody asking', async (protocol) => {
  const { rig, connections } = await start(protocol, { idleMs: 300 });
  expect(await ask(rig)).toBe('200 begun ended');
  const idleSinceMs = performance.now();
  await vi.waitFor(() => expect(open(connections)).toBe(0), soon);
  expect((connections[0]?.closedAtMs ?? 0) - idleSinceMs).toBeGreaterThan(250);
  expect([...rig.upstreams.all()].map((origin) => origin.stats().open)).toEqual([0]);
  expect(await ask(rig)).toBe('200 begun ended');
  expect(connections).toHaveLength(2);
});

test.each(['h1', 'h2'] as const)('%s: a connection in use is not idle, however long it takes', async (protocol) => {
  const { rig, connections } = await start(protocol, { idleMs: 200 });
  expect(await ask(rig, 1_600)).toBe('200 begun ended');
  expect(connections).toHaveLength(1);
});

test.each(['h1', 'h2'] as const)('%s: an idle connection past its time is not used again', async (protocol) => {
  const { rig, connections } = await start(protocol, { idleMs: 60 });
  for (let i = 0; i < 5; i++) {
    expect(await ask(rig)).toBe('200 begun ended');
    await pause(100);
  }
  expect(connections).toHaveLength(5);
});

test.each(['h1', 'h2'] as const)(
  '%s: however busy, a connection ends with its time, and no request does',
  async (protocol) => {
    const { rig, connections } = await start(protocol, { lifetimeMs: 300 });
    const long = ask(rig, 1_700);
    const untilMs = performance.now() + 1_500;
    const answers = new Set<string>();
    while (performance.now() < untilMs) answers.add(await ask(rig, 10));
    expect([...answers]).toEqual(['200 begun ended']);
    expect(connections.length).toBeGreaterThanOrEqual(3);
    expect(await long).toBe('200 begun ended');
    await vi.waitFor(() => expect(open(connections)).toBe(0), soon);
    expect(rig.exchanges.filter(({ retries }) => retries > 0)).toEqual([]);
    expect(rig.problems).toEqual([]);
  },
);

test.each(['h1', 'h2'] as const)('%s: without limits, a connection is kept', async (protocol) => {
  const { rig, connections } = await start(protocol, {});
  expect(await ask(rig)).toBe('200 begun ended');
  await pause(1_200);
  expect(await ask(rig)).toBe('200 begun ended');
  expect(connections).toHaveLength(1);
});
