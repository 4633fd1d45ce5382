// Reads base64 operands and values of BinaryEquals (docs/evaluation.md, BINARY-1): bytes are compared, not text.
import { MATCH, NO_MATCH, type OperandTest, UNREADABLE } from './operand.js';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** The bytes as a string of code units 0–255; `undefined` when `text` is not base64. Padding may be left out. */
export function decodeBase64(text: string): string | undefined {
  const body = /^([A-Za-z0-9+/]*)(={0,2})$/.exec(text);
  const digits = body?.[1];
  const padding = body?.[2]?.length ?? 0;
  if (digits === undefined || digits.length % 4 === 1) return undefined;
  if (padding > 0 && (digits.length + padding) % 4 !== 0) return undefined;
  let bits = 0;
  let held = 0;
  let bytes = '';
  for (const digit of digits) {
    held = ((held << 6) | ALPHABET.indexOf(digit)) & 0xffff;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes += String.fromCharCode((held >> bits) & 0xff);
  }
  return bytes;
}

/** One operand of BinaryEquals. */
export function binaryOperand(text: string): OperandTest {
  const operand = decodeBase64(text);
  if (operand === undefined) return () => UNREADABLE;
  return (value, state) => {
    const actual = decodeBase64(value);
    if (actual === undefined) {
      state.assumed.push('value-unparsable');
      return UNREADABLE;
    }
    if (actual !== operand) return NO_MATCH;
    if (value !== text) state.assumed.push('binary-padding');
    return MATCH;
  };
}
