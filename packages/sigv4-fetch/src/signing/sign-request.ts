// sign-request.ts — the four steps of SigV4 in the specification's order and words. Synchronous: nothing here waits.
import { sha256Hex } from '#hasher';
import { writeHeaders } from '../canonical/headers.js';
import { canonicalPath } from '../canonical/path.js';
import { canonicalQuery, plusToSpace } from '../canonical/query.js';
import { type RawHeader, type RawRequest, splitTarget } from '../canonical/raw-request.js';
import { SigningError } from '../errors.js';
import type { SignatureExplanation, SignedParts, SigningOptions } from './options.js';
import { hasSignature, querySigned, queryToSign } from './query-placement.js';
import { type ResolvedOptions, resolveOptions } from './resolve-options.js';
import { collectSignedHeaders, isOwnedHeader } from './signed-headers.js';

const METHOD = /^[\w!#$%&'*+.^`|~-]+$/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: the control characters are what is looked for
const CONTROL = /[\0-\x1f\x7f]/;

/** The text that is hashed, and what of it goes on the wire. */
interface Canonical {
  readonly text: string;
  readonly signedHeaders: string;
  readonly path: string;
  readonly query: string | undefined;
}

/**
 * Signs a request: says which target and which headers to send.
 *
 * The request itself is not changed. Send the returned target, and the returned headers in place of any of the same
 * names; {@link applySignature} does both, and drops what an earlier signature left behind.
 *
 * @example
 * const { target, headers } = signRequest(
 *   { method: 'GET', target: '/parking?floor=2', headers: [['host', 'parking.example.com']] },
 *   { credentials, region: 'eu-west-1', date: new Date() },
 * );
 * @throws SigningError `ERR_SIGNING_*`; nothing else.
 */
export function signRequest(request: RawRequest, options: SigningOptions): SignedParts {
  const resolved = resolveOptions(options);
  const canonical = canonicalRequest(request, resolved);
  const { scope, amzDate } = resolved;
  return placeSignature(canonical, resolved, scope.sign(scope.head(amzDate), sha256Hex(canonical.text)));
}

/**
 * Signs a request as {@link signRequest} does, and shows each step.
 *
 * The steps hold the session token where it is signed: mind where you print them.
 *
 * @throws SigningError `ERR_SIGNING_*`; nothing else.
 */
export function explainSignature(request: RawRequest, options: SigningOptions): SignatureExplanation {
  const resolved = resolveOptions(options);
  const canonical = canonicalRequest(request, resolved);
  const head = resolved.scope.head(resolved.amzDate);
  const hash = sha256Hex(canonical.text);
  const signature = resolved.scope.sign(head, hash);
  return {
    canonicalRequest: canonical.text,
    stringToSign: head + hash,
    signature,
    signedHeaders: canonical.signedHeaders,
    ...placeSignature(canonical, resolved, signature),
  };
}

/** The request with a signature's target and headers in place, and without leftovers of an earlier signature. */
export function applySignature(request: RawRequest, parts: SignedParts): RawRequest {
  const replaced = new Set(parts.headers.map(([name]) => name));
  // With query placement `authorization` is free for the target application's own use, so it is kept.
  const keepsAuthorization = !replaced.has('authorization');
  const kept = request.headers.filter(([name]) => {
    const lower = name.toLowerCase();
    return !replaced.has(lower) && (!isOwnedHeader(lower) || (lower === 'authorization' && keepsAuthorization));
  });
  return { method: request.method, target: parts.target, headers: [...kept, ...parts.headers] };
}

function canonicalRequest({ method, target, headers }: RawRequest, options: ResolvedOptions): Canonical {
  if (!METHOD.test(method)) throw new SigningError('ERR_SIGNING_METHOD', '`method` is not an HTTP token');
  if (CONTROL.test(target)) throw new SigningError('ERR_SIGNING_TARGET', '`target` has a control character');
  const list = collectSignedHeaders(headers, options);
  const signedHeaders = list.names.join(';');
  const { path, query } = splitTarget(target);
  const sent = queryToSend(query, options, signedHeaders);
  const canonicalUri = canonicalPath(path, options.pathEncoding, options.normalizePath);
  const text = `${method}\n${canonicalUri}\n${canonicalQuery(sent)}\n${writeHeaders(list)}\n${signedHeaders}\n${options.payloadHash}`;
  return { text, signedHeaders, path: path === '' ? '/' : path, query: sent };
}

function queryToSend(query: string | undefined, options: ResolvedOptions, signedHeaders: string): string | undefined {
  const own = query !== undefined && options.plusToSpace ? plusToSpace(query) : query;
  if (options.inQuery) return queryToSign(own, options, signedHeaders);
  if (own !== undefined && hasSignature(own)) {
    throw new SigningError('ERR_SIGNING_TARGET', '`target` already carries a signature in its query');
  }
  return own;
}

function placeSignature(
  { path, query, signedHeaders }: Canonical,
  options: ResolvedOptions,
  signature: string,
): SignedParts {
  const headers: RawHeader[] = [];
  if (options.sendPayloadHash) headers.push(['x-amz-content-sha256', options.payloadHash]);
  if (options.inQuery) return { target: `${path}?${querySigned(query ?? '', options, signature)}`, headers };
  headers.push(['x-amz-date', options.amzDate]);
  if (options.regionSet !== undefined) headers.push(['x-amz-region-set', options.regionSet]);
  if (options.sessionToken !== undefined) headers.push(['x-amz-security-token', options.sessionToken]);
  headers.push(['authorization', `${options.scope.authorization}${signedHeaders}, Signature=${signature}`]);
  return { target: query === undefined ? path : `${path}?${query}`, headers };
}
