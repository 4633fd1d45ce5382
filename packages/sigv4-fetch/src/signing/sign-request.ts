// sign-request.ts — the four steps of SigV4 in the specification's order and words. Synchronous: nothing here waits.
import { sha256Hex } from '#hasher';
import { writeHeaders } from '../canonical/headers.js';
import { canonicalPath } from '../canonical/path.js';
import { canonicalQuery, plusToSpace } from '../canonical/query.js';
import { type RawHeader, type RawRequest, splitTarget } from '../canonical/raw-request.js';
import { refuseUnless, requireForm } from '../errors.js';
import type { SignedParts, SigningOptions } from './options.js';
import { hasSignature, querySigned, queryToSign } from './query-placement.js';
import { type ResolvedOptions, resolveOptions } from './resolve-options.js';
import { collectSignedHeaders, ownHeaders, TOKEN } from './signed-headers.js';

// biome-ignore lint/suspicious/noControlCharactersInRegex: the control characters are what is looked for
const NO_CONTROL = /^[^\0-\x1f\x7f]*$/;

/** All of a signature that does not depend on method and target. Requests that share it are signed in half the time. */
export interface Frame {
  readonly options: ResolvedOptions;
  /** Headers to send; unless it goes into the query, the last one is to get the signature. */
  readonly headers: readonly RawHeader[];
  readonly signedHeaders: string;
  /** The value of `authorization` up to the signature. */
  readonly authorization: string;
  /** The canonical request from its headers on. */
  readonly tail: string;
  /** The string to sign up to the hash. */
  readonly head: string;
}

/** The canonical request up to its headers, and the target that it stands for. */
export interface CanonicalHead {
  readonly text: string;
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
  return signInFrame(frameOf(request.headers, options), request.method, request.target);
}

/** The frame for these headers and options. */
export function frameOf(requestHeaders: readonly RawHeader[], given: SigningOptions): Frame {
  const options = resolveOptions(given);
  const headers = ownHeaders(options);
  const list = collectSignedHeaders(requestHeaders, headers, options);
  const signedHeaders = list.names.join(';');
  if (!options.inQuery) headers.push(['authorization', '']);
  return {
    options,
    headers,
    signedHeaders,
    authorization: `${options.algorithm} Credential=${options.credential}, SignedHeaders=${signedHeaders}, Signature=`,
    tail: `\n${writeHeaders(list)}\n${signedHeaders}\n${options.payloadHash}`,
    head: `${options.algorithm}\n${options.amzDate}\n${options.scope.text}\n`,
  };
}

/** Signs a method and a target in a frame. `hash` hashes the text it is given with the frame's tail behind it. */
export function signInFrame(
  frame: Frame,
  method: string,
  target: string,
  hash: (head: string) => string = (head) => sha256Hex(head + frame.tail),
): SignedParts {
  const head = canonicalHead(frame, method, target);
  return placeSignature(frame, head, frame.options.scope.sign(frame.head, hash(head.text)));
}

/** Step one: the canonical request, for which only the frame's tail is missing. */
export function canonicalHead({ options, signedHeaders }: Frame, method: string, target: string): CanonicalHead {
  requireForm(method, TOKEN, 'method', 'ERR_SIGNING_METHOD');
  requireForm(target, NO_CONTROL, 'target', 'ERR_SIGNING_TARGET');
  const { path, query: given } = splitTarget(target);
  let query = given !== undefined && options.plusInQuery === 'space' ? plusToSpace(given) : given;
  if (options.inQuery) query = queryToSign(query ?? '', options, signedHeaders);
  else refuseUnless(!query || !hasSignature(query), 'ERR_SIGNING_TARGET', '`target` already has a signature');
  const uri = canonicalPath(path, options.pathEncoding, options.normalizePath);
  return { text: `${method}\n${uri}\n${canonicalQuery(query ?? '')}`, path: path || '/', query };
}

/** Step four: the signature in its place. */
export function placeSignature(frame: Frame, { path, query }: CanonicalHead, signature: string): SignedParts {
  const { options } = frame;
  const headers = frame.headers.slice();
  if (options.inQuery) return { target: `${path}?${querySigned(query ?? '', options, signature)}`, headers };
  headers[headers.length - 1] = ['authorization', frame.authorization + signature];
  return { target: query === undefined ? path : `${path}?${query}`, headers };
}
