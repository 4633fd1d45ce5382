// fetch-call.ts — one call of the signing `fetch`: read it and send it on its way.
import type { Client } from './client.js';
import { exchange } from './exchange.js';
import { type FetchFunction, FetchTransport } from './fetch-transport.js';
import { outgoing } from './outgoing.js';
import { type LatticeRequestInit, type RequestParts, requestParts } from './request-input.js';
import { newRun } from './run.js';
import { deadline } from './timeouts.js';

/** What calls are made with. */
export interface FetchCallOptions {
  readonly fetch?: FetchFunction;
  readonly dispatcher?: object;
  readonly baseUrl?: string | URL;
}

/** The function that makes calls. As of any `fetch`, all errors of it are rejections. */
export function fetchWith(options: FetchCallOptions, client: Client) {
  const call = (parts: RequestParts, dispatcher: unknown): Promise<Response> => {
    const { request, init, redirect } = parts;
    const total = deadline(parts.signal, 'total', (parts.timeout ?? client.timeout).totalMs);
    try {
      const carry = { fetch: options.fetch ?? globalThis.fetch, request, init, redirect, dispatcher };
      const run = newRun(client, outgoing(client, parts, total.signal));
      const response = exchange(run, new FetchTransport(carry, 0));
      return total.signal === parts.signal ? response : response.finally(total.stop);
    } catch (error) {
      total.stop();
      throw error;
    }
  };
  return (input: string | URL | Request, init?: LatticeRequestInit): Promise<Response> => {
    try {
      const parts = requestParts(client, input, init, options.baseUrl);
      parts.signal?.throwIfAborted();
      const given = init?.dispatcher ?? options.dispatcher;
      if (given === undefined || options.fetch !== undefined) return call(parts, given);
      return import('./on-demand.js').then(async ({ forGlobalFetch }) => call(parts, await forGlobalFetch(given)));
    } catch (error) {
      return Promise.reject(error);
    }
  };
}
