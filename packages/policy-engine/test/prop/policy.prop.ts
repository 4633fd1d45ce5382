// What must hold of one policy on any request, whatever it says.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  compilePolicy,
  evaluatePolicy,
  type PolicyEvaluation,
  type PolicyType,
  parsePolicy,
  type RequestContext,
} from '../../src/index.js';
import { conditionElement } from '../arbitraries/conditions.js';
import { documentAndQuestion, question, statement } from '../arbitraries/documents.js';
import { parameters, SEED } from '../arbitraries/runs.js';
import { listed, mapLists, recased, statementsOf, turned, unlisted, withKeys } from '../arbitraries/variants.js';
import type { Json, Question } from '../reference/question.js';

const RUNS = parameters(400, 1_200);

function evaluate(document: Json, type: PolicyType, asked: Question): PolicyEvaluation {
  return evaluatePolicy(compilePolicy(parsePolicy(document, { type })), asked as RequestContext);
}
/** A document to which anything may be added: variables are only expanded in this version. */
const current = <Drawn extends { readonly document: Json }>(drawn: Drawn) => ({
  ...drawn,
  document: { ...drawn.document, Version: '2012-10-17' },
});
const effect = (document: Json, type: PolicyType, asked: Question) => evaluate(document, type, asked).effect;
const alone = (document: Json, statement: Json): Json => ({ ...document, Statement: [statement] });
/** What must be the same of two spellings of one policy; places differ. */
const said = ({ effect, assumptions }: PolicyEvaluation) => ({ effect, assumptions: [...assumptions].sort() });
const withStatements = (document: Json, change: (statement: Json) => Json): Json => ({
  ...document,
  Statement: statementsOf(document).map(change),
});

describe(`one policy (seed ${SEED})`, () => {
  test('default deny: it allows only when one of its Allows matches', () => {
    fc.assert(
      fc.property(documentAndQuestion, ({ document, type, question }) => {
        const matching = statementsOf(document).filter(
          (one) => one.Effect === 'Allow' && effect(alone(document, one), type, question) === 'allow',
        );
        if (effect(document, type, question) === 'allow') expect(matching).not.toEqual([]);
        const denies = statementsOf(document).filter((one) => one.Effect === 'Deny');
        if (denies.length > 0) expect(effect({ ...document, Statement: denies }, type, question)).not.toBe('allow');
      }),
      RUNS,
    );
  });

  test('deny overrides: a statement that denies alone denies in any company', () => {
    fc.assert(
      fc.property(documentAndQuestion, ({ document, type, question }) => {
        const effects = statementsOf(document).map((one) => effect(alone(document, one), type, question));
        const expected = effects.includes('explicitDeny')
          ? 'explicitDeny'
          : effects.includes('allow')
            ? 'allow'
            : 'implicitDeny';
        expect(effect(document, type, question)).toBe(expected);
      }),
      RUNS,
    );
  });

  test('a policy of many statements says what they say one by one', () => {
    const many = question.chain((asked) =>
      fc.constantFrom<PolicyType>('auth', 'resource', 'identity', 'scp').chain((type) =>
        fc.record({
          type: fc.constant(type),
          question: fc.constant(asked),
          statements: fc.array(statement(asked, type), { minLength: 5, maxLength: 40 }),
        }),
      ),
    );
    fc.assert(
      fc.property(many, ({ type, question, statements }) => {
        const document = { Version: '2012-10-17', Statement: statements };
        const { effect: whole, determining } = evaluate(document, type, question);
        const effects = statements.map((one) => effect(alone(document, one), type, question));
        const decisive = ['explicitDeny', 'allow'].find((one) => effects.includes(one as never)) ?? 'implicitDeny';
        expect(whole).toBe(decisive);
        const expected = effects.flatMap((one, index) => (one === decisive && one !== 'implicitDeny' ? [index] : []));
        expect(determining.map(({ index }) => index).sort((left, right) => left - right)).toEqual(expected);
      }),
      parameters(100, 400),
    );
  });

  test('the order of statements and values and their repetition do not matter', () => {
    fc.assert(
      fc.property(documentAndQuestion, fc.nat(7), ({ document, type, question }, by) => {
        const changed = withStatements(document, (one) => mapLists(one, turned(by)));
        const shuffled = { ...changed, Statement: turned(by)(statementsOf(changed)) };
        expect(said(evaluate(shuffled, type, question))).toEqual(said(evaluate(document, type, question)));
      }),
      RUNS,
    );
  });

  test('a single value is the list of it', () => {
    fc.assert(
      fc.property(documentAndQuestion, ({ document, type, question }) => {
        const expected = said(evaluate(document, type, question));
        for (const change of [listed, unlisted]) {
          const changed = withStatements(document, (one) => mapLists(one, change));
          expect(said(evaluate({ ...changed, Statement: unlisted(changed.Statement) }, type, question))).toEqual(
            expected,
          );
        }
      }),
      RUNS,
    );
  });

  test('adding a Deny never widens', () => {
    const extended = documentAndQuestion
      .map(current)
      .chain((drawn) =>
        statement(drawn.question, drawn.type).map((extra) => ({ ...drawn, extra: { ...extra, Effect: 'Deny' } })),
      );
    fc.assert(
      fc.property(extended, ({ document, type, question, extra }) => {
        const before = effect(document, type, question);
        const after = effect({ ...document, Statement: [...statementsOf(document), extra] }, type, question);
        if (before !== 'allow') expect(after).not.toBe('allow');
        if (before === 'explicitDeny') expect(after).toBe('explicitDeny');
        if (after === 'implicitDeny') expect(before).toBe('implicitDeny');
      }),
      RUNS,
    );
  });

  test('adding an Allow never takes away, and never turns an explicit deny', () => {
    const extended = documentAndQuestion
      .map(current)
      .chain((drawn) =>
        statement(drawn.question, drawn.type).map((extra) => ({ ...drawn, extra: { ...extra, Effect: 'Allow' } })),
      );
    fc.assert(
      fc.property(extended, ({ document, type, question, extra }) => {
        const before = effect(document, type, question);
        const after = effect({ ...document, Statement: [...statementsOf(document), extra] }, type, question);
        if (before !== 'implicitDeny') expect(after).toBe(before);
        else expect(after).not.toBe('explicitDeny');
      }),
      RUNS,
    );
  });

  test('adding a condition never widens an Allow', () => {
    const narrowed = documentAndQuestion
      .map(current)
      .chain((drawn) => conditionElement(drawn.question.context).map((condition) => ({ ...drawn, condition })));
    fc.assert(
      fc.property(narrowed, ({ document, type, question, condition }) => {
        const allows = statementsOf(document).filter((one) => one.Effect === 'Allow' && one.Condition === undefined);
        fc.pre(allows.length > 0);
        const wide = { ...document, Statement: allows };
        const narrow = { ...document, Statement: allows.map((one) => ({ ...one, Condition: condition ?? {} })) };
        if (effect(narrow, type, question) === 'allow') expect(effect(wide, type, question)).toBe('allow');
      }),
      RUNS,
    );
  });
});

describe(`Not forms (seed ${SEED})`, () => {
  /** 2 true, 1 undecided, 0 false: an Allow needs true, a Deny takes undecided too. */
  const tri = (document: Json, one: Json, type: PolicyType, asked: Question) =>
    Number(effect(alone(document, { ...one, Effect: 'Allow' }), type, asked) === 'allow') +
    Number(effect(alone(document, { ...one, Effect: 'Deny' }), type, asked) === 'explicitDeny');

  test.each(['Principal', 'Action', 'Resource'])('Not%s is the complement of it', (element) => {
    let seen = 0;
    fc.assert(
      fc.property(documentAndQuestion, ({ document, type, question }) => {
        for (const one of statementsOf(document)) {
          const value = one[element] ?? one[`Not${element}`];
          const isPlain = value !== undefined && !/^\[\]$|\{"AWS":\[\]\}/.test(JSON.stringify(value));
          // RCPs have no Not forms of these; a variable without value fails in both forms (RESOURCE-4).
          if (!isPlain || (type === 'rcp' && element !== 'Resource')) continue;
          if (element === 'Resource' && JSON.stringify(value).includes('${')) continue;
          const bare: Json = {
            Action: '*',
            Resource: '*',
            ...(one.Principal || one.NotPrincipal ? { Principal: '*' } : {}),
          };
          delete bare[element];
          const plain = tri(document, { ...bare, [element]: value }, type, question);
          const negated = tri(document, { ...bare, [`Not${element}`]: value }, type, question);
          expect(negated).toBe(2 - plain);
          seen++;
        }
      }),
      RUNS,
    );
    expect(seen).toBeGreaterThan(0);
  });

  test('a negated operator is the complement of its operator when the value is one that can be read', () => {
    const PAIRS: readonly (readonly [string, string])[] = [
      ['StringEquals', 'StringNotEquals'],
      ['StringEqualsIgnoreCase', 'StringNotEqualsIgnoreCase'],
      ['StringLike', 'StringNotLike'],
      ['NumericEquals', 'NumericNotEquals'],
      ['NumericLessThan', 'NumericGreaterThanEquals'],
      ['NumericGreaterThan', 'NumericLessThanEquals'],
      ['DateEquals', 'DateNotEquals'],
      ['DateLessThan', 'DateGreaterThanEquals'],
      ['DateGreaterThan', 'DateLessThanEquals'],
      ['IpAddress', 'NotIpAddress'],
      ['ArnLike', 'ArnNotLike'],
    ];
    const value = (operator: string) =>
      operator.startsWith('Numeric')
        ? fc.oneof(fc.integer().map(String), fc.constantFrom('0.5', '1e3', '-2.50'))
        : operator.startsWith('Date')
          ? fc.constantFrom('2026-11-21T00:00:00Z', '2026-11-21T01:00:00+01:00', '1795219200', '2026-11', '2030')
          : operator.includes('Ip')
            ? fc.constantFrom('10.0.0.1', '10.0.0.2', '2001:db8::1', '0.0.0.0')
            : operator.startsWith('Arn')
              ? fc.constantFrom('arn:aws:s3:::a', 'arn:aws:s3:::*', 'arn:aws:iam::1:role/x', 'arn:*:s3:*:*:?')
              : fc.string({ unit: fc.constantFrom(...'aA*?b'), maxLength: 4 });
    const drawn = fc.constantFrom(...PAIRS).chain(([operator, complement]) => {
      // A comparison that is not NOR has a complement for one operand only.
      const maxLength = /Not/.test(complement) ? 3 : 1;
      return fc.record({
        operator: fc.constant(operator),
        complement: fc.constant(complement),
        operands: fc.array(value(operator), { minLength: 1, maxLength }),
        actual: value(operator),
      });
    });
    fc.assert(
      fc.property(drawn, ({ operator, complement, operands, actual }) => {
        const asked: Question = {
          principal: 'anonymous',
          action: 's3:Get',
          resource: 'r',
          context: { 'app:key': actual },
        };
        const test = (name: string) => {
          const condition = { [name]: { 'app:key': operands } };
          const one = { Effect: 'Allow', Action: '*', Resource: '*', Condition: condition };
          return effect({ Version: '2012-10-17', Statement: one }, 'identity', asked);
        };
        expect([test(operator), test(complement)].sort()).toEqual(['allow', 'implicitDeny']);
        expect([test(`ForAllValues:${operator}`), test(`ForAnyValue:${complement}`)].sort()).toEqual([
          'allow',
          'implicitDeny',
        ]);
      }),
      RUNS,
    );
  });
});

describe(`casing (seed ${SEED})`, () => {
  const collides = (names: string[]) => new Set(names.map((name) => name.toLowerCase())).size < names.length;

  test('of condition keys and context keys changes nothing but the assumption that says so', () => {
    const drawn = documentAndQuestion.chain((one) => {
      const keys = [
        ...Object.keys(one.question.context),
        ...statementsOf(one.document).flatMap((each) =>
          Object.values((each.Condition ?? {}) as Json).flatMap((block) => Object.keys(block as Json)),
        ),
      ];
      return fc.tuple(fc.constant(one), fc.tuple(...keys.map((key) => fc.tuple(fc.constant(key), recased(key)))));
    });
    fc.assert(
      fc.property(drawn, ([{ document, type, question }, spellings]) => {
        const { principal, context } = question;
        fc.pre(!collides(Object.keys(context)));
        fc.pre(principal === 'anonymous' || !collides(Object.keys(principal.tags ?? {})));
        const byKey = new Map(spellings);
        const rename = (key: string) => byKey.get(key) ?? key;
        const changed = withStatements(document, (one) => withKeys(one, rename));
        const renamed = Object.fromEntries(Object.entries(context).map(([key, value]) => [rename(key), value]));
        const expected = evaluate(document, type, question);
        const actual = evaluate(changed, type, { ...question, context: renamed });
        const others = ({ assumptions }: PolicyEvaluation) =>
          assumptions.filter((id) => id !== 'key-name-folding').sort();
        expect(actual.effect).toBe(expected.effect);
        // A match by folding may give way to one without: then nothing else may be assumed either.
        if (!expected.assumptions.includes('key-name-folding') && !actual.assumptions.includes('key-name-folding')) {
          expect(others(actual)).toEqual(others(expected));
        }
      }),
      RUNS,
    );
  });

  test('of actions and operators changes nothing', () => {
    const drawn = documentAndQuestion.chain((one) => fc.tuple(fc.constant(one), recased(one.question.action)));
    fc.assert(
      fc.property(drawn, ([{ document, type, question }, action]) => {
        const changed = withStatements(document, (one) => {
          if (one.Condition === undefined) return one;
          const names = Object.entries(one.Condition as Json).map(([operator, block]) => [
            operator.toUpperCase(),
            block,
          ]);
          return names.length === Object.keys(Object.fromEntries(names)).length
            ? { ...one, Condition: Object.fromEntries(names) }
            : one;
        });
        const { effect: expected } = evaluate(document, type, question);
        expect(effect(changed, type, { ...question, action })).toBe(expected);
      }),
      RUNS,
    );
  });
});
