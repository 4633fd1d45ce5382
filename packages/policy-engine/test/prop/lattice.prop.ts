// What must hold of a Lattice decision, whatever the policies around the request.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createAuthorizer, type Decision } from '../../src/index.js';
import { type LatticeCase, latticeCase } from '../arbitraries/layers.js';
import { parsedCaller, parsedLattice } from '../arbitraries/parsed.js';
import { parameters, SEED } from '../arbitraries/runs.js';
import { statementsOf } from '../arbitraries/variants.js';
import type { Json } from '../reference/question.js';

const RUNS = parameters(200, 600);

const decide = ({ policies, request }: LatticeCase): Decision =>
  createAuthorizer(parsedLattice(policies)).authorize(parsedCaller(request));

const DENY = { Effect: 'Deny', Action: '*', Resource: '*' };
const ALLOW = { Effect: 'Allow', Action: '*', Resource: '*' };
const plus = (document: Json | undefined, extra: Json): Json | undefined =>
  document && { ...document, Statement: [...statementsOf(document), extra] };

/** The same case with one statement more in one auth policy. */
function withAuthStatement(
  { policies, request }: LatticeCase,
  side: 'serviceNetwork' | 'service',
  extra: Json,
): LatticeCase {
  const policy = plus(policies[side].policy, { Principal: '*', ...extra });
  return { policies: { ...policies, [side]: { ...policies[side], policy } }, request };
}

function withIdentityStatement({ policies, request }: LatticeCase, extra: Json): LatticeCase {
  const { caller } = request;
  if (typeof caller !== 'object') return { policies, request };
  const [first, ...rest] = caller.identity;
  const identity = first === undefined ? [{ Statement: [extra] }] : [plus(first, extra) ?? {}, ...rest];
  return { policies, request: { ...request, caller: { ...caller, identity } } };
}

const side = fc.constantFrom('serviceNetwork' as const, 'service' as const);

describe(`Lattice (seed ${SEED})`, () => {
  test('an allow needs an Allow in every layer that is asked, and has no deny in any', () => {
    fc.assert(
      fc.property(latticeCase, (one) => {
        const { decision, layers, determining } = decide(one);
        const effects = Object.values(layers).map(({ effect }) => effect);
        if (decision === 'allow') {
          expect(effects.every((effect) => effect === 'allow' || effect === 'notEvaluated')).toBe(true);
          expect(determining.every(({ effect }) => effect === 'Allow')).toBe(true);
          for (const [name, { effect }] of Object.entries(layers)) {
            const empty =
              name === 'scp' && typeof one.request.caller === 'object' && one.request.caller.scps?.length === 0;
            if (effect === 'allow' && !empty) expect(determining.some(({ layer }) => layer === name)).toBe(true);
          }
        } else if (!effects.includes('explicitDeny')) {
          expect(effects.includes('implicitDeny')).toBe(true);
        }
      }),
      RUNS,
    );
  });

  test('the layer that is named is one that denies, and the message says so', () => {
    fc.assert(
      fc.property(latticeCase, (one) => {
        const { decision, reason, deniedBy, layers, message, determining } = decide(one);
        if (decision === 'allow') {
          expect({ reason, deniedBy, message }).toEqual({ reason: 'allowed', deniedBy: undefined, message: '' });
          return;
        }
        if (deniedBy === undefined) throw new Error('denied by nobody');
        expect(layers[deniedBy].effect).toBe(reason === 'noPolicy' ? 'implicitDeny' : reason);
        expect(message.startsWith('AccessDeniedException: User: ')).toBe(true);
        expect(message.includes('with an explicit deny')).toBe(reason === 'explicitDeny');
        expect(message).toContain(one.policies.service.arn);
        if (reason === 'explicitDeny') expect(determining.some(({ layer }) => layer === deniedBy)).toBe(true);
        expect(determining.every(({ effect }) => effect === 'Deny')).toBe(true);
      }),
      RUNS,
    );
  });

  test('a Deny of everything, put into a policy that is asked, denies', () => {
    fc.assert(
      fc.property(latticeCase, side, (one, where) => {
        const { authType, policy } = one.policies[where];
        const after = decide(withAuthStatement(one, where, DENY));
        const asked = authType === 'AWS_IAM' && policy !== undefined;
        if (asked) expect(after).toMatchObject({ decision: 'deny', reason: 'explicitDeny' });
        else expect(after).toEqual(decide(one)); // LATTICE-AUTH: its Denies are not read either
      }),
      RUNS,
    );
  });

  test('an Allow of everything takes nothing away', () => {
    fc.assert(
      fc.property(latticeCase, side, (one, where) => {
        const before = decide(one);
        for (const wider of [withAuthStatement(one, where, ALLOW), withIdentityStatement(one, ALLOW)]) {
          const after = decide(wider);
          if (before.decision === 'allow') expect(after.decision).toBe('allow');
          expect(after.reason === 'explicitDeny').toBe(before.reason === 'explicitDeny');
        }
      }),
      RUNS,
    );
  });

  test('a further limit on the caller never widens', () => {
    fc.assert(
      fc.property(latticeCase, latticeCase, (one, other) => {
        const { caller } = one.request;
        const limits = other.request.caller;
        fc.pre(typeof caller === 'object' && typeof limits === 'object');
        // Without session policies a federated user has nothing (LATTICE-FEDERATED): to them those are no limit.
        fc.pre(!JSON.stringify(one.request.principal).includes(':federated-user/'));
        const { identity: _, ...rest } = limits as Exclude<typeof limits, string | undefined>;
        const unlimited = { identity: (caller as { identity: Json[] }).identity };
        const wide = decide({ ...one, request: { ...one.request, caller: unlimited } });
        const narrow = decide({ ...one, request: { ...one.request, caller: { ...unlimited, ...rest } } });
        if (narrow.decision === 'allow') expect(wide.decision).toBe('allow');
      }),
      RUNS,
    );
  });

  test('a side of auth type NONE says nothing, whatever its policy', () => {
    fc.assert(
      fc.property(latticeCase, side, (one, where) => {
        const none = { ...one.policies[where], authType: 'NONE' as const };
        const policies = { ...one.policies, [where]: none };
        const bare = { ...one.policies, [where]: { ...none, policy: undefined } };
        expect(decide({ ...one, policies })).toEqual(decide({ ...one, policies: bare }));
      }),
      RUNS,
    );
  });

  test('an authorizer remembers nothing of the requests before', () => {
    fc.assert(
      fc.property(latticeCase, fc.array(latticeCase, { minLength: 1, maxLength: 4 }), (one, others) => {
        const policies = parsedLattice(one.policies);
        const used = createAuthorizer(policies);
        for (const other of others) used.authorize(parsedCaller(other.request));
        expect(used.authorize(parsedCaller(one.request))).toEqual(decide(one));
      }),
      parameters(100, 300),
    );
  });
});
