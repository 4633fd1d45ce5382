// kept-certificates.ts: the certificates as a Secret keeps them, and what has to be made anew when. Pure, but for the keys that
// are made: all replicas that look at the same Secret at the same time come to the same conclusion.
import { randomBytes, X509Certificate } from 'node:crypto';
import { isObject } from '../pod.js';
import { type CertifiedKey, makeAuthority, makeServing } from './make-certificates.js';

/** How long certificates are good for. Each is made anew when a third of its time is left. */
export interface Lifetimes {
  readonly authorityMs: number;
  readonly servingMs: number;
}

/** Ten years would need no renewal, and be no rotation; these are short enough that it is a habit. */
export const LIFETIMES: Lifetimes = { authorityMs: 365 * 86_400_000, servingMs: 90 * 86_400_000 };

/** What the Secret holds. */
export interface KeptCertificates {
  readonly authority: CertifiedKey;
  readonly serving: CertifiedKey;
  /** Authorities to be believed: the one above first, then those before it that have not ended. */
  readonly bundle: string;
}

/** Keys of the Secret's data. */
const KEYS = {
  bundle: 'ca.crt',
  certificate: 'tls.crt',
  key: 'tls.key',
  authority: 'authority.crt',
  authorityKey: 'authority.key',
};

/** Reads the data of a Secret; nothing when it is not ours, or broken. */
export function readKept(data: unknown): KeptCertificates | undefined {
  if (!isObject(data)) return undefined;
  const text = (key: string) => Buffer.from(String(data[key] ?? ''), 'base64').toString('utf8');
  const kept = {
    authority: { certificate: text(KEYS.authority), key: text(KEYS.authorityKey) },
    serving: { certificate: text(KEYS.certificate), key: text(KEYS.key) },
    bundle: text(KEYS.bundle),
  };
  return isWhole(kept) ? kept : undefined;
}

function isWhole({ authority, serving, bundle }: KeptCertificates): boolean {
  try {
    const ca = new X509Certificate(authority.certificate);
    const certificate = new X509Certificate(serving.certificate);
    return certificate.verify(ca.publicKey) && bundle.includes(authority.certificate) && authority.key !== '';
  } catch {
    return false;
  }
}

/** The data of the Secret. */
export function writeKept({ authority, serving, bundle }: KeptCertificates): Record<string, string> {
  const base64 = (text: string) => Buffer.from(text).toString('base64');
  return {
    [KEYS.bundle]: base64(bundle),
    [KEYS.certificate]: base64(serving.certificate),
    [KEYS.key]: base64(serving.key),
    [KEYS.authority]: base64(authority.certificate),
    [KEYS.authorityKey]: base64(authority.key),
  };
}

/** The certificates as they should be now: the same object when nothing has to change. */
export function renewed(
  kept: KeptCertificates | undefined,
  hosts: readonly [string, ...string[]],
  now: number,
  lifetimes: Lifetimes,
): KeptCertificates {
  const oldEnough = kept === undefined || leftOf(kept.authority, now) < lifetimes.authorityMs / 3;
  const authority = oldEnough
    ? makeAuthority(authorityName(), { from: now, to: now + lifetimes.authorityMs })
    : kept.authority;
  const fits = kept !== undefined && !oldEnough && leftOf(kept.serving, now) >= lifetimes.servingMs / 3;
  if (fits && hasHosts(kept.serving, hosts)) return kept;
  const end = Math.min(now + lifetimes.servingMs, endOf(authority));
  const serving = makeServing(hosts, authority, { from: now, to: end });
  return { authority, serving, bundle: bundleOf(authority, kept, now) };
}

/**
 * No two alike, and none like a host: clients look for an issuer by its name, and take a certificate that has its issuer's name
 * for one that signs itself.
 */
const authorityName = (): string => `lattice-auth injector ${randomBytes(8).toString('hex')}`;

/** Other replicas still show the certificate of the authority before: it is believed until it ends. */
function bundleOf(authority: CertifiedKey, kept: KeptCertificates | undefined, now: number): string {
  const before = kept?.bundle.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----\n/g) ?? [];
  const alive = before.filter(
    (one) => one !== authority.certificate && Date.parse(new X509Certificate(one).validTo) > now,
  );
  return [authority.certificate, ...alive].join('');
}

const endOf = ({ certificate }: CertifiedKey): number => Date.parse(new X509Certificate(certificate).validTo);
const leftOf = (one: CertifiedKey, now: number): number => endOf(one) - now;

function hasHosts({ certificate }: CertifiedKey, hosts: readonly string[]): boolean {
  const read = new X509Certificate(certificate);
  return hosts.every((host) => read.checkHost(host) !== undefined);
}
