// Much, many and long, short enough for every run: large bodies and open connections without memory that grows, mixed load
// without a request that fails. In full: `GIB=1 CONNECTIONS=2000 MINUTES=10 npm test -- --project e2e soak`.
import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { Agent, createServer, request as httpRequest, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { CREDENTIALS } from '../support/sidecar.js';
import { open, readAll } from '../support/wire.js';

const BYTES = Number(process.env.GIB ?? 0.2) * 2 ** 30;
const CONNECTIONS = Number(process.env.CONNECTIONS ?? 500);
const SECONDS = Number(process.env.MINUTES ?? 0.05) * 60;
const LONG = 60_000 + SECONDS * 2_000 + BYTES / 5_000;
const MAIN = fileURLToPath(new URL('../../dist/main.js', import.meta.url));

let server: Server;
let child: ChildProcess;
let port = 0;

beforeAll(async () => {
  const chunk = Buffer.alloc(65_536, 'x');
  server = createServer((request, response) => {
    const size = Number(/bytes=(\d+)/.exec(request.url ?? '')?.[1] ?? 0);
    let left = size;
    const more = () => {
      while (left > 0) {
        left -= chunk.length;
        if (!response.write(chunk)) {
          response.once('drain', more);
          return;
        }
      }
      response.end();
    };
    request.resume().on('end', more);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', 4_096, resolve));
  const env = {
    ...process.env,
    AWS_ACCESS_KEY_ID: CREDENTIALS.accessKeyId,
    AWS_SECRET_ACCESS_KEY: 'secret-of-a-test',
    AWS_REGION: 'eu-west-1',
  };
  const target = ['--host', `127.0.0.1:${(server.address() as AddressInfo).port}`, '--upstream-url-scheme', 'http'];
  const rest = ['--port', '127.0.0.1:0', '--admin.listen.port', '0', '--log.access', 'off'];
  child = spawn(process.execPath, ['--max-semi-space-size=4', MAIN, ...target, ...rest], { env });
  port = await new Promise<number>((resolve) => {
    let text = '';
    child.stdout?.on('data', (data) => {
      text += data;
      const found = /"outbound":(\d+)/.exec(text)?.[1];
      if (found !== undefined) resolve(Number(found));
    });
  });
});
afterAll(() => {
  child.kill('SIGKILL');
  server.closeAllConnections();
  server.close();
});

function rssMib(): number {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1]) / 1024;
}

function call(path: string, uploadBytes: number, agent: Agent): Promise<{ status: number; bytes: number }> {
  return new Promise((resolve, reject) => {
    const request = httpRequest({ port, path, method: uploadBytes > 0 ? 'PUT' : 'GET', agent }, (response) => {
      let bytes = 0;
      response.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, bytes }));
      response.on('error', reject);
    });
    request.on('error', reject);
    const chunk = Buffer.alloc(65_536, 'y');
    let left = uploadBytes;
    const more = () => {
      while (left > 0) {
        left -= chunk.length;
        if (!request.write(chunk)) {
          request.once('drain', more);
          return;
        }
      }
      request.end();
    };
    more();
  });
}

test.skipIf(process.platform !== 'linux')(
  'large bodies, up and down, leave no trace in memory',
  async () => {
    const agent = new Agent({ keepAlive: true });
    for (let i = 0; i < 4; i++) await call('/?bytes=30000000', 30_000_000, agent);
    const before = rssMib();
    let peak = before;
    const timer = setInterval(() => {
      peak = Math.max(peak, rssMib());
    }, 20);
    const down = await call(`/?bytes=${BYTES}`, 0, agent);
    const up = await call('/', BYTES, agent);
    clearInterval(timer);
    agent.destroy();
    expect([down.status, up.status]).toEqual([200, 200]);
    expect(down.bytes).toBeGreaterThanOrEqual(BYTES);
    console.log(
      `bodies of ${Math.round(BYTES / 2 ** 20)} MiB: RSS ${before.toFixed(0)} MiB, at most ${peak.toFixed(0)} MiB`,
    );
    expect(peak - before).toBeLessThan(40);
  },
  LONG,
);

test(
  'many connections that stay open are all served',
  async () => {
    const sockets: Socket[] = [];
    for (let i = 0; i < CONNECTIONS; i++) sockets.push(await open(port));
    for (let round = 0; round < 2; round++) {
      const answers = sockets.map((socket) => readAll(socket, '\r\n\r\n'));
      for (const socket of sockets) socket.write('GET / HTTP/1.1\r\nHost: a\r\n\r\n');
      const texts = await Promise.all(answers);
      expect(texts.filter((text) => text.includes('HTTP/1.1 200'))).toHaveLength(CONNECTIONS);
      for (const socket of sockets) socket.removeAllListeners('data');
    }
    for (const socket of sockets) socket.resetAndDestroy();
    const agent = new Agent();
    expect((await call('/', 0, agent)).status).toBe(200);
  },
  LONG,
);

test(
  'mixed load: nothing fails, and memory does not grow',
  async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: 30 });
    const until = performance.now() + SECONDS * 1_000;
    let [calls, failed, halfTime] = [0, 0, 0];
    const worker = async (nth: number) => {
      for (let i = nth; performance.now() < until; i++) {
        const upload = i % 3 === 0 ? (i * 7_919) % 200_000 : 0;
        const download = i % 4 === 0 ? (i * 104_729) % 300_000 : 10;
        const { status } = await call(`/?bytes=${download}`, upload, agent).catch(() => ({ status: 0 }));
        calls++;
        if (status !== 200) failed++;
        if (halfTime === 0 && performance.now() > until - SECONDS * 500) halfTime = rssMib();
      }
    };
    await Promise.all(Array.from({ length: 30 }, (_, i) => worker(i)));
    agent.destroy();
    const end = rssMib();
    console.log(
      `${calls} calls in ${SECONDS} s, ${failed} failed; RSS ${halfTime.toFixed(0)} MiB half-way, ${end.toFixed(0)} MiB at the end`,
    );
    expect(failed).toBe(0);
    expect(end - halfTime).toBeLessThan(30);
  },
  LONG,
);
