// headers.ts — canonical headers (docs/signing.md, SIGN-30..35): names lower-cased and sorted, values trimmed with runs of
// blanks made one, repeated names joined with a comma in the order of the request.
import { SigningError } from '../errors.js';

const TOKEN = /^[\w!#$%&'*+.^`|~-]+$/;
// A line break is only legal as obsolete folding, where it is followed by a blank.
const BAD_LINE_BREAK = /\r(?!\n)|\n(?![ \t])/;
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
 * Refuses what must not reach a header line: a name that is no token, a NUL, a line break that is not folding.
 *
 * @throws SigningError `ERR_SIGNING_HEADER`. The message names the header, never its value.
 */
export function checkHeader(name: string, value: string): void {
  if (!TOKEN.test(name) && name !== ':authority') {
    throw new SigningError('ERR_SIGNING_HEADER', `header name ${JSON.stringify(name.slice(0, 64))} is not a token`);
  }
  if (value.indexOf('\n') < 0 && value.indexOf('\r') < 0 && value.indexOf('\0') < 0) return;
  if (value.indexOf('\0') >= 0 || BAD_LINE_BREAK.test(value)) {
    throw new SigningError('ERR_SIGNING_HEADER', `the value of \`${name}\` has a line break or NUL`);
  }
}

/**
 * Refuses a value that signer and wire would encode differently: everything that is not printable ASCII.
 *
 * @throws SigningError `ERR_SIGNING_HEADER`.
 */
export function checkSignedValue(name: string, value: string): void {
  if (NOT_PRINTABLE_ASCII.test(value)) {
    throw new SigningError('ERR_SIGNING_HEADER', `the value of signed header \`${name}\` is not ASCII`);
  }
}
