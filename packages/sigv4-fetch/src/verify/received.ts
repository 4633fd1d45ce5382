// received.ts — a received request, indexed once: headers by lower-case name, query parameters in canonical encoding.
import { canonicalHeaderValue } from '../canonical/headers.js';
import { parseQuery, type QueryPair } from '../canonical/query.js';
import { type RawRequest, splitTarget } from '../canonical/raw-request.js';

/** A request as the verifier reads it. */
export interface Received {
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly parameters: readonly QueryPair[];
  /**
   * Canonical values by lower-case name. Values of a repeated name are joined with `,`, as they are signed.
   * INVARIANT: a header that must be there once has a form without commas, so that a joined value never passes for it.
   */
  readonly headers: ReadonlyMap<string, string>;
}

/** Indexes a request. */
export function receive(request: RawRequest): Received {
  const { path, query = '' } = splitTarget(request.target);
  const headers = new Map<string, string>();
  for (const [rawName, rawValue] of request.headers) {
    const name = rawName.toLowerCase();
    const before = headers.get(name);
    const value = canonicalHeaderValue(rawValue);
    // Several `authorization` lines are no list: a line break keeps them apart, and no signature reads across it.
    const between = name === 'authorization' ? '\n' : ',';
    headers.set(name, before === undefined ? value : before + between + value);
  }
  return { method: request.method, path, query, parameters: parseQuery(query), headers };
}

/** The one host of the request, `:authority` standing in where there is no `host`; empty when it is not clear. */
export function hostOf({ headers }: Received): string {
  const authority = headers.get(':authority');
  const host = headers.get('host') ?? authority ?? '';
  return host.includes(',') || (authority ?? host) !== host ? '' : host;
}
