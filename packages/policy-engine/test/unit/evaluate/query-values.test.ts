// Query parameters by name (docs/evaluation.md, LATTICE-QUERY).
import { expect, test } from 'vitest';
import { parseQuery } from '../../../src/evaluate/query-values.js';

test.each<[string, Record<string, string[]>, string[]]>([
  ['', {}, []],
  ['?', {}, []],
  ['&', {}, []],
  ['a=1', { a: ['1'] }, []],
  ['?a=1', { a: ['1'] }, []],
  ['??a=1', { '?a': ['1'] }, []],
  ['a=1&b=2', { a: ['1'], b: ['2'] }, []],
  ['a=1&a=2&a=1', { a: ['1', '2', '1'] }, []],
  ['a', { a: [''] }, []],
  ['a=', { a: [''] }, []],
  ['=1', { '': ['1'] }, []],
  ['a=b=c', { a: ['b=c'] }, []],
  ['a=1?2', { a: ['1?2'] }, []],
  ['&a=1&&b=2&', { a: ['1'], b: ['2'] }, []],
  ['a;b=1', { 'a;b': ['1'] }, []],
  ['a=%20&b=1', { a: [' '], b: ['1'] }, ['a']],
  ['a=x+y', { a: ['x y'] }, ['a']],
  ['A%20B=1', { 'A B': ['1'] }, ['a b']],
  ['a=%2B', { a: ['+'] }, ['a']],
  ['a=1&a=%31', { a: ['1', '1'] }, ['a']],
  ['a=%', { a: ['%'] }, ['a']],
  ['a=%+b', { a: ['% b'] }, ['a']],
  ['constructor=1', { constructor: ['1'] }, []],
])('%s', (text, values, decoded) => {
  const parsed = parseQuery(text);
  expect({ ...parsed.values }).toEqual(values);
  expect([...parsed.decodedNames]).toEqual(decoded);
});

test('names that objects inherit are ordinary names', () => {
  expect(parseQuery('a=1').values.toString).toBeUndefined();
  expect(Object.keys(parseQuery('__proto__=1').values)).toEqual(['__proto__']);
});
