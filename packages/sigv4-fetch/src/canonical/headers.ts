// headers.ts — canonical headers (docs/signing.md, SIGN-30..35): names lower-cased and sorted, values trimmed with runs of
// blanks made one, repeated names joined with a comma in the order of the request.
import { SigningError } from '../errors.js';

const TOKEN = /^[\w!#$%&'*+.^`|~-]+$/;
// A line break is only legal as obsolete folding, where it is followed by a blank.
const BAD_LINE_BREAK = /\r(?!\n)|\n(?![ \t])/;
const BREAK_OR_NUL = /[\n\r\0]/;
// Neither blanks nor bytes that need a thought: signed as it is.
const VISIBLE_ASCII = /^[\x21-\x7e]+$/;
const NOT_PRINTABLE_ASCII = /[^\t\r\n\x20-\x7e]/;
// Each alternative needs a first character that ordinary values lack, so a clean value is passed over quickly.
const NEEDS_CLEANING = /^[\t\r\n ]|[\t\r\n ]$|[\t\r\n]| {2}/;
const BLANKS = /[\t\r\n ]+/g;

/** Canonical headers while they are collected: sorted by name, one entry for each name. */
export interface HeaderList {
  readonly names: string[];
  readonly values: string[];
}

/** Adds a header that keeps the list sorted; a name that is there already gets the value joined with a comma. */
export function insertHeader(list: HeaderList, name: string, value: string): void {
  const { names, values } = list;
  let at = names.length;
  while (at > 0 && (names[at - 1] as string) > name) at--;
  if (at > 0 && names[at - 1] === name) {
    values[at - 1] = `${values[at - 1]},${value}`;
    return;
  }
  if (at === names.length) {
    names.push(name);
    values.push(value);
    return;
  }
  names.splice(at, 0, name);
  values.splice(at, 0, value);
}

/** Trims a value and makes each run of blanks, folded lines included, one space. Quoted strings are no exception. */
export function canonicalHeaderValue(value: string): string {
  return NEEDS_CLEANING.test(value) ? value.replace(BLANKS, ' ').trim() : value;
}

/** The block `name:value\n…` of the canonical request. */
export function writeHeaders(list: HeaderList): string {
  let text = '';
  for (let i = 0; i < list.names.length; i++) text += `${list.names[i]}:${list.values[i]}\n`;
  return text;
}

/**
 * Refuses a header name that is no token; `:authority` is allowed, for HTTP/2.
 *
 * @throws SigningError `ERR_SIGNING_HEADER`
 */
export function checkHeaderName(name: string): void {
  if (TOKEN.test(name) || name === ':authority') return;
  throw new SigningError('ERR_SIGNING_HEADER', `header name ${JSON.stringify(name.slice(0, 64))} is not a token`);
}

/**
 * Refuses a value that must not reach a header line: with a NUL, or a line break that is not folding.
 *
 * @throws SigningError `ERR_SIGNING_HEADER`. The message names the header, never its value.
 */
export function checkHeaderValue(name: string, value: string): void {
  if (!BREAK_OR_NUL.test(value)) return;
  if (value.includes('\0') || BAD_LINE_BREAK.test(value)) {
    throw new SigningError('ERR_SIGNING_HEADER', `the value of \`${name}\` has a line break or NUL`);
  }
}

/**
 * The canonical value of a header that is to be signed.
 *
 * @throws SigningError `ERR_SIGNING_HEADER` for what signer and wire would encode differently: all but printable ASCII.
 */
export function signedHeaderValue(name: string, value: string): string {
  if (VISIBLE_ASCII.test(value)) return value;
  if (NOT_PRINTABLE_ASCII.test(value)) {
    throw new SigningError('ERR_SIGNING_HEADER', `the value of signed header \`${name}\` is not ASCII`);
  }
  return canonicalHeaderValue(value);
}
