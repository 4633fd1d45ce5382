// Wildcards mean what a naive recursive matcher says, and cost at most pattern length times text length.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compilePolicy, evaluatePolicy, parsePolicy } from '../../src/index.js';
import { compileGlob, matchesGlob } from '../../src/match/wildcard.js';
import { parameters, SEED } from '../arbitraries/runs.js';

/** GLOB-1 to GLOB-3, word for word; exponential, so for short texts only. */
function naive(pattern: readonly string[], text: readonly string[]): boolean {
  const [symbol, ...rest] = pattern;
  const [first, ...others] = text;
  if (symbol === undefined) return first === undefined;
  if (symbol === '*') return naive(rest, text) || (first !== undefined && naive(pattern, others));
  return first !== undefined && (symbol === '?' || symbol === first) && naive(rest, others);
}

const CHARACTERS = [...'aaab/:\n*?', '😀', '😁', 'é'];
const pattern = fc.string({ unit: fc.constantFrom(...CHARACTERS, '*', '*', '?'), maxLength: 8 });
const text = fc.string({ unit: fc.constantFrom(...CHARACTERS), maxLength: 9 });
/** A text that the pattern matches. */
const fitting = (drawn: string, fillers: readonly string[]) =>
  [...drawn].map((symbol, index) => fill(symbol, fillers[index % fillers.length] ?? '')).join('');
const fill = (symbol: string, filler: string) =>
  symbol === '*' ? filler : symbol === '?' ? ([...filler][0] ?? 'x') : symbol;

describe(`wildcards (seed ${SEED})`, () => {
  test('match what the naive recursive matcher matches', () => {
    let matched = 0;
    const params = parameters(3_000, 20_000);
    fc.assert(
      fc.property(pattern, text, fc.array(text, { minLength: 1, maxLength: 3 }), (glob, other, fillers) => {
        const compiled = compileGlob(glob);
        for (const candidate of [other, fitting(glob, fillers)]) {
          if (candidate.length > 24) continue;
          const expected = naive([...glob], [...candidate]);
          expect(matchesGlob(compiled, candidate)).toBe(expected);
          if (expected) matched++;
        }
      }),
      params,
    );
    expect(matched).toBeGreaterThan(params.numRuns / 3);
  });

  test('are never special in what a variable stands for', () => {
    fc.assert(
      fc.property(text, text, (value, asked) => {
        fc.pre(value !== '' && asked !== '');
        const document = {
          Version: '2012-10-17',
          Statement: { Effect: 'Allow', Action: '*', Resource: 'arn:aws:s3:::${app:value}' },
        };
        const policy = compilePolicy(parsePolicy(document, { type: 'identity' }));
        const resource = `arn:aws:s3:::${asked}`;
        const request = {
          principal: 'anonymous',
          action: 's3:Get',
          resource,
          context: { 'app:value': value },
        } as const;
        expect(evaluatePolicy(policy, request).effect).toBe(asked === value ? 'allow' : 'implicitDeny');
      }),
      parameters(500, 3_000),
    );
  });
});

// Each of these takes a backtracking matcher longer than the universe has. They only have to end: times are not asserted.
const BOMBS: readonly (readonly [name: string, pattern: string, text: string, matches: boolean])[] = [
  ['stars and letters', `${'*a'.repeat(200)}b`, 'a'.repeat(60_000), false],
  ['stars, letters and question marks', `${'*a?'.repeat(100)}b`, 'a'.repeat(60_000), false],
  ['stars and question marks', `${'*?'.repeat(200)}b`, 'a'.repeat(60_000), false],
  ['nothing but stars', '*'.repeat(60_000), 'a'.repeat(60_000), true],
  ['stars around a near end', `${'*aaaaaaaaab'.repeat(50)}*`, 'aaaaaaaaa'.repeat(6_000), false],
  ['stars that all match', '*a'.repeat(200), 'a'.repeat(60_000), true],
];

describe('hundreds of stars against sixty thousand characters', () => {
  const asking = (statement: object, resource: string, action = 's3:Get', value: string | readonly string[] = '') => {
    const document = {
      Version: '2012-10-17',
      Statement: { Effect: 'Allow', Action: '*', Resource: '*', ...statement },
    };
    const policy = compilePolicy(parsePolicy(document, { type: 'identity' }));
    return evaluatePolicy(policy, { principal: 'anonymous', action, resource, context: { 'app:value': value } }).effect;
  };
  const effect = (matches: boolean) => (matches ? 'allow' : 'implicitDeny');

  test.each(BOMBS)('Resource: %s', (_, glob, long, matches) => {
    expect(asking({ Resource: `r${glob}` }, `r${long}`)).toBe(effect(matches));
    expect(asking({ NotResource: `r${glob}`, Resource: undefined }, `r${long}`)).toBe(effect(!matches));
  });
  test.each(BOMBS)('Action: %s', (_, glob, long, matches) => {
    expect(asking({ Action: `s3:a${glob}` }, 'r', `s3:a${long}`)).toBe(effect(matches));
  });
  test.each(BOMBS)('StringLike: %s', (_, glob, long, matches) => {
    expect(asking({ Condition: { StringLike: { 'app:value': glob } } }, 'r', 's3:Get', long)).toBe(effect(matches));
    const each = { 'ForAllValues:StringNotLike': { 'app:value': [glob, glob] } };
    expect(asking({ Condition: each }, 'r', 's3:Get', [long, long])).toBe(effect(!matches));
  });
  test.each(BOMBS)('ArnLike: %s', (_, glob, long, matches) => {
    const condition = { ArnLike: { 'app:value': `arn:aws:s3:::${glob}` } };
    expect(asking({ Condition: condition }, 'r', 's3:Get', `arn:aws:s3:::${long}`)).toBe(effect(matches));
  });
  test('a variable with a long value in a pattern of stars', () => {
    const glob = `${'*${app:value}'.repeat(100)}b`;
    expect(asking({ Condition: { StringLike: { 'app:value': glob } } }, 'r', 's3:Get', 'a'.repeat(5_000))).toBe(
      'implicitDeny',
    );
  });
  test('thousands of braces that never close, or that close only once', () => {
    for (const braces of [
      '${'.repeat(30_000),
      `${'${'.repeat(30_000)}}`,
      `$${'{'.repeat(60_000)}`,
      '}'.repeat(60_000),
    ]) {
      const statement = { Effect: 'Allow', Action: '*', Resource: [`arn:${braces}`, `*${braces}`] };
      const policy = compilePolicy(parsePolicy({ Statement: statement }, { type: 'identity' }));
      const request = { principal: 'anonymous', action: 's3:Get', resource: braces, context: {} } as const;
      expect(evaluatePolicy(policy, request).effect).toBe('allow');
    }
    const long = Array.from({ length: 8_000 }, () => "${a, '}").join('');
    expect(() => parsePolicy(docWith(long), { type: 'identity' })).toThrow('default');
    const defaults = "${a, 'b'}".repeat(6_000);
    const policy = compilePolicy(parsePolicy(docWith(`*${defaults}`), { type: 'identity' }));
    const request = { principal: 'anonymous', action: 's3:Get', resource: 'b'.repeat(6_000), context: {} } as const;
    expect(evaluatePolicy(policy, request).effect).toBe('allow');
  });
});

const docWith = (resource: string) => ({
  Version: '2012-10-17',
  Statement: { Effect: 'Allow', Action: '*', Resource: resource },
});
