// outgoing.ts — a request on its way: what the caller gave, read once. Nothing here sends.

import type { RawHeader } from '../core.js';
import { SigningError } from '../errors.js';
import type { RetryPolicy } from '../retry/retry-policy.js';
import type { BodySource, LatticeBody } from './body.js';
import type { Client } from './client.js';
import type { Place } from './destination.js';
import type { PlainHeaders } from './plain-headers.js';
import type { TimeoutOptions } from './timeouts.js';

/** A request before it is signed, the same for all attempts on one URL. */
export interface Outgoing extends Place {
  readonly method: string;
  /** Lower-case names. */
  readonly headers: PlainHeaders;
  readonly body: BodySource;
  readonly signal: AbortSignal | undefined;
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

/** A request as a caller gave it, read; with the options that a single call may have of its own. */
export interface GivenRequest {
  readonly place: Place;
  readonly method: string;
  readonly headers: PlainHeaders;
  readonly body: BodySource;
  readonly retry: RetryPolicy | undefined;
  readonly timeout: TimeoutOptions | undefined;
}

/** Puts a request together. */
export function outgoing(client: Client, given: GivenRequest, signal: AbortSignal | undefined): Outgoing {
  const { place, method, headers, body } = given;
  const { destination, target, href } = place;
  if (client.newRequestId !== undefined && headers['x-amzn-requestid'] === undefined) {
    headers['x-amzn-requestid'] = requestId(client.newRequestId());
  }
  const { retry = client.retry, timeout = client.timeout } = given;
  return { destination, target, href, method, headers, body, signal, retry, timeout };
}

// Lattice takes up to 512 bytes.
function requestId(value: string): string {
  if (/^[\x21-\x7e]{1,512}$/.test(value)) return value;
  throw new SigningError('ERR_SIGNING_OPTION', '`requestId` must give 1 to 512 visible ASCII characters');
}
