// quote.test.ts — input in messages stays on one line, short, and can't move the cursor.
import { expect, test } from 'vitest';
import { quote } from '../../src/quote.js';

test.each([
  ['abc', '`abc`'],
  ['', '``'],
  ['é \u{1f600}', '`é \u{1f600}`'],
  ['a\nb', '`a\\u{a}b`'],
  ['\u001b[31m', '`\\u{1b}[31m`'],
  ['\u2028\u2029', '`\\u{2028}\\u{2029}`'],
  ['\u202e', '`\\u{202e}`'],
  ['\ud800', '`\\u{d800}`'],
])('%j', (text, expected) => {
  expect(quote(text)).toBe(expected);
});

test('long text is cut', () => {
  expect(quote('a'.repeat(120))).toBe(`\`${'a'.repeat(120)}\``);
  expect(quote('a'.repeat(121))).toBe(`\`${'a'.repeat(119)}…\``);
});
