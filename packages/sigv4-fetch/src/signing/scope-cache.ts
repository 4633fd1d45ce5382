// scope-cache.ts — what stays the same between requests signed by one key on one day: the scope's text and the key
// schedule. Deriving them costs several times what the rest of a signature does.
// INVARIANT: a memo of pure functions, bounded, private to this module: it holds secrets and nothing here prints them.
import { ecdsaSigner, hmacHex } from '#hasher';
import { VISIBLE_ASCII } from '../canonical/headers.js';
import { refuseUnless, requireForm } from '../errors.js';
import { ecdsaScalar } from './ecdsa-scalar.js';
import type { SigningAlgorithm } from './options.js';
import { signingKey } from './signing-key.js';

/** All that a signature needs of credentials, day, region and service. */
export interface Scope {
  /** `20150830/us-east-1/service/aws4_request`; without the region in SigV4A. */
  readonly text: string;
  /** Signs a string to sign, in hex; given in two parts, the second being the hash of the canonical request. */
  readonly sign: (head: string, hash: string) => string;
}

/** What a scope is made from. `region` is the region set in SigV4A. */
export type ScopeInputs = readonly [
  accessKeyId: string,
  secretAccessKey: string,
  sessionToken: string | undefined,
  algorithm: SigningAlgorithm,
  day: string,
  region: string | undefined,
  service: string,
];

interface Entry {
  readonly inputs: ScopeInputs;
  readonly scope: Scope;
}

const ENTRIES_MAX = 64;
const entries: Entry[] = [];

/** What may stand in a scope without being mistaken for another part of it or of the Authorization header. */
export const SCOPE_PART = /^[\w.-]+$/;
const REGION_SET = /^[\w.*-]+(?:,[\w.*-]+)*$/;

/**
 * The scope for these inputs, from the memo or made anew.
 *
 * @throws SigningError `ERR_SIGNING_CREDENTIALS`, `ERR_SIGNING_OPTION` or `ERR_SIGNING_UNSUPPORTED`. Inputs are checked
 * when they are first seen, so that a repeated signature pays nothing for it.
 */
export function scopeOf(inputs: ScopeInputs): Scope {
  const known = entries.find((entry) => entry.inputs.every((input, i) => input === inputs[i]));
  if (known) return known.scope;
  const scope = makeScope(inputs);
  // The newest in front: the day changes, and credentials do.
  entries.unshift({ inputs, scope });
  if (entries.length > ENTRIES_MAX) entries.pop();
  return scope;
}

function makeScope([accessKeyId, secretAccessKey, sessionToken, algorithm, day, region, service]: ScopeInputs): Scope {
  const isHmac = algorithm === 'AWS4-HMAC-SHA256';
  requireForm(accessKeyId, SCOPE_PART, 'accessKeyId', 'ERR_SIGNING_CREDENTIALS');
  requireForm(secretAccessKey, VISIBLE_ASCII, 'secretAccessKey', 'ERR_SIGNING_CREDENTIALS');
  requireForm(sessionToken ?? 'none', VISIBLE_ASCII, 'sessionToken', 'ERR_SIGNING_CREDENTIALS');
  requireForm(region, isHmac ? SCOPE_PART : REGION_SET, 'region');
  const text = isHmac ? `${day}/${region}/${service}/aws4_request` : `${day}/${service}/aws4_request`;
  const sign = isHmac
    ? hmacHex(signingKey(secretAccessKey, day, region, service))
    : ecdsaSigner(ecdsaScalar(accessKeyId, secretAccessKey));
  refuseUnless(sign !== undefined, 'ERR_SIGNING_UNSUPPORTED', 'SigV4A needs `node:crypto`');
  return { text, sign };
}
