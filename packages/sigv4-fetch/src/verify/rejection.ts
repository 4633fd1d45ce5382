// rejection.ts — how a check says no: thrown inside the verifier, turned into a result at its one exit.
import type { Hint, HintCode, RejectionCode } from './verification.js';

/** Not an Error: it never leaves the verifier, and a stack trace would cost more than the check. */
export class Rejection {
  constructor(
    readonly code: RejectionCode,
    /** AWS's text, without the code. */
    readonly text: string,
    readonly hints: readonly Hint[] = [],
  ) {}
}

/** A text, or how to make it: most requests need none (bench/signing). */
export type Text = string | (() => string);

const textOf = (text: Text): string => (typeof text === 'string' ? text : text());

/** Rejects unless a condition holds: the signature lacks something or is not well-formed. */
export function complete(holds: unknown, text: Text): asserts holds {
  if (!holds) throw new Rejection('IncompleteSignatureException', textOf(text));
}

/** Rejects unless a condition holds: the signature is well-formed and does not hold. */
export function valid(holds: unknown, text: Text, hints?: () => readonly Hint[]): asserts holds {
  if (!holds) throw new Rejection('InvalidSignatureException', textOf(text), hints?.());
}

/** A hint in words: those of its code, and what there is to add. */
export function hint(code: HintCode, detail = ''): Hint {
  return { code, message: code.replaceAll('-', ' ') + detail };
}

const SHOWN_CHARS_MAX = 128;

/** A piece of the request, fit to stand in a message: one line, bounded. */
export function shown(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the control characters are what is taken out
  return text.slice(0, SHOWN_CHARS_MAX).replace(/[\0-\x1f\x7f]/g, '?');
}
