// signing-settings.ts — how requests are signed, whoever sends them: options with Lattice's defaults, and the step from
// a request as the caller sees it to the raw one that `./core` signs.
import type { RawRequest, SignedParts, SigningOptions } from '../core.js';
import type { CredentialSet } from '../credentials/credentials.js';
import { SigningError } from '../errors.js';
import type { PlainHeaders } from './plain-headers.js';
import type { SigningRegion } from './region.js';

/** How to sign. Everything has Lattice's default. */
export interface SigningSettings {
  /** The signing name. Default `vpc-lattice-svcs`. */
  readonly service?: string;
  /** Where the signature goes; `query` leaves `Authorization` to the application. Default `header`. */
  readonly placement?: 'header' | 'query';
  /** How long a signature in the query is good for, in seconds. Default 300. */
  readonly expiresSeconds?: number;
  /** How often a path is percent-encoded before it is signed. Default `double`. */
  readonly pathEncoding?: 'double' | 'single' | 'none';
  /** Whether dot segments and empty segments are resolved before signing. Default true. */
  readonly normalizePath?: boolean;
  /** Headers to sign besides `host`. Default `minimal`: those that begin with `x-amz-`. */
  readonly signedHeaders?: 'minimal' | 'all' | ((name: string) => boolean);
  /** False: the session token is added after signing. Default true. */
  readonly signSessionToken?: boolean;
}

/** The settings with nothing left open. */
export type ResolvedSettings = Required<SigningSettings>;

/** Signs raw requests: `./core`'s signer, or another with the same results. */
export type SignRaw = (request: RawRequest, options: SigningOptions) => SignedParts | Promise<SignedParts>;

export const LATTICE_SERVICE = 'vpc-lattice-svcs';
const UNSIGNED_PAYLOAD = 'UNSIGNED-PAYLOAD';

/**
 * Fills in the defaults.
 *
 * @throws SigningError `ERR_SIGNING_OPTION` for a service name or a lifetime that cannot be.
 */
export function resolveSettings(settings: SigningSettings): ResolvedSettings {
  const { service = LATTICE_SERVICE, expiresSeconds = 300 } = settings;
  if (!/^[a-z0-9-]{1,64}$/i.test(service)) throw option(`\`service\` is not a signing name: \`${service.slice(0, 80)}\``);
  if (!Number.isInteger(expiresSeconds) || expiresSeconds < 1 || expiresSeconds > 604_800) {
    throw option('`expiresSeconds` must be a whole number from 1 to 604800');
  }
  return {
    service,
    placement: settings.placement ?? 'header',
    expiresSeconds,
    pathEncoding: settings.pathEncoding ?? 'double',
    normalizePath: settings.normalizePath ?? true,
    signedHeaders: settings.signedHeaders ?? 'minimal',
    signSessionToken: settings.signSessionToken ?? true,
  };
}

function option(message: string): SigningError {
  return new SigningError('ERR_SIGNING_OPTION', message);
}

/** The options `./core` takes, for one request. */
export function signingOptions(
  settings: ResolvedSettings,
  credentials: CredentialSet,
  region: SigningRegion,
  signedAt: Date,
  payloadHash: string,
): SigningOptions {
  const common = {
    credentials,
    service: settings.service,
    date: signedAt,
    payloadHash,
    sendPayloadHash: true,
    placement: settings.placement,
    expiresSeconds: settings.expiresSeconds,
    pathEncoding: settings.pathEncoding,
    normalizePath: settings.normalizePath,
    signSessionToken: settings.signSessionToken,
    signedHeaders: settings.signedHeaders,
  } as const;
  if (region.regionSet !== undefined) {
    return { ...common, regionSet: region.regionSet, algorithm: 'AWS4-ECDSA-P256-SHA256' };
  }
  return { ...common, region: region.region, algorithm: 'AWS4-HMAC-SHA256' };
}

/** A request as `./core` takes it, with only the headers that can be signed: the others would be looked at for nothing. */
export function rawRequest(
  settings: ResolvedSettings,
  method: string,
  target: string,
  host: string,
  headers: PlainHeaders,
): RawRequest {
  const pairs: [string, string][] = [['host', host]];
  const minimal = settings.signedHeaders === 'minimal';
  for (const name in headers) {
    const value = headers[name];
    if (value === undefined || (minimal && !name.startsWith('x-amz-'))) continue;
    requireAscii(name, value);
    pairs.push([name, value]);
  }
  return { method, target, headers: pairs };
}

// Signers hash UTF-8, connections carry Latin-1: a signature over such a value is wrong for every receiver.
function requireAscii(name: string, value: string): void {
  if (/^[\t\x20-\x7e]*$/.test(value)) return;
  throw new SigningError('ERR_SIGNING_HEADER', `the value of \`${name}\` cannot be signed: it is not plain ASCII`);
}

/** Lattice takes unsigned payloads only; another service may be told the hash that the caller worked out. */
export function payloadHashFor(settings: ResolvedSettings, headers: PlainHeaders): string {
  if (settings.service === LATTICE_SERVICE) return UNSIGNED_PAYLOAD;
  return headers['x-amz-content-sha256'] ?? UNSIGNED_PAYLOAD;
}

/** A literal `+` in a query means a space to some signers and a plus to others; `%20` means the same to all. */
export function wireTarget(url: URL): string {
  const { pathname, search } = url;
  return search.includes('+') ? pathname + search.replaceAll('+', '%20') : pathname + search;
}

/** Takes the session token out of a canonical request, which is otherwise free of secrets. */
export function withoutToken(canonicalRequest: string): string {
  return canonicalRequest
    .replace(/^(x-amz-security-token:).*$/gim, '$1[redacted]')
    .replace(/(x-amz-security-token=)[^&\n]*/gi, '$1[redacted]');
}
