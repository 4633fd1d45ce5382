// fetch-transport.ts — sends a signed request with a `fetch`. Signing in front of it costs less than signing in a
// dispatcher below it (docs/decisions/0013-sign-in-front-of-fetch.md), works with any `fetch`, and leaves redirects to us, who must sign them.
import { isStreamed, toFetchBody } from './body.js';
import type { WireRequest } from './outgoing.js';
import type { Transport } from './run.js';

/** Any function that does what `fetch` does. */
export type FetchFunction = (input: string | URL | Request, init?: RequestInit) => Promise<Response>;

/** What to do about redirects, as `fetch` has it. */
export type RedirectMode = 'follow' | 'manual' | 'error';

/** What a call carries besides what is signed: `cache`, `integrity`, `dispatcher` and so on. */
export interface FetchCarry {
  readonly fetch: FetchFunction;
  /** The caller's Request, until a redirect leaves it behind. */
  readonly request: Request | undefined;
  readonly init: RequestInit | undefined;
  readonly redirect: RedirectMode;
  readonly dispatcher: unknown;
}

/** What Node's `fetch` takes beyond the standard's types, wherever the types come from. */
export type SentInit = RequestInit & { duplex?: 'half' };

/** A transport for one URL of one call. */
export function fetchTransport(carry: FetchCarry): Transport<Response> {
  return { send: (wire) => sendWithFetch(carry, wire), status, header, peek, discard };
}

function sendWithFetch({ fetch, request, init, redirect, dispatcher }: FetchCarry, wire: WireRequest) {
  const { body, href, method, headers } = wire;
  const sent: SentInit = { ...init, method, headers, body: null };
  // Redirects are ours: `fetch` would repeat the old signature, and take the session token along to wherever it leads.
  sent.redirect = redirect === 'follow' ? 'manual' : redirect;
  if (body !== null) {
    sent.body = toFetchBody(body) as NonNullable<RequestInit['body']>;
    if (isStreamed(body)) sent.duplex = 'half';
  }
  if (wire.signal !== undefined) sent.signal = wire.signal;
  if (dispatcher !== undefined) sent.dispatcher = dispatcher as NonNullable<SentInit['dispatcher']>;
  if (request === undefined) return fetch(href, sent);
  if (request.url === href) return fetch(request, sent);
  // Its URL is not the one that was signed (`%20` for `+`).
  return import('./on-demand.js').then(({ withFieldsOf }) => fetch(href, withFieldsOf(request, sent)));
}

function status(response: Response): number {
  return response.status;
}

function header(response: Response, name: string): string | undefined {
  return response.headers.get(name) ?? undefined;
}

function discard(response: Response): void {
  response.body?.cancel().catch(() => undefined);
}

async function peek(response: Response): Promise<string> {
  return (await import('./on-demand.js')).peek(response);
}
