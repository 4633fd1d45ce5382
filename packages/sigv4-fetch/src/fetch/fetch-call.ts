// fetch-call.ts — one call of the signing `fetch`: read it, send it, follow where it leads, and on request turn a refusal
// into an error.
import { SigningError } from '../errors.js';
import type { Client } from './client.js';
import { forGlobalFetch } from './dispatcher.js';
import { exchange } from './exchange.js';
import { type FetchCarry, type FetchFunction, fetchTransport, readStart } from './fetch-transport.js';
import { type Outgoing, outgoing } from './outgoing.js';
import { type LatticeRequestInit, requestParts } from './request-input.js';
import { newRun, type Run } from './run.js';
import { deadline } from './timeouts.js';

/** What calls are made with. */
export interface FetchCallOptions {
  readonly fetch?: FetchFunction;
  readonly dispatcher?: object;
  readonly baseUrl?: string | URL;
}

/** The function that makes calls. */
export function fetchWith(options: FetchCallOptions, client: Client) {
  let wrapped: unknown;
  const dispatcherFor = async (given: object): Promise<unknown> => {
    if (options.fetch !== undefined) return given;
    if (given !== options.dispatcher) return forGlobalFetch(given);
    wrapped ??= await forGlobalFetch(given);
    return wrapped;
  };
  return async (input: string | URL | Request, init?: LatticeRequestInit): Promise<Response> => {
    const parts = requestParts(input, init, options.baseUrl);
    parts.signal?.throwIfAborted();
    const { url, method, headers, body, request, redirect } = parts;
    const given = init?.dispatcher ?? options.dispatcher;
    const dispatcher = given === undefined ? undefined : await dispatcherFor(given);
    const carry = { fetch: options.fetch ?? globalThis.fetch, request, init: parts.init, redirect, dispatcher };
    const total = deadline(parts.signal, 'total', (parts.timeout ?? client.timeout).totalMs);
    try {
      return await hops(client, carry, outgoing(client, { url, method, headers, body, signal: total.signal }, parts));
    } finally {
      total.stop();
    }
  };
}

async function hops(client: Client, first: FetchCarry, start: Outgoing): Promise<Response> {
  let carry = first;
  let out = start;
  for (let redirects = 0; ; redirects += 1) {
    const run = newRun(client, out);
    const response = await exchange(run, fetchTransport(carry));
    const location = carry.redirect === 'follow' ? leadsTo(response) : undefined;
    if (location === undefined) {
      if (redirects > 0) Object.defineProperty(response, 'redirected', { value: true });
      return response.status >= 400 && client.options.throwOnError ? refuse(run, response) : response;
    }
    response.body?.cancel().catch(() => undefined);
    const { followRedirect } = await import('./redirect.js');
    out = followRedirect(client, out, { status: response.status, location, count: redirects + 1 });
    carry = { ...carry, request: undefined, init: initAfter(carry) };
  }
}

const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

function leadsTo(response: Response): string | undefined {
  // A browser hides where a redirect leads from those who would follow it themselves.
  if (response.status === 0 && response.type === 'opaqueredirect') {
    throw new SigningError('ERR_SIGNING_REDIRECT', 'this platform does not say where a redirect leads');
  }
  return REDIRECTS.has(response.status) ? (response.headers.get('location') ?? undefined) : undefined;
}

// What a Request carried must be carried on without it: its URL is not the one to go to.
function initAfter({ request, init }: FetchCarry): RequestInit | undefined {
  if (request === undefined) return init;
  const { cache, credentials, keepalive, mode, referrerPolicy, signal } = request;
  const fields: RequestInit = { cache, credentials, keepalive, referrerPolicy, signal };
  return { ...(mode === 'navigate' ? fields : { ...fields, mode }), ...init };
}

async function refuse(run: Run, { status, headers, body }: Response): Promise<never> {
  const [text, { responseError }] = await Promise.all([readStart(body), import('./response-error.js')]);
  throw responseError(run, status, headers.get('x-amzn-requestid') ?? undefined, text);
}
