// The cases that the randomized tests found (test/cases/found.json), each once a disagreement or a crash. What the
// engine says, the reference must say too.
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import {
  authorizeIam,
  compilePolicy,
  createAuthorizer,
  evaluatePolicy,
  type PolicyType,
  parsePolicy,
  type RequestContext,
} from '../../src/index.js';
import type { IamCase, LatticeCase } from '../arbitraries/layers.js';
import { parsedCaller, parsedIam, parsedLattice } from '../arbitraries/parsed.js';
import { type LatticeVerdict, referenceIam, referenceLattice } from '../reference/authorize.js';
import { referenceEffect } from '../reference/evaluate.js';
import type { Json } from '../reference/question.js';

interface Found {
  readonly policy: readonly {
    readonly name: string;
    readonly type: PolicyType;
    readonly document: Json;
    readonly request: RequestContext;
    readonly effect: string;
  }[];
  readonly lattice: readonly ({ readonly name: string; readonly verdict: LatticeVerdict } & LatticeCase)[];
  readonly iam: readonly ({ readonly name: string; readonly decision: string } & IamCase)[];
}

const found: Found = JSON.parse(readFileSync(new URL('../cases/found.json', import.meta.url), 'utf8'));

describe('one policy', () => {
  test.each(found.policy)('$name', ({ type, document, request, effect }) => {
    const policy = compilePolicy(parsePolicy(document, { type }));
    expect(evaluatePolicy(policy, request).effect).toBe(effect);
    expect(referenceEffect(document, type, request)).toBe(effect);
  });
});

describe('Lattice', () => {
  test.each(found.lattice)('$name', ({ policies, request, verdict }) => {
    expect(createAuthorizer(parsedLattice(policies)).authorize(parsedCaller(request))).toMatchObject(verdict);
    expect(referenceLattice(policies, request)).toEqual(verdict);
  });
});

describe('any other service', () => {
  test.each(found.iam)('$name', ({ layers, request, decision }) => {
    expect(authorizeIam(parsedIam(layers), request as never).decision).toBe(decision);
    expect(referenceIam(layers, request)).toBe(decision);
  });
});
