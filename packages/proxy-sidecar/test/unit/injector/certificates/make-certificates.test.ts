// Certificates of the injector's own, read by Node and used in a handshake.
import { X509Certificate } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { connect, createServer } from 'node:tls';
import { expect, test } from 'vitest';
import { makeAuthority, makeServing } from '../../../../src/injector/certificates/make-certificates.js';

const DAY_MS = 86_400_000;
const now = Date.now();
const authority = makeAuthority('lattice-auth', { from: now, to: now + 30 * DAY_MS });
const HOST = 'lattice-auth.mesh.svc';
const serving = makeServing([HOST, `${HOST}.cluster.local`], authority, { from: now, to: now + DAY_MS });

test('the authority is one, and signs the certificate', () => {
  const ca = new X509Certificate(authority.certificate);
  const certificate = new X509Certificate(serving.certificate);
  expect({ ca: ca.ca, subject: ca.subject, own: ca.verify(ca.publicKey) }).toEqual({
    ca: true,
    subject: 'CN=lattice-auth',
    own: true,
  });
  expect(certificate.ca).toBe(false);
  expect(certificate.checkIssued(ca)).toBe(true);
  expect(certificate.verify(ca.publicKey)).toBe(true);
  expect(certificate.subjectAltName).toBe(`DNS:${HOST}, DNS:${HOST}.cluster.local`);
  expect(certificate.keyUsage).toEqual(['1.3.6.1.5.5.7.3.1']);
  expect(Math.round((Date.parse(certificate.validTo) - now) / DAY_MS)).toBe(1);
  expect(Date.parse(certificate.validFrom)).toBeLessThan(now);
});

test('a client that trusts the authority, and nobody else, shakes hands by the name', async () => {
  const server = createServer({ cert: serving.certificate, key: serving.key }, (socket) => socket.end('hello'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const shake = (servername: string, ca: string) =>
    new Promise<string>((resolve, reject) => {
      const socket = connect({ host: '127.0.0.1', port, servername, ca });
      socket.on('data', (text) => resolve(text.toString())).on('error', reject);
    });
  try {
    expect(await shake(HOST, authority.certificate)).toBe('hello');
    await expect(shake('other.mesh.svc', authority.certificate)).rejects.toThrow(/altname|Hostname/i);
    const other = makeAuthority('lattice-auth', { from: now, to: now + DAY_MS });
    await expect(shake(HOST, other.certificate)).rejects.toThrow();
  } finally {
    server.close();
  }
});
