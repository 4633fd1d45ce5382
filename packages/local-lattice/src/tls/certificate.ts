// certificate.ts — X.509 certificates for names on this machine (RFC 5280): one authority, and leaves that it signs. Made
// with node:crypto and a handful of DER, since the libraries for it take longer to load than all else takes to start
// (docs/decisions).
import { createHash, createPrivateKey, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import { isIP } from 'node:net';
import { bits, boolean, context, ia5, integer, octets, oid, sequence, set, time, utf8 } from './der.js';

/** A certificate and its private key, both as PEM. */
export interface CertificateAndKey {
  readonly certificate: string;
  readonly key: string;
}

/** Who signs. */
export interface Issuer {
  readonly name: string;
  readonly key: KeyObject;
  readonly publicKey: KeyObject;
}

const DAY_MS = 86_400_000;
// Clients refuse longer ones: 825 days for leaves (macOS); an authority may live longer.
const LEAF_DAYS = 397;
const AUTHORITY_DAYS = 3_650;
const ECDSA_SHA256 = sequence(oid('1.2.840.10045.4.3.2'));

/** A new authority that signs itself. */
export function createAuthority(name: string, now: Date): CertificateAndKey {
  const { privateKey, publicKey } = newKeys();
  const issuer = { name, key: privateKey, publicKey };
  const extensions = [
    extension('2.5.29.19', true, sequence(boolean(true), integer(Buffer.from([0])))),
    extension('2.5.29.15', true, bits(Buffer.from([0b0000_0110]), 1)), // signs certificates and lists
    extension('2.5.29.14', false, octets(keyId(publicKey))),
  ];
  return {
    certificate: issue(issuer, { name, publicKey, extensions, now, days: AUTHORITY_DAYS }),
    key: pem(privateKey),
  };
}

/** A certificate for a server under some names. */
export function createLeaf(issuer: Issuer, names: readonly string[], now: Date): CertificateAndKey {
  const { privateKey, publicKey } = newKeys();
  const [name = 'localhost'] = names;
  const alternatives = names.map((each) =>
    isIP(each) === 4 ? context(7, false, Buffer.from(each.split('.').map(Number))) : context(2, false, ia5(each)),
  );
  const extensions = [
    extension('2.5.29.19', true, sequence()),
    extension('2.5.29.15', true, bits(Buffer.from([0b1000_0000]), 7)), // signs handshakes
    extension('2.5.29.37', false, sequence(oid('1.3.6.1.5.5.7.3.1'))), // serverAuth
    extension('2.5.29.17', false, sequence(...alternatives)),
    extension('2.5.29.14', false, octets(keyId(publicKey))),
    extension('2.5.29.35', false, sequence(context(0, false, keyId(issuer.publicKey)))),
  ];
  // Common names end at 64 characters; clients look at the alternative names.
  const certificate = issue(issuer, { name: name.slice(0, 64), publicKey, extensions, now, days: LEAF_DAYS });
  return { certificate, key: pem(privateKey) };
}

interface Subject {
  readonly name: string;
  readonly publicKey: KeyObject;
  readonly extensions: readonly Buffer[];
  readonly now: Date;
  readonly days: number;
}

function issue(issuer: Issuer, { name, publicKey, extensions, now, days }: Subject): string {
  const serial = randomBytes(16);
  serial[0] = ((serial[0] ?? 0) & 0x7f) | 0x40; // positive, and of full length
  const body = sequence(
    context(0, true, integer(Buffer.from([2]))), // version 3
    integer(serial),
    ECDSA_SHA256,
    distinguishedName(issuer.name),
    // A clock that is a little behind must not find it not yet valid.
    sequence(time(new Date(now.getTime() - DAY_MS)), time(new Date(now.getTime() + days * DAY_MS))),
    distinguishedName(name),
    spki(publicKey),
    context(3, true, sequence(...extensions)),
  );
  const signature = sign('sha256', body, issuer.key);
  const text = sequence(body, ECDSA_SHA256, bits(signature)).toString('base64');
  return `-----BEGIN CERTIFICATE-----\n${text.replaceAll(/.{1,64}/g, '$&\n')}-----END CERTIFICATE-----\n`;
}

function newKeys(): { privateKey: KeyObject; publicKey: KeyObject } {
  return generateKeyPairSync('ec', { namedCurve: 'P-256' });
}

function distinguishedName(name: string): Buffer {
  return sequence(set(sequence(oid('2.5.4.3'), utf8(name))));
}

function extension(id: string, critical: boolean, content: Buffer): Buffer {
  return sequence(oid(id), ...(critical ? [boolean(true)] : []), octets(content));
}

function spki(key: KeyObject): Buffer {
  return key.export({ type: 'spki', format: 'der' });
}

/** RFC 7093's first way: enough of a hash to tell keys apart. */
function keyId(key: KeyObject): Buffer {
  return createHash('sha256').update(spki(key)).digest().subarray(0, 20);
}

function pem(key: KeyObject): string {
  return key.export({ type: 'pkcs8', format: 'pem' }).toString();
}

/** A private key from its PEM. */
export function readKey(text: string): KeyObject {
  return createPrivateKey(text);
}
