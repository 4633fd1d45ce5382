// hop-by-hop.ts: takes out what is meant for one connection only (RFC 9110 7.6.1): the known headers, and those that
// `Connection` names. It happens before signing, so that a header that a caller has removed that way is never signed.
const HOP_BY_HOP = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'transfer-encoding',
  'upgrade',
]);
const LENGTHS = new Set([...HOP_BY_HOP].map((name) => name.length));

/** Never taken out at the word of `Connection`: what the message is would change with them (RFC 9110 7.6.1). */
const KEPT = new Set(['host', 'content-length', 'cache-control', 'trailer', 'expect', 'content-type', 'authorization']);

/** Nor what Lattice says of a caller: who could take that out would be somebody else. */
const isKept = (name: string) => KEPT.has(name) || name.startsWith('x-amzn-lattice-');

/** Headers without those of the connection, and what was asked for in them. */
export interface EndToEnd {
  readonly headers: string[];
  /** The protocols in `Upgrade`, when `Connection` names it. */
  readonly upgrade: string | undefined;
  /** `TE: trailers` was said. */
  readonly trailers: boolean;
}

/** Splits flat headers. A new list; the one given stays as it is. */
export function endToEnd(flat: readonly string[]): EndToEnd {
  let named: Set<string> | undefined;
  let upgrade: string | undefined;
  let trailers = false;
  let found = false;
  for (let i = 0; i < flat.length; i += 2) {
    const name = flat[i] as string;
    if (!LENGTHS.has(name.length)) continue;
    const lower = name.toLowerCase();
    if (!HOP_BY_HOP.has(lower)) continue;
    found = true;
    const value = flat[i + 1] as string;
    if (lower === 'connection') named = addNames(named, value);
    else if (lower === 'upgrade') upgrade = upgrade === undefined ? value : `${upgrade}, ${value}`;
    else if (lower === 'te') trailers ||= /(?:^|,)\s*trailers\s*(?:,|;|$)/i.test(value);
  }
  if (!found) return { headers: [...flat], upgrade: undefined, trailers: false };
  const headers: string[] = [];
  for (let i = 0; i < flat.length; i += 2) {
    const lower = (flat[i] as string).toLowerCase();
    if (HOP_BY_HOP.has(lower) || (named?.has(lower) === true && !isKept(lower))) continue;
    headers.push(flat[i] as string, flat[i + 1] as string);
  }
  return { headers, upgrade: named?.has('upgrade') ? upgrade : undefined, trailers };
}

function addNames(names: Set<string> | undefined, value: string): Set<string> | undefined {
  // The usual values name nothing that is not taken out anyway.
  if (value === 'keep-alive' || value === 'close') return names;
  const all = names ?? new Set<string>();
  for (const name of value.split(',')) all.add(name.trim().toLowerCase());
  return all;
}

/** A caller that would rather speak HTTP/2 (RFC 7540 3.2, since withdrawn) is answered in HTTP/1.1. */
export function isH2c(upgrade: string): boolean {
  return /(?:^|,)\s*h2c\s*(?:,|$)/i.test(upgrade);
}

/** Trailers that may be passed on: nothing that frames, routes or authenticates (RFC 9110 6.5.1). */
export function safeTrailers(flat: readonly string[]): readonly string[] {
  if (flat.length === 0) return flat;
  const kept: string[] = [];
  for (let i = 0; i < flat.length; i += 2) {
    const lower = (flat[i] as string).toLowerCase();
    if (HOP_BY_HOP.has(lower) || FORBIDDEN_TRAILER.test(lower)) continue;
    kept.push(flat[i] as string, flat[i + 1] as string);
  }
  return kept;
}

const FORBIDDEN_TRAILER =
  /^(?:host|content-length|content-encoding|content-type|content-range|trailer|authorization|set-cookie|x-amz-.*|x-amzn-lattice-.*)$/;
