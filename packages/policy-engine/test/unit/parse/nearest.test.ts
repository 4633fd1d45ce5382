// nearest.test.ts — what somebody may have meant, and when nothing is near enough.
import { expect, test } from 'vitest';
import { nearest, suggestion } from '../../../src/parse/nearest.js';

const KNOWN = ['Effect', 'Action', 'NotAction', 'Resource', 'Statement'];

test.each([
  ['effect', 'Effect'],
  ['ACTION', 'Action'],
  ['Actions', 'Action'],
  ['Resorce', 'Resource'],
  ['NoAction', 'NotAction'],
  ['Statment', 'Statement'],
  ['Foo', undefined],
  ['', undefined],
  ['x', undefined],
  ['Subject', undefined],
  ['Effect'.repeat(11), undefined],
])('%s → %s', (word, expected) => {
  expect(nearest(word, KNOWN)).toBe(expected);
});

test('a suggestion ends a message, or is nothing', () => {
  expect(suggestion('effekt', KNOWN)).toBe('; did you mean `Effect`?');
  expect(suggestion('colour', KNOWN)).toBe('');
});
