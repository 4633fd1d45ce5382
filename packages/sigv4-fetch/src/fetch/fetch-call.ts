// fetch-call.ts — one call of the signing `fetch`: read it, send it, follow where it leads, and on request turn a refusal
// into an error.
import type { Client } from './client.js';
import { forGlobalFetch } from './dispatcher.js';
import { exchange } from './exchange.js';
import { type FetchCarry, type FetchFunction, fetchTransport, readStart } from './fetch-transport.js';
import { type Outgoing, outgoing } from './outgoing.js';
import { followRedirect, isRedirect, REDIRECTS_MAX, refused } from './redirect.js';
import { type LatticeRequestInit, requestParts } from './request-input.js';
import { responseError } from './response-error.js';
import { newRun, type Run } from './run.js';
import { deadline } from './timeouts.js';

/** What calls are made with. */
export interface FetchCallOptions {
  readonly fetch?: FetchFunction;
  readonly dispatcher?: unknown;
  readonly baseUrl?: string | URL;
}

/** The function that makes calls. */
export function fetchWith(options: FetchCallOptions, client: Client) {
  let wrapped: unknown;
  const dispatcherFor = async (given: unknown): Promise<unknown> => {
    if (options.fetch !== undefined) return given;
    if (given !== options.dispatcher) return forGlobalFetch(given);
    wrapped ??= await forGlobalFetch(given);
    return wrapped;
  };
  return async (input: string | URL | Request, init?: LatticeRequestInit): Promise<Response> => {
    const parts = requestParts(input, init, options.baseUrl);
    parts.signal?.throwIfAborted();
    const dispatcher = init?.dispatcher ?? options.dispatcher;
    const carry: FetchCarry = {
      fetch: options.fetch ?? globalThis.fetch,
      request: parts.request,
      init: parts.init,
      redirect: parts.redirect,
      dispatcher: dispatcher === undefined ? undefined : await dispatcherFor(dispatcher),
    };
    const total = deadline(parts.signal, 'total', (parts.timeout ?? client.timeout).totalMs);
    try {
      const { url, method, headers, body } = parts;
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
    if (location === undefined) return finish(run, response, redirects > 0);
    response.body?.cancel().catch(() => undefined);
    if (redirects === REDIRECTS_MAX) throw refused(`is one of more than ${REDIRECTS_MAX}`);
    out = followRedirect(client, out, response.status, location);
    carry = { ...carry, request: undefined, init: initAfter(carry) };
  }
}

function leadsTo(response: Response): string | undefined {
  // A browser hides where a redirect leads from those who would follow it themselves.
  if (response.type === 'opaqueredirect')
    throw refused('cannot be followed: this platform does not say where it leads');
  return isRedirect(response.status) ? (response.headers.get('location') ?? undefined) : undefined;
}

// What a Request carried must be carried on without it: its URL is not the one to go to.
function initAfter({ request, init }: FetchCarry): RequestInit | undefined {
  if (request === undefined) return init;
  const { cache, credentials, keepalive, mode, referrerPolicy, signal } = request;
  const fields: RequestInit = { cache, credentials, keepalive, referrerPolicy, signal };
  return { ...(mode === 'navigate' ? fields : { ...fields, mode }), ...init };
}

async function finish(run: Run, response: Response, redirected: boolean): Promise<Response> {
  if (redirected) Object.defineProperty(response, 'redirected', { value: true });
  if (!run.client.options.throwOnError || response.ok || response.status < 400) return response;
  const { status, headers } = response;
  const text = await readStart(response.body);
  throw responseError(run, status, headers.get('x-amzn-requestid') ?? undefined, text);
}
