// Servers that are started: reached when they are ready, started again when they end, ended with all that they started.
import { spawn } from 'node:child_process';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { keepRunning } from '../../../src/targets/command-process.js';
import { commandTarget } from '../../../src/targets/command-target.js';
import { withHealthCheck } from '../../../src/targets/health-check.js';
import { isStreaming } from '../../../src/targets/target-parts.js';
import { ask, isAlive, TargetFolder, targetRequest } from '../../support/targets/targets.js';

let folder: TargetFolder;
beforeEach(() => {
  folder = new TargetFolder();
});
afterEach(() => folder.close());

const SERVER = `
import { spawn } from 'node:child_process';
import { createServer } from 'node:http';
const child = spawn('sleep', ['1000'], { stdio: 'ignore' });
console.log('pids', process.pid, child.pid);
console.error('in', process.cwd(), process.env.GREETING);
const server = createServer((request, response) => {
  if (request.url === '/exit') process.exit(7);
  response.end(process.env.GREETING + ' ' + request.url);
});
setTimeout(() => server.listen(Number(process.env.PORT), process.env.LISTEN_HOST), 150);
`;

function server(settings: { port?: number; env?: Record<string, string>; startMs?: number; command?: string[] } = {}) {
  folder.write('server.mjs', SERVER);
  const { port, env = {}, startMs, command = [process.execPath, 'server.mjs'] } = settings;
  const local = { kind: 'command', command, cwd: '.', port, env: { GREETING: 'hello', ...env } } as const;
  return folder.keep(commandTarget(folder.parts(local, '{ type: IP, protocol: HTTP }'), startMs));
}

const pids = async () =>
  await vi.waitFor(() => {
    const found = folder.lines.flatMap((line) => /pids (\d+) (\d+)/.exec(line)?.slice(1).map(Number) ?? []);
    expect(found).not.toEqual([]);
    return found;
  }, 5_000);

async function takenPort() {
  const holder = createServer();
  await new Promise<void>((resolve) => holder.listen(0, '127.0.0.1', resolve));
  const { port } = holder.address() as AddressInfo;
  return { port, free: () => new Promise((resolve) => holder.close(resolve)) };
}

test('the first requests wait for it', async () => {
  const target = server();
  const answers = await Promise.all(['/a', '/b'].map((path) => ask(target, targetRequest({ target: path }))));
  expect(answers).toEqual([
    { status: 200, text: 'hello /a' },
    { status: 200, text: 'hello /b' },
  ]);
  expect(target.address).toMatch(/^127\.0\.0\.1:\d+$/);
  expect(folder.lines).toContainEqual(expect.stringMatching(/^\[orders\] in \/.*local-targets-\w+ hello$/));
});

test('the short way waits too, and can be given up', async () => {
  const target = server();
  const request = { method: 'GET', target: '/short', fields: ['host', 'a'], body: undefined };
  const sink = () => ({
    onInterim: vi.fn(),
    onHead: vi.fn(),
    onData: vi.fn(() => true),
    onEnd: vi.fn(),
    onError: vi.fn(),
  });
  const given = sink();
  target.forward(request, given).cancel();
  const kept = sink();
  target.forward(request, kept);
  await vi.waitFor(() => expect(kept.onEnd).toHaveBeenCalled(), 5_000);
  expect(kept.onHead).toHaveBeenCalledWith(200, expect.anything());
  for (const listener of Object.values(given)) expect(listener).not.toHaveBeenCalled();
});

test('the port that is asked for; in IPv6 alone', async () => {
  const { port, free } = await takenPort();
  await free();
  const target = server({ port, env: { LISTEN_HOST: '::1' } });
  expect((await ask(target)).text).toBe('hello /');
  expect(target.address).toBe(`[::1]:${port}`);
});

test('a port that is taken is no target', async () => {
  const { port, free } = await takenPort();
  const target = server({ port });
  await expect(target.send(targetRequest())).rejects.toMatchObject({
    failure: 'connect',
    message: `the command could not be started: port ${port} is taken`,
  });
  await free();
  expect((await ask(target)).status).toBe(200);
});

test('a port that is about to be free is waited for', async () => {
  const { port, free } = await takenPort();
  const target = server({ port });
  setTimeout(free, 300);
  expect((await ask(target)).status).toBe(200);
  expect(folder.lines.filter((line) => line.includes('could not be started'))).toEqual([]);
});

test('closed while it waits for its port', async () => {
  const { port, free } = await takenPort();
  const target = server({ port });
  const started = Date.now();
  await target.close();
  expect(Date.now() - started).toBeLessThan(1_000);
  await expect(target.send(targetRequest())).rejects.toMatchObject({ message: 'the command has been closed' });
  await free();
});

test('ended and started again', async () => {
  const target = server();
  await ask(target);
  const [first = 0, child = 0] = await pids();
  await expect(target.send(targetRequest({ target: '/exit' }))).rejects.toThrow();
  await vi.waitFor(() => expect([isAlive(first), isAlive(child)]).toEqual([false, false]), 5_000);
  await vi.waitFor(() => expect(folder.lines).toContain('[orders] ended with 7; started again in 100 ms'));
  expect((await ask(target)).status).toBe(200);
});

test('nothing is left after close, what it started included', async () => {
  const target = server();
  await ask(target);
  const all = await pids();
  expect(all.map(isAlive)).toEqual([true, true]);
  await target.close();
  await vi.waitFor(() => expect(all.map(isAlive)).toEqual([false, false]));
});

test.each([
  ['a program that is not there', ['no-such-program-here'], /could not be started: spawn no-such-program-here ENOENT/],
  ['a program that ends', [process.execPath, '-e', 'process.exit(2)'], /^the command ended with 2$/],
])('%s', async (_, command, message) => {
  const target = server({ command: [...command] });
  await expect(target.send(targetRequest())).rejects.toMatchObject({ failure: 'connect', message });
});

test('a program that never listens', async () => {
  const target = server({ command: [process.execPath, '-e', 'setTimeout(() => {}, 60_000)'], startMs: 100 });
  await expect(target.send(targetRequest())).rejects.toMatchObject({ failure: 'connect', message: /within 100 ms/ });
});

test('one that will not end is killed', async () => {
  const target = server({
    command: [
      process.execPath,
      '-e',
      "process.on('SIGTERM', () => {}); console.log('pids', process.pid, process.pid); setTimeout(() => {}, 60_000)",
    ],
  });
  const [pid = 0] = await pids();
  await target.close();
  expect(isAlive(pid)).toBe(false);
}, 10_000);

test('a health check keeps the short way', async () => {
  const check = {
    path: '/health',
    intervalMs: 20,
    timeoutMs: 1_000,
    healthyThreshold: 1,
    unhealthyThreshold: 1,
    matcher: '404',
  };
  const target = folder.keep(withHealthCheck(server(), check, (line) => folder.lines.push(line)));
  expect(isStreaming(target)).toBe(true);
  await vi.waitFor(() => expect(target.healthy).toBe(false), 5_000);
  expect(folder.lines).toContainEqual(expect.stringMatching(/^127\.0\.0\.1:\d+ is unhealthy: it answered 200$/));
});

test('programs that write without line breaks or end in the middle of a line', async () => {
  const script = "process.stdout.write('x'.repeat(20000)); process.stdout.write('\\nlast')";
  const program = keepRunning({
    command: [process.execPath, '-e', script],
    cwd: folder.path,
    env: async () => ({}),
    log: (line) => folder.lines.push(line),
  });
  await vi.waitFor(() => expect(folder.lines).toContain('last'), 5_000);
  await program.close();
  expect(Math.max(...folder.lines.map((line) => line.length))).toBeLessThanOrEqual(8_192);
});

test('nothing is left when this side is killed', async () => {
  folder.write('server.mjs', SERVER);
  const source = new URL('../../../src/targets/command-process.ts', import.meta.url).href;
  folder.write(
    'parent.mjs',
    `import { keepRunning } from ${JSON.stringify(source)};
keepRunning({ command: [process.execPath, 'server.mjs'], cwd: ${JSON.stringify(folder.path)}, env: async () => ({ PORT: '0' }), log: console.log });
setTimeout(() => {}, 60_000);`,
  );
  const parent = spawn(process.execPath, ['parent.mjs'], { cwd: folder.path, stdio: ['ignore', 'pipe', 'inherit'] });
  parent.stdout.setEncoding('utf8').on('data', (text: string) => folder.lines.push(...text.split('\n')));
  const all = await pids();
  expect(all.map(isAlive)).toEqual([true, true]);
  parent.kill('SIGKILL');
  await vi.waitFor(() => expect(all.map(isAlive)).toEqual([false, false]), 6_000);
}, 15_000);
