// What must hold of lint on any policy: it is total, its places exist, and what it calls superfluous is.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  compilePolicy,
  createAuthorizer,
  evaluatePolicy,
  type Finding,
  lintLatticePolicies,
  lintPolicy,
  lintPolicySource,
  type PolicyType,
  parsePolicy,
  parsePolicyFindings,
  type RequestContext,
} from '../../src/index.js';
import { newBudget, patternCovers, patternsOverlap } from '../../src/lint/pattern.js';
import { compileGlob, matchesGlob } from '../../src/match/wildcard.js';
import { documentNear, question } from '../arbitraries/documents.js';
import { latticeCase } from '../arbitraries/layers.js';
import { parsedCaller, parsedLattice } from '../arbitraries/parsed.js';
import { anyText, policyLike, policyType } from '../arbitraries/policy-text.js';
import { SERVICE_ARN } from '../arbitraries/pools.js';
import { parameters, SEED } from '../arbitraries/runs.js';
import type { Json, LatticeDocuments, LatticeQuestion } from '../reference/question.js';

const RUNS = parameters(300, 2_500);

/** What a JSON Pointer names, the slow way; throws when there is nothing. */
function resolve(document: unknown, pointer: string): unknown {
  return pointer
    .split('/')
    .slice(1)
    .reduce((value: unknown, part) => {
      const key = part.replaceAll('~1', '/').replaceAll('~0', '~');
      if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) throw new Error(`no ${pointer}`);
      return (value as Record<string, unknown>)[key];
    }, document);
}

/** Checks that a finding stands on the key or value that its pointer names. */
function expectPlaced({ pointer, line, column }: Finding, text: string): void {
  const rest = (text.split('\n')[line - 1] ?? '').slice(column - 1);
  const value = JSON.stringify(resolve(JSON.parse(text), pointer));
  const key = JSON.stringify((pointer.split('/').at(-1) ?? '').replaceAll('~1', '/').replaceAll('~0', '~'));
  const stands =
    rest.startsWith(key) || rest.startsWith(value) || (/^[{[]/.test(value) && rest.startsWith(value.slice(0, 1)));
  expect(stands, `${pointer} ${line}:${column} ${rest}`).toBe(true);
}

const nearQuestion = fc
  .tuple(question, policyType)
  .chain(([asked, type]) => documentNear(asked, type).map((document) => ({ document, type, question: asked })));

/** Statements said twice, entries said twice or with wildcards beside them: something for the rules about redundancy. */
const repetitive = nearQuestion.chain(({ document, type, question: asked }) => {
  const statements = [document.Statement].flat() as Json[];
  const grown = fc.array(fc.tuple(fc.nat(), fc.constantFrom('twice', 'action', 'resource', 'deny')), { maxLength: 3 });
  return grown.map((changes) => {
    const all = [...statements];
    for (const [at, change] of changes) {
      const one = all[at % all.length] ?? {};
      if (change === 'twice') all.push({ ...one, Sid: 'again' });
      if (change === 'deny') all.push({ ...one, Effect: 'Deny', Sid: 'no' });
      const name = change === 'action' ? 'Action' : 'Resource';
      if (change === 'action' || change === 'resource') {
        const list = [one[name] ?? []].flat() as string[];
        if (one[name] !== undefined)
          all[at % all.length] = {
            ...one,
            [name]: [...list, ...list, ...list.slice(0, 1).map((entry) => entry.replace(/:\w+$/, ':*'))],
          };
      }
    }
    return { document: { ...document, Statement: all }, type, question: asked };
  });
});

/** The document without what a finding points at. */
function without(document: Json, pointer: string): Json {
  const copy = structuredClone(document);
  const [last = '', ...path] = pointer.split('/').slice(1).reverse();
  const parent = resolve(copy, path.length === 0 ? '' : `/${path.reverse().join('/')}`);
  (parent as unknown[]).splice(Number(last), 1);
  return copy;
}

const SUPERFLUOUS = new Set(['REDUNDANT_ACTION', 'REDUNDANT_RESOURCE', 'REDUNDANT_STATEMENT', 'UNREACHABLE_STATEMENT']);

describe(`lint (seed ${SEED})`, () => {
  test('is total, deterministic and in order, and every finding stands where it says', () => {
    fc.assert(
      fc.property(fc.oneof(nearQuestion, policyLike), ({ document, type }) => {
        const { policy } = parsePolicyFindings(document, { type });
        if (policy === undefined) return;
        const findings = lintPolicy(policy);
        expect(lintPolicy(policy)).toEqual(findings);
        for (const finding of findings) expectPlaced(finding, policy.source);
        const places = findings.map(({ line, column }) => line * 1e6 + column);
        expect(places).toEqual(places.toSorted((left, right) => left - right));
      }),
      RUNS,
    );
  });

  test('of a text never throws', () => {
    fc.assert(
      fc.property(anyText, policyType, (text, type) => {
        expect(Array.isArray(lintPolicySource(text, { type }))).toBe(true);
      }),
      RUNS,
    );
  });

  test('what it calls superfluous can go without changing any decision', () => {
    const seen = new Map<string, number>();
    const effect = (document: Json, type: PolicyType, asked: unknown) =>
      evaluatePolicy(compilePolicy(parsePolicy(document, { type })), asked as RequestContext).effect;
    fc.assert(
      fc.property(repetitive, ({ document, type, question: asked }) => {
        const findings = lintPolicy(parsePolicy(document, { type })).filter(({ code }) => SUPERFLUOUS.has(code));
        for (const { code, pointer } of findings) {
          seen.set(code, (seen.get(code) ?? 0) + 1);
          expect(effect(without(document, pointer), type, asked), `${code} ${pointer}`).toBe(
            effect(document, type, asked),
          );
        }
      }),
      RUNS,
    );
    expect([...seen.keys()].sort()).toEqual([...SUPERFLUOUS].sort());
  });

  test('of several policies is total, and its places exist', () => {
    const pair = question.chain((asked) =>
      fc.record({
        network: documentNear(asked, 'auth'),
        service: documentNear(asked, 'auth'),
        own: documentNear(asked, 'identity'),
      }),
    );
    const authType = fc.constantFrom('NONE' as const, 'AWS_IAM' as const);
    fc.assert(
      fc.property(pair, authType, authType, ({ network, service, own }, one, other) => {
        const documents = { serviceNetwork: network, service, identity: own };
        const policies = {
          serviceNetwork: { authType: one, policy: parsePolicy(network, { type: 'auth' }) },
          service: { authType: other, policy: parsePolicy(service, { type: 'auth' }), arn: SERVICE_ARN },
        };
        const findings = lintLatticePolicies(policies, { identity: [parsePolicy(own, { type: 'identity' })] });
        for (const { layer, pointer } of findings) resolve(documents[layer], pointer);
      }),
      RUNS,
    );
  });
});

describe(`lint of the policies around a service (seed ${SEED})`, () => {
  const NEVER = new Set(['LATTICE_NETWORK_NEVER_ALLOWS', 'LATTICE_OTHER_SERVICE']);

  test('what can never allow anything can go without changing any decision', () => {
    let seen = 0;
    const decide = (policies: LatticeDocuments, request: LatticeQuestion) =>
      createAuthorizer(parsedLattice(policies)).authorize(parsedCaller(request)).decision;
    fc.assert(
      fc.property(latticeCase, ({ policies, request }) => {
        const own = policies.service.policy;
        if (own === undefined || !Array.isArray(own.Statement) || own.Statement.length < 2) return;
        const findings = lintLatticePolicies(parsedLattice(policies)).filter(
          ({ code, pointer }) =>
            NEVER.has(code) && /^\/Statement\/\d+$/.test(pointer.replace(/\/(?:Not)?Resource(?:\/\d+)?$/, '')),
        );
        for (const { code, pointer, layer } of findings) {
          const isEntry = /\/Resource\/\d+$/.test(pointer);
          if (layer !== 'service' || (code === 'LATTICE_OTHER_SERVICE' && !isEntry)) continue;
          seen++;
          const changed = { ...policies, service: { ...policies.service, policy: without(own, pointer) } };
          expect(decide(changed, request), `${code} ${pointer}`).toBe(decide(policies, request));
        }
      }),
      RUNS,
    );
    expect(seen).toBeGreaterThan(0);
  });

  test('a caller that can never invoke is denied', () => {
    let seen = 0;
    fc.assert(
      fc.property(latticeCase, ({ policies, request }) => {
        const parsed = parsedCaller(request);
        const root = typeof request.principal === 'object' && request.principal.arn.endsWith(':root');
        if (
          typeof parsed.caller !== 'object' ||
          request.protocol === 'tls' ||
          request.principal === 'anonymous' ||
          root
        )
          return;
        const lattice = parsedLattice(policies);
        const findings = lintLatticePolicies(lattice, parsed.caller);
        if (!findings.some(({ code }) => code === 'LATTICE_CALLER_WITHOUT_INVOKE')) return;
        seen++;
        expect(createAuthorizer(lattice).authorize(parsed).decision).toBe('deny');
      }),
      RUNS,
    );
    expect(seen).toBeGreaterThan(0);
  });
});

describe(`patterns (seed ${SEED})`, () => {
  const word = (letters: readonly string[], maxLength: number) =>
    fc.array(fc.constantFrom(...letters), { maxLength }).map((all) => all.join(''));
  const pattern = word(['a', 'b', '*', '?'], 6);
  const text = word(['a', 'b', 'c'], 6);
  const matches = (one: string, other: string) => matchesGlob(compileGlob(one), other);
  const grow = (shorter: readonly string[]) => shorter.flatMap((one) => ['a', 'b', 'c'].map((letter) => one + letter));
  const texts = Array.from({ length: 6 }).reduce<string[]>((all) => ['', ...grow(all)], ['']);

  test('a pattern that covers another matches whatever it matches', () => {
    fc.assert(
      fc.property(pattern, pattern, text, (wide, narrow, any) => {
        fc.pre(patternCovers(wide, narrow, newBudget()));
        if (matches(narrow, any)) expect(matches(wide, any)).toBe(true);
      }),
      RUNS,
    );
  });

  test('a pattern covers a text just when it matches it', () => {
    fc.assert(
      fc.property(pattern, text, (wide, narrow) => {
        expect(patternCovers(wide, narrow, newBudget())).toBe(matches(wide, narrow));
      }),
      RUNS,
    );
  });

  test('patterns overlap just when some text matches both', () => {
    const short = word(['a', 'b', '*', '?'], 4);
    fc.assert(
      fc.property(short, short, (left, right) => {
        // Two patterns of at most four characters that meet at all meet in a text of at most six.
        expect(patternsOverlap(left, right, newBudget())).toBe(
          texts.some((one) => matches(left, one) && matches(right, one)),
        );
      }),
      RUNS,
    );
  });
});
