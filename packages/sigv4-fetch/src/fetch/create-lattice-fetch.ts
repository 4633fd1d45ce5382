// create-lattice-fetch.ts — `createLatticeFetch`: a `fetch` that signs. What is on the function
// besides the call itself (`sign`, `request`, …) shares the same client: credentials, clock, budget.
import type { Dispatcher } from 'undici';
import { type Client, type ClientOptions, createClient } from './client.js';
import { fetchWith } from './fetch-call.js';
import type { FetchFunction } from './fetch-transport.js';
import { type LatticeRequestInit, requestParts } from './request-input.js';
import { type PresignOptions, presign, type SignedRequest, signOnly } from './sign-only.js';
import type { LatticeRequestOptions, UndiciCalls } from './undici-request.js';

/** Options of {@link createLatticeFetch}. All have defaults; on Lattice with the AWS SDK's default chain none is needed. */
export interface LatticeFetchOptions extends ClientOptions {
  /** The `fetch` to send with. Default: the platform's, looked up at each call. */
  readonly fetch?: FetchFunction;
  /** An undici dispatcher to send through, for `fetch` and `request` both. */
  readonly dispatcher?: Dispatcher;
  /** What relative URLs are resolved against. */
  readonly baseUrl?: string | URL;
}

/** A `fetch` that signs. */
export interface LatticeFetch {
  (input: string | URL | Request, init?: LatticeRequestInit): Promise<Response>;
  /** A client with other options on top of these; credentials, clock and retry budget are shared unless given anew. */
  extend(options: LatticeFetchOptions): LatticeFetch;
  /** Signs without sending. */
  sign(input: string | URL | Request, init?: LatticeRequestInit): Promise<SignedRequest>;
  /** A URL with the signature in its query. For Lattice, send `headers` along with it. */
  presign(input: string | URL, options?: PresignOptions): Promise<SignedRequest>;
  /** Sends with `undici.request`: the same signing, retries and errors at a third of the cost. Follows no redirects. */
  request(url: string | URL, options?: LatticeRequestOptions): Promise<Dispatcher.ResponseData>;
  /** The same client, rejecting with typed errors when the response is not a success. */
  readonly orThrow: LatticeFetch;
  /** Closes the connections that `request` opened. A dispatcher that was passed in is its owner's to close. */
  close(): Promise<void>;
}

/**
 * Makes a `fetch` that signs requests for VPC Lattice.
 *
 * @example
 * ```ts
 * import { createLatticeFetch } from '@lattice-auth/sigv4-fetch';
 *
 * const lattice = createLatticeFetch();
 * const response = await lattice('https://orders-0123456789abcdef0.7d67968.vpc-lattice-svcs.eu-west-1.on.aws/orders');
 * ```
 * @throws SigningError `ERR_SIGNING_OPTION` for options that cannot be.
 */
export function createLatticeFetch(options: LatticeFetchOptions = {}): LatticeFetch {
  return latticeFetch(options, createClient(options), { calls: undefined });
}

// Shared by a client and those that extend it, since connections are.
interface FastPath {
  calls: UndiciCalls | undefined;
}

function latticeFetch(options: LatticeFetchOptions, client: Client, fastPath: FastPath): LatticeFetch {
  const extend = (more: LatticeFetchOptions): LatticeFetch =>
    latticeFetch(
      { ...options, ...more },
      createClient(more, client),
      'dispatcher' in more ? { calls: undefined } : fastPath,
    );
  const methods = {
    extend,
    sign: async (input: string | URL | Request, init?: LatticeRequestInit) =>
      signOnly(client, requestParts(client, input, init, options.baseUrl)),
    presign: async (input: string | URL, presignOptions?: PresignOptions) =>
      presign(client, client.destinations.place(input, options.baseUrl), presignOptions),
    request: (url: string | URL, requestOptions?: LatticeRequestOptions) => {
      const send = (calls: UndiciCalls) => calls.request(client, url, requestOptions, options.baseUrl);
      return fastPath.calls === undefined ? loadUndici(options.dispatcher, fastPath).then(send) : send(fastPath.calls);
    },
    close: async () => fastPath.calls?.close(),
  };
  const lattice = Object.assign(fetchWith(options, client), methods);
  let throwing: LatticeFetch | undefined;
  const orThrow = () => {
    throwing ??= extend({ throwOnError: true });
    return throwing;
  };
  return Object.defineProperty(lattice, 'orThrow', { get: orThrow, enumerable: true }) as LatticeFetch;
}

async function loadUndici(dispatcher: Dispatcher | undefined, fastPath: FastPath): Promise<UndiciCalls> {
  const [undici, { undiciCalls }] = await Promise.all([import('undici'), import('./undici-request.js')]);
  // Two first calls at once must end up with the same connections.
  fastPath.calls ??= undiciCalls(undici, dispatcher);
  return fastPath.calls;
}
