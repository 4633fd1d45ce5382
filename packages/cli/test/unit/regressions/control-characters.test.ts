// Names in TAP once kept their control characters, and one line of text its bidirectional ones.
import { expect, test } from 'vitest';
import { escapeTap } from '../../../src/commands/test/reporters/tap.js';
import { oneLine } from '../../../src/errors.js';

test.each(['\u0000', '\u001b', '\u007f', '\u009b', '\u061c', '\u2028', '\u202e', '\u2066'])(
  'no %j gets out',
  (character) => {
    expect(oneLine(`a${character}b`)).toBe('a\ufffdb');
    expect(escapeTap(`a${character}b`)).toBe('a\ufffdb');
  },
);

test('a name in TAP stays one line and starts no directive', () => {
  expect(escapeTap('a\r\nnot ok # SKIP \\')).toBe('a not ok \\# SKIP \\\\');
});
