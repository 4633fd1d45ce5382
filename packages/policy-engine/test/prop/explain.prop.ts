// explain gives the decision of authorize, a tree that leads to it, and near misses that would have hit.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  compilePolicy,
  createAuthorizer,
  type ElementExplanation,
  evaluatePolicy,
  explainPolicy,
  type LayerExplanation,
  type PolicyType,
  parsePolicy,
  type RequestContext,
  renderExplanation,
  type StatementExplanation,
} from '../../src/index.js';
import { documentAndQuestion } from '../arbitraries/documents.js';
import { latticeCase } from '../arbitraries/layers.js';
import { parsedCaller, parsedLattice } from '../arbitraries/parsed.js';
import { parameters, SEED } from '../arbitraries/runs.js';
import { statementsOf } from '../arbitraries/variants.js';
import type { Json, Question } from '../reference/question.js';

const RUNS = parameters(300, 1_000);

const ORDER = ['false', 'undecided', 'true'];
const lowest = (elements: readonly { outcome: string }[]) =>
  ORDER[Math.min(2, ...elements.map(({ outcome }) => ORDER.indexOf(outcome)))];
const highest = (entries: readonly { outcome: string }[]) =>
  ORDER[Math.max(0, ...entries.map(({ outcome }) => ORDER.indexOf(outcome)))];

/** A statement's outcome follows from its elements, and the outcome of a plain element from its entries. */
function checkStatement({ elements, outcome, applies, statement }: StatementExplanation): void {
  expect(outcome).toBe(lowest(elements));
  expect(applies).toBe(statement.effect === 'Allow' ? outcome === 'true' : outcome !== 'false');
  for (const one of elements) {
    expect(one.outcome === 'true').toBe(one.reason === 'matched' || one.reason === 'not-principal-with-boundary');
    if (/^(Principal|Action|Resource)$/.test(one.element)) expect(one.outcome).toBe(highest(one.wanted));
  }
}

/** What the statements of a layer say together. SCP levels are policies of different levels, each of which must allow. */
function effectOf({ policies }: LayerExplanation): string {
  const statements = policies.flatMap((policy) => policy.statements);
  if (statements.some((one) => one.applies && one.statement.effect === 'Deny')) return 'explicitDeny';
  const levels = [...new Set(policies.map(({ level }) => level))];
  const allowed = levels.every((level) =>
    policies
      .filter((policy) => policy.level === level)
      .some((policy) => policy.statements.some((one) => one.applies && one.statement.effect === 'Allow')),
  );
  return allowed ? 'allow' : 'implicitDeny';
}

describe(`explanations (seed ${SEED})`, () => {
  test('explain decides as authorize does, and its tree leads there', () => {
    fc.assert(
      fc.property(latticeCase, ({ policies, request }) => {
        const authorizer = createAuthorizer(parsedLattice(policies));
        const asked = parsedCaller(request);
        const explanation = authorizer.explain(asked);
        expect(explanation.decision).toEqual(authorizer.authorize(asked));
        const { decision, layers, nearMisses } = explanation;
        for (const layer of layers) {
          const statements = layer.policies.flatMap((policy) => policy.statements);
          for (const one of statements) checkStatement(one);
          const { effect } = layer.result;
          if (effect === 'notEvaluated' || layer.result.reason === 'noPolicy') expect(statements).toEqual([]);
          else if (layer.policies.length > 0) expect(effectOf(layer)).toBe(effect);
        }
        const applying = layers.flatMap(({ policies }) =>
          policies.flatMap(({ statements }) => statements.filter((one) => one.applies).map((one) => one.statement)),
        );
        for (const one of decision.determining) expect(applying).toContainEqual(one);
        if (decision.reason === 'allowed' || decision.reason === 'explicitDeny') expect(nearMisses).toEqual([]);
        for (const miss of nearMisses) expect(miss.differences.length).toBeGreaterThan(0);
        expect(renderExplanation(explanation, { color: false })).not.toContain('\u001b');
      }),
      RUNS,
    );
  });

  test('explainPolicy decides as evaluatePolicy does', () => {
    fc.assert(
      fc.property(documentAndQuestion, ({ document, type, question }) => {
        const policy = compilePolicy(parsePolicy(document, { type }));
        const { evaluation, statements } = explainPolicy(policy, question as RequestContext);
        expect(evaluation).toEqual(evaluatePolicy(policy, question as RequestContext));
        expect(statements.length).toBe(statementsOf(document).length);
        for (const one of statements) checkStatement(one);
        const applying = statements.filter((one) => one.applies).map((one) => one.statement);
        for (const one of evaluation.determining) expect(applying).toContainEqual(one);
      }),
      RUNS,
    );
  });
});

// ---- near misses: make the failing elements hold, and nothing else ---------------------------------------------------
/** A text that a pattern matches. */
const fitting = (pattern: string) => pattern.replaceAll('*', 'x').replaceAll('?', 'x');
const FREE =
  /^(app:|vpc-lattice-svcs:|aws:(CurrentTime|TokenIssueTime|SecureTransport|SourceIp|SourceArn|TagKeys)$|constructor$)/i;

/** The question with one element made to hold; undefined where that can't be said so simply. */
function repaired(asked: Question, element: ElementExplanation): Question | undefined {
  const { text = '' } = element.wanted[0] ?? {};
  if (element.element === 'Action' && /^[^*?:]+:./.test(text)) return { ...asked, action: fitting(text) };
  if (element.element === 'Resource' && (!text.startsWith('arn:') || text.split(':').length >= 6)) {
    return text === '' ? undefined : { ...asked, resource: fitting(text) };
  }
  if (element.element === 'Principal') return withPrincipal(asked, text);
  return element.element === 'Condition' ? withValue(asked, element, text) : undefined;
}

function withPrincipal(asked: Question, text: string): Question | undefined {
  if (text === '*') return asked;
  if (/^\d+$/.test(text)) return { ...asked, principal: { arn: `arn:aws:iam::${text}:user/somebody` } };
  return /^arn:|\.amazonaws\.com$/.test(text) ? { ...asked, principal: { arn: text } } : undefined;
}

/** Sets the condition's key to its first operand, made literal; takes it away for a negated operator. */
function withValue(
  asked: Question,
  { operator = '', key = '', wanted }: ElementExplanation,
  text: string,
): Question | undefined {
  if (!FREE.test(key)) return undefined;
  const context = Object.fromEntries(
    Object.entries(asked.context).filter(([name]) => name.toLowerCase() !== key.toLowerCase()),
  );
  const [, set, base = ''] = /^(?:(.*):)?(.*?)(?:ifexists)?$/i.exec(operator.toLowerCase()) ?? [];
  const put = (value: unknown) => ({ ...asked, context: { ...context, [key]: set === undefined ? value : [value] } });
  if (base === 'null')
    return set !== undefined || wanted.length === 0
      ? undefined
      : text.toLowerCase() === 'true'
        ? { ...asked, context }
        : put('x');
  if (base.includes('not')) return set === 'foranyvalue' ? undefined : { ...asked, context };
  if (wanted.length === 0) return undefined;
  if (base === 'ipaddress') return /^::ffff:/i.test(text) ? undefined : put(text.split('/')[0]);
  if (base.startsWith('numeric') || base.startsWith('date')) return /than$/.test(base) ? undefined : put(text);
  if (base.startsWith('arn')) return text.split(':').length < 6 ? undefined : put(fitting(text));
  return put(base === 'stringlike' ? fitting(text) : text);
}

/** Every failing element repaired; undefined when one can't be, or when repairing one touches another. */
function repairedAll(asked: Question, statement: StatementExplanation): Question | undefined {
  if (statement.elements.some((one) => one.wanted.some(({ text }) => text.includes('${')))) return undefined;
  const keys = statement.elements.flatMap(({ key }) => (key === undefined ? [] : [key.toLowerCase()]));
  const failing = statement.elements.filter(({ outcome }) => outcome !== 'true');
  if (new Set(keys).size < keys.length) return undefined;
  if (
    failing.some(({ element }) => element === 'Principal') &&
    keys.some((key) => key.startsWith('aws:principal') || key.startsWith('aws:user'))
  ) {
    return undefined;
  }
  return failing.reduce<Question | undefined>((question, one) => question && repaired(question, one), asked);
}

test(`near misses: a statement matches once its failing elements hold (seed ${SEED})`, () => {
  const counts = { missed: 0, repaired: 0 };
  const check = (document: Json, type: PolicyType, question: Question, index: number, found: StatementExplanation) => {
    counts.missed++;
    const changed = repairedAll(question, found);
    if (changed === undefined) return;
    counts.repaired++;
    const one = { ...statementsOf(document)[index], Effect: 'Allow' };
    const policy = compilePolicy(parsePolicy({ ...document, Statement: one }, { type }));
    expect(evaluatePolicy(policy, changed as RequestContext)).toMatchObject({ effect: 'allow' });
  };
  fc.assert(
    fc.property(documentAndQuestion, ({ document, type, question }) => {
      const policy = compilePolicy(parsePolicy(document, { type }));
      const { statements } = explainPolicy(policy, question as RequestContext);
      for (const [index, found] of statements.entries()) {
        if (found.outcome !== 'true') check(document, type, question, index, found);
      }
    }),
    parameters(500, 2_000),
  );
  expect(counts.repaired / counts.missed, JSON.stringify(counts)).toBeGreaterThan(0.1);
});
