// signing-settings.ts — how requests are signed, whoever sends them: options with Lattice's defaults, and the step from
// a request as the caller sees it to the raw one that `./core` signs.
import type { RawHeader, RawRequest, SignedParts, SigningOptions } from '../core.js';
import type { CredentialSet } from '../credentials/credentials.js';
import { SigningError } from '../errors.js';
import { LATTICE_SIGNING_NAME, UNSIGNED_PAYLOAD } from '../signing/options.js';
import type { PlainHeaders } from './plain-headers.js';
import type { SigningRegion } from './region.js';

/** How to sign: the options of `./core` that do not change from request to request. */
export type SigningSettings = Pick<
  SigningOptions,
  | 'service'
  | 'placement'
  | 'expiresSeconds'
  | 'pathEncoding'
  | 'normalizePath'
  | 'signedHeaders'
  | 'signSessionToken'
  | 'plusInQuery'
>;

/** The settings that are looked at here, filled in, and all of them as `./core` takes them. */
export interface ResolvedSettings {
  readonly service: string;
  readonly placement: 'header' | 'query';
  readonly signsAllHeaders: boolean;
  readonly core: Omit<SigningOptions, 'credentials' | 'date'>;
}

/** Signs raw requests: `./core`'s signer, or another with the same results. */
export type SignRaw = (request: RawRequest, options: SigningOptions) => SignedParts | Promise<SignedParts>;

/**
 * Fills in the defaults.
 *
 * @throws SigningError `ERR_SIGNING_OPTION` for a service that is not a signing name.
 */
export function resolveSettings(settings: SigningSettings): ResolvedSettings {
  const { service = LATTICE_SIGNING_NAME, placement = 'header', signedHeaders = 'minimal' } = settings;
  if (!/^[a-z0-9-]{1,64}$/i.test(service)) {
    throw new SigningError('ERR_SIGNING_OPTION', `\`service\` is not a signing name: \`${service.slice(0, 80)}\``);
  }
  return {
    service,
    placement,
    signsAllHeaders: signedHeaders !== 'minimal',
    core: {
      service,
      placement,
      signedHeaders,
      expiresSeconds: settings.expiresSeconds,
      pathEncoding: settings.pathEncoding,
      normalizePath: settings.normalizePath,
      signSessionToken: settings.signSessionToken,
      plusInQuery: settings.plusInQuery,
    },
  };
}

/** The options `./core` takes, for one request. */
export function signingOptions(
  settings: ResolvedSettings,
  credentials: CredentialSet,
  { region, regionSet }: SigningRegion,
  date: Date,
  payloadHash: string,
): SigningOptions {
  if (regionSet === undefined) return { ...settings.core, credentials, region, date, payloadHash };
  return { ...settings.core, credentials, regionSet, algorithm: 'AWS4-ECDSA-P256-SHA256', date, payloadHash };
}

// What a signature brings anew.
const OURS: ReadonlySet<string> = new Set([
  'x-amz-date',
  'x-amz-security-token',
  'x-amz-content-sha256',
  'x-amz-region-set',
]);

/**
 * Removes what would contradict a signature: a Host of the caller's, a stale date or token, and with `authorization` the old
 * signature. True when there is more left to sign than the host.
 */
export function dropOurs({ placement, signsAllHeaders }: ResolvedSettings, headers: PlainHeaders): boolean {
  let hasSignable = false;
  for (const name in headers) {
    const isAmz = name.startsWith('x-amz-');
    // `fetch` ignores a Host, and sends the URL's.
    if (isAmz ? OURS.has(name) : name === 'host' || (name === 'authorization' && placement === 'header')) {
      delete headers[name];
    } else if (isAmz || signsAllHeaders) hasSignable = true;
  }
  return hasSignable;
}

/** A request as `./core` takes it, with only the headers that can be signed: the others would be looked at for nothing. */
export function rawRequest(
  settings: ResolvedSettings,
  method: string,
  target: string,
  host: string,
  headers: PlainHeaders,
): RawRequest {
  const pairs: RawHeader[] = [['host', host]];
  for (const name in headers) {
    const value = headers[name];
    if (value === undefined) continue;
    if (settings.signsAllHeaders || name.startsWith('x-amz-')) pairs.push([name, value]);
  }
  return { method, target, headers: pairs };
}

/** Lattice takes unsigned payloads only; another service may be told the hash that the caller worked out. */
export function payloadHashFor(settings: ResolvedSettings, headers: PlainHeaders): string {
  if (settings.service === LATTICE_SIGNING_NAME) return UNSIGNED_PAYLOAD;
  return headers['x-amz-content-sha256'] ?? UNSIGNED_PAYLOAD;
}
