// `--check-config`: an answer and an exit code, and nothing runs.
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { runProxy } from '../../src/run-proxy.js';
import { orderPolicy, PolicyFolder, STACK } from '../support/policy-files.js';

const folders: PolicyFolder[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) folder.remove();
});

async function check(files: Record<string, string>, ...flags: string[]) {
  const folder = new PolicyFolder().write(files);
  folders.push(folder);
  let out = '';
  let err = '';
  const code = await runProxy({
    argv: ['--check-config', '-c', join(folder.path, 'sidecar.yaml'), ...flags],
    env: { LATTICE_AUTH_PROXY_POLICIES_STACK: folder.stack },
    command: 'lattice-auth-proxy',
    stdout: (text) => {
      out += text;
    },
    stderr: (text) => {
      err += text.replaceAll(`${folder.path}/`, '');
    },
  });
  return { code, out, err };
}

const config = 'policies: { caller: web }\noutbound: { preflight: enforce }\n';

test('usable: 0, with what is less safe than it could be', async () => {
  const files = { 'sidecar.yaml': config, 'stack.yaml': STACK, 'orders.json': orderPolicy('GET') };
  expect(await check(files)).toEqual({ code: 0, out: 'the configuration is usable\n', err: '' });
  const { code, err } = await check(files, '--no-verify-ssl');
  expect([code, err]).toEqual([0, 'warning: certificates of upstreams are not checked\n']);
});

test('a policy that cannot be used: 64, and where', async () => {
  const files = { 'sidecar.yaml': config, 'stack.yaml': STACK, 'orders.json': '{}' };
  const { code, out, err } = await check(files);
  expect([code, out]).toEqual([64, '']);
  expect(err).toMatch(/^orders\.json:1:1: .* \(ERR_SIDECAR_CONFIG\)\n$/);
});

test('a configuration that cannot be used: 64, and where', async () => {
  const { code, err } = await check({ 'sidecar.yaml': `${config}worker: 2\n` });
  expect([code, err]).toEqual([
    64,
    'sidecar.yaml:3:1: unknown setting `worker`; did you mean `workers`? (ERR_SIDECAR_CONFIG)\n',
  ]);
});
