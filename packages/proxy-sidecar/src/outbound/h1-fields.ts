// h1-fields.ts: header lines of an HTTP/1.1 message, from text to flat pairs and back. Latin-1 throughout, so that
// every byte that came in goes out.

// SPEC: RFC 9110 5.5: field values are visible characters, spaces and tabs; lines end with CR LF and nothing less.
// biome-ignore lint/suspicious/noControlCharactersInRegex: the control characters are what is looked for
const MISPLACED = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f]|\r(?!\n)|(?<!\r)\n/;

const TOKEN = new Uint8Array(256);
for (const c of "!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")
  TOKEN[c.charCodeAt(0)] = 1;

/** True for text in which no character has no place. */
export function isFieldBlock(text: string): boolean {
  return !MISPLACED.test(text);
}

/** True for the name of a header. */
export function isToken(text: string): boolean {
  if (text.length === 0) return false;
  for (let i = 0; i < text.length; i++) if (TOKEN[text.charCodeAt(i)] !== 1) return false;
  return true;
}

/** Name and value of each line from `from` on; undefined when a line is none (folded ones are not). */
export function readFields(block: string, from: number): string[] | undefined {
  const fields: string[] = [];
  for (let start = from; start < block.length; ) {
    let end = block.indexOf('\r\n', start);
    if (end < 0) end = block.length;
    const colon = block.indexOf(':', start);
    if (colon <= start || colon >= end) return undefined;
    for (let i = start; i < colon; i++) if (TOKEN[block.charCodeAt(i)] !== 1) return undefined;
    let valueStart = colon + 1;
    let valueEnd = end;
    while (valueStart < valueEnd && isBlank(block.charCodeAt(valueStart))) valueStart++;
    while (valueEnd > valueStart && isBlank(block.charCodeAt(valueEnd - 1))) valueEnd--;
    fields.push(block.slice(start, colon), block.slice(valueStart, valueEnd));
    start = end + 2;
  }
  return fields;
}

function isBlank(code: number): boolean {
  return code === 32 || code === 9;
}

/** Header lines, each with its CR LF. */
export function writeFields(fields: readonly string[]): string {
  let text = '';
  for (let i = 0; i < fields.length; i += 2) text += `${fields[i]}: ${fields[i + 1]}\r\n`;
  return text;
}
