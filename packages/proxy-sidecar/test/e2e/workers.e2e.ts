// Several processes: operators see one sidecar, whichever process serves a request, and stop all of it at once.
import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, test, vi } from 'vitest';
import { ask } from '../support/app.js';
import { CREDENTIALS, REGION } from '../support/sidecar.js';
import { startUpstream, type TestUpstream } from '../support/upstream.js';

const MAIN = fileURLToPath(new URL('../../dist/main.js', import.meta.url));
let upstream: TestUpstream | undefined;
let child: ChildProcess | undefined;
afterEach(() => {
  child?.kill('SIGKILL');
  upstream?.close();
});

test('one /ready, one /metrics, one /shutdown for all workers', async () => {
  upstream = await startUpstream((_request, response) => response.end('x'));
  const env = {
    PATH: process.env.PATH,
    AWS_ACCESS_KEY_ID: CREDENTIALS.accessKeyId,
    AWS_SECRET_ACCESS_KEY: CREDENTIALS.secretAccessKey,
    AWS_SESSION_TOKEN: CREDENTIALS.sessionToken,
    AWS_REGION: REGION,
    LATTICE_AUTH_PROXY_WORKERS: '2',
    LATTICE_AUTH_PROXY_ADMIN_LISTEN_PORT: '0',
  };
  const flags = [
    '--host',
    `127.0.0.1:${upstream.port}`,
    '--upstream-url-scheme',
    'http',
    '--port',
    '0',
    '--drain.linger-ms',
    '50',
  ];
  child = spawn(process.execPath, [MAIN, ...flags], { env });
  const exit = new Promise((resolve) => child?.on('exit', resolve));
  let text = '';
  child.stdout?.on('data', (chunk) => {
    text += chunk;
  });
  const lines = () =>
    text
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line));
  const listening = () => lines().filter(({ message }) => message === 'listening');
  await vi.waitFor(() => expect(listening()).toHaveLength(2), { timeout: 20_000, interval: 50 });
  const [{ outbound, admin: none }] = listening();
  expect(none).toBeUndefined();
  const admin: number = lines().find(({ message }) => message === 'answering for all workers').admin.port;
  await vi.waitFor(async () => expect((await ask(admin, 'GET', '/ready')).status).toBe(200), { timeout: 10_000 });
  for (let index = 0; index < 20; index += 1) expect((await ask(outbound, 'GET', `/${index}`)).status).toBe(200);
  const metrics = (await ask(admin, 'GET', '/metrics')).body;
  expect(metrics).toContain(
    'lattice_auth_proxy_requests_total{direction="outbound",route="default",method="GET",code="200"} 20\n',
  );
  expect(metrics).toContain('lattice_auth_proxy_build_info{version="0.0.0",worker="2"} 1\n');
  expect((await ask(admin, 'POST', '/shutdown')).status).toBe(202);
  expect(await exit).toBe(0);
}, 40_000);
