// dispatch-signing.ts — a request as undici dispatches it: read, signed, routed. Headers come in every form undici takes
// and go out as one plain object.
import { stringify } from 'node:querystring';
import type { Dispatcher } from 'undici';
import type { SignedParts } from '../core.js';
import type { CredentialSet } from '../credentials/credentials.js';
import type { Client } from './client.js';
import type { Destination } from './destination.js';
import { makeSignature, placeHeaders } from './make-signature.js';
import { type PlainHeaders, plainHeaders } from './plain-headers.js';
import type { RouteTable } from './route.js';

/** A dispatch, read. */
export interface DispatchRequest {
  readonly options: Dispatcher.DispatchOptions;
  readonly url: URL;
  readonly path: string;
  readonly headers: PlainHeaders;
  readonly destination: Destination;
  /** Where to connect, when it is not where the request says. */
  readonly route: string | undefined;
}

/**
 * Reads what is dispatched. A Host header of the caller's is dropped: what is signed is where the request goes.
 *
 * @throws SigningError when the origin may not be signed for.
 */
export function readDispatch(
  client: Client,
  options: Dispatcher.DispatchOptions,
  routes: RouteTable | undefined,
): DispatchRequest {
  const url = new URL(String(options.origin));
  const { query, ...rest } = options;
  const appended = query === undefined || query === null ? '' : stringify(query);
  const path = appended === '' ? options.path : `${options.path}?${appended}`;
  const headers = plainHeaders(headerPairs(options.headers));
  return { options: rest, url, path, headers, destination: client.destinations.of(url), route: routes?.(url) };
}

/** The dispatch with its signature. */
export function signDispatch(
  client: Client,
  request: DispatchRequest,
  credentials: CredentialSet,
): Dispatcher.DispatchOptions | Promise<Dispatcher.DispatchOptions> {
  const { destination, headers, options } = request;
  if (destination.region === undefined) return unsignedDispatch(request);
  const signable = { method: options.method, target: request.path, headers };
  const { parts } = makeSignature(client, client.settings, destination, destination.region, signable, credentials);
  const place = (signed: SignedParts): Dispatcher.DispatchOptions => {
    placeHeaders(headers, signed.headers);
    return routed(request, { ...options, path: signed.target, headers });
  };
  return parts instanceof Promise ? parts.then(place) : place(parts);
}

/** The dispatch as it came, for a host that passes through. */
export function unsignedDispatch(request: DispatchRequest): Dispatcher.DispatchOptions {
  return routed(request, { ...request.options, path: request.path, headers: request.headers });
}

function routed({ route, url }: DispatchRequest, options: Dispatcher.DispatchOptions & { headers: PlainHeaders }) {
  if (route === undefined) return options;
  options.headers.host = url.host;
  return { ...options, origin: route };
}

// undici takes a flat list, an iterable of pairs, or a record; values may be lists, and undefined ones are left out.
function* headerPairs(headers: Dispatcher.DispatchOptions['headers']): Iterable<readonly [string, string]> {
  if (headers === null || headers === undefined) return;
  if (Array.isArray(headers) && typeof headers[0] === 'string') {
    for (let i = 0; i + 1 < headers.length; i += 2) yield [String(headers[i]), String(headers[i + 1])];
    return;
  }
  const entries =
    Symbol.iterator in headers ? (headers as Iterable<readonly [string, unknown]>) : Object.entries(headers);
  for (const [name, value] of entries) {
    if (Array.isArray(value)) for (const one of value) yield [name, String(one)];
    else if (value !== undefined && value !== null) yield [name, String(value)];
  }
}
