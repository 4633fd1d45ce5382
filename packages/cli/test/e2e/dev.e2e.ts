// `lattice-auth dev` as a process: ready, reached, reloaded, ended.
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
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
    child.kill('SIGTERM');
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
    customDomain: orders.example.com
    listeners:
      http: { protocol: HTTP, defaultAction: { forward: main } }
      https: { protocol: HTTPS, defaultAction: { forward: main } }
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
  readonly caFile: string;
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
  expect(ready).toEqual({
    stackFile: expect.stringMatching(/stack\.yaml$/),
    httpUrl: expect.stringMatching(/^http:/),
    httpsUrl: expect.stringMatching(/^https:/),
    controlUrl: expect.stringMatching(/^http:/),
    stsUrl: `${ready.controlUrl}/sts`,
    caFile: expect.stringMatching(/ca\/ca\.pem$/),
    vpcHeader: null,
    services: [
      {
        name: 'orders',
        arn: 'arn:aws:vpc-lattice:eu-west-1:111122223333:service/svc-0123456789abcdef0',
        region: 'eu-west-1',
        url: 'http://orders.example.com',
        hosts: ['orders.example.com', HOST],
        listeners: [
          { name: 'http', protocol: 'HTTP', port: 80 },
          { name: 'https', protocol: 'HTTPS', port: 443 },
        ],
        curl: `curl --connect-to ::${new URL(ready.httpUrl).host} http://orders.example.com/`,
      },
    ],
    vpcs: [{ name: 'front', id: 'vpc-0a1b2c3d', address: '127.0.1.1', port: null }],
    principals: [
      {
        name: 'web',
        arn: 'arn:aws:iam::111122223333:role/web',
        accessKeyId: expect.stringMatching(/^AKIA/),
        secretAccessKey: expect.stringMatching(/^.{40}$/),
        credentialsUrl: `${ready.controlUrl}/credentials/web`,
      },
    ],
  });
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

test('links on the way to a policy are followed when they are swapped', async () => {
  const stack = readFileSync(join(folder, 'stack.yaml'), 'utf8');
  const next = (name: string, path: string) => {
    writePolicy(path);
    mkdirSync(join(folder, name));
    renameSync(join(folder, 'policy.json'), join(folder, name, 'policy.json'));
    symlinkSync(name, join(folder, '.data'));
    renameSync(join(folder, '.data'), join(folder, 'data'));
  };
  next('one', '/first');
  symlinkSync('data/policy.json', join(folder, 'linked.json'));
  write('stack.yaml', stack.replace('./policy.json', './linked.json'));
  const { ready } = await start();
  expect(await statusOf(ready, '/first')).toBe('200');
  for (const [name, path] of [
    ['two', '/second'],
    ['three', '/third'],
  ] as const) {
    next(name, path);
    await expect.poll(() => statusOf(ready, path), { timeout: 5_000 }).toBe('200');
  }
});

test('a folder that takes the place of another is read', async () => {
  const stack = readFileSync(join(folder, 'stack.yaml'), 'utf8');
  for (const [name, path] of [
    ['policies', '/first'],
    ['others', '/second'],
  ] as const) {
    mkdirSync(join(folder, name));
    writePolicy(path);
    renameSync(join(folder, 'policy.json'), join(folder, name, 'policy.json'));
  }
  write('stack.yaml', stack.replace('./policy.json', './policies/policy.json'));
  const { ready } = await start();
  expect(await statusOf(ready, '/first')).toBe('200');
  renameSync(join(folder, 'policies'), join(folder, 'before'));
  renameSync(join(folder, 'others'), join(folder, 'policies'));
  await expect.poll(() => statusOf(ready, '/second'), { timeout: 5_000 }).toBe('200');
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
    if (text.includes('CONTAINER_CREDENTIALS')) break;
  }
  expect(text).toMatch(/^ready: stack\.yaml\n/);
  const lines = [...text.matchAll(/^ {2}(curl .*)$/gm)].map(([, line = '']) => line);
  const typed = await Promise.all(
    lines.map((line) => promisify(execFile)('/bin/sh', ['-c', `${line} -q -sS -o /dev/null -w '%{http_code}'`])),
  );
  // The service, the same from a VPC, and as a principal: the policy lets nobody do anything at `/`.
  expect(typed.map(({ stdout }) => stdout)).toEqual(['403', '403', '403']);
  expect(lines[1]).toMatch(/^curl --interface 127\.0\.1\.1 --connect-to/);
  expect(lines[2]).toMatch(/^curl --aws-sigv4 aws:amz:eu-west-1:vpc-lattice-svcs/);
  started.kill('SIGTERM');
  expect(await once(started, 'exit')).toEqual([0, null]);
});

test('what can not be started says why, with exit code 2', async () => {
  const missing = await runCli(['dev', '--stack', 'none.yaml'], { cwd: folder });
  expect(missing).toMatchObject({ code: 2, stderr: expect.stringContaining('there is no file `none.yaml`') });
  const { port } = upstream.address() as AddressInfo;
  const taken = await runCli(['dev', '--http-port', String(port)], { cwd: folder });
  expect(taken).toMatchObject({ code: 2, stderr: expect.stringMatching(/EADDRINUSE.*\[ERR_LOCAL_LISTEN\]/) });
  const noLog = await runCli(['dev', '--access-log', 'none/access.log'], { cwd: folder });
  expect(noLog).toMatchObject({ code: 2, stderr: expect.stringMatching(/access\.log.*\(ENOENT\) \[ERR_LOCAL_FILE\]/) });
  write('stack.yaml', 'services: 1');
  const broken = await runCli(['dev'], { cwd: folder });
  expect(broken).toMatchObject({ code: 2, stderr: expect.stringContaining('stack.yaml:1:') });
  const usage = await runCli(['dev', '--http-port', 'x'], { cwd: folder });
  expect(usage).toMatchObject({ code: 2, stderr: expect.stringContaining('ERR_CLI_USAGE') });
});

test('the CA is in a file for as long as it runs, and clients trust it', async () => {
  const { ready } = await start();
  const args = ['-q', '-sS', '--cacert', ready.caFile, '-x', ready.httpUrl, 'https://orders.example.com/open'];
  expect((await promisify(execFile)('curl', args)).stdout).toBe('from the target');
  child?.kill('SIGTERM');
  await once(child as ChildProcess, 'exit');
  expect(existsSync(ready.caFile)).toBe(false);
});
