// received.ts — a received request, indexed once: headers by lower-case name, query parameters in canonical encoding.
import { canonicalHeaderValue } from '../canonical/headers.js';
import { parseQuery, type QueryParameter } from '../canonical/query.js';
import { type RawRequest, splitTarget } from '../canonical/raw-request.js';

/** A request as the verifier reads it. */
export interface Received {
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly parameters: readonly QueryParameter[];
  /** Canonical values by lower-case name, in order of receipt. */
  readonly headers: ReadonlyMap<string, readonly string[]>;
}

/** Indexes a request. */
export function receive(request: RawRequest): Received {
  const { path, query = '' } = splitTarget(request.target);
  const headers = new Map<string, string[]>();
  for (const [rawName, rawValue] of request.headers) {
    const name = rawName.toLowerCase();
    const value = canonicalHeaderValue(rawValue);
    const values = headers.get(name);
    if (values === undefined) headers.set(name, [value]);
    else values.push(value);
  }
  return { method: request.method, path, query, parameters: parseQuery(query), headers };
}

/** The one value of a header; undefined when it is absent or there is more than one. */
export function onlyValue(received: Received, name: string): string | undefined {
  const values = received.headers.get(name);
  return values?.length === 1 ? values[0] : undefined;
}

/** The one host of the request, `:authority` standing in where there is no `host`; undefined when it is not clear. */
export function hostOf(received: Received): string | undefined {
  const host = received.headers.get('host');
  const authority = received.headers.get(':authority');
  if (host === undefined) return onlyValue(received, ':authority');
  if (host.length !== 1 || (authority !== undefined && (authority.length !== 1 || authority[0] !== host[0])))
    return undefined;
  return host[0];
}
