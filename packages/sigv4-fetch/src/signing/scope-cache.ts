// scope-cache.ts — what stays the same between requests signed by one key on one day: the scope's text and the key
// schedule. Deriving them costs several times what the rest of a signature does.
// INVARIANT: a memo of pure functions, bounded, private to this module: it holds secrets and nothing here prints them.
import { ecdsaSigner, hmacHex } from '#hasher';
import { SigningError, type SigningErrorCode } from '../errors.js';
import { ecdsaScalar } from './ecdsa-scalar.js';
import type { SigningAlgorithm, SigningCredentials } from './options.js';
import { signingKey } from './signing-key.js';

/** All that a signature needs of credentials, day, region and service. */
export interface Scope {
  /** `20150830/us-east-1/service/aws4_request`; without the region in SigV4A. */
  readonly text: string;
  /** `<algorithm> Credential=<access key id>/<scope>, SignedHeaders=`: how the Authorization header begins. */
  readonly authorization: string;
  /** Signs a string to sign, in hex; given in two parts, the second being the hash of the canonical request. */
  readonly sign: (head: string, hash: string) => string;
  /** The first three lines of the string to sign, for a timestamp. */
  readonly head: (amzDate: string) => string;
}

interface Entry {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string | undefined;
  readonly day: string;
  readonly region: string;
  readonly service: string;
  readonly algorithm: SigningAlgorithm;
  readonly scope: Scope;
}

const ENTRIES_MAX = 64;
const entries: Entry[] = [];

const VISIBLE_ASCII = /^[\x21-\x7e]+$/;
// What may stand in a scope without being mistaken for another part of it or of the Authorization header.
const SCOPE_PART = /^[\w.-]+$/;
const REGION_SET = /^[\w.*-]+(?:,[\w.*-]+)*$/;

/**
 * The scope for these inputs, from the memo or made anew. `region` is the region set in SigV4A.
 *
 * @throws SigningError `ERR_SIGNING_CREDENTIALS`, `ERR_SIGNING_OPTION` or `ERR_SIGNING_UNSUPPORTED`. Inputs are checked
 * when they are first seen, so that a repeated signature pays nothing for it.
 */
export function scopeOf(
  credentials: SigningCredentials,
  day: string,
  region: string,
  service: string,
  algorithm: SigningAlgorithm,
): Scope {
  for (let i = 0; i < entries.length; i++) {
    const entry = entries[i] as Entry;
    if (
      entry.accessKeyId === credentials.accessKeyId &&
      entry.secretAccessKey === credentials.secretAccessKey &&
      entry.sessionToken === credentials.sessionToken &&
      entry.day === day &&
      entry.region === region &&
      entry.service === service &&
      entry.algorithm === algorithm
    ) {
      if (i > 0) moveToFront(i, entry);
      return entry.scope;
    }
  }
  checkScopeInputs(credentials, region, service, algorithm);
  const { accessKeyId, secretAccessKey, sessionToken } = credentials;
  const isHmac = algorithm === 'AWS4-HMAC-SHA256';
  const text = isHmac ? `${day}/${region}/${service}/aws4_request` : `${day}/${service}/aws4_request`;
  const authorization = `${algorithm} Credential=${accessKeyId}/${text}, SignedHeaders=`;
  const sign = isHmac ? hmacHex(signingKey(secretAccessKey, day, region, service)) : ecdsaSign(credentials);
  const scope = { text, authorization, sign, head: headWriter(algorithm, text) };
  entries.unshift({ accessKeyId, secretAccessKey, sessionToken, day, region, service, algorithm, scope });
  if (entries.length > ENTRIES_MAX) entries.pop();
  return scope;
}

// Callers mostly use one key: the front is found at the first comparison.
function moveToFront(index: number, entry: Entry): void {
  entries.splice(index, 1);
  entries.unshift(entry);
}

// The same text for all requests of one second: made once, and recognized by identity further down.
function headWriter(algorithm: SigningAlgorithm, scopeText: string): Scope['head'] {
  let memoDate = '';
  let memo = '';
  return (amzDate) => {
    if (amzDate !== memoDate) {
      memo = `${algorithm}\n${amzDate}\n${scopeText}\n`;
      memoDate = amzDate;
    }
    return memo;
  };
}

function ecdsaSign({ accessKeyId, secretAccessKey }: SigningCredentials): Scope['sign'] {
  // The key depends on neither day nor service: another scope of the same access key has it already.
  const known = entries.find(
    (entry) =>
      entry.algorithm !== 'AWS4-HMAC-SHA256' &&
      entry.accessKeyId === accessKeyId &&
      entry.secretAccessKey === secretAccessKey,
  );
  if (known !== undefined) return known.scope.sign;
  const scalar = ecdsaScalar(accessKeyId, secretAccessKey);
  const sign = scalar && ecdsaSigner(scalar);
  if (sign === undefined) throw new SigningError('ERR_SIGNING_UNSUPPORTED', 'SigV4A needs `node:crypto`');
  return (head, hash) => sign(head + hash);
}

function checkScopeInputs(
  { accessKeyId, secretAccessKey, sessionToken }: SigningCredentials,
  region: string,
  service: string,
  algorithm: SigningAlgorithm,
): void {
  check(SCOPE_PART, accessKeyId, 'accessKeyId');
  check(VISIBLE_ASCII, secretAccessKey, 'secretAccessKey');
  if (sessionToken !== undefined) check(VISIBLE_ASCII, sessionToken, 'sessionToken');
  check(SCOPE_PART, service, 'service', 'ERR_SIGNING_OPTION');
  check(algorithm === 'AWS4-HMAC-SHA256' ? SCOPE_PART : REGION_SET, region, 'region', 'ERR_SIGNING_OPTION');
}

// `typeof` first: a secret may come from plain JavaScript, and a RegExp would take `undefined` for a word.
function check(form: RegExp, value: unknown, name: string, code: SigningErrorCode = 'ERR_SIGNING_CREDENTIALS'): void {
  if (typeof value !== 'string' || !form.test(value)) {
    throw new SigningError(code, `\`${name}\` is missing, empty or has characters that it cannot have`);
  }
}
