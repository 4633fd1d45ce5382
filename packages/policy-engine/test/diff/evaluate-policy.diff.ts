// The compiled engine against the reference evaluator: the effect of one policy, of every type, on one request.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ASSUMPTIONS, compilePolicy, evaluatePolicy, parsePolicy, type RequestContext } from '../../src/index.js';
import { documentAndQuestion } from '../arbitraries/documents.js';
import { parameters, SEED } from '../arbitraries/runs.js';
import { statementsOf } from '../arbitraries/variants.js';
import { matchedStatements, referenceEffect } from '../reference/evaluate.js';

const RUNS = { local: 1_500, ci: 20_000 };

test(`compiled evaluation agrees with the reference (seed ${SEED})`, () => {
  fc.assert(
    fc.property(documentAndQuestion, ({ document, type, question }) => {
      const policy = compilePolicy(parsePolicy(document, { type }));
      const { effect, determining, invalidRequest, assumptions } = evaluatePolicy(policy, question as RequestContext);
      expect({ effect, invalidRequest }).toEqual({
        effect: referenceEffect(document, type, question),
        invalidRequest: undefined,
      });
      const word = effect === 'explicitDeny' ? 'Deny' : 'Allow';
      const matched = matchedStatements(document, type, question).filter((one) => one.Effect === word);
      const indexes = matched.map((one) => statementsOf(document).indexOf(one));
      expect(determining.map(({ index }) => index).sort((left, right) => left - right)).toEqual(indexes);
      for (const id of assumptions) expect(Object.keys(ASSUMPTIONS)).toContain(id);
    }),
    parameters(RUNS.local, RUNS.ci),
  );
});

test(`generated policies meet their requests about half of the time (seed ${SEED})`, () => {
  const counts = { statements: 0, matched: 0, allow: 0, explicitDeny: 0, implicitDeny: 0 };
  const total = 1_000;
  for (const { document, type, question } of fc.sample(documentAndQuestion, { numRuns: total, seed: SEED })) {
    counts.statements += [document.Statement].flat().length;
    counts.matched += matchedStatements(document, type, question).length;
    counts[referenceEffect(document, type, question)] += 1;
  }
  const matched = counts.matched / counts.statements;
  expect(matched, JSON.stringify(counts)).toBeGreaterThan(0.35);
  expect(matched, JSON.stringify(counts)).toBeLessThan(0.65);
  for (const effect of ['allow', 'explicitDeny', 'implicitDeny'] as const) {
    expect(counts[effect] / total, JSON.stringify(counts)).toBeGreaterThan(0.2);
  }
});
