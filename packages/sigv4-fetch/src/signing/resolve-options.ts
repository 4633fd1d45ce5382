// resolve-options.ts — options with their defaults filled in and checked: what is wrong is refused here, with a code.
import type { PathEncoding } from '../canonical/path.js';
import { SigningError } from '../errors.js';
import { amzDate } from './amz-date.js';
import { LATTICE_SIGNING_NAME, type SignedHeadersOption, type SigningOptions, UNSIGNED_PAYLOAD } from './options.js';
import { type Scope, scopeOf } from './scope-cache.js';

/** Options that are complete, valid, and joined with what is derived from them. */
export interface ResolvedOptions {
  readonly accessKeyId: string;
  readonly sessionToken: string | undefined;
  readonly amzDate: string;
  readonly algorithm: 'AWS4-HMAC-SHA256' | 'AWS4-ECDSA-P256-SHA256';
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
// SPEC: seven days, the longest that any AWS service accepts.
const EXPIRES_SECONDS_MAX = 604_800;
const SHA256_HEX = /^[0-9a-f]{64}$/;

/** @throws SigningError for whatever is missing or malformed. */
export function resolveOptions(options: SigningOptions): ResolvedOptions {
  const { credentials, algorithm = 'AWS4-HMAC-SHA256', placement = 'header', payloadHash = UNSIGNED_PAYLOAD } = options;
  const {
    service = LATTICE_SIGNING_NAME,
    pathEncoding = 'double',
    signedHeaders = 'minimal',
    expiresSeconds = EXPIRES_SECONDS_DEFAULT,
  } = options;
  if (!credentials) throw new SigningError('ERR_SIGNING_CREDENTIALS', '`credentials` are missing');
  oneOf('algorithm', algorithm, 'AWS4-HMAC-SHA256', 'AWS4-ECDSA-P256-SHA256');
  oneOf('placement', placement, 'header', 'query');
  oneOf('pathEncoding', pathEncoding, 'double', 'single', 'none');
  if (typeof signedHeaders !== 'function') oneOf('signedHeaders', signedHeaders, 'minimal', 'all');
  if (payloadHash !== UNSIGNED_PAYLOAD && !SHA256_HEX.test(payloadHash)) {
    throw new SigningError('ERR_SIGNING_OPTION', '`payloadHash` is no lower-case hex SHA-256');
  }
  if (
    placement === 'query' &&
    !(Number.isInteger(expiresSeconds) && expiresSeconds >= 1 && expiresSeconds <= EXPIRES_SECONDS_MAX)
  ) {
    throw new SigningError(
      'ERR_SIGNING_OPTION',
      `\`expiresSeconds\` is not a whole number from 1 to ${EXPIRES_SECONDS_MAX}`,
    );
  }
  const timestamp = amzDate(options.date);
  const region = algorithm === 'AWS4-HMAC-SHA256' ? options.region : regionSetText(options);
  return {
    accessKeyId: credentials.accessKeyId,
    sessionToken: credentials.sessionToken,
    amzDate: timestamp.text,
    algorithm,
    scope: scopeOf(credentials, timestamp.day, region ?? '', service, algorithm),
    regionSet: algorithm === 'AWS4-HMAC-SHA256' ? undefined : region,
    payloadHash,
    // A URL carries no header, so a presigned one signs this header for Lattice only, which insists on it (SIGN-73).
    sendPayloadHash: (options.sendPayloadHash ?? true) && (placement === 'header' || service === LATTICE_SIGNING_NAME),
    inQuery: placement === 'query',
    expiresSeconds,
    pathEncoding,
    normalizePath: options.normalizePath ?? true,
    signSessionToken: options.signSessionToken ?? true,
    signedHeaders,
    plusToSpace: options.plusInQuery !== 'keep',
  };
}

function regionSetText({ regionSet, region }: SigningOptions): string | undefined {
  if (regionSet === undefined) return region;
  return typeof regionSet === 'string' ? regionSet : regionSet.join(',');
}

function oneOf(option: string, value: string, first: string, second: string, third?: string): void {
  if (value === first || value === second || (third !== undefined && value === third)) return;
  throw new SigningError('ERR_SIGNING_OPTION', `\`${option}\` is not one of its values`);
}
