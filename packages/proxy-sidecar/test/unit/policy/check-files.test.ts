// --check-config looks at the files too: all that is wrong is said before anything runs.
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { defaults, type SidecarConfig } from '../../../src/config/sidecar-config.js';
import { unusableFiles } from '../../../src/policy/check-files.js';
import { orderPolicy, PolicyFolder, STACK } from '../../support/policy-files.js';

const folders: PolicyFolder[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) folder.remove();
});

test('policies, keys and certificates that are used, and no others', async () => {
  const folder = new PolicyFolder().write({
    'stack.yaml': STACK,
    'orders.json': orderPolicy('GET'),
    'bad.json': '{',
    'cert.pem': '-----BEGIN CERTIFICATE-----\n',
  });
  folders.push(folder);
  const at = (name: string) => join(folder.path, name);
  const good: SidecarConfig = {
    ...defaults,
    outbound: {
      ...defaults.outbound,
      preflight: 'enforce',
      tls: { certFile: at('cert.pem'), keyFile: at('cert.pem') },
    },
    inbound: { ...defaults.inbound, verify: { keysFile: at('none.json'), region: 'eu-west-1' } },
    policies: { ...defaults.policies, stack: folder.stack, caller: 'web' },
  };
  expect(await unusableFiles(good)).toEqual([]);
  const bad: SidecarConfig = {
    ...good,
    outbound: {
      ...good.outbound,
      tls: { certFile: at('cert.pem'), keyFile: at('orders.json'), clientCaFile: at('no.pem') },
    },
    inbound: { ...good.inbound, enabled: true },
    policies: { ...good.policies, inbound: [at('bad.json')] },
  };
  const problems = (await unusableFiles(bad)).map((problem) => problem.replace(`${folder.path}/`, ''));
  expect(problems).toEqual([
    expect.stringMatching(/^bad\.json:1:\d+: /),
    'none.json: cannot be read (ENOENT)',
    'orders.json: not a PEM file',
    'no.pem: cannot be read (ENOENT)',
  ]);
  expect(await unusableFiles(defaults)).toEqual([]);
});
