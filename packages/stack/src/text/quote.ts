// quote.ts — the user's text in a message: in backticks, on one line, not too long.
import { QUOTE_LENGTH_MAX } from '../limits.js';

/** Control characters and line breaks become spaces; long text is cut. */
export function quote(text: string): string {
  const cut = text.length > QUOTE_LENGTH_MAX ? `${text.slice(0, QUOTE_LENGTH_MAX)}…` : text;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not reach a terminal
  return `\`${cut.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g, ' ')}\``;
}

/** `a`, `a and b`, `a, b and c`. */
export function list(words: readonly string[], last = 'and'): string {
  if (words.length < 2) return words.join('');
  return `${words.slice(0, -1).join(', ')} ${last} ${words.at(-1)}`;
}
