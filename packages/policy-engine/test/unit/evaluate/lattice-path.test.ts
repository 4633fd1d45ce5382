// What else AWS may mean by the path of a request (docs/evaluation.md, LATTICE-PATH).
import { expect, test } from 'vitest';
import { otherResources } from '../../../src/evaluate/lattice-path.js';

const others = (path: string, query?: string) => otherResources('svc', path, query).map(({ text }) => text);

test.each([
  ['/', []],
  ['/a', []],
  ['/a/b/', []],
  ['/a.b/c..d', []],
  ['*', []],
  ['/.a', []],
  ['/..a/b', []],
  ['/a/../b', ['svc/b']],
  ['/a/./b', ['svc/a/b']],
  ['//a', ['svc/a']],
  ['/a//b', ['svc/a/b']],
  ['/a//', ['svc/a/']],
  ['/..', ['svc/']],
  ['/../../a', ['svc/a']],
  ['/a/..', ['svc/']],
  ['/a/b/..', ['svc/a/']],
  ['/a/.', ['svc/a/']],
  ['/.', ['svc/']],
  ['/a\\b', ['svc/a/b']],
  ['/a/..\\b', ['svc/b']],
  ['/%61', ['svc/a']],
  ['/a%20b', ['svc/a b']],
  ['/%2e%2e/a', ['svc/../a', 'svc/a']],
  ['/a%2F..%2Fb', ['svc/a/../b', 'svc/b']],
  ['/%61/../b', ['svc/a/../b', 'svc/b']],
  ['/%', []],
  ['/%zz/../a', ['svc/a']],
  ['/%C3%A9', ['svc/é']],
  ['/%E9', []],
])('%s', (path, expected) => {
  expect(others(path)).toEqual(expected);
  for (const other of otherResources('svc', path, undefined)) expect(other.assumption).toBe('resource-path-raw');
});

test.each([
  ['/a', '', []],
  ['/a', 'x=1', ['svc/a?x=1']],
  ['/a/../b', 'x=1', ['svc/a/../b?x=1', 'svc/b']],
])('%s with query %j', (path, query, expected) => {
  expect(others(path, query)).toEqual(expected);
  const assumptions = otherResources('svc', path, query).map(({ assumption }) => assumption);
  if (query !== '') expect(assumptions[0]).toBe('resource-without-query');
});
