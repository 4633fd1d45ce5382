// The booleans of Bool and Null conditions (docs/evaluation.md, BOOL-1).
import { expect, test } from 'vitest';
import { parseBool } from '../../../src/condition/bool.js';

test.each([
  ['true', true],
  ['false', false],
  ['True', true],
  ['FALSE', false],
  ['tRuE', true],
  ['fAlSe', false],
])('%s is read', (text, value) => {
  expect(parseBool(text)).toBe(value);
});

test.each(['', ' true', 'true ', 'yes', 'no', '1', '0', 't', 'truefalse', 'null', 'falſe', 'ｔrue'])(
  '%j is no boolean',
  (text) => {
    expect(parseBool(text)).toBeUndefined();
  },
);
