// plain-headers.ts — the caller's headers as one plain object with lower-case names. `Headers` and `Request` objects cost
// more than a signature does, so they are read when they come in and never made.

/** Headers in any form `fetch` takes. */
export type HeadersInput = Headers | Iterable<readonly [string, string]> | Readonly<Record<string, unknown>>;

/** Lower-case names, one value each; nothing is inherited, since names come from outside. */
export type PlainHeaders = Record<string, string>;

// An empty prototype and not none: objects without one are hash tables to V8, and several times slower (bench/signing).
const NOTHING: object = Object.freeze(Object.create(null));

function noHeaders(): PlainHeaders {
  return Object.create(NOTHING);
}

/** Copies headers, joining repeated names the way `Headers` does. */
export function plainHeaders(input: HeadersInput | null | undefined): PlainHeaders {
  const out = noHeaders();
  if (input === null || input === undefined) return out;
  if (Symbol.iterator in input) {
    for (const pair of input as Iterable<readonly [string, string]>) addHeader(out, pair[0], pair[1]);
    return out;
  }
  const record = input as Readonly<Record<string, unknown>>;
  for (const name of Object.keys(record)) if (record[name] !== undefined) addHeader(out, name, record[name]);
  return out;
}

/** The same headers in an object of their own. */
export function copyHeaders(headers: PlainHeaders): PlainHeaders {
  return Object.assign(noHeaders(), headers);
}

function addHeader(out: PlainHeaders, name: string, value: unknown): void {
  const lower = String(name).toLowerCase();
  const before = out[lower];
  const text = String(value);
  if (before === undefined) out[lower] = text;
  else out[lower] = before + (lower === 'cookie' ? '; ' : ', ') + text;
}
