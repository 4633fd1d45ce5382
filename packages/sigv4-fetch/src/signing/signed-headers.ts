// signed-headers.ts — which headers are signed, and the host (docs/signing.md, SIGN-31..35).
import {
  checkHeaderName,
  checkHeaderValue,
  type HeaderList,
  insertHeader,
  signedHeaderValue,
} from '../canonical/headers.js';
import type { RawHeader } from '../canonical/raw-request.js';
import { SigningError } from '../errors.js';
import type { ResolvedOptions } from './resolve-options.js';

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

type NameKind = 'host' | 'authority' | 'owned' | 'amz' | 'never' | 'other';

interface KnownName {
  readonly lower: string;
  readonly kind: NameKind;
}

// INVARIANT: a memo of a pure function of the name as written, bounded; header names are no secrets. Programs send the
// same names again and again, and checking, folding and sorting them was a fifth of a signature (bench/signing).
const NAMES_MAX = 512;
const names = new Map<string, KnownName>();

function knownName(rawName: string): KnownName {
  const known = names.get(rawName);
  if (known !== undefined) return known;
  checkHeaderName(rawName);
  const lower = rawName.toLowerCase();
  if (names.size >= NAMES_MAX) names.clear();
  const fresh = { lower, kind: kindOf(lower) };
  names.set(rawName, fresh);
  return fresh;
}

function kindOf(lower: string): NameKind {
  if (lower === 'host') return 'host';
  if (lower === ':authority') return 'authority';
  if (OWNED.test(lower)) return 'owned';
  if (lower.startsWith('x-amz-')) return 'amz';
  return NEVER_SIGNED.test(lower) ? 'never' : 'other';
}

/** The canonical headers of a request: its own that are to be signed, and those the signer adds. */
export function collectSignedHeaders(requestHeaders: readonly RawHeader[], options: ResolvedOptions): HeaderList {
  const list: HeaderList = { names: [], values: [] };
  let hasHost = false;
  let authority: string | undefined;
  for (let i = 0; i < requestHeaders.length; i++) {
    const header = requestHeaders[i] as RawHeader;
    const { lower, kind } = knownName(header[0]);
    const value = header[1];
    checkHeaderValue(lower, value);
    if (kind === 'host') {
      addHost(list, value, hasHost);
      hasHost = true;
    } else if (kind === 'authority') authority = value;
    else if (kind === 'amz' || (kind === 'other' && isChosen(lower, options))) {
      insertHeader(list, lower, signedHeaderValue(lower, value));
    }
  }
  if (!hasHost) addHost(list, authority ?? '', false);
  addOwnHeaders(list, options);
  return list;
}

function addOwnHeaders(list: HeaderList, options: ResolvedOptions): void {
  if (options.sendPayloadHash) insertHeader(list, 'x-amz-content-sha256', options.payloadHash);
  if (options.inQuery) return;
  insertHeader(list, 'x-amz-date', options.amzDate);
  if (options.regionSet !== undefined) insertHeader(list, 'x-amz-region-set', options.regionSet);
  if (options.sessionToken !== undefined && options.signSessionToken) {
    insertHeader(list, 'x-amz-security-token', options.sessionToken);
  }
}

function isChosen(name: string, { signedHeaders }: ResolvedOptions): boolean {
  if (signedHeaders === 'minimal') return false;
  return signedHeaders === 'all' || signedHeaders(name);
}

function addHost(list: HeaderList, value: string, hasHost: boolean): void {
  if (hasHost) throw new SigningError('ERR_SIGNING_HOST', 'the request has more than one `host`');
  const host = signedHeaderValue('host', value);
  if (host === '') throw new SigningError('ERR_SIGNING_HOST', 'the request has no `host`');
  insertHeader(list, 'host', host);
}
