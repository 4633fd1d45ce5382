// recompute.ts — the canonical request and the string to sign of a received request, from raw bytes, and the comparison
// with its signature. A reading says how the request is read; the diagnosis tries others.
import { ecdsaVerifier, equal, hmacHex, sha256Hex } from '#hasher';
import { canonicalPath, type PathEncoding } from '../canonical/path.js';
import { parseQuery, plusToSpace, type QueryParameter, writeQuery } from '../canonical/query.js';
import { ecdsaScalar } from '../signing/ecdsa-scalar.js';
import { signingKey } from '../signing/signing-key.js';
import type { Claim } from './claim.js';
import { hostOf, type Received } from './received.js';

/** One way to read a received request. */
export interface Reading {
  readonly pathEncoding: PathEncoding;
  readonly normalizePath: boolean;
  readonly host: string;
  readonly payloadHash: string;
  /** How a literal `+` in the query is read. */
  readonly plus: 'plus' | 'space';
  readonly query: 'all' | 'none' | 'sorted-before-encoding' | 'without-token';
}

/** Checks a signature over a string to sign, for one key. */
export type SignatureCheck = (stringToSign: string) => boolean;

/** Steps one and two of SigV4 over a received request. */
export function recompute(
  received: Received,
  claim: Claim,
  reading: Reading,
): { canonicalRequest: string; stringToSign: string } {
  let headers = '';
  for (const name of claim.signedHeaders) {
    const isHost = name === 'host' || name === ':authority';
    headers += `${name}:${isHost ? reading.host : (received.headers.get(name) ?? []).join(',')}\n`;
  }
  const path = canonicalPath(received.path, reading.pathEncoding, reading.normalizePath);
  const query = claimedQuery(received, claim, reading);
  const canonicalRequest = `${received.method}\n${path}\n${query}\n${headers}\n${claim.signedHeaders.join(';')}\n${reading.payloadHash}`;
  const stringToSign = `${claim.algorithm}\n${claim.amzDate}\n${claim.scope}\n${sha256Hex(canonicalRequest)}`;
  return { canonicalRequest, stringToSign };
}

/** The reading that the verifier goes by. */
export function plainReading(
  received: Received,
  pathEncoding: PathEncoding,
  normalizePath: boolean,
  payloadHash: string,
): Reading {
  return { pathEncoding, normalizePath, host: hostOf(received) ?? '', payloadHash, plus: 'plus', query: 'all' };
}

function claimedQuery(received: Received, claim: Claim, reading: Reading): string {
  const all = reading.plus === 'space' ? parseQuery(plusToSpace(received.query)) : received.parameters;
  const kept = all.filter(({ name }) => isCounted(name, claim, reading));
  if (reading.query === 'sorted-before-encoding') return writeSortedBeforeEncoding(kept);
  return writeQuery(kept);
}

function isCounted(name: string, claim: Claim, { query }: Reading): boolean {
  if (claim.placement === 'header') return query !== 'none';
  if (name === 'X-Amz-Signature' || (query === 'without-token' && name === 'X-Amz-Security-Token')) return false;
  return query !== 'none' || /^X-Amz-/.test(name);
}

// A known mistake of signers: the order of the decoded names, then encoded.
function writeSortedBeforeEncoding(parameters: readonly QueryParameter[]): string {
  const decode = (text: string): string => {
    try {
      return decodeURIComponent(text);
    } catch {
      return text;
    }
  };
  return parameters
    .map(({ name, value }) => ({ name, value, key: decode(name) }))
    .sort((a, b) => (a.key === b.key ? 0 : a.key < b.key ? -1 : 1))
    .map(({ name, value }) => `${name}=${value}`)
    .join('&');
}

/** The check of this claim's signature by a secret; undefined where the platform cannot check it. */
export function signatureCheck(claim: Claim, secretAccessKey: string): SignatureCheck | undefined {
  if (claim.algorithm === 'AWS4-HMAC-SHA256') {
    const key = hmacHex(signingKey(secretAccessKey, claim.day, claim.region ?? '', claim.service));
    return (stringToSign) => equal(key(stringToSign, ''), claim.signature);
  }
  const scalar = ecdsaScalar(claim.accessKeyId, secretAccessKey);
  const verify = scalar && ecdsaVerifier(scalar);
  return verify && ((stringToSign) => verify(stringToSign, claim.signature));
}
