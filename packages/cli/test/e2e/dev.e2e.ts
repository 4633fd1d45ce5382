// `lattice-auth dev` as a process: ready, reached, reloaded, ended.
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { runCli } from '../support/run-cli.js';

const main = fileURLToPath(new URL('../../dist/main.js', import.meta.url));
const HOST = 'orders-0123456789abcdef0.7d67968.vpc-lattice-svcs.eu-west-1.on.aws';

let folder: string;
let upstream: Server;
let child: ChildProcess | undefined;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'lattice-auth-dev-'));
  upstream = createServer((_request, response) => void response.end('from the target'));
  await new Promise<void>((resolve) => upstream.listen(0, '127.0.0.1', resolve));
  writeStack('/open');
});

afterEach(async () => {
  if (child?.exitCode === null && child.signalCode === null) {
    child.kill('SIGKILL');
    await once(child, 'exit');
  }
  child = undefined;
  await new Promise((resolve) => upstream.close(resolve));
  rmSync(folder, { recursive: true });
});

const write = (name: string, text: string) => {
  writeFileSync(join(folder, `.${name}.new`), text);
  renameSync(join(folder, `.${name}.new`), join(folder, name));
};

function writePolicy(path: string): void {
  const Statement = { Effect: 'Allow', Principal: '*', Action: 'vpc-lattice-svcs:Invoke', Resource: `*${path}` };
  write('policy.json', JSON.stringify({ Version: '2012-10-17', Statement }));
}

function writeStack(path: string): void {
  writePolicy(path);
  const { port } = upstream.address() as AddressInfo;
  write(
    'stack.yaml',
    `region: eu-west-1
account: "111122223333"
vpcs: { front: { id: vpc-0a1b2c3d } }
serviceNetworks: { net: { id: sn-0123456789abcdef0, vpcs: [front], services: [orders] } }
services:
  orders:
    id: svc-0123456789abcdef0
    authType: AWS_IAM
    authPolicy: ./policy.json
    listeners: { http: { protocol: HTTP, defaultAction: { forward: main } } }
targetGroups: { main: { type: IP, protocol: HTTP, port: 80 } }
principals: { web: { arn: "arn:aws:iam::111122223333:role/web", vpc: front } }
local:
  defaultVpc: front
  targetGroups: { main: { targets: [{ url: "http://127.0.0.1:${port}" }] } }
`,
  );
}

interface Ready {
  readonly httpUrl: string;
  readonly controlUrl: string;
  readonly services: readonly unknown[];
}

/** Starts, and waits until it is ready. */
async function start(flags: readonly string[] = []): Promise<{ ready: Ready; stderr: () => string }> {
  const ports = ['--http-port', '0', '--https-port', '0', '--control-port', '0'];
  const started = spawn(process.execPath, [main, 'dev', ...ports, '--json', ...flags], { cwd: folder });
  child = started;
  let stdout = '';
  let stderr = '';
  started.stderr.on('data', (chunk) => {
    stderr += chunk;
  });
  for await (const chunk of started.stdout) {
    stdout += chunk;
    if (stdout.includes('\n')) break;
  }
  if (stdout === '') throw new Error(stderr);
  return { ready: JSON.parse(stdout.split('\n', 1)[0] ?? '') as Ready, stderr: () => stderr };
}

async function statusOf({ httpUrl }: Ready, path: string): Promise<string> {
  const args = ['-q', '-s', '-o', '/dev/null', '-w', '%{http_code}', '--connect-to', `::${new URL(httpUrl).host}`];
  return new Promise((resolve) => {
    execFile('curl', [...args, `http://${HOST}${path}`], (_error, stdout) => resolve(stdout));
  });
}

test('it says what is where, answers, logs, and ends with 0', async () => {
  const log = join(folder, 'access.log');
  const { ready } = await start(['--access-log', log, '--ca-dir', 'ca']);
  expect(ready.services).toEqual([{ name: 'orders', url: `http://${HOST}` }]);
  expect(await statusOf(ready, '/open')).toBe('200');
  expect(await statusOf(ready, '/closed')).toBe('403');
  expect(await (await fetch(`${ready.controlUrl}/healthz`)).text()).toBe('ok\n');
  expect(readFileSync(join(folder, 'ca', 'ca.pem'), 'utf8')).toMatch(/BEGIN CERTIFICATE/);
  child?.kill('SIGTERM');
  expect(await once(child as ChildProcess, 'exit')).toEqual([0, null]);
  const lines = readFileSync(log, 'utf8').trimEnd().split('\n');
  expect(lines.map((line) => JSON.parse(line) as unknown)).toMatchObject([
    { requestPath: '/open', responseCode: 200, authDeniedReason: '-', failureReason: '-' },
    { requestPath: '/closed', responseCode: 403, authDeniedReason: 'Service', failureReason: 'ClientAccessDenied' },
  ]);
});

test('it reloads what has changed, and keeps the last good', async () => {
  const { ready, stderr } = await start();
  expect(await statusOf(ready, '/other')).toBe('403');
  writePolicy('/other');
  await expect.poll(() => statusOf(ready, '/other'), { timeout: 5_000 }).toBe('200');
  write('policy.json', '{ "Statement": [');
  await expect.poll(stderr, { timeout: 5_000 }).toMatch(/policy\.json:1:\d+: error: .*\n.*the last good stack stays/);
  expect(await statusOf(ready, '/other')).toBe('200');
  writePolicy('/open');
  await expect.poll(() => statusOf(ready, '/other'), { timeout: 5_000 }).toBe('403');
  child?.kill('SIGINT');
  expect(await once(child as ChildProcess, 'exit')).toEqual([0, null]);
});

test('for people it says what to type', async () => {
  const started = spawn(
    process.execPath,
    [main, 'dev', '--http-port', '0', '--https-port', '0', '--control-port', '0'],
    {
      cwd: folder,
    },
  );
  child = started;
  let text = '';
  for await (const chunk of started.stdout) {
    text += chunk;
    if (text.includes('aws-sigv4')) break;
  }
  expect(text).toMatch(/^ready: stack\.yaml\n/);
  expect(text).toMatch(new RegExp(`curl --connect-to ::127\\.0\\.0\\.1:\\d+ http://${HOST}/\n`));
  expect(text).toMatch(/front: curl --interface 127\.0\.1\.1/);
  started.kill('SIGTERM');
  expect(await once(started, 'exit')).toEqual([0, null]);
});

test('what can not be started says why, with exit code 2', async () => {
  const missing = await runCli(['dev', '--stack', 'none.yaml'], { cwd: folder });
  expect(missing).toMatchObject({ code: 2, stderr: expect.stringContaining('there is no file `none.yaml`') });
  const { port } = upstream.address() as AddressInfo;
  const taken = await runCli(['dev', '--http-port', String(port)], { cwd: folder });
  expect(taken).toMatchObject({ code: 2, stderr: expect.stringMatching(/EADDRINUSE.*\[ERR_LOCAL_LISTEN\]/) });
  write('stack.yaml', 'services: 1');
  const broken = await runCli(['dev'], { cwd: folder });
  expect(broken).toMatchObject({ code: 2, stderr: expect.stringContaining('stack.yaml:1:') });
  const usage = await runCli(['dev', '--http-port', 'x'], { cwd: folder });
  expect(usage).toMatchObject({ code: 2, stderr: expect.stringContaining('ERR_CLI_USAGE') });
});
