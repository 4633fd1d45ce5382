// request-input.ts — reads what `fetch` was called with: a URL or a Request, and what `init` puts over it. A Request is
// read, not copied: its signal, redirect mode and body stay its own.
import { type RetryOptions, retryPolicy } from '../retry/retry-policy.js';
import { type BodySource, bodySource, type LatticeBodyInit, NO_BODY } from './body.js';
import { type Client, checkedTimeout } from './client.js';
import type { RedirectMode } from './fetch-transport.js';
import { type GivenRequest, wireMethod } from './outgoing.js';
import { type HeadersInput, plainHeaders } from './plain-headers.js';
import type { TimeoutOptions } from './timeouts.js';

/** What `fetch` takes, with any async iterable as a body, and this package's options for a single call. */
export interface LatticeRequestInit extends Omit<RequestInit, 'body' | 'dispatcher' | 'duplex'> {
  readonly body?: LatticeBodyInit | RequestInit['body'];
  /** Set by itself for streams. */
  readonly duplex?: 'half';
  /** An undici dispatcher for this call. */
  readonly dispatcher?: object;
  readonly retry?: RetryOptions | false;
  readonly timeout?: TimeoutOptions;
}

/** A call, read. */
export interface RequestParts extends GivenRequest {
  readonly signal: AbortSignal | undefined;
  readonly redirect: RedirectMode;
  readonly request: Request | undefined;
  readonly init: RequestInit | undefined;
}

/** Reads a call; `baseUrl` is what relative URLs are resolved against. */
export function requestParts(
  { destinations }: Client,
  input: string | URL | Request,
  init: LatticeRequestInit | undefined,
  baseUrl: string | URL | undefined,
): RequestParts {
  const request = isRequest(input) ? input : undefined;
  const { signal = request?.signal } = init ?? {};
  return {
    place: destinations.place(request?.url ?? (input as string | URL), baseUrl),
    method: wireMethod(init?.method ?? request?.method),
    headers: plainHeaders((init?.headers ?? request?.headers) as HeadersInput | undefined),
    body: partsBody(request, init),
    signal: (signal as AbortSignal | null | undefined) ?? undefined,
    redirect: init?.redirect ?? request?.redirect ?? 'follow',
    request,
    init: init === undefined ? undefined : withoutOurs(init),
    retry: init?.retry === undefined ? undefined : retryPolicy(init.retry),
    timeout: init?.timeout === undefined ? undefined : checkedTimeout(init.timeout),
  };
}

// The body of a Request is left in it: `null` in `init` means "the Request's own".
function partsBody(request: Request | undefined, init: LatticeRequestInit | undefined): BodySource {
  if (init?.body !== undefined && init.body !== null) return bodySource(init.body as LatticeBodyInit);
  return request !== undefined && request.body !== null ? { kind: 'once', next: () => null } : NO_BODY;
}

// Another library's `fetch` may stumble over options it does not know.
function withoutOurs(init: LatticeRequestInit): RequestInit {
  if (init.retry === undefined && init.timeout === undefined) return init as RequestInit;
  const { retry: _retry, timeout: _timeout, ...rest } = init;
  return rest as RequestInit;
}

// By shape: the Request of another realm, or of the undici package, is a Request too.
function isRequest(input: string | URL | Request): input is Request {
  return typeof input === 'object' && 'url' in input && 'headers' in input;
}
