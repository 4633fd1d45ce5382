// Amounts as Kubernetes writes them, compared.
import { expect, test } from 'vitest';
import { amountOf, isQuantity } from '../../../src/injector/quantity.js';

test.each([
  ['1', 1],
  ['0.5', 0.5],
  ['.5', 0.5],
  ['50m', 0.05],
  ['1500m', 1.5],
  ['3u', 3e-6],
  ['3n', 3e-9],
  ['2k', 2_000],
  ['1M', 1e6],
  ['1E', 1e18],
  ['1Ki', 1_024],
  ['96Mi', 96 * 2 ** 20],
  ['1.5Gi', 1.5 * 2 ** 30],
  ['1Ei', 2 ** 60],
  ['1e3', 1_000],
  ['1E3', 1_000],
  ['1e-3', 0.001],
])('%s', (text, amount) => {
  expect(isQuantity(text)).toBe(true);
  expect(amountOf(text)).toBeCloseTo(amount, 12);
});

test.each(['', 'x', '1 Mi', '-1', '1mi', '1ki', '1K', 'Mi', '1e', '1e1000'])('%j is none', (text) => {
  expect(isQuantity(text)).toBe(false);
  expect(amountOf(text)).toBeNaN();
});
