// Hostile texts until the time is up: each is read or refused, and none takes long.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { anyText, policyFileText } from '../arbitraries/stack-texts.js';
import { expectTotal } from '../support/expect-total.js';
import { SEED } from '../support/numbers.js';

const SECONDS = Number(process.env.FUZZ_SECONDS ?? 10);

test('no text breaks the reader', () => {
  const end = performance.now() + SECONDS * 1000;
  let tried = 0;
  let slowest = 0;
  for (let seed = SEED; performance.now() < end; seed += 1) {
    fc.assert(
      fc.property(anyText, policyFileText, (text, policy) => {
        const started = performance.now();
        expectTotal(text, policy);
        slowest = Math.max(slowest, performance.now() - started);
        tried += 1;
      }),
      { numRuns: 200, seed },
    );
  }
  expect(tried).toBeGreaterThan(0);
  expect(slowest, `of ${tried} texts`).toBeLessThan(5_000);
});
