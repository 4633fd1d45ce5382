// The numbers of Numeric conditions (docs/evaluation.md, NUMERIC-1 and NUMERIC-2): what is read, and how it compares.
import { describe, expect, test } from 'vitest';
import { compareDecimals, parseDecimal } from '../../../src/condition/numeric.js';

/** `-1`, `0` or `1`, as the first number is less than, equal to or greater than the second. */
function order(left: string, right: string): number {
  const [a, b] = [parseDecimal(left), parseDecimal(right)];
  if (a === undefined || b === undefined) throw new Error(`not a number: ${left} or ${right}`);
  const result = compareDecimals(a, b);
  return result < 0 ? -1 : result > 0 ? 1 : 0;
}

describe('parseDecimal', () => {
  test.each([
    ['0', { negative: false, digits: '', exponent: 0 }],
    ['7', { negative: false, digits: '7', exponent: 1 }],
    ['-7', { negative: true, digits: '7', exponent: 1 }],
    ['+7', { negative: false, digits: '7', exponent: 1 }],
    ['120', { negative: false, digits: '12', exponent: 3 }],
    ['0012', { negative: false, digits: '12', exponent: 2 }],
    ['12.50', { negative: false, digits: '125', exponent: 2 }],
    ['0.050', { negative: false, digits: '5', exponent: -1 }],
    ['-0.0', { negative: false, digits: '', exponent: 0 }],
    ['0e999', { negative: false, digits: '', exponent: 0 }],
    ['1e3', { negative: false, digits: '1', exponent: 4 }],
    ['1E+3', { negative: false, digits: '1', exponent: 4 }],
    ['25e-4', { negative: false, digits: '25', exponent: -2 }],
    ['1e999999999', { negative: false, digits: '1', exponent: 1_000_000_000 }],
    ['1e-999999999', { negative: false, digits: '1', exponent: -999_999_998 }],
  ])('reads %j', (text, expected) => {
    expect(parseDecimal(text)).toEqual(expected);
  });

  test.each([
    '',
    ' 1',
    '1 ',
    '1\n',
    '1.',
    '.5',
    '-',
    '+-1',
    '--1',
    '1e',
    '1e+',
    '1e1.5',
    '1e1234567890',
    '12abc',
    '0x10',
    '1_000',
    '1,000',
    'NaN',
    'Infinity',
    '١',
    '1.2.3',
  ])('does not read %j', (text) => {
    expect(parseDecimal(text)).toBeUndefined();
  });
});

describe('compareDecimals', () => {
  test.each([
    ['1', '1.0'],
    ['1', '01'],
    ['1', '+1'],
    ['1e3', '1000'],
    ['1e-3', '0.001'],
    ['0', '-0'],
    ['0', '0e5'],
    ['10', '100e-1'],
    ['-2.50', '-2.5'],
    ['9007199254740993', '9007199254740993.0'],
  ])('%s equals %s', (left, right) => {
    expect(order(left, right)).toBe(0);
    expect(order(right, left)).toBe(0);
  });

  test.each([
    ['1', '2'],
    ['2', '10'],
    ['-1', '0'],
    ['0', '0.0001'],
    ['-2', '-1'],
    ['-10', '-2'],
    ['-1', '1'],
    ['12', '123'],
    ['1.2', '1.23'],
    ['0.09', '0.1'],
    ['-0.1', '-0.09'],
    ['9007199254740992', '9007199254740993'],
    ['0.1', '0.10000000000000000000000001'],
    ['1e-400', '2e-400'],
    ['1e400', '2e400'],
    ['-1e400', '1e-400'],
    ['999999999999999999998', '999999999999999999999'],
    ['8', '9e0'],
    ['99e-1', '1e1'],
  ])('%s is less than %s', (left, right) => {
    expect(order(left, right)).toBe(-1);
    expect(order(right, left)).toBe(1);
  });

  test('a number with a huge exponent costs nothing to compare', () => {
    const start = performance.now();
    expect(order('1e999999999', '2e999999998')).toBe(1);
    expect(performance.now() - start).toBeLessThan(100);
  });
});
