// local-authority.ts — the authority behind the HTTPS port: made at the first handshake, or kept in a folder when one is
// named, so that it need be trusted only once. A certificate for each name is made when the name is first asked for.
import { createPublicKey, X509Certificate } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createSecureContext, type SecureContext } from 'node:tls';
import { LocalLatticeError } from '../errors.js';
import { type CertificateAndKey, createAuthority, createLeaf, readKey } from './certificate.js';

/** Certificates for names on this machine. */
export interface LocalAuthority {
  /** The authority's certificate as PEM: what clients have to trust. */
  readonly certificate: string;
  contextFor(name: string): SecureContext;
  /** A certificate with its chain, and its key. */
  pairFor(names: readonly string[]): CertificateAndKey;
}

const NAME = 'lattice-auth local CA';
const CERTIFICATE_FILE = 'ca.pem';
const KEY_FILE = 'ca-key.pem';
const REMAINING_MS_MIN = 30 * 86_400_000;
// Names come from the stack, so that there are never more; a bound all the same.
const CONTEXTS_MAX = 10_000;

/** Opens the authority of a folder, or a new one that nothing keeps. */
export function createLocalAuthority(folder: string | undefined): LocalAuthority {
  let opened: (CertificateAndKey & { readonly issuer: Parameters<typeof createLeaf>[0] }) | undefined;
  const open = () => {
    if (opened !== undefined) return opened;
    const pair = folder === undefined ? createAuthority(NAME, new Date()) : keptAuthority(folder);
    const key = readKey(pair.key);
    opened = { ...pair, issuer: { name: NAME, key, publicKey: createPublicKey(key) } };
    return opened;
  };
  const pairFor = (names: readonly string[]): CertificateAndKey => {
    const { certificate, issuer } = open();
    const leaf = createLeaf(issuer, names, new Date());
    return { certificate: `${leaf.certificate}${certificate}`, key: leaf.key };
  };
  const contexts = new Map<string, SecureContext>();
  return {
    get certificate() {
      return open().certificate;
    },
    pairFor,
    contextFor(name) {
      const known = contexts.get(name);
      if (known !== undefined) return known;
      const { certificate, key } = pairFor([name]);
      const made = createSecureContext({ cert: certificate, key, minVersion: 'TLSv1.2' });
      if (contexts.size >= CONTEXTS_MAX) contexts.clear();
      contexts.set(name, made);
      return made;
    },
  };
}

function keptAuthority(folder: string): CertificateAndKey {
  const kept = readKept(folder);
  if (kept !== undefined) return kept;
  const made = createAuthority(NAME, new Date());
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    // The key first: a certificate without its key would be found and be of no use.
    writeAtomically(join(folder, KEY_FILE), made.key, 0o600);
    writeAtomically(join(folder, CERTIFICATE_FILE), made.certificate, 0o644);
  } catch (cause) {
    const { code = 'error' } = cause as NodeJS.ErrnoException;
    throw new LocalLatticeError('ERR_LOCAL_FILE', `the CA can't be kept in \`${folder}\` (${code})`, { cause });
  }
  return made;
}

function readKept(folder: string): CertificateAndKey | undefined {
  try {
    const certificate = readFileSync(join(folder, CERTIFICATE_FILE), 'utf8');
    const key = readFileSync(join(folder, KEY_FILE), 'utf8');
    const parsed = new X509Certificate(certificate);
    const isOurs = parsed.checkPrivateKey(readKey(key)) && parsed.subject === `CN=${NAME}`;
    return isOurs && Date.parse(parsed.validTo) - Date.now() > REMAINING_MS_MIN ? { certificate, key } : undefined;
  } catch {
    return undefined;
  }
}

function writeAtomically(path: string, text: string, mode: number): void {
  const beside = `${path}.${process.pid}`;
  writeFileSync(beside, text, { mode });
  renameSync(beside, path);
}
