// tls.test.ts — certificates that are made here, and server names that are read from the first bytes of a connection.
import { execFileSync } from 'node:child_process';
import { createPublicKey, X509Certificate } from 'node:crypto';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { readServerName } from '../../src/data-plane/client-hello.js';
import { createAuthority, createLeaf, readKey } from '../../src/tls/certificate.js';
import { oid, time } from '../../src/tls/der.js';
import { createLocalAuthority } from '../../src/tls/local-authority.js';

const folder = mkdtempSync(join(tmpdir(), 'local-lattice-tls-'));
afterAll(() => rmSync(folder, { recursive: true }));

// The system's own.
const OPENSSL: string = 'openssl';
const NOW = new Date('2026-11-21T10:00:00Z');

describe('certificates', () => {
  const pair = createAuthority('Test CA', NOW);
  const key = readKey(pair.key);
  const issuer = { name: 'Test CA', key, publicKey: createPublicKey(key) };

  test('an authority signs itself, and may sign others', () => {
    const certificate = new X509Certificate(pair.certificate);
    expect(certificate.ca).toBe(true);
    expect(certificate.verify(certificate.publicKey)).toBe(true);
    expect(certificate.checkPrivateKey(key)).toBe(true);
  });

  test('a leaf is for its names, and for nothing else', () => {
    const leaf = new X509Certificate(createLeaf(issuer, ['orders.example.com', '127.0.0.1'], NOW).certificate);
    expect(leaf.ca).toBe(false);
    expect(leaf.checkIssued(new X509Certificate(pair.certificate))).toBe(true);
    expect(leaf.verify(issuer.publicKey)).toBe(true);
    expect(leaf.checkHost('orders.example.com')).toBe('orders.example.com');
    expect(leaf.checkHost('example.com')).toBeUndefined();
    expect(leaf.checkIP('127.0.0.1')).toBe('127.0.0.1');
    expect(leaf.validFrom).toMatch(/^Nov 20 .* 2026/);
    expect(leaf.validTo).toMatch(/^Dec 23 .* 2027/);
  });

  test('openssl agrees, in its strict mode', () => {
    const leaf = createLeaf(issuer, ['orders.example.com'], new Date());
    const [ca, file] = [join(folder, 'ca.pem'), join(folder, 'leaf.pem')];
    writeFileSync(ca, pair.certificate);
    writeFileSync(file, leaf.certificate);
    const flags = ['-x509_strict', '-purpose', 'sslserver', '-verify_hostname', 'orders.example.com'];
    expect(execFileSync(OPENSSL, ['verify', ...flags, '-CAfile', ca, file]).toString()).toMatch(/: OK\n$/);
  });
});

test('DER of identifiers and times', () => {
  expect(oid('1.2.840.10045.4.3.2').toString('hex')).toBe('06082a8648ce3d040302');
  expect(time(new Date('2049-12-31T23:59:59Z')).toString('latin1', 2)).toBe('491231235959Z');
  expect(time(new Date('2050-01-01T00:00:00Z')).toString('latin1', 2)).toBe('20500101000000Z');
});

describe('the authority that is kept', () => {
  test('is the same the next time, its key for nobody else', () => {
    const where = join(folder, 'kept');
    const { certificate } = createLocalAuthority(where);
    expect(createLocalAuthority(where).certificate).toBe(certificate);
    expect(statSync(join(where, 'ca-key.pem')).mode & 0o777).toBe(0o600);
    expect(createLocalAuthority(undefined).certificate).not.toBe(certificate);
  });

  test('is made anew when what is kept is of no use, and says so when it can not be', () => {
    const where = join(folder, 'broken');
    const { certificate } = createLocalAuthority(where);
    writeFileSync(join(where, 'ca-key.pem'), 'nonsense');
    expect(createLocalAuthority(where).certificate).not.toBe(certificate);
    const file = join(folder, 'a-file');
    writeFileSync(file, '');
    expect(() => createLocalAuthority(join(file, 'x')).certificate).toThrow(
      expect.objectContaining({ code: 'ERR_LOCAL_FILE' }),
    );
  });
});

describe('server names', () => {
  test('hostile bytes give no name, and never throw', () => {
    const start = Buffer.from([22, 3, 1, 0, 80, 1, 0, 0, 76]);
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.boolean(), (bytes, plausible) => {
        const read = readServerName(plausible ? Buffer.concat([start, bytes]) : bytes);
        expect(['more', 'name']).toContain(read.kind);
      }),
    );
  });

  test('records without a handshake in them are not waited for', () => {
    expect(readServerName(Buffer.from([22, 3, 1, 0, 0]))).toEqual({ kind: 'name', name: undefined });
    expect(readServerName(Buffer.from([22, 3, 1, 0, 4, 2, 0, 0, 0]))).toEqual({ kind: 'name', name: undefined });
    expect(readServerName(Buffer.from([22, 3, 1, 255, 255]))).toEqual({ kind: 'name', name: undefined });
  });
});
