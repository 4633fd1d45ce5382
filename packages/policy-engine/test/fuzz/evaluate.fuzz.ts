// evaluate.fuzz.ts — for FUZZ_SECONDS: the engine against the reference on policies and requests that nobody drew before,
// with absurd values put into some of the requests.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  authorizeIam,
  compilePolicy,
  createAuthorizer,
  evaluatePolicy,
  type LatticeRequest,
  parsePolicy,
  type RequestContext,
} from '../../src/index.js';
import { documentAndQuestion } from '../arbitraries/documents.js';
import { anything, withField } from '../arbitraries/hostile.js';
import { iamCase, latticeCase } from '../arbitraries/layers.js';
import { parsedCaller, parsedIam, parsedLattice } from '../arbitraries/parsed.js';
import { SEED } from '../arbitraries/runs.js';
import { referenceIam, referenceLattice } from '../reference/authorize.js';
import { referenceEffect } from '../reference/evaluate.js';

const SECONDS = Number(process.env.FUZZ_SECONDS ?? 10);
const bounded = {
  seed: SEED,
  numRuns: 10_000_000,
  interruptAfterTimeLimit: SECONDS * 300,
  markInterruptAsFailure: false,
};
const options = { timeout: (SECONDS + 60) * 1_000 };

test(`one policy says what the reference says (seed ${SEED})`, options, () => {
  fc.assert(
    fc.property(documentAndQuestion, ({ document, type, question }) => {
      const policy = compilePolicy(parsePolicy(document, { type }));
      expect(evaluatePolicy(policy, question as RequestContext).effect).toBe(referenceEffect(document, type, question));
    }),
    bounded,
  );
});

test(`layers decide what the reference decides (seed ${SEED})`, options, () => {
  fc.assert(
    fc.property(latticeCase, iamCase, (lattice, iam) => {
      const decision = createAuthorizer(parsedLattice(lattice.policies)).authorize(parsedCaller(lattice.request));
      expect(decision).toMatchObject(referenceLattice(lattice.policies, lattice.request));
      const { decision: answer } = authorizeIam(parsedIam(iam.layers), iam.request as never);
      expect(answer).toBe(referenceIam(iam.layers, iam.request));
    }),
    bounded,
  );
});

test(`absurd values are answered, and explained the same way (seed ${SEED})`, options, () => {
  const FIELDS = ['principal', 'caller', 'protocol', 'method', 'path', 'query', 'headers', 'port', 'time', 'context'];
  const places = fc.array(fc.tuple(fc.constantFrom(...FIELDS), anything), { maxLength: 3 });
  fc.assert(
    fc.property(latticeCase, places, ({ policies, request }, changes) => {
      const authorizer = createAuthorizer(parsedLattice(policies));
      const asked = changes.reduce<object>(
        (changed, [name, { make }]) => withField(changed, name, make()),
        parsedCaller(request),
      );
      const decision = authorizer.authorize(asked as LatticeRequest);
      expect(authorizer.explain(asked as LatticeRequest).decision).toEqual(decision);
      if (decision.invalidRequest !== undefined) expect(decision.decision).toBe('deny');
    }),
    bounded,
  );
});
