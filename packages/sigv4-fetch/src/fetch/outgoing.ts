// outgoing.ts — a request on its way: what the caller gave, read once. Nothing here sends.

import type { RawHeader } from '../core.js';
import { SigningError } from '../errors.js';
import type { RetryPolicy } from '../retry/retry-policy.js';
import type { BodySource, LatticeBody } from './body.js';
import type { Client } from './client.js';
import type { Destination } from './destination.js';
import type { PlainHeaders } from './plain-headers.js';
import type { TimeoutOptions } from './timeouts.js';

/** A request before it is signed, the same for all attempts on one URL. */
export interface Outgoing {
  readonly url: URL;
  readonly method: string;
  /** Lower-case names. */
  readonly headers: PlainHeaders;
  readonly body: BodySource;
  readonly signal: AbortSignal | undefined;
  readonly destination: Destination;
  /** Path and query as the URL has them; signing gives the ones for the wire. */
  readonly target: string;
  readonly retry: RetryPolicy;
  readonly timeout: TimeoutOptions;
}

/** One attempt as it goes on the wire. */
export interface WireRequest {
  readonly href: string;
  /** The two parts of `href`, for a transport that takes them apart. */
  readonly origin: string;
  readonly target: string;
  readonly method: string;
  /** The caller's headers, and those of the signature, which go in place of any of the same names. */
  readonly headers: PlainHeaders;
  readonly signature: readonly RawHeader[];
  readonly body: LatticeBody | null;
  readonly signal: AbortSignal | undefined;
}

// `fetch` upper-cases all of these but PATCH, which no server takes in lower case.
const KNOWN_METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH']);

/** The method as it will be on the wire. */
export function wireMethod(method: string | undefined): string {
  if (method === undefined) return 'GET';
  const upper = method.toUpperCase();
  return KNOWN_METHODS.has(upper) ? upper : method;
}

/**
 * The URL of a request.
 *
 * @throws TypeError as `fetch` does, for no URL and for one with a user name or password.
 */
export function requestUrl(input: string | URL, baseUrl?: string | URL): URL {
  const url = new URL(input, baseUrl);
  if (url.username === '' && url.password === '') return url;
  throw new TypeError('the URL of a request cannot hold a user name or a password');
}

/** Options of the client that a single call may have of its own. */
interface PerCall {
  readonly retry: RetryPolicy | undefined;
  readonly timeout: TimeoutOptions | undefined;
}

/** Puts a request together: its destination decides whether it is signed, before any credential is looked at. */
export function outgoing(
  client: Client,
  request: Pick<Outgoing, 'url' | 'method' | 'headers' | 'body'> & PerCall,
  signal: AbortSignal | undefined,
): Outgoing {
  const destination = client.destinations.of(request.url);
  const { headers, url } = request;
  if (client.newRequestId !== undefined && headers['x-amzn-requestid'] === undefined) {
    headers['x-amzn-requestid'] = requestId(client.newRequestId());
  }
  return {
    url,
    method: request.method,
    headers,
    body: request.body,
    signal,
    destination,
    target: url.pathname + url.search,
    retry: request.retry ?? client.retry,
    timeout: request.timeout ?? client.timeout,
  };
}

// Lattice takes up to 512 bytes.
function requestId(value: string): string {
  if (/^[\x21-\x7e]{1,512}$/.test(value)) return value;
  throw new SigningError('ERR_SIGNING_OPTION', '`requestId` must give 1 to 512 visible ASCII characters');
}
