// The base64 of BinaryEquals (docs/evaluation.md, BINARY-1), held against the platform's encoder.
import { describe, expect, test } from 'vitest';
import { decodeBase64 } from '../../../src/condition/binary.js';

const encode = (bytes: readonly number[]) => Buffer.from(bytes).toString('base64');
const text = (bytes: readonly number[]) => String.fromCharCode(...bytes);

describe('decodeBase64', () => {
  test('every byte value at every place of a group', () => {
    for (let value = 0; value < 256; value += 1) {
      for (const bytes of [
        [value],
        [0, value],
        [255, value],
        [0, 0, value],
        [255, 255, value],
        [value, 1, 254, value],
      ]) {
        expect(decodeBase64(encode(bytes))).toBe(text(bytes));
      }
    }
  });

  test('a long text', () => {
    const bytes = Array.from({ length: 999 }, (_, index) => (index * 89) % 256);
    expect(decodeBase64(encode(bytes))).toBe(text(bytes));
  });

  test.each([
    ['', ''],
    ['QQ==', 'A'],
    ['QQ', 'A'],
    ['QUI=', 'AB'],
    ['QUI', 'AB'],
    ['QUJD', 'ABC'],
    ['QUJDRA==', 'ABCD'],
    ['QUJDRA', 'ABCD'],
    ['+/+/', 'ûÿ¿'],
    ['////', 'ÿÿÿ'],
    // The last digit's surplus bits stand for nothing.
    ['QR==', 'A'],
    ['QUJ=', 'AB'],
  ])('%j stands for %j', (encoded, bytes) => {
    expect(decodeBase64(encoded)).toBe(bytes);
  });

  test.each([
    'Q',
    'QUJDR',
    'Q===',
    'QQ=',
    'QUI==',
    'QUJD=',
    'QUJD==',
    '=',
    '==',
    '====',
    'QQ===',
    'Q=Q=',
    '=QQ=',
    'QQ==QQ==',
    'Q Q=',
    ' QUJD',
    'QUJD\n',
    '-_-_',
    'QUJ$',
    'QUJé',
  ])('%j is no base64', (encoded) => {
    expect(decodeBase64(encoded)).toBeUndefined();
  });
});
