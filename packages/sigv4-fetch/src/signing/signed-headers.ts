// signed-headers.ts — which headers are signed, and the host (docs/signing.md, SIGN-31..35).
import {
  canonicalHeaderValue,
  checkHeader,
  checkSignedValue,
  type HeaderList,
  insertHeader,
} from '../canonical/headers.js';
import type { RawHeader } from '../canonical/raw-request.js';
import { SigningError } from '../errors.js';
import type { ResolvedOptions } from './resolve-options.js';

// Changed or added by what stands between signer and server, so never signed; the list of aws-c-auth and the hop-by-hop
// headers of RFC 9110. A caller's filter cannot bring them back.
const NEVER_SIGNED = new Set([
  'x-amzn-trace-id',
  'user-agent',
  'connection',
  'expect',
  'upgrade',
  'transfer-encoding',
  'te',
  'trailer',
  'keep-alive',
  'proxy-authorization',
  'proxy-authenticate',
  'proxy-connection',
  'sec-websocket-key',
  'sec-websocket-protocol',
  'sec-websocket-version',
  'sec-websocket-extensions',
]);

// The signer writes these itself: what the caller left there from another signature is not signed.
const OWNED = new Set([
  'authorization',
  'x-amz-date',
  'x-amz-security-token',
  'x-amz-content-sha256',
  'x-amz-region-set',
]);

/** True for a header that {@link SignedParts} replaces and whose old value must not be sent on. */
export function isOwnedHeader(lowerCaseName: string): boolean {
  return OWNED.has(lowerCaseName);
}

/** The canonical headers of a request: its own that are to be signed, and those the signer adds. */
export function collectSignedHeaders(requestHeaders: readonly RawHeader[], options: ResolvedOptions): HeaderList {
  const list: HeaderList = { names: [], values: [] };
  let host: string | undefined;
  let authority: string | undefined;
  for (let i = 0; i < requestHeaders.length; i++) {
    const header = requestHeaders[i] as RawHeader;
    checkHeader(header[0], header[1]);
    const name = header[0].toLowerCase();
    if (name === 'host') host = onlyOne(host, header[1]);
    else if (name === ':authority') authority = onlyOne(authority, header[1]);
    else if (isSigned(name, options)) addSigned(list, name, header[1]);
  }
  const named = canonicalHeaderValue(host ?? authority ?? '');
  if (named === '') throw new SigningError('ERR_SIGNING_HOST', 'the request has no `host` header');
  addSigned(list, 'host', named);
  addOwnHeaders(list, options);
  return list;
}

function addSigned(list: HeaderList, name: string, value: string): void {
  checkSignedValue(name, value);
  insertHeader(list, name, canonicalHeaderValue(value));
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

function isSigned(name: string, { signedHeaders }: ResolvedOptions): boolean {
  if (name.startsWith('x-amz-')) return !OWNED.has(name);
  if (signedHeaders === 'minimal' || name === 'authorization' || NEVER_SIGNED.has(name)) return false;
  return signedHeaders === 'all' || signedHeaders(name);
}

function onlyOne(before: string | undefined, value: string): string {
  if (before === undefined) return value;
  throw new SigningError('ERR_SIGNING_HOST', 'the request has more than one `host` header');
}
