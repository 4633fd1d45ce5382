// sign-request.ts — the four steps of SigV4 in the specification's order and words. Synchronous: nothing here waits.
import { hasher } from '#hasher';
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
  const { target, headers } = explainSignature(request, options);
  return { target, headers };
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
  checkRequestLine(request);
  const headers = collectSignedHeaders(request.headers, resolved);
  const signedHeaders = headers.names.join(';');
  const { path, query } = queryAsSent(request.target, resolved);
  const sentQuery = resolved.inQuery ? queryToSign(query, resolved, signedHeaders) : query;

  const canonicalUri = canonicalPath(path, resolved.pathEncoding, resolved.normalizePath);
  const canonicalRequest = `${request.method}\n${canonicalUri}\n${canonicalQuery(sentQuery)}\n${writeHeaders(headers)}\n${signedHeaders}\n${resolved.payloadHash}`;
  const stringToSign = `${resolved.algorithm}\n${resolved.amzDate}\n${resolved.scope.text}\n${hasher.sha256Hex(canonicalRequest)}`;
  const signature = resolved.scope.sign(stringToSign);

  const target = targetToSend(path, sentQuery, resolved, signature);
  return {
    canonicalRequest,
    stringToSign,
    signature,
    signedHeaders,
    target,
    headers: headersToSend(resolved, signedHeaders, signature),
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

function checkRequestLine({ method, target }: RawRequest): void {
  if (!METHOD.test(method)) throw new SigningError('ERR_SIGNING_METHOD', '`method` is not an HTTP token');
  if (CONTROL.test(target)) throw new SigningError('ERR_SIGNING_TARGET', '`target` has a control character');
}

function queryAsSent(target: string, options: ResolvedOptions): { path: string; query: string | undefined } {
  const { path, query } = splitTarget(target);
  if (query === undefined) return { path, query };
  if (!options.inQuery && hasSignature(query)) {
    throw new SigningError('ERR_SIGNING_TARGET', '`target` already carries a signature in its query');
  }
  return { path, query: options.plusToSpace ? plusToSpace(query) : query };
}

function targetToSend(path: string, query: string | undefined, options: ResolvedOptions, signature: string): string {
  if (query === undefined) return path === '' ? '/' : path;
  return `${path === '' ? '/' : path}?${options.inQuery ? querySigned(query, options, signature) : query}`;
}

function headersToSend(options: ResolvedOptions, signedHeaders: string, signature: string): RawHeader[] {
  const headers: RawHeader[] = [];
  if (options.sendPayloadHash) headers.push(['x-amz-content-sha256', options.payloadHash]);
  if (options.inQuery) return headers;
  headers.push(['x-amz-date', options.amzDate]);
  if (options.regionSet !== undefined) headers.push(['x-amz-region-set', options.regionSet]);
  if (options.sessionToken !== undefined) headers.push(['x-amz-security-token', options.sessionToken]);
  const credential = `${options.accessKeyId}/${options.scope.text}`;
  headers.push([
    'authorization',
    `${options.algorithm} Credential=${credential}, SignedHeaders=${signedHeaders}, Signature=${signature}`,
  ]);
  return headers;
}
