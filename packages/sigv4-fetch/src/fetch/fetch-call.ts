// fetch-call.ts — one call of the signing `fetch`: read it, send it, follow where it leads, and on request turn a refusal
// into an error.
import { SigningError } from '../errors.js';
import type { Client } from './client.js';
import { exchange } from './exchange.js';
import { type FetchCarry, type FetchFunction, fetchTransport } from './fetch-transport.js';
import { type Outgoing, outgoing } from './outgoing.js';
import { type LatticeRequestInit, requestParts } from './request-input.js';
import { newRun } from './run.js';
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
    const { forGlobalFetch } = await import('./on-demand.js');
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
      if (response.status < 400 || !client.options.throwOnError) return response;
      return (await import('./on-demand.js')).refuse(run, response);
    }
    const { nextHop } = await import('./on-demand.js');
    ({ carry, out } = nextHop(client, carry, out, { response, location, count: redirects + 1 }));
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
