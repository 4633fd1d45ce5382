// Policy documents near a question, and questions. Each element of a statement is likely, not certain, to match.
import fc from 'fast-check';
import { principalKeys } from '../reference/keys.js';
import type { Json, Question } from '../reference/question.js';
import { caller, principalElement } from './callers.js';
import { conditionElement } from './conditions.js';
import { context, type Kind } from './context.js';
import { ACTION_ENTRIES, ACTIONS, RESOURCE_ENTRIES, RESOURCE_TEMPLATES, RESOURCES, SHORT_ARNS } from './pools.js';
import { chance, weighted } from './runs.js';

const POLICY_TYPES = [
  'auth',
  'resource',
  'identity',
  'permissionsBoundary',
  'session',
  'scp',
  'rcp',
  'vpcEndpoint',
] as const;
export type DocumentType = (typeof POLICY_TYPES)[number];
const HAS_PRINCIPAL: ReadonlySet<DocumentType> = new Set(['auth', 'resource', 'rcp', 'vpcEndpoint']);

export const question: fc.Arbitrary<Question> = fc.record(
  {
    principal: caller,
    action: weighted<string>([3, fc.constant(ACTIONS[0])], [2, fc.constantFrom(...ACTIONS)]),
    resource: weighted<string>([3, fc.constantFrom(...RESOURCES.slice(0, 4))], [2, fc.constantFrom(...RESOURCES)]),
    context,
  },
  { noNullPrototype: true },
);

const listed = (entry: fc.Arbitrary<string>): fc.Arbitrary<unknown> =>
  weighted<unknown>([5, entry], [5, fc.array(entry, { minLength: 1, maxLength: 3 })]);
/** An empty list is only right in the plain form (PARSE-EMPTY). */
const element = (name: string, entry: fc.Arbitrary<string>, negatable: boolean): fc.Arbitrary<[string, unknown]> =>
  weighted<[string, unknown]>(
    [60, listed(entry).map((value): [string, unknown] => [name, value])],
    ...(negatable ? [[5, listed(entry).map((value): [string, unknown] => [`Not${name}`, value])] as const] : []),
    [1, fc.constant<[string, unknown]>([name, []])],
  );

const actionEntry = ({ action }: Question): fc.Arbitrary<string> =>
  weighted<string>([5, fc.constant('*')], [6, fc.constant(action)], [3, fc.constantFrom(...ACTION_ENTRIES)]);

function resourceEntry({ resource }: Question, type: DocumentType): fc.Arbitrary<string> {
  const short = type === 'identity' || type === 'permissionsBoundary' || type === 'scp';
  return weighted<string>(
    [6, fc.constant('*')],
    [5, fc.constant(resource)],
    [4, fc.constant(`${resource.slice(0, 50)}*`)],
    [
      4,
      fc.constantFrom(
        ...RESOURCE_ENTRIES.filter((entry) =>
          type !== 'session' && type !== 'rcp' ? true : entry.split(':').length >= 6 || !entry.startsWith('arn:'),
        ),
      ),
    ],
    [2, fc.constantFrom(...RESOURCE_TEMPLATES)],
    ...(short ? [[1, fc.constantFrom<string>(...SHORT_ARNS)] as const] : []),
  );
}

function principalOf(asked: Question, type: DocumentType): fc.Arbitrary<[string, unknown] | undefined> {
  if (!HAS_PRINCIPAL.has(type)) return fc.constant(undefined);
  if (type === 'rcp') return fc.constantFrom<[string, unknown]>(['Principal', '*'], ['Principal', { AWS: '*' }]);
  return weighted<[string, unknown]>(
    [60, principalElement(asked.principal).map((value): [string, unknown] => ['Principal', value])],
    [5, principalElement(asked.principal).map((value): [string, unknown] => ['NotPrincipal', value])],
    [1, fc.constant<[string, unknown]>(['Principal', { AWS: [] }])],
  );
}

export interface Leaning {
  /** The keys that conditions are about. */
  readonly keys?: readonly (readonly [name: string, kind: Kind])[];
  /** In percent: how often a statement allows everybody everything. Layers are many; without it hardly anything passes. */
  readonly open?: number;
}

/** One statement of a document of `type`, near the question. */
export function statement(asked: Question, type: DocumentType, leaning: Leaning = {}): fc.Arbitrary<Json> {
  const values = { ...principalKeys(asked.principal), ...asked.derived, ...asked.context };
  return fc
    .record({
      sid: fc.option(fc.constantFrom('A', 'B', 'readers'), { nil: undefined }),
      effect: weighted([3, fc.constant('Allow')], [leaning.open ? 1 : 2, fc.constant('Deny')]),
      principal: principalOf(asked, type),
      elements: weighted<[string, unknown][]>(
        [
          24,
          fc.tuple(
            element('Action', actionEntry(asked), type !== 'rcp'),
            element('Resource', resourceEntry(asked, type), true),
          ),
        ],
        // A trust policy is about the role that it is attached to.
        [type === 'resource' ? 1 : 0, fc.constantFrom('sts:AssumeRole', 'sts:*').map((text) => [['Action', text]])],
      ),
      condition: conditionElement(values, leaning.keys),
    })
    .map(({ sid, effect, principal, elements, condition }) => ({
      ...(sid === undefined ? {} : { Sid: sid }),
      Effect: effect,
      ...Object.fromEntries([...(principal ? [principal] : []), ...elements]),
      ...(condition === undefined ? {} : { Condition: condition }),
    }));
}

/** In Version 2008-10-17 a variable is its text, which `Bool` can't read: the parser refuses it. */
const withoutVariableBools = (one: Json): Json =>
  JSON.parse(JSON.stringify(one), (_, value) => {
    if (typeof value !== 'object' || value === null) return value;
    const blocks = Object.entries(value).filter(
      ([name]) => !/bool(ifexists)?$/i.test(name) || !JSON.stringify(value[name]).includes('${'),
    );
    return Array.isArray(value) ? value : Object.fromEntries(blocks);
  });

/** A document of `type`, near the question. */
export function documentNear(asked: Question, type: DocumentType, leaning: Leaning = {}): fc.Arbitrary<Json> {
  const { open = 0 } = leaning;
  const everything = {
    Effect: 'Allow',
    ...(HAS_PRINCIPAL.has(type) ? { Principal: '*' } : {}),
    Action: '*',
    Resource: '*',
  };
  return fc
    .record({
      version: weighted<string | undefined>(
        [6, fc.constant('2012-10-17')],
        [1, fc.constant('2008-10-17')],
        [1, fc.constant(undefined)],
      ),
      statements: fc.array(statement(asked, type, leaning), { minLength: 1, maxLength: open > 0 ? 2 : 4 }),
      first: chance(open),
      bare: chance(10),
    })
    .map(({ version, statements: near, first, bare }) => ({
      version,
      bare,
      statements: (first ? [everything, ...near] : near).map(
        version === '2012-10-17' ? (one) => one : withoutVariableBools,
      ),
    }))
    .map(({ version, statements, bare }) => ({
      ...(version === undefined ? {} : { Version: version }),
      Statement: bare ? statements[0] : statements,
    }));
}

/** A question with a document near it. */
export const documentAndQuestion = fc
  .tuple(question, fc.constantFrom(...POLICY_TYPES))
  .chain(([asked, type]) => documentNear(asked, type).map((document) => ({ document, type, question: asked })));
