// headers.ts — canonical headers (docs/signing.md, SIGN-30..35): names lower-cased and sorted, values trimmed with runs of
// blanks made one, repeated names joined with a comma in the order of the request.
import { refuseUnless } from '../errors.js';

// A line break is only legal as obsolete folding, where it is followed by a blank.
const BAD_BREAK_OR_NUL = /\0|\r(?!\n)|\n(?![ \t])/;
/** Neither blanks nor bytes that need a thought: signed as it is. */
export const VISIBLE_ASCII = /^[\x21-\x7e]+$/;
const NOT_PRINTABLE_ASCII = /[^\t\r\n\x20-\x7e]/;

/** Canonical headers while they are collected: sorted by name, one entry for each name. */
export interface HeaderList {
  readonly names: string[];
  readonly values: string[];
}

/** Adds a header that keeps the list sorted; a name that is there already gets the value joined with a comma. */
export function insertHeader({ names, values }: HeaderList, name: string, value: string): void {
  let at = names.length;
  while (at > 0 && (names[at - 1] as string) > name) at--;
  if (at > 0 && names[at - 1] === name) {
    values[at - 1] += `,${value}`;
  } else if (at === names.length) {
    // Most headers come in order, and pushing is far cheaper than splicing (bench/signing).
    names.push(name);
    values.push(value);
  } else {
    names.splice(at, 0, name);
    values.splice(at, 0, value);
  }
}

/** Trims a value and makes each run of blanks, folded lines included, one space. Quoted strings are no exception. */
export function canonicalHeaderValue(value: string): string {
  return VISIBLE_ASCII.test(value) ? value : value.replace(/[\t\r\n ]+/g, ' ').replace(/^ | $/g, '');
}

/** The block `name:value\n…` of the canonical request. */
export function writeHeaders({ names, values }: HeaderList): string {
  let text = '';
  for (let i = 0; i < names.length; i++) text += `${names[i]}:${values[i]}\n`;
  return text;
}

/**
 * Refuses a value that must not reach a header line: with a NUL, or a line break that is not folding; or with `bad`.
 *
 * @throws SigningError `ERR_SIGNING_HEADER`. The message names the header, never its value.
 */
export function checkHeaderValue(name: string, value: string, bad = BAD_BREAK_OR_NUL): void {
  refuseUnless(!bad.test(value), 'ERR_SIGNING_HEADER', `the value of \`${name}\` has a bad character`);
}

/**
 * The canonical value of a header that is to be signed.
 *
 * @throws SigningError `ERR_SIGNING_HEADER` for what signer and wire would encode differently: all but printable ASCII.
 */
export function signedHeaderValue(name: string, value: string): string {
  checkHeaderValue(name, value, NOT_PRINTABLE_ASCII);
  return canonicalHeaderValue(value);
}
