// recompute.ts — the canonical request and the string to sign of a received request, from raw bytes, and the comparison
// with its signature. A reading says how the request is read; the diagnosis tries others.
import { ecdsaVerifier, equal, hmacHex, sha256Hex } from '#hasher';
import { canonicalPath, type PathEncoding } from '../canonical/path.js';
import { BETWEEN, parseQuery, plusToSpace, writeQuery } from '../canonical/query.js';
import { ecdsaScalar } from '../signing/ecdsa-scalar.js';
import { signingKey } from '../signing/signing-key.js';
import type { Claim } from './claim.js';
import type { Received } from './received.js';
import type { Secret } from './verification.js';

/** One way to read a received request. */
export interface Reading {
  readonly pathEncoding: PathEncoding;
  readonly normalizePath: boolean;
  readonly host: string;
  readonly payloadHash: string;
  /** How a literal `+` in the query is read. */
  readonly plusAsSpace?: boolean;
  /** The query as it stands, neither encoded anew nor sorted. */
  readonly queryAsSent?: boolean;
  /** Names of parameters that are left out of the canonical query. */
  readonly leaveOut?: RegExp;
}

/** Checks the signature of a request over a string to sign. */
export type SignatureCheck = (stringToSign: string) => boolean;

/** Checks signatures made with one key. */
type KeyCheck = (stringToSign: string, signature: string) => boolean;

/** The canonical request and the string to sign, as texts. */
export interface Recomputed {
  readonly canonicalRequest: string;
  readonly stringToSign: string;
}

/** Steps one and two of SigV4 over a received request. */
export function recompute(received: Received, claim: Claim, reading: Reading): Recomputed {
  const { signedHeaders, algorithm, amzDate, scope, placement } = claim;
  const lines = signedHeaders.map((name) => {
    const isHost = name === 'host' || name === ':authority';
    return `${name}:${isHost ? reading.host : received.headers.get(name)}\n`;
  });
  const parameters = reading.plusAsSpace ? parseQuery(plusToSpace(received.query)) : received.parameters;
  const kept = parameters.filter(
    (pair) => !(placement === 'query' && pair.startsWith(`X-Amz-Signature${BETWEEN}`)) && !reading.leaveOut?.test(pair),
  );
  const path = canonicalPath(received.path, reading.pathEncoding, reading.normalizePath);
  const query = reading.queryAsSent ? received.query : writeQuery(kept);
  const canonicalRequest = `${received.method}\n${path}\n${query}\n${lines.join('')}\n${signedHeaders.join(';')}\n${reading.payloadHash}`;
  return { canonicalRequest, stringToSign: `${algorithm}\n${amzDate}\n${scope}\n${sha256Hex(canonicalRequest)}` };
}

/** A check and what it was made from. */
interface KnownCheck {
  readonly secretAccessKey: string;
  readonly keyScope: string;
  readonly check: KeyCheck | undefined;
}

// Deriving a key costs several times as much as everything else. Held by the object that the caller keeps the secret in,
// so that it goes when that goes.
const checks = new WeakMap<Secret, KnownCheck>();

/** The check of this claim's signature by a secret; undefined where the platform cannot check it. */
export function signatureCheck(claim: Claim, secret: Secret): SignatureCheck | undefined {
  const check = keyCheck(claim, secret);
  return check && ((stringToSign) => check(stringToSign, claim.signature));
}

function keyCheck(claim: Claim, secret: Secret): KeyCheck | undefined {
  const { algorithm, accessKeyId, day, region = '', service } = claim;
  const { secretAccessKey } = secret;
  const keyScope = [algorithm, accessKeyId, day, region, service].join('\n');
  const known = checks.get(secret);
  // A secret may have been replaced in place: nothing else says whether a key is still its.
  if (known?.keyScope === keyScope && known.secretAccessKey === secretAccessKey) return known.check;
  const check = makeCheck(claim, secretAccessKey);
  checks.set(secret, { secretAccessKey, keyScope, check });
  return check;
}

function makeCheck(claim: Claim, secretAccessKey: string): KeyCheck | undefined {
  const { algorithm, accessKeyId, day, region = '', service } = claim;
  if (algorithm === 'AWS4-HMAC-SHA256') {
    const sign = hmacHex(signingKey(secretAccessKey, day, region, service));
    return (stringToSign, signature) => equal(sign(stringToSign, ''), signature);
  }
  const verify = ecdsaVerifier(ecdsaScalar(accessKeyId, secretAccessKey));
  return verify && ((stringToSign, signature) => verify(stringToSign, signature));
}
