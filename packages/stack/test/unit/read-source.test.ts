// Hostile and odd YAML: what it costs is bounded, and what it means is plain data.
import { expect, test } from 'vitest';
import { readSource } from '../../src/source/read-source.js';
import { findNode, plainValue } from '../../src/source/source-tree.js';

const valueOfText = (text: string) => {
  const { root, problems } = readSource(text);
  expect(problems).toEqual([]);
  return root && JSON.parse(JSON.stringify(plainValue(root)));
};

test.each([
  [
    'scalars of the core schema',
    'a: [yes, null, ~, 0x10, 1.5, "1", True]',
    { a: ['yes', null, null, 16, 1.5, '1', true] },
  ],
  ['no value at all', 'a:\nb:', { a: null, b: null }],
  ['JSON indented with tabs', '{\n\t"a":\t[1,\n\t\t2]\n}', { a: [1, 2] }],
  ['a pair in a list', '[a: b, c]', [{ a: 'b' }, 'c']],
  ['windows line ends', 'a: 1\r\nb: |\r\n  x\r\n  y\r\n', { a: 1, b: 'x\ny\n' }],
  ['aliases', 'a: &x { b: 1 }\nc: *x\nd: [*x]', { a: { b: 1 }, c: { b: 1 }, d: [{ b: 1 }] }],
  ['an anchor used anew', 'a: &x 1\nb: *x\nc: &x 2\nd: *x', { a: 1, b: 1, c: 2, d: 2 }],
  ['core tags', 'a: !!str 1', { a: '1' }],
])('%s', (_, text, value) => {
  expect(valueOfText(text)).toEqual(value);
});

test('keys that every object inherits are keys like any other', () => {
  const { root } = readSource('__proto__: { a: 1 }\nconstructor: 2\n');
  const value = root && (plainValue(root) as Record<string, unknown>);
  expect(Object.keys(value ?? {})).toEqual(['__proto__', 'constructor']);
  expect(Object.getPrototypeOf(value)).toBeNull();
});

test('a pointer that leads nowhere gives the deepest place on its way', () => {
  const { root } = readSource('a:\n  "b/~": [x]\n');
  if (!root) throw new Error('no tree');
  expect(findNode(root, '/a/b~1~0/0')).toMatchObject({ found: true, value: { value: 'x' } });
  expect(findNode(root, '/a/b~1~0/1/c')).toMatchObject({ found: false, value: { kind: 'sequence' } });
});

const bombs: readonly (readonly [string, string])[] = [
  [
    'aliases of aliases',
    `a0: &a0 x\n${Array.from({ length: 40 }, (_, i) => `a${i + 1}: &a${i + 1} [*a${i}, *a${i}]`).join('\n')}\n`,
  ],
  ['wide aliases', `a: &a [${'x,'.repeat(1000)}]\nb: [${'*a,'.repeat(1000)}]\n`],
  ['deep lists', '['.repeat(100_000)],
  ['deep mappings', '{a: '.repeat(100_000)],
  ['compact lists', '- '.repeat(100_000)],
  ['compact keys', '? '.repeat(100_000)],
  ['quotes', '"'.repeat(200_000)],
  ['errors', 'a: }\n'.repeat(20_000)],
  ['directives', '%a\n'.repeat(50_000)],
  ['anchors', '&'.repeat(300_000)],
  ['tags', '!'.repeat(300_000)],
];

test.each(bombs)('bounded: %s', (_, text) => {
  const started = performance.now();
  const { root, problems } = readSource(text);
  expect(root === undefined ? problems.length : 1).toBeGreaterThan(0);
  // Far more than it takes, so that a busy machine doesn't fail it; without bounds these take minutes or all memory.
  expect(performance.now() - started).toBeLessThan(8_000);
});

test('many keys are compared in linear time', () => {
  const text = Array.from({ length: 60_000 }, (_, i) => `k${i}: 1`).join('\n');
  const started = performance.now();
  expect(readSource(text).problems).toEqual([]);
  expect(performance.now() - started).toBeLessThan(8_000);
});
