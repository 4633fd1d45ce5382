// resolve-options.ts — options with their defaults filled in and checked: what is wrong is refused here, with a code.
import type { PathEncoding } from '../canonical/path.js';
import { refuseUnless } from '../errors.js';
import { amzDate } from './amz-date.js';
import {
  LATTICE_SIGNING_NAME,
  type SignedHeadersOption,
  type SigningAlgorithm,
  type SigningOptions,
  UNSIGNED_PAYLOAD,
} from './options.js';
import { type Scope, scopeOf } from './scope-cache.js';

/** Options that are complete, valid, and joined with what is derived from them. */
export interface ResolvedOptions {
  readonly algorithm: SigningAlgorithm;
  /** `<access key id>/<scope>` */
  readonly credential: string;
  readonly sessionToken: string | undefined;
  readonly amzDate: string;
  readonly scope: Scope;
  /** Set in SigV4A only. */
  readonly regionSet: string | undefined;
  readonly payloadHash: string;
  readonly sendPayloadHash: boolean;
  readonly inQuery: boolean;
  readonly expiresSeconds: number;
  readonly pathEncoding: PathEncoding;
  readonly normalizePath: boolean;
  readonly signSessionToken: boolean;
  readonly signedHeaders: SignedHeadersOption;
  readonly plusToSpace: boolean;
}

const EXPIRES_SECONDS_DEFAULT = 300;
// SPEC: seven days, the longest that any AWS service accepts (SIGN-72).
const EXPIRES_SECONDS_MAX = 604_800;
const SHA256_HEX = /^[0-9a-f]{64}$/;

// The first of each is the default.
const CHOICES = {
  algorithm: ['AWS4-HMAC-SHA256', 'AWS4-ECDSA-P256-SHA256'],
  placement: ['header', 'query'],
  pathEncoding: ['double', 'single', 'none'],
  plusInQuery: ['space', 'keep'],
} as const;

type Choice = keyof typeof CHOICES;

function choose<Name extends Choice>(options: SigningOptions, name: Name): (typeof CHOICES)[Name][number] {
  const values: readonly string[] = CHOICES[name];
  const value = options[name] ?? CHOICES[name][0];
  check(values.includes(value), name);
  return value as (typeof CHOICES)[Name][number];
}

/** @throws SigningError for whatever is missing or malformed. */
export function resolveOptions(options: SigningOptions): ResolvedOptions {
  const { credentials, service = LATTICE_SIGNING_NAME, payloadHash = UNSIGNED_PAYLOAD } = options;
  const { signedHeaders = 'minimal', expiresSeconds = EXPIRES_SECONDS_DEFAULT } = options;
  const algorithm = choose(options, 'algorithm');
  const isHmac = algorithm === 'AWS4-HMAC-SHA256';
  const inQuery = choose(options, 'placement') === 'query';
  check(signedHeaders === 'minimal' || signedHeaders === 'all' || typeof signedHeaders === 'function', 'signedHeaders');
  check(payloadHash === UNSIGNED_PAYLOAD || SHA256_HEX.test(payloadHash), 'payloadHash');
  const inRange = Number.isInteger(expiresSeconds) && expiresSeconds > 0 && expiresSeconds <= EXPIRES_SECONDS_MAX;
  check(!inQuery || inRange, 'expiresSeconds');
  refuseUnless(Boolean(credentials), 'ERR_SIGNING_CREDENTIALS', '`credentials` are missing');
  const { accessKeyId, secretAccessKey, sessionToken } = credentials;
  const date = amzDate(options.date);
  const region = isHmac ? options.region : String(options.regionSet ?? options.region ?? '');
  const scope = scopeOf([accessKeyId, secretAccessKey, sessionToken, algorithm, date.day, region ?? '', service]);
  return {
    algorithm,
    credential: `${accessKeyId}/${scope.text}`,
    sessionToken,
    amzDate: date.text,
    scope,
    regionSet: isHmac ? undefined : region,
    payloadHash,
    // A URL carries no header, so a presigned one signs this header for Lattice only, which insists on it (SIGN-73).
    sendPayloadHash: options.sendPayloadHash !== false && (!inQuery || service === LATTICE_SIGNING_NAME),
    inQuery,
    expiresSeconds,
    pathEncoding: choose(options, 'pathEncoding'),
    normalizePath: options.normalizePath !== false,
    signSessionToken: options.signSessionToken !== false,
    signedHeaders,
    plusToSpace: choose(options, 'plusInQuery') === 'space',
  };
}

function check(holds: boolean, option: string): void {
  refuseUnless(holds, 'ERR_SIGNING_OPTION', `\`${option}\` is not one of its values`);
}
