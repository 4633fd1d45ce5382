// parse.fuzz.ts — whatever is fed to the parser, it answers with a policy or with a PolicyError, and quickly. Runs for
// FUZZ_SECONDS on texts that are changed again and again, starting from documents that are almost right.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { PolicyError } from '../../src/errors.js';
import { parsePolicy } from '../../src/parse/parse-policy.js';
import { anyText, jsonText, mutated, policyLike, policyType, runs } from '../arbitraries/policy-text.js';

const SECONDS = Number(process.env.FUZZ_SECONDS ?? 10);
const bounded = { ...runs(10_000_000), interruptAfterTimeLimit: SECONDS * 900, markInterruptAsFailure: false };

/** Far more than documents of these sizes take, on any machine; an exponential path would take longer. */
const MILLISECONDS_MAX = 5_000;

const document = policyLike.map((one) => JSON.stringify(one.document, null, one.type.length % 3));
const text = fc.oneof(
  anyText,
  jsonText,
  mutated(document),
  mutated(mutated(document)),
  mutated(mutated(mutated(mutated(document)))),
);

test('a policy or a PolicyError, soon', { timeout: (SECONDS + 60) * 1_000 }, () => {
  fc.assert(
    fc.property(text, policyType, (source, type) => {
      const started = performance.now();
      try {
        expect(parsePolicy(source, { type }).source).toBe(source);
      } catch (error) {
        if (!(error instanceof PolicyError)) throw error;
        expect(error.findings.length).toBeGreaterThan(0);
        expect(error.line).toBeGreaterThan(0);
      }
      expect(performance.now() - started).toBeLessThan(MILLISECONDS_MAX);
    }),
    bounded,
  );
});
