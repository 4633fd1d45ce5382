// query.ts — the canonical query (docs/signing.md, SIGN-20..23): each name and value decoded and encoded once over
// bytes, then sorted by encoded name, then by encoded value. Sorting before encoding is a known way to get it wrong.
import { recodeComponent } from './uri-encode.js';

/**
 * A parameter in canonical encoding: name and value with {@link BETWEEN} in between.
 *
 * INVARIANT: the space is below every character of an encoded name, so plain string order of pairs is the canonical
 * order. With `=` in between, `a-=1` would come before `a=1`.
 */
export type QueryPair = string;

/** What stands between name and value in a {@link QueryPair}. */
export const BETWEEN = ' ';

// No pair without a name: those come first, whatever their first character.
const PLAIN_PAIRS = /^[\w\-.~]+=[\w\-.~]*(?:&[\w\-.~]+=[\w\-.~]*)*$/;

/**
 * Reads a raw query into canonical parameters, in their order on the wire.
 *
 * A parameter without `=` has the empty value; a name may be empty (`=x`); empty pieces (`a&&b`) count for nothing.
 */
export function parseQuery(query: string): QueryPair[] {
  const pairs: QueryPair[] = [];
  for (const piece of query.split('&')) {
    if (piece === '') continue;
    const [name = '', ...value] = piece.split('=');
    pairs.push(recodeComponent(name) + BETWEEN + recodeComponent(value.join('=')));
  }
  return pairs;
}

/** Sorts parameters in place into canonical order and writes them out. */
export function writeQuery(pairs: QueryPair[]): string {
  return pairs.sort().join('&').replaceAll(BETWEEN, '=');
}

/** The canonical form of a raw query. */
export function canonicalQuery(query: string): string {
  // Most queries stand in canonical form already; seeing that costs a tenth of making it (bench/signing).
  return query === '' || (PLAIN_PAIRS.test(query) && isSorted(query)) ? query : writeQuery(parseQuery(query));
}

/** Whether the first letters of their names already put the pairs of a query in canonical order. */
function isSorted(query: string): boolean {
  for (let at = 0, before = 0; ; ) {
    const first = query.charCodeAt(at);
    if (first <= before) return false;
    before = first;
    at = query.indexOf('&', at) + 1;
    if (at === 0) return true;
  }
}

/** Writes each literal `+` as `%20`, so that verifiers that read `+` as a plus and those that read a space agree. */
export function plusToSpace(query: string): string {
  return query.replaceAll('+', '%20');
}
