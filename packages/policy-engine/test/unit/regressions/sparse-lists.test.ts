// Lists with holes in a request or among policies: `every`, `map` and their like pass over holes, so that a list of
// nothing but holes passed for a list of strings, and one of 2^32 - 1 kept the engine busy for minutes
// (docs/evaluation.md, EVAL-TOTAL).
import { describe, expect, test } from 'vitest';
import { authorizeIam, type LatticeRequest } from '../../../src/index.js';
import { ACCOUNT, allowIdentity, authorize, evaluate, session, USER_ARN } from '../rules/asking.js';

/** Sparse: each look at it must end at the first hole. */
const endless = () => new Array<never>(2 ** 32 - 1);
const holed = (): string[] => {
  const list = ['a', 'b', 'c'];
  delete list[1];
  return list;
};

describe.each([
  ['of holes only', endless],
  ['with one hole', holed],
  ['with undefined in it', (): unknown[] => ['a', undefined]],
])('a list %s', (_title, list) => {
  test.each<[string, () => Partial<LatticeRequest>]>([
    ['context', () => ({ context: { 'aws:TagKeys': list() as string[] } })],
    ['orgPaths', () => ({ principal: { ...session, orgPaths: list() as string[] } })],
    ['query', () => ({ query: { q: list() as string[] } })],
    ['headers', () => ({ headers: { h: list() as string[] } })],
    ['identity policies', () => ({ caller: { identity: list() as never } })],
    ['session policies', () => ({ caller: { identity: [allowIdentity], session: list() as never } })],
    ['SCP levels', () => ({ caller: { identity: [allowIdentity], scps: list() as never } })],
    ['an SCP level', () => ({ caller: { identity: [allowIdentity], scps: [list() as never] } })],
  ])('makes a request unreadable: %s', (_where, asked) => {
    const decision = authorize({}, asked());
    expect(decision.decision).toBe('deny');
    expect(decision.invalidRequest).toMatch(/must be/);
  });

  test('is told apart from a list of strings by one policy and by authorizeIam', () => {
    const statement = { Effect: 'Allow', Action: '*', Resource: '*' };
    const context = { 'aws:TagKeys': list() as string[] };
    expect(evaluate(statement, { context }).invalidRequest).toMatch(/must be/);
    const asked = { principal: { arn: USER_ARN }, action: 'a:b', resource: 'c', resourceAccount: ACCOUNT, context: {} };
    expect(authorizeIam({ identity: [allowIdentity], vpcEndpoint: list() as never }, asked).invalidRequest).toMatch(
      /must be/,
    );
  });
});
