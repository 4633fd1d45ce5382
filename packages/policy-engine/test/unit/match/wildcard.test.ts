// Wildcards (docs/evaluation.md, GLOB-1 to GLOB-4): what matches, that escaped wildcards don't, and what matching costs.
import { describe, expect, test } from 'vitest';
import { compileGlob, dependsOnCharacterSize, matchesGlob, tokenizeGlob } from '../../../src/match/wildcard.js';

const matches = (pattern: string, text: string) => matchesGlob(compileGlob(pattern), text);

describe('tokenizeGlob', () => {
  test.each([
    ['', []],
    ['ab', [{ literal: 'ab' }]],
    ['*', [{ wildcard: '*' }]],
    ['?', [{ wildcard: '?' }]],
    ['a*b?c', [{ literal: 'a' }, { wildcard: '*' }, { literal: 'b' }, { wildcard: '?' }, { literal: 'c' }]],
    ['**', [{ wildcard: '*' }, { wildcard: '*' }]],
    ['*a', [{ wildcard: '*' }, { literal: 'a' }]],
    ['a*', [{ literal: 'a' }, { wildcard: '*' }]],
  ])('%j', (text, tokens) => {
    expect(tokenizeGlob(text)).toEqual(tokens);
  });
});

describe('compileGlob', () => {
  test.each([
    ['', { shape: 'exact', text: '' }],
    ['abc', { shape: 'exact', text: 'abc' }],
    ['*', { shape: 'any' }],
    ['***', { shape: 'any' }],
    ['abc*', { shape: 'prefix', text: 'abc' }],
    ['abc**', { shape: 'prefix', text: 'abc' }],
    ['*abc', { shape: 'runs', runs: ['', 'abc'], lengthMin: 3 }],
    ['a*bc*d', { shape: 'runs', runs: ['a', 'bc', 'd'], lengthMin: 4 }],
  ])('%j takes the shape that is cheapest to match', (pattern, glob) => {
    expect(compileGlob(pattern)).toEqual(glob);
  });

  test('neighbouring stars count as one beside a question mark', () => {
    const glob = compileGlob('a**?');
    expect(glob.shape === 'characters' && glob.characters.length).toBe(3);
  });

  test('literal tokens beside each other are one text', () => {
    expect(compileGlob([{ literal: 'a' }, { literal: '*' }, { literal: 'b' }])).toEqual({
      shape: 'exact',
      text: 'a*b',
    });
  });
});

describe('matchesGlob', () => {
  test.each([
    ['', ''],
    ['abc', 'abc'],
    ['*', ''],
    ['*', 'anything/at:all\nover lines\r\n'],
    ['**', 'x'],
    ['a*', 'a'],
    ['a*', 'abc'],
    ['*c', 'c'],
    ['*c', 'abc'],
    ['a*c', 'ac'],
    ['a*c', 'abcabc'],
    ['a*b*c', 'a-b-b-c'],
    ['a*b*c', 'abc'],
    ['*a*', 'a'],
    ['*a*', 'xay'],
    ['*a*a', 'aa'],
    ['*ab*ab*', 'xababx'],
    ['*aab*', 'aaab'],
    ['a*aba', 'aababa'],
    ['?', 'x'],
    ['?', '/'],
    ['?', '\n'],
    ['?', '😀'],
    ['??', '😀é'],
    ['a?c', 'abc'],
    ['?*', 'x'],
    ['*?', 'xyz'],
    ['a*?', 'abc'],
    ['a?*c', 'abc'],
    ['*a?c*', 'xxabcabc'],
    ['a*b?d*e', 'a-bbd-bcd-e'],
    ['?*?', 'ab'],
    ['*b?*', 'abbc'],
    ['*ab?', 'aabab1'],
    ['ab*?', 'abc'],
    ['arn:aws:*', 'arn:aws:vpc-lattice:eu-west-1:111122223333:service/svc-1/a'],
    ['*/rates', 'arn:aws:vpc-lattice:eu-west-1:111122223333:service/svc-1/rates'],
    ['.*', '.x'],
    ['[a-z]*', '[a-z]x'],
    ['a\\*', 'a\\x'],
  ])('%j matches %j', (pattern, text) => {
    expect(matches(pattern, text)).toBe(true);
  });

  test.each([
    ['', 'a'],
    ['abc', 'ab'],
    ['abc', 'abcd'],
    ['abc', 'ABC'],
    ['abc', 'xabc'],
    ['a*', ''],
    ['a*', 'ba'],
    ['*c', ''],
    ['*c', 'cb'],
    ['a*a', 'a'],
    ['ab*ba', 'aba'],
    ['a*b*c', 'acb'],
    ['a*bb*bc', 'abbc'],
    ['a*bc*c', 'abc'],
    ['a*bb*bc', 'axxbbc'],
    ['*ab*ab*', 'xaby'],
    ['*ab*ab', 'xxab'],
    ['*a*a*', 'a'],
    ['?', ''],
    ['?', 'ab'],
    ['??', 'é'],
    ['??', '😀'],
    ['a?c', 'ac'],
    ['a?c', 'abbc'],
    ['?*?', 'a'],
    ['*?', ''],
    ['a?*', 'a'],
    ['*a?', 'a'],
    ['*a?c', 'abcx'],
    ['?a*', 'aa'.slice(1)],
    ['.', 'x'],
    ['a+', 'aa'],
    ['[ab]', 'a'],
    ['(a|b)', 'a'],
    ['*/rates', 'arn:aws:vpc-lattice:eu-west-1:111122223333:service/svc-1/admin'],
    ['?\u{F0000}', 'xy'],
    ['é?', 'e\u0301x'],
  ])('%j does not match %j', (pattern, text) => {
    expect(matches(pattern, text)).toBe(false);
  });

  test.each([
    [[{ literal: '*' }], '*', 'x'],
    [[{ literal: '?' }], '?', 'x'],
    [[{ literal: 'a*' }, { wildcard: '*' }], 'a*b', 'ab'],
    [[{ wildcard: '*' }, { literal: '?' }], 'a?', 'ab'],
    [[{ wildcard: '?' }, { literal: '*' }], 'a*', 'ab'],
    [[{ wildcard: '?' }, { literal: '?' }], 'a?', 'ab'],
    [[{ wildcard: '?' }, { literal: '\u{F0000}' }], 'a\u{F0000}', 'ab'],
  ] as const)('escaped wildcards are literal: %j', (tokens, text, other) => {
    expect(matchesGlob(compileGlob(tokens), text)).toBe(true);
    expect(matchesGlob(compileGlob(tokens), other)).toBe(false);
  });

  test.each([
    ['stars between letters', '*a'.repeat(200), `${'a'.repeat(5_000)}b`],
    ['stars and question marks', '*?a'.repeat(100), `${'a'.repeat(5_000)}b`],
    ['one long run', `*${'a'.repeat(500)}b*`, 'a'.repeat(20_000)],
    ['only stars', '*'.repeat(10_000), 'a'.repeat(10_000)],
  ])('costs at most pattern times text: %s', (_name, pattern, text) => {
    const start = performance.now();
    matches(pattern, text);
    expect(performance.now() - start).toBeLessThan(1_000);
  });
});

describe('dependsOnCharacterSize', () => {
  test.each([
    ['?', '😀', true],
    ['a?', 'x😀', true],
    ['?', '\udc00', true],
    ['?', '\ud800', true],
    ['?', 'é', false],
    ['?', '\ue000', false],
    ['?', '\ud7ff', false],
    ['*', '😀', false],
    ['😀', '😀', false],
    ['*a', '😀a', false],
  ])('%j against %j: %s', (pattern, text, depends) => {
    expect(dependsOnCharacterSize(compileGlob(pattern), text)).toBe(depends);
  });
});
