// credentials.ts — what a set of credentials is, and how one comes in: as data, or from any AWS SDK provider.
// A set is atomic: it is validated, copied and frozen at once, so that no key is ever sent with another set's token.
import { VISIBLE_ASCII } from '../canonical/headers.js';
import { refuseUnless, requireForm } from '../errors.js';

const CODE = 'ERR_SIGNING_CREDENTIALS';

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
 * @throws SigningError `ERR_SIGNING_CREDENTIALS` when a part is missing or malformed.
 */
export function toCredentialSet(value: Credentials): CredentialSet {
  const { accessKeyId, secretAccessKey, sessionToken, expiration } = value ?? {};
  // Only visible ASCII: anything else could not stand in a header, and an error about it would have to quote it.
  requireForm(accessKeyId, VISIBLE_ASCII, 'accessKeyId', CODE);
  requireForm(secretAccessKey, VISIBLE_ASCII, 'secretAccessKey', CODE);
  const expiresAtMs =
    expiration === undefined || expiration === null ? Number.POSITIVE_INFINITY : +new Date(expiration);
  refuseUnless(!Number.isNaN(expiresAtMs), CODE, '`expiration` is not a date');
  if (sessionToken === undefined || sessionToken === null || sessionToken === '') {
    return Object.freeze({ accessKeyId, secretAccessKey, expiresAtMs });
  }
  requireForm(sessionToken, VISIBLE_ASCII, 'sessionToken', CODE);
  return Object.freeze({ accessKeyId, secretAccessKey, sessionToken, expiresAtMs });
}
