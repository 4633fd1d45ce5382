// The injector's own certificates, against an apiserver on loopback: made once by however many replicas, made known before they
// are used, renewed in time, and the old authority believed until it ends.
import { X509Certificate } from 'node:crypto';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { apiserver } from '../../../../src/injector/certificates/apiserver.js';
import { readKept } from '../../../../src/injector/certificates/kept-certificates.js';
import { makeAuthority, makeServing } from '../../../../src/injector/certificates/make-certificates.js';
import {
  ensureCertificates,
  followCertificates,
  type RotationOptions,
} from '../../../../src/injector/certificates/rotate.js';
import { silentLogger } from '../../../../src/log/logger.js';
import {
  type FakeApiserver,
  SECRET,
  startApiserver,
  TOKEN,
  WEBHOOK,
} from '../../../support/injector/fake-apiserver.js';

const DAY_MS = 86_400_000;
const HOST = 'lattice-auth.mesh.svc';
let api: FakeApiserver;
let now = Date.now();

beforeEach(async () => {
  now = Date.now();
  api = await startApiserver();
});
afterEach(() => api.close());

const options = (more: Partial<RotationOptions> = {}): RotationOptions => ({
  call: apiserver({ url: api.url, token: () => TOKEN, ca: () => undefined }),
  namespace: 'mesh',
  secret: 'lattice-auth-tls',
  webhook: 'lattice-auth',
  hosts: [HOST],
  lifetimes: { authorityMs: 90 * DAY_MS, servingMs: 30 * DAY_MS },
  now: () => now,
  ...more,
});

const kept = () => readKept(api.objects.get(SECRET)?.data);
const bundle = () => {
  const { webhooks } = api.objects.get(WEBHOOK) as unknown as { webhooks: { clientConfig: { caBundle: string } }[] };
  return Buffer.from(webhooks[0]?.clientConfig.caBundle ?? '', 'base64').toString('utf8');
};
const certificatesIn = (text: string) => text.split(/(?=-----BEGIN)/).filter(Boolean);
/** As clients do it: an issuer is looked for by its name, and then must have signed. */
function isBelieved(text: string): boolean {
  const certificate = new X509Certificate(text);
  const issuers = certificatesIn(bundle()).map((ca) => new X509Certificate(ca));
  const [issuer, another] = issuers.filter(({ subject }) => subject === certificate.issuer);
  expect(another).toBeUndefined();
  expect(certificate.subject).not.toBe(certificate.issuer);
  return issuer !== undefined && certificate.checkIssued(issuer) && certificate.verify(issuer.publicKey);
}

test('the first replica makes them, the next takes them, and nothing is written twice', async () => {
  const first = await ensureCertificates(options());
  expect(isBelieved(first.certificate)).toBe(true);
  expect(new X509Certificate(first.certificate).checkHost(HOST)).toBe(HOST);
  const writes = () => api.calls.filter((call) => !call.startsWith('GET')).length;
  const before = writes();
  expect(await ensureCertificates(options())).toEqual(first);
  expect(writes()).toBe(before);
});

test('replicas that start together agree', async () => {
  const all = await Promise.all(Array.from({ length: 5 }, () => ensureCertificates(options())));
  expect(new Set(all.map(({ certificate }) => certificate)).size).toBe(1);
  expect(isBelieved(all[0]?.certificate ?? '')).toBe(true);
});

test('the certificate is renewed with a third of its time left, by the same authority', async () => {
  const first = await ensureCertificates(options());
  now += 19 * DAY_MS;
  expect(await ensureCertificates(options())).toEqual(first);
  now += 2 * DAY_MS;
  const before = bundle();
  const second = await ensureCertificates(options());
  expect(second.certificate).not.toBe(first.certificate);
  expect(bundle()).toBe(before);
});

test('a new authority is believed beside the old one, until that has ended', async () => {
  const first = await ensureCertificates(options());
  now += 65 * DAY_MS;
  const second = await ensureCertificates(options());
  expect(certificatesIn(bundle())).toHaveLength(2);
  expect([isBelieved(first.certificate), isBelieved(second.certificate)]).toEqual([true, true]);
  now += 65 * DAY_MS;
  await ensureCertificates(options());
  expect(certificatesIn(bundle())).toHaveLength(2);
  expect(isBelieved(first.certificate)).toBe(false);
});

test('through two years the certificate that is shown is good, and believed', async () => {
  for (let day = 0; day < 730; day += 9) {
    now += 9 * DAY_MS;
    const { certificate } = await ensureCertificates(options());
    expect(Date.parse(new X509Certificate(certificate).validTo)).toBeGreaterThan(now + 9 * DAY_MS);
    expect(isBelieved(certificate)).toBe(true);
  }
});

test('what somebody else has written meanwhile is taken, not overwritten', async () => {
  const other = await startApiserver();
  const theirs = await ensureCertificates(
    options({ call: apiserver({ url: other.url, token: () => TOKEN, ca: () => undefined }) }),
  );
  let first = true;
  api.beforeWrite = () => {
    if (first) api.objects.set(SECRET, other.objects.get(SECRET) ?? { metadata: {} });
    first = false;
    return undefined;
  };
  expect(await ensureCertificates(options())).toEqual(theirs);
  other.close();
});

test('another name of the Service, and a Secret that is broken, make new certificates', async () => {
  const first = await ensureCertificates(options());
  const named = await ensureCertificates(options({ hosts: ['other.mesh.svc'] }));
  expect(named.certificate).not.toBe(first.certificate);
  const secret = api.objects.get(SECRET);
  api.objects.set(SECRET, { metadata: secret?.metadata ?? {}, data: { ...secret?.data, 'tls.crt': 'AAAA' } });
  expect(isBelieved((await ensureCertificates(options())).certificate)).toBe(true);
  expect(kept()).toBeDefined();
});

test('refusals are said without what was sent', async () => {
  await expect(ensureCertificates(options({ webhook: 'none' }))).rejects.toThrow(/read the webhook configuration: 404/);
  api.beforeWrite = () => 403;
  api.objects.delete(SECRET);
  await expect(ensureCertificates(options())).rejects.toThrow(/write the Secret: 403/);
  api.beforeWrite = () => 409;
  await expect(ensureCertificates(options())).rejects.toThrow(/all the time/);
  const call = apiserver({ url: api.url, token: () => 'wrong', ca: () => undefined });
  await expect(ensureCertificates(options({ call }))).rejects.toThrow(/read the Secret: 401/);
});

test('the apiserver is asked over TLS, and only if it is the one of this cluster', async () => {
  const authority = makeAuthority('cluster', { from: now, to: now + DAY_MS });
  const { certificate, key } = makeServing(['localhost'], authority, { from: now, to: now + DAY_MS });
  const server = createServer({ cert: certificate, key }, (_request, response) => response.end('{"a":1}'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `https://localhost:${(server.address() as AddressInfo).port}`;
  const call = apiserver({ url, token: () => TOKEN, ca: () => authority.certificate });
  expect(await call('GET', '/api')).toEqual({ status: 200, body: { a: 1 } });
  const other = makeAuthority('cluster', { from: now, to: now + DAY_MS });
  await expect(apiserver({ url, token: () => TOKEN, ca: () => other.certificate })('GET', '/')).rejects.toThrow();
  server.close();
});

test('who follows is given each new one, and failures in between change nothing', async () => {
  const first = await ensureCertificates(options());
  const given: string[] = [];
  const errors: string[] = [];
  const logger = { ...silentLogger, error: (message: string) => void errors.push(message) };
  const pauses = { lookMs: 20, retryMs: 5 };
  const stop = followCertificates(options(), first, ({ certificate }) => given.push(certificate), logger, pauses);
  api.beforeWrite = () => 500;
  now += 25 * DAY_MS;
  await vi.waitFor(() => expect(errors.length).toBeGreaterThan(0), 5_000);
  expect(given).toEqual([]);
  api.beforeWrite = () => undefined;
  await vi.waitFor(() => expect(given).toHaveLength(1), 5_000);
  expect(given[0]).not.toBe(first.certificate);
  stop();
});
