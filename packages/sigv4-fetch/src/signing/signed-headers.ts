// signed-headers.ts — which headers are signed, and the host (docs/signing.md, SIGN-31..34).
import { checkHeaderValue, type HeaderList, insertHeader, signedHeaderValue } from '../canonical/headers.js';
import type { RawHeader } from '../canonical/raw-request.js';
import { refuseUnless, requireForm } from '../errors.js';
import type { ResolvedOptions } from './resolve-options.js';

/** An HTTP token: a method, or the name of a header. */
export const TOKEN = /^[\w!#$%&'*+.^`|~-]+$/;

// Changed or added by what stands between signer and server, so never signed; the list of aws-c-auth and the hop-by-hop
// headers of RFC 9110. A caller's filter cannot bring them back.
const NEVER_SIGNED =
  /^(?:x-amzn-trace-id|user-agent|connection|expect|upgrade|transfer-encoding|te|trailer|keep-alive|(?:proxy|sec-websocket)-.*)$/;

// The signer writes these itself: what the caller left there from another signature is not signed.
const OWNED = /^(?:authorization|x-amz-(?:date|security-token|content-sha256|region-set))$/;

/** True for a header that {@link SignedParts} replaces and whose old value must not be sent on. */
export function isOwnedHeader(lowerCaseName: string): boolean {
  return OWNED.test(lowerCaseName);
}

const TOKEN_HEADER = 'x-amz-security-token';
const ONE_HOST = 'the request must have one `host`';

interface KnownName {
  readonly lower: string;
  /** Undefined for a header that the caller's choice decides on. */
  readonly signed: boolean | undefined;
}

// INVARIANT: a memo of a pure function of the name as written, bounded; header names are no secrets. Programs send the
// same names again and again, and checking, folding and sorting them was a fifth of a signature (bench/signing).
const NAMES_MAX = 512;
const memo = new Map<string, KnownName>();

function knownName(rawName: string): KnownName {
  const known = memo.get(rawName);
  if (known) return known;
  const lower = rawName.toLowerCase();
  if (lower !== ':authority') requireForm(rawName, TOKEN, 'header name', 'ERR_SIGNING_HEADER');
  const never = OWNED.test(lower) || NEVER_SIGNED.test(lower);
  const fresh = { lower, signed: never ? false : lower.startsWith('x-amz-') || undefined };
  if (memo.size >= NAMES_MAX) memo.clear();
  memo.set(rawName, fresh);
  return fresh;
}

/** The headers that the signer sends, but for `authorization`. */
export function ownHeaders(options: ResolvedOptions): RawHeader[] {
  const { credentials, regionSet } = options;
  const own: RawHeader[] = [];
  if (options.sendPayloadHash) own.push(['x-amz-content-sha256', options.payloadHash]);
  if (options.inQuery) return own;
  own.push(['x-amz-date', options.amzDate]);
  if (regionSet !== undefined) own.push(['x-amz-region-set', regionSet]);
  if (credentials.sessionToken !== undefined) own.push([TOKEN_HEADER, credentials.sessionToken]);
  return own;
}

/** The canonical headers of a request: those of its own that are to be signed, and those that the signer adds. */
export function collectSignedHeaders(
  requestHeaders: readonly RawHeader[],
  own: readonly RawHeader[],
  { signedHeaders, signSessionToken }: ResolvedOptions,
): HeaderList {
  const list: HeaderList = { names: [], values: [] };
  let host: string | undefined;
  let authority: string | undefined;
  for (let i = 0; i < requestHeaders.length; i++) {
    const [rawName, value] = requestHeaders[i] as RawHeader;
    const { lower, signed } = knownName(rawName);
    checkHeaderValue(lower, value);
    if (lower === 'host') {
      refuseUnless(host === undefined, 'ERR_SIGNING_HOST', ONE_HOST);
      host = value;
    } else if (lower === ':authority') authority = value;
    else if (signed ?? (signedHeaders !== 'minimal' && (signedHeaders === 'all' || signedHeaders(lower)))) {
      insertHeader(list, lower, signedHeaderValue(lower, value));
    }
  }
  host = signedHeaderValue('host', host ?? authority ?? '');
  refuseUnless(host !== '', 'ERR_SIGNING_HOST', ONE_HOST);
  insertHeader(list, 'host', host);
  for (const [name, value] of own) if (signSessionToken || name !== TOKEN_HEADER) insertHeader(list, name, value);
  return list;
}
