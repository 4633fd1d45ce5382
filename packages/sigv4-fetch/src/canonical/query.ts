// query.ts — the canonical query (docs/signing.md, SIGN-20..24): each name and value decoded and encoded once over
// bytes, then sorted by encoded name, then by encoded value. Sorting before encoding is a known way to get it wrong.
import { recodeComponent } from './uri-encode.js';

/** One parameter in canonical encoding. */
export interface QueryParameter {
  readonly name: string;
  readonly value: string;
}

const PLAIN = /^[\w\-.~]*$/;
const PLAIN_PAIRS = /^[\w\-.~]*=[\w\-.~]*(?:&[\w\-.~]*=[\w\-.~]*)*$/;

/**
 * Reads a raw query into canonical parameters, in their order on the wire.
 *
 * A parameter without `=` has the empty value; a name may be empty (`=x`); empty pieces (`a&&b`) count for nothing.
 */
export function parseQuery(query: string): QueryParameter[] {
  const parameters: QueryParameter[] = [];
  for (let start = 0; start <= query.length; ) {
    let end = query.indexOf('&', start);
    if (end < 0) end = query.length;
    if (end > start) parameters.push(parseParameter(query.slice(start, end)));
    start = end + 1;
  }
  return parameters;
}

function parseParameter(piece: string): QueryParameter {
  const equals = piece.indexOf('=');
  const name = equals < 0 ? piece : piece.slice(0, equals);
  const value = equals < 0 ? '' : piece.slice(equals + 1);
  return {
    name: PLAIN.test(name) ? name : recodeComponent(name),
    value: PLAIN.test(value) ? value : recodeComponent(value),
  };
}

/** Sorts parameters in place into canonical order and writes them out. */
export function writeQuery(parameters: QueryParameter[]): string {
  return parameters
    .sort(compareParameters)
    .map(({ name, value }) => `${name}=${value}`)
    .join('&');
}

/** The canonical form of a raw query. */
export function canonicalQuery(query: string | undefined): string {
  if (query === undefined || query === '') return '';
  // Most queries stand in canonical form already; seeing that costs a third of making it (bench/signing).
  return PLAIN_PAIRS.test(query) && isSorted(query) ? query : writeQuery(parseQuery(query));
}

/** Whether the pairs of a query, all of unreserved characters, are in canonical order. */
function isSorted(query: string): boolean {
  let previous = 0;
  for (let next = query.indexOf('&') + 1; next > 0; next = query.indexOf('&', next) + 1) {
    if (!isPairInOrder(query, previous, next)) return false;
    previous = next;
  }
  return true;
}

// INVARIANT: with `=` counted below every unreserved character, comparing pairs is comparing names, then values.
function isPairInOrder(query: string, first: number, second: number): boolean {
  for (let i = 0; ; i++) {
    const a = rank(query, first + i);
    const b = rank(query, second + i);
    if (a !== b) return a < b;
    if (a === END) return true;
  }
}

const END = -1;

function rank(query: string, at: number): number {
  if (at >= query.length) return END;
  const code = query.charCodeAt(at);
  return code === 0x26 ? END : code === 0x3d ? 0 : code;
}

/** Writes each literal `+` as `%20`, so that verifiers that read `+` as a plus and those that read a space agree. */
export function plusToSpace(query: string): string {
  return query.replaceAll('+', '%20');
}

function compareParameters(a: QueryParameter, b: QueryParameter): number {
  return compareText(a.name, b.name) || compareText(a.value, b.value);
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
