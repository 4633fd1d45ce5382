// The engine's two ways of joining layers against the reference: Lattice's rule and IAM's.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { authorizeIam, createAuthorizer } from '../../src/index.js';
import { iamCase, latticeCase } from '../arbitraries/layers.js';
import { parsedCaller, parsedIam, parsedLattice } from '../arbitraries/parsed.js';
import { parameters, SEED } from '../arbitraries/runs.js';
import { referenceIam, referenceLattice } from '../reference/authorize.js';

const LATTICE = { local: 800, ci: 8_000 };
const IAM = { local: 500, ci: 5_000 };

test(`the authorizer agrees with the reference (seed ${SEED})`, () => {
  fc.assert(
    fc.property(latticeCase, ({ policies, request }) => {
      const decision = createAuthorizer(parsedLattice(policies)).authorize(parsedCaller(request));
      const { decision: answer, reason, deniedBy, invalidRequest } = decision;
      expect({ decision: answer, reason, deniedBy, invalidRequest }).toEqual({
        ...referenceLattice(policies, request),
        invalidRequest: undefined,
      });
    }),
    parameters(LATTICE.local, LATTICE.ci),
  );
});

test(`authorizeIam agrees with the reference (seed ${SEED})`, () => {
  fc.assert(
    fc.property(iamCase, ({ layers, request }) => {
      const { decision, deniedBy, invalidRequest } = authorizeIam(parsedIam(layers), request as never);
      expect({ decision, invalidRequest }).toEqual({
        decision: referenceIam(layers, request),
        invalidRequest: undefined,
      });
      expect(deniedBy === undefined).toBe(decision === 'allow');
    }),
    parameters(IAM.local, IAM.ci),
  );
});

test(`every outcome is met often enough (seed ${SEED})`, () => {
  const numRuns = 800;
  const counts = new Map<string, number>();
  const count = (outcome: string) => counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
  for (const { policies, request } of fc.sample(latticeCase, { numRuns, seed: SEED })) {
    const { reason, deniedBy } = referenceLattice(policies, request);
    count(`lattice ${reason}`);
    if (deniedBy !== undefined) count(`lattice denied by ${deniedBy}`);
  }
  for (const { layers, request } of fc.sample(iamCase, { numRuns, seed: SEED })) {
    count(`iam ${referenceIam(layers, request)}`);
  }
  const rates = Object.fromEntries([...counts].map(([outcome, number]) => [outcome, number / numRuns]));
  const said = JSON.stringify(rates);
  for (const outcome of [
    'lattice allowed',
    'lattice explicitDeny',
    'lattice implicitDeny',
    'iam allow',
    'iam explicitDeny',
    'iam implicitDeny',
  ]) {
    expect(rates[outcome] ?? 0, said).toBeGreaterThan(0.1);
  }
  for (const layer of ['serviceNetwork', 'service', 'scp', 'identity', 'permissionsBoundary', 'session']) {
    expect(counts.get(`lattice denied by ${layer}`) ?? 0, said).toBeGreaterThan(0);
  }
});
