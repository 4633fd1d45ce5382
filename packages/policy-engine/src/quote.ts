// How pieces of a policy appear in messages: on one line, short, and without characters that act on a terminal.

const SHOWN_LENGTH_MAX = 120;

/** Input for a message, in backticks. */
export function quote(text: string): string {
  const shown = text.length > SHOWN_LENGTH_MAX ? `${text.slice(0, SHOWN_LENGTH_MAX - 1)}…` : text;
  const printable = shown.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, (c) => `\\u{${(c.codePointAt(0) ?? 0).toString(16)}}`);
  return `\`${printable}\``;
}
