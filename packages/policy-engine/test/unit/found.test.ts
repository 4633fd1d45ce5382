// The cases that the randomized tests found (test/cases/found.json), each once a disagreement or a crash. What the
// engine says, the reference must say too.
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { compilePolicy, evaluatePolicy, type PolicyType, parsePolicy, type RequestContext } from '../../src/index.js';
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
}

const found: Found = JSON.parse(readFileSync(new URL('../cases/found.json', import.meta.url), 'utf8'));

describe('one policy', () => {
  test.each(found.policy)('$name', ({ type, document, request, effect }) => {
    const policy = compilePolicy(parsePolicy(document, { type }));
    expect(evaluatePolicy(policy, request).effect).toBe(effect);
    expect(referenceEffect(document, type, request)).toBe(effect);
  });
});
