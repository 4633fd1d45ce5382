// sign-request.ts — the four steps of SigV4 in the specification's order and words. Synchronous: nothing here waits.
import { sha256Hex } from '#hasher';
import { writeHeaders } from '../canonical/headers.js';
import { canonicalPath } from '../canonical/path.js';
import { canonicalQuery, plusToSpace } from '../canonical/query.js';
import { type RawHeader, type RawRequest, splitTarget } from '../canonical/raw-request.js';
import { refuseUnless } from '../errors.js';
import type { SignedParts, SigningOptions } from './options.js';
import { hasSignature, querySigned, queryToSign } from './query-placement.js';
import { type ResolvedOptions, resolveOptions } from './resolve-options.js';
import { collectSignedHeaders, ownHeaders, TOKEN } from './signed-headers.js';

// biome-ignore lint/suspicious/noControlCharactersInRegex: the control characters are what is looked for
const CONTROL = /[\0-\x1f\x7f]/;

/** The text that is hashed, and what of it goes on the wire. */
export interface Canonical {
  readonly text: string;
  readonly signedHeaders: string;
  readonly path: string;
  readonly query: string | undefined;
  /** Headers to send; the signature is added to them. */
  readonly headers: RawHeader[];
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

/** Step one: the canonical request, and the parts of it that are sent. */
export function canonicalRequest({ method, target, headers }: RawRequest, options: ResolvedOptions): Canonical {
  refuseUnless(TOKEN.test(method), 'ERR_SIGNING_METHOD', '`method` is not an HTTP token');
  refuseUnless(!CONTROL.test(target), 'ERR_SIGNING_TARGET', '`target` has a control character');
  const own = ownHeaders(options);
  const list = collectSignedHeaders(headers, own, options);
  const signedHeaders = list.names.join(';');
  const { path, query: given } = splitTarget(target);
  let query = given !== undefined && options.plusToSpace ? plusToSpace(given) : given;
  if (options.inQuery) query = queryToSign(query ?? '', options, signedHeaders);
  else {
    const signedBefore = query !== undefined && hasSignature(query);
    refuseUnless(!signedBefore, 'ERR_SIGNING_TARGET', '`target` already has a signature');
  }
  const uri = canonicalPath(path, options.pathEncoding, options.normalizePath);
  const text = `${method}\n${uri}\n${canonicalQuery(query ?? '')}\n${writeHeaders(list)}\n${signedHeaders}\n${options.payloadHash}`;
  return { text, signedHeaders, path: path || '/', query, headers: own };
}

/** Step four: the signature in its place. */
export function placeSignature(canonical: Canonical, options: ResolvedOptions, signature: string): SignedParts {
  const { path, query, signedHeaders, headers } = canonical;
  if (options.inQuery) return { target: `${path}?${querySigned(query ?? '', options, signature)}`, headers };
  headers.push([
    'authorization',
    `${options.algorithm} Credential=${options.credential}, SignedHeaders=${signedHeaders}, Signature=${signature}`,
  ]);
  return { target: query === undefined ? path : `${path}?${query}`, headers };
}
