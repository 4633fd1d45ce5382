// credentials.ts — what a set of credentials is, and how one comes in: as data, or from any AWS SDK provider.
// A set is atomic: it is validated, copied and frozen at once, so that no key is ever sent with another set's token.
import { SigningError } from '../errors.js';

/** One set of AWS credentials. The AWS SDK's `AwsCredentialIdentity` fits. */
export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string | undefined;
  /** When the set stops working. Absent: it does not expire. */
  readonly expiration?: Date | undefined;
}

/**
 * Any AWS SDK credential provider fits: a function that resolves to a set of credentials.
 * `forceRefresh` asks a provider that caches for itself to get a new set.
 */
export type CredentialProvider = (options?: { forceRefresh?: boolean }) => Promise<Credentials>;

/** A set handed around inside: frozen, and the same object for as long as it is in use. */
export interface CredentialSet {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  /** Milliseconds since the epoch; `Infinity` for a set that does not expire. */
  readonly expiresAtMs: number;
}

/**
 * Copies and checks what a caller or a provider gave.
 *
 * @throws SigningError `ERR_SIGNING_CREDENTIALS` when a part is missing or not a string.
 */
export function toCredentialSet(value: Credentials): CredentialSet {
  const { accessKeyId, secretAccessKey, sessionToken, expiration } = value ?? {};
  requireText(accessKeyId, 'accessKeyId');
  requireText(secretAccessKey, 'secretAccessKey');
  const expiresAtMs =
    expiration === undefined || expiration === null ? Number.POSITIVE_INFINITY : +new Date(expiration);
  if (Number.isNaN(expiresAtMs)) throw malformed('`expiration` is not a date');
  if (sessionToken === undefined || sessionToken === null || sessionToken === '') {
    return Object.freeze({ accessKeyId, secretAccessKey, expiresAtMs });
  }
  requireText(sessionToken, 'sessionToken');
  return Object.freeze({ accessKeyId, secretAccessKey, sessionToken, expiresAtMs });
}

// Only the visible ASCII range: anything else could not stand in a header, and an error about it would have to quote it.
function requireText(value: unknown, name: string): asserts value is string {
  if (typeof value !== 'string' || value === '') throw malformed(`\`${name}\` is missing`);
  if (!/^[\x21-\x7e]+$/.test(value)) throw malformed(`\`${name}\` holds a space or a character outside ASCII`);
}

function malformed(problem: string): SigningError {
  return new SigningError('ERR_SIGNING_CREDENTIALS', `these are not usable credentials: ${problem}`);
}
