// rejection.ts — how a check says no: thrown inside the verifier, turned into a result at its one exit.
import type { Hint, RejectionCode } from './verification.js';

/** Not an Error: it never leaves the verifier, and a stack trace would cost more than the check. */
export class Rejection {
  constructor(
    readonly code: RejectionCode,
    /** AWS's text, without the code. */
    readonly text: string,
    readonly hints: readonly Hint[] = [],
  ) {}
}

/** The signature lacks something or is not well-formed. */
export function incomplete(text: string): Rejection {
  return new Rejection('IncompleteSignatureException', text);
}

/** The signature is well-formed and does not hold. */
export function invalid(text: string, hints: readonly Hint[] = []): Rejection {
  return new Rejection('InvalidSignatureException', text, hints);
}

const SHOWN_CHARS_MAX = 128;

/** A piece of the request, fit to stand in a message: one line, bounded. */
export function shown(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the control characters are what is taken out
  const line = text.replace(/[\0-\x1f\x7f]/g, '?');
  return line.length > SHOWN_CHARS_MAX ? `${line.slice(0, SHOWN_CHARS_MAX)}…` : line;
}
