// local-authority.ts — the authority behind the HTTPS port: made when it is first needed, or kept in a folder when one is
// named, so that it need be trusted only once. A certificate for each name is made when the name is first asked for.
import { createPublicKey, X509Certificate } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, renameSync, unlinkSync, writeFileSync } from 'node:fs';
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

/**
 * Opens the authority of a folder, or a new one that nothing keeps.
 *
 * @throws {LocalLatticeError} `ERR_LOCAL_FILE` for a folder that can't be written
 */
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
  // A folder that can't be written ends the start, not the first handshake.
  if (folder !== undefined) open();
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
  try {
    const kept = readKept(folder) ?? makeKept(folder);
    const path = join(folder, CERTIFICATE_FILE);
    if (textOf(path) !== kept.certificate) writeAtomically(path, kept.certificate, 0o644);
    return kept;
  } catch (cause) {
    const { code = 'error' } = cause as NodeJS.ErrnoException;
    throw new LocalLatticeError('ERR_LOCAL_FILE', `the CA can't be kept in \`${folder}\` (${code})`, { cause });
  }
}

// INVARIANT: key and certificate are in one file, which is there in full or not at all: of several processes that start at
// once, the first one's is that of all.
function makeKept(folder: string): CertificateAndKey {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const made = createAuthority(NAME, new Date());
  const path = join(folder, KEY_FILE);
  const text = `${made.key}${made.certificate}`;
  if (textOf(path) !== undefined) {
    const others = readKept(folder);
    if (others !== undefined) return others;
    // What is there is of no use.
    writeAtomically(path, text, 0o600);
    return made;
  }
  const beside = `${path}.${process.pid}`;
  writeFileSync(beside, text, { mode: 0o600 });
  try {
    linkSync(beside, path);
    return made;
  } catch (error) {
    const others = readKept(folder);
    if (others === undefined) throw error;
    return others;
  } finally {
    unlinkSync(beside);
  }
}

function readKept(folder: string): CertificateAndKey | undefined {
  try {
    const text = readFileSync(join(folder, KEY_FILE), 'utf8');
    const parsed = new X509Certificate(text);
    const isOurs = parsed.checkPrivateKey(readKey(text)) && parsed.subject === `CN=${NAME}`;
    if (!isOurs || Date.parse(parsed.validTo) - Date.now() < REMAINING_MS_MIN) return undefined;
    const at = text.indexOf('-----BEGIN CERTIFICATE-----');
    return { certificate: text.slice(at), key: text.slice(0, at) };
  } catch {
    return undefined;
  }
}

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

function writeAtomically(path: string, text: string, mode: number): void {
  const beside = `${path}.${process.pid}`;
  writeFileSync(beside, text, { mode });
  renameSync(beside, path);
}
