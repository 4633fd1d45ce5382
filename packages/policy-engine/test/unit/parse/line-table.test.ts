// line-table.test.ts — lines end with LF, CRLF or CR; line and column count from 1.
import { expect, test } from 'vitest';
import { lineTable } from '../../../src/parse/line-table.js';

test.each([
  ['', 0, 1, 1],
  ['abc', 2, 1, 3],
  ['abc', 3, 1, 4],
  ['a\nb', 1, 1, 2],
  ['a\nb', 2, 2, 1],
  ['a\r\nb', 2, 1, 3],
  ['a\r\nb', 3, 2, 1],
  ['a\rb', 2, 2, 1],
  ['\n\n\n', 3, 4, 1],
  ['\n\r\n\r', 4, 4, 1],
  ['\u{1f600}x', 2, 1, 3],
  ['a\u2028b', 2, 1, 3],
])('%j at %i', (text, offset, line, column) => {
  expect(lineTable(text)(offset)).toEqual({ line, column });
});
