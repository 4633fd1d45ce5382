// From nothing to a webhook that the apiserver believes: a service account's folder, an apiserver over TLS, and the certificate
// that the injector makes, checked as an apiserver checks it: by the bundle of the configuration and the name of the Service.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from 'node:tls';
import { afterAll, expect, test } from 'vitest';
import { certificateOf } from '../../src/injector/certificates/certificate-source.js';
import { makeAuthority, makeServing } from '../../src/injector/certificates/make-certificates.js';
import { readInjectorFlags } from '../../src/injector/injector-flags.js';
import { InjectorServer } from '../../src/injector/injector-server.js';
import { silentLogger } from '../../src/log/logger.js';
import { SECRET, startApiserver, TOKEN, WEBHOOK } from '../support/injector/fake-apiserver.js';
import { CONFIG } from '../support/injector/webhook.js';

const HOST = 'lattice-auth.mesh.svc';
const account = mkdtempSync(join(tmpdir(), 'account-'));
afterAll(() => rmSync(account, { recursive: true }));

/** The status of `/ready`, asked by the Service's name, trusting this bundle and nothing else. */
function ready(port: number, ca: string, servername: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: '127.0.0.1', port, ca, servername }, () => {
      socket.write(`GET /ready HTTP/1.1\r\nHost: ${servername}\r\nConnection: close\r\n\r\n`);
    });
    socket.on('error', reject).on('data', (text) => resolve(text.toString().split('\r\n', 1)[0] ?? ''));
  });
}

test('a new installation', async () => {
  const period = { from: Date.now(), to: Date.now() + 3_600_000 };
  const cluster = makeAuthority('cluster', period);
  const api = await startApiserver(makeServing(['localhost'], cluster, period));
  writeFileSync(join(account, 'token'), `${TOKEN}\n`);
  writeFileSync(join(account, 'ca.crt'), cluster.certificate);
  const env = { KUBERNETES_SERVICE_HOST: 'localhost', KUBERNETES_SERVICE_PORT: new URL(api.url).port };
  const own = [
    '--certificate-secret',
    'mesh/lattice-auth-tls',
    '--certificate-host',
    HOST,
    '--webhook',
    'lattice-auth',
  ];
  const flags = readInjectorFlags(own, 'injector', '1');
  const { tls, follow } = await certificateOf({ env }, flags, silentLogger, account);
  const stop = follow(() => undefined);
  const listen = { host: '127.0.0.1', port: 0 };
  const server = new InjectorServer({ config: CONFIG, listen, tls, logger: silentLogger });
  const port = await server.listen();
  const { webhooks } = api.objects.get(WEBHOOK) as unknown as { webhooks: { clientConfig: { caBundle: string } }[] };
  const bundle = Buffer.from(webhooks[0]?.clientConfig.caBundle ?? '', 'base64').toString('utf8');
  expect(await ready(port, bundle, HOST)).toBe('HTTP/1.1 200 OK');
  expect(await ready(port, bundle, `${HOST}.cluster.local`)).toBe('HTTP/1.1 200 OK');
  await expect(ready(port, bundle, 'kubernetes.default.svc')).rejects.toThrow(/altname/i);
  await expect(ready(port, cluster.certificate, HOST)).rejects.toThrow();
  expect(Object.keys(api.objects.get(SECRET)?.data ?? {})).toContain('authority.key');
  stop();
  await server.drain(0, 100);
  api.close();
});
