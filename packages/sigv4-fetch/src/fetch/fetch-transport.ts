// fetch-transport.ts — sends a signed request with a `fetch`, and follows where the response leads. `fetch` does not follow:
// it would repeat the old signature, and take the session token along (docs/decisions/0013-sign-in-front-of-fetch.md).
import { signingBelow } from './below-fetch.js';
import { isIterable, isStreamed } from './body.js';
import { exchange } from './exchange.js';
import { placeHeaders } from './make-signature.js';
import type { WireRequest } from './outgoing.js';
import { copyHeaders } from './plain-headers.js';
import { newRun, type Run, type Transport } from './run.js';

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
export class FetchTransport implements Transport<Response> {
  readonly #carry: FetchCarry;
  /** How many redirects led here. */
  readonly #hops: number;

  constructor(carry: FetchCarry, hops: number) {
    this.#carry = carry;
    this.#hops = hops;
  }

  send(wire: WireRequest): Promise<Response> {
    const { fetch, request, init, redirect, dispatcher } = this.#carry;
    const { body, href, method, signature } = wire;
    // A Request may have a dispatcher of its own, which only `fetch` can see: then it must not be given another.
    const unseen = request !== undefined && dispatcher === undefined;
    const below = unseen ? undefined : signingBelow(fetch, dispatcher, signature);
    let { headers } = wire;
    if (below === undefined) {
      headers = copyHeaders(headers);
      placeHeaders(headers, signature);
    }
    const sent: SentInit = { ...init, headers, redirect: redirect === 'follow' ? 'manual' : redirect };
    // What Node's own need not be told, it need not check.
    if (below === undefined || method !== 'GET' || request !== undefined || init?.method !== undefined) {
      sent.method = method;
    }
    if (body !== null || sent.body !== undefined) sent.body = body as NonNullable<RequestInit['body']> | null;
    if (isStreamed(body)) sent.duplex = 'half';
    if (wire.signal !== undefined) sent.signal = wire.signal;
    const through = below ?? dispatcher;
    if (through !== undefined) sent.dispatcher = through as NonNullable<SentInit['dispatcher']>;
    // A Request may have another URL than the one that was signed (`%20` for `+`).
    if (isIterable(body) || (request !== undefined && request.url !== href)) return this.#adapted(href, sent);
    return fetch(request ?? href, sent);
  }

  async #adapted(href: string, sent: SentInit): Promise<Response> {
    const { byteStream, withFieldsOf } = await import('./on-demand.js');
    const { fetch, request } = this.#carry;
    if (isIterable(sent.body)) sent.body = byteStream(sent.body);
    if (request === undefined || request.url === href) return fetch(request ?? href, sent);
    return fetch(href, withFieldsOf(request, sent));
  }

  status(response: Response): number {
    return response.status;
  }

  header(response: Response, name: string): string | undefined {
    return response.headers.get(name) ?? undefined;
  }

  async peek(response: Response): Promise<string> {
    return (await import('./on-demand.js')).peek(response);
  }

  discard(response: Response): void {
    response.body?.cancel().catch(() => undefined);
  }

  finish(run: Run, response: Response): Response | Promise<Response> {
    const { status } = response;
    if (this.#hops > 0) Object.defineProperty(response, 'redirected', { value: true });
    // A browser gives redirects the status 0.
    if ((status < 200 || (status >= 300 && status < 400)) && this.#carry.redirect === 'follow') {
      return this.#follow(run, response);
    }
    if (status < 400 || !run.client.options.throwOnError) return response;
    return import('./on-demand.js').then(({ refuse }) => refuse(run, response));
  }

  async #follow({ client, out }: Run, response: Response): Promise<Response> {
    const { nextHop } = await import('./on-demand.js');
    const count = this.#hops + 1;
    const next = nextHop(client, this.#carry, out, response, count);
    if (next === undefined) return response;
    return exchange(newRun(client, next.out), new FetchTransport(next.carry, count));
  }
}
