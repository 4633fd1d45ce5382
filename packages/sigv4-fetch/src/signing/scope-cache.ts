// scope-cache.ts — what stays the same between requests signed by one key on one day: the scope's text and the key
// schedule. Deriving them costs several times what the rest of a signature does.
// INVARIANT: a memo of pure functions, bounded, private to this module: it holds secrets and nothing here prints them.
import { ecdsaSigner, hmacHex } from '#hasher';
import { VISIBLE_ASCII } from '../canonical/headers.js';
import { refuseUnless, type SigningErrorCode } from '../errors.js';
import { ecdsaScalar } from './ecdsa-scalar.js';
import type { SigningAlgorithm } from './options.js';
import { signingKey } from './signing-key.js';

/** All that a signature needs of credentials, day, region and service. */
export interface Scope {
  /** `20150830/us-east-1/service/aws4_request`; without the region in SigV4A. */
  readonly text: string;
  /** Signs a string to sign, in hex; given in two parts, the second being the hash of the canonical request. */
  readonly sign: (head: string, hash: string) => string;
  /** The first three lines of the string to sign, for a timestamp. */
  readonly head: (amzDate: string) => string;
}

/** What a scope is made from. `region` is the region set in SigV4A. */
export type ScopeInputs = readonly [
  accessKeyId: string,
  secretAccessKey: string,
  sessionToken: string | undefined,
  algorithm: SigningAlgorithm,
  day: string,
  region: string,
  service: string,
];

interface Entry {
  readonly inputs: ScopeInputs;
  readonly scope: Scope;
}

const ENTRIES_MAX = 64;
const entries: Entry[] = [];

// What may stand in a scope without being mistaken for another part of it or of the Authorization header.
const SCOPE_PART = /^[\w.-]+$/;
const REGION_SET = /^[\w.*-]+(?:,[\w.*-]+)*$/;

/**
 * The scope for these inputs, from the memo or made anew.
 *
 * @throws SigningError `ERR_SIGNING_CREDENTIALS`, `ERR_SIGNING_OPTION` or `ERR_SIGNING_UNSUPPORTED`. Inputs are checked
 * when they are first seen, so that a repeated signature pays nothing for it.
 */
export function scopeOf(inputs: ScopeInputs): Scope {
  for (let i = 0; i < entries.length; i++) {
    const entry = entries[i] as Entry;
    if (!isSame(entry.inputs, inputs)) continue;
    // Callers mostly use one key: at the front it is found at the first comparison.
    if (i > 0) entries.unshift(...entries.splice(i, 1));
    return entry.scope;
  }
  const scope = makeScope(inputs);
  entries.unshift({ inputs, scope });
  if (entries.length > ENTRIES_MAX) entries.pop();
  return scope;
}

function isSame(a: ScopeInputs, b: ScopeInputs): boolean {
  for (let i = 0; i < 7; i++) if (a[i] !== b[i]) return false;
  return true;
}

function makeScope(inputs: ScopeInputs): Scope {
  const [accessKeyId, secretAccessKey, sessionToken, algorithm, day, region, service] = inputs;
  const isHmac = algorithm === 'AWS4-HMAC-SHA256';
  check(accessKeyId, SCOPE_PART, 'accessKeyId');
  check(secretAccessKey, VISIBLE_ASCII, 'secretAccessKey');
  if (sessionToken !== undefined) check(sessionToken, VISIBLE_ASCII, 'sessionToken');
  check(service, SCOPE_PART, 'service', 'ERR_SIGNING_OPTION');
  check(region, isHmac ? SCOPE_PART : REGION_SET, 'region', 'ERR_SIGNING_OPTION');
  const text = isHmac ? `${day}/${region}/${service}/aws4_request` : `${day}/${service}/aws4_request`;
  const sign = isHmac ? hmacHex(signingKey(secretAccessKey, day, region, service)) : ecdsaSign(inputs);
  // The same text for all requests of one second: made once, and recognized by identity further down.
  let memoDate = '';
  let memo = '';
  const head = (amzDate: string): string => {
    if (amzDate !== memoDate) memo = `${algorithm}\n${amzDate}\n${text}\n`;
    memoDate = amzDate;
    return memo;
  };
  return { text, sign, head };
}

function ecdsaSign([accessKeyId, secretAccessKey, , algorithm]: ScopeInputs): Scope['sign'] {
  // The key depends on neither day nor service: another scope of the same access key has it already.
  const known = entries.find(({ inputs: [id, secret, , other] }) => {
    return id === accessKeyId && secret === secretAccessKey && other === algorithm;
  });
  if (known) return known.scope.sign;
  const scalar = ecdsaScalar(accessKeyId, secretAccessKey);
  const sign = scalar && ecdsaSigner(scalar);
  refuseUnless(sign !== undefined, 'ERR_SIGNING_UNSUPPORTED', 'SigV4A needs `node:crypto`');
  return (head, hash) => sign(head + hash);
}

// `typeof` first: a secret may come from plain JavaScript, and a RegExp would take `undefined` for a word.
function check(value: unknown, form: RegExp, name: string, code: SigningErrorCode = 'ERR_SIGNING_CREDENTIALS'): void {
  refuseUnless(typeof value === 'string' && form.test(value), code, `\`${name}\` is missing or malformed`);
}
