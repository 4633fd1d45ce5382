// The program as a process: it starts, serves, drains on SIGTERM without losing a request, insists on the second signal,
// replaces workers that die, and never writes a secret.
import { type ChildProcess, spawn } from 'node:child_process';
import { Agent, request as httpRequest } from 'node:http';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, test, vi } from 'vitest';
import { CREDENTIALS, REGION } from '../support/sidecar.js';
import { startUpstream, type TestUpstream } from '../support/upstream.js';

const MAIN = fileURLToPath(new URL('../../dist/main.js', import.meta.url));
let upstream: TestUpstream;
let child: Started | undefined;
afterEach(() => {
  child?.process.kill('SIGKILL');
  upstream?.close();
});

interface Started {
  readonly process: ChildProcess;
  readonly outbound: number;
  readonly admin: number;
  readonly output: () => string;
  readonly exit: Promise<number | null>;
}

async function start(...flags: string[]): Promise<Started> {
  const env = {
    ...process.env,
    AWS_ACCESS_KEY_ID: CREDENTIALS.accessKeyId,
    AWS_SECRET_ACCESS_KEY: CREDENTIALS.secretAccessKey,
    AWS_SESSION_TOKEN: CREDENTIALS.sessionToken,
    AWS_REGION: REGION,
  };
  const target = ['--host', `127.0.0.1:${upstream.port}`, '--upstream-url-scheme', 'http'];
  const ports = ['--port', '127.0.0.1:0', '--admin.listen.port', '0'];
  const process_ = spawn(process.execPath, [MAIN, ...target, ...ports, ...flags], { env });
  let text = '';
  process_.stdout.on('data', (chunk) => {
    text += chunk;
  });
  process_.stderr.on('data', (chunk) => {
    text += chunk;
  });
  const exit = new Promise<number | null>((resolve) => process_.on('exit', resolve));
  const line = await new Promise<string>((resolve, reject) => {
    const timer = setInterval(() => {
      const found = text.split('\n').find((one) => one.includes('"message":"listening"'));
      if (found !== undefined) {
        clearInterval(timer);
        resolve(found);
      }
    }, 10);
    void exit.then((code) => {
      clearInterval(timer);
      reject(new Error(`exited with ${code}: ${text}`));
    });
  });
  const { outbound, admin } = JSON.parse(line) as { outbound: number; admin: number };
  child = { process: process_, outbound, admin, output: () => text, exit };
  return child;
}

function get(port: number, path: string, agent: Agent | false = false): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    const request = httpRequest({ port, path, agent: agent === false ? new Agent() : agent }, (response) => {
      let body = '';
      response.on('data', (chunk) => {
        body += chunk;
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body }));
      response.on('error', reject);
    });
    request.on('error', reject);
    request.end();
  });
}

const tick = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

test('SIGTERM under load: readiness goes red, what is in flight is finished, nothing is cut, exit 0', async () => {
  let slowSeen = false;
  upstream = await startUpstream((request, response) => {
    slowSeen ||= request.url === '/slow';
    setTimeout(() => response.end('x'), request.url === '/slow' ? 2_000 : 5);
  });
  const { process: sidecar, outbound, admin, exit } = await start('--drain.linger-ms', '600');
  expect((await get(admin, '/ready')).status).toBe(200);
  const agent = new Agent({ keepAlive: true, maxSockets: 20 });
  let answered = 0;
  const failures: unknown[] = [];
  let stopped = false;
  const loop = async () => {
    while (!stopped) {
      try {
        const { status } = await get(outbound, '/', agent);
        if (status === 200) answered++;
        else failures.push(status);
      } catch (error) {
        // After the stop, a new connection is refused: that is the point. Anything else is a request that was lost.
        const { code } = error as NodeJS.ErrnoException;
        if (code === 'ECONNREFUSED') return;
        failures.push(code ?? error);
      }
    }
  };
  const loops = Array.from({ length: 20 }, loop);
  await tick(300);
  const slow = get(outbound, '/slow');
  // Not by the clock: the machine may have more to do than this.
  await vi.waitFor(() => expect(slowSeen).toBe(true), { timeout: 5_000, interval: 5 });
  sidecar.kill('SIGTERM');
  await vi.waitFor(async () => expect((await get(admin, '/ready')).status).toBe(503), { timeout: 1_500, interval: 20 });
  expect((await slow).body).toBe('x');
  expect(await exit).toBe(0);
  stopped = true;
  await Promise.all(loops);
  agent.destroy();
  expect(failures).toEqual([]);
  expect(answered).toBeGreaterThan(20);
}, 20_000);

test('a second SIGTERM insists', async () => {
  upstream = await startUpstream(() => undefined);
  const { process: sidecar, outbound, exit } = await start('--drain.deadline-ms', '20000');
  const lost = get(outbound, '/never').catch((error: NodeJS.ErrnoException) => error.code);
  await tick(200);
  sidecar.kill('SIGTERM');
  await tick(100);
  sidecar.kill('SIGTERM');
  expect(await exit).toBe(1);
  expect(await lost).toBe('ECONNRESET');
});

test('what is still in flight at the deadline is cut', async () => {
  upstream = await startUpstream(() => undefined);
  const { process: sidecar, outbound, exit } = await start('--drain.deadline-ms', '300', '--drain.linger-ms', '50');
  const lost = get(outbound, '/never').catch((error: NodeJS.ErrnoException) => error.code);
  await tick(200);
  const from = performance.now();
  sidecar.kill('SIGTERM');
  expect(await exit).toBe(1);
  expect(performance.now() - from).toBeLessThan(3_000);
  await lost;
});

test('a worker that dies is replaced, and the listener stays', async () => {
  upstream = await startUpstream((_request, response) => response.end('x'));
  const { process: sidecar, outbound, exit, output } = await start('--workers', '2', '--port', '127.0.0.1:18643');
  await tick(300);
  const pids = [...output().matchAll(/"pid":(\d+)/g)].map((match) => Number(match[1]));
  expect(new Set(pids).size).toBe(2);
  process.kill(pids[0] ?? 0, 'SIGKILL');
  await tick(100);
  for (let i = 0; i < 5; i++) expect((await get(outbound, '/')).status).toBe(200);
  sidecar.kill('SIGTERM');
  expect(await exit).toBe(0);
}, 20_000);

test('no secret is ever written, at any level', async () => {
  upstream = await startUpstream((_request, response) => response.end('x'));
  const {
    process: sidecar,
    outbound,
    admin,
    output,
    exit,
  } = await start('--log.level', 'debug', '--log.signing', 'true');
  const secret = 'Bearer-of-the-caller-0123456789';
  await new Promise<void>((resolve) => {
    const headers = { authorization: `Bearer ${secret}`, cookie: `session=${secret}` };
    httpRequest({ port: outbound, path: '/a', headers, agent: false }, (response) => {
      response.resume().on('end', () => resolve());
    }).end();
  });
  const metrics = (await get(admin, '/metrics')).body;
  const config = (await get(admin, '/config')).body;
  sidecar.kill('SIGTERM');
  await exit;
  for (const text of [output(), metrics, config]) {
    expect(text).not.toContain(secret);
    expect(text).not.toContain(CREDENTIALS.secretAccessKey);
    expect(text).not.toContain(CREDENTIALS.sessionToken);
    expect(text).not.toMatch(/Signature=[0-9a-f]{64}/);
  }
});

test('a configuration that cannot be used is said in one line, with exit code 64', async () => {
  upstream = await startUpstream((_request, response) => response.end());
  await expect(start('--outbound.pool.connections', 'many')).rejects.toThrow(/exited with 64: .*ERR_SIDECAR_CONFIG/s);
});
