// `lattice-auth proxy`: the sidecar's own flags, help and exit codes, and a process that ends when it is told to.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { runCli } from '../support/run-cli.js';

const main = fileURLToPath(new URL('../../dist/main.js', import.meta.url));
const credentials = { AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE', AWS_SECRET_ACCESS_KEY: 'example-secret' };

test('help is the sidecar’s, under our name', async () => {
  const { code, stdout } = await runCli(['proxy', '--help']);
  expect(code).toBe(0);
  expect(stdout).toContain('Usage: lattice-auth proxy');
  expect(stdout).toContain('--check-config');
});

test('flags are the sidecar’s, those of the old proxy too', async () => {
  const flags = ['--check-config', '--name', 'vpc-lattice-svcs', '--region', 'eu-west-1', '--unsigned-payload'];
  expect(await runCli(['proxy', ...flags])).toMatchObject({ code: 0, stdout: 'the configuration is usable\n' });
  expect(await runCli(['proxy', '--nme', 'x'])).toMatchObject({ code: 64, stderr: expect.stringContaining('--name') });
});

test('it runs until SIGTERM, and ends with 0', async () => {
  const flags = ['--port', '127.0.0.1:0', '--region', 'eu-west-1'];
  const env = { ...credentials, LATTICE_AUTH_PROXY_ADMIN_ENABLED: 'false' };
  const child = spawn(process.execPath, [main, 'proxy', ...flags], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for await (const chunk of child.stdout) {
    output += chunk;
    if (output.includes('"listening"')) break;
  }
  child.kill('SIGTERM');
  expect((await once(child, 'exit'))[0]).toBe(0);
  expect(output).not.toContain(credentials.AWS_SECRET_ACCESS_KEY);
});
