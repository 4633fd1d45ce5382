// plain-headers.ts — the caller's headers as one plain object with lower-case names. `Headers` and `Request` objects cost
// more than a signature does, so they are read when they come in and never made.

/** Headers in any form `fetch` takes. */
export type HeadersInput = Headers | Iterable<readonly [string, string]> | Readonly<Record<string, unknown>>;

/** Lower-case names, one value each; no prototype, since names come from outside. */
export type PlainHeaders = Record<string, string>;

/** Copies headers, joining repeated names the way `Headers` does. */
export function plainHeaders(input: HeadersInput | null | undefined): PlainHeaders {
  const out: PlainHeaders = Object.create(null);
  if (input === null || input === undefined) return out;
  if (Symbol.iterator in input) {
    for (const pair of input as Iterable<readonly [string, string]>) addHeader(out, pair[0], pair[1]);
    return out;
  }
  const record = input as Readonly<Record<string, unknown>>;
  for (const name of Object.keys(record)) if (record[name] !== undefined) addHeader(out, name, record[name]);
  return out;
}

function addHeader(out: PlainHeaders, name: string, value: unknown): void {
  const lower = String(name).toLowerCase();
  const before = out[lower];
  const text = String(value);
  if (before === undefined) out[lower] = text;
  else out[lower] = before + (lower === 'cookie' ? '; ' : ', ') + text;
}

/** What this package sets, and a caller's own would contradict. Host: `fetch` ignores it and sends the URL's. */
const OURS: readonly string[] = [
  'host',
  'x-amz-date',
  'x-amz-security-token',
  'x-amz-content-sha256',
  'x-amz-region-set',
];

/** Removes what a signature will bring anew: a stale date or token, and with `authorization` the old signature. */
export function dropOurs(headers: PlainHeaders, placement: 'header' | 'query'): void {
  for (const name of OURS) if (headers[name] !== undefined) delete headers[name];
  if (placement === 'header' && headers.authorization !== undefined) delete headers.authorization;
}
