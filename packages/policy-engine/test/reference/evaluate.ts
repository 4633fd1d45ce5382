// The reference evaluator: what one policy says, read a second time from docs/evaluation.md, slow and obvious. It takes
// the JSON of a document that parsePolicy accepts and shares no code with src. Tests compare the two.
import { asSession, principalKeys, readArn } from './keys.js';
import { expand, glob, isVariable, splitArn, type Variables } from './patterns.js';
import {
  type Caller,
  type Effect,
  type Json,
  QueryValues,
  type Question,
  UNDECIDED,
  UNUSABLE,
  type Value,
} from './question.js';
import { compare } from './values.js';

type Tri = 0 | 1 | 2; // TRI-1: false, undecided, true

const all = (tests: readonly Tri[]) => Math.min(2, ...tests) as Tri;
const any = (tests: readonly Tri[]) => Math.max(0, ...tests) as Tri;
const not = (test: Tri) => (2 - test) as Tri;
const tri = (test: boolean): Tri => (test ? 2 : 0);
const list = (value: unknown) => (Array.isArray(value) ? value : value === undefined ? [] : [value]);
const fold = (text: string) => text.toLowerCase();

export function referenceEffect(document: Json, type: string, question: Question): Effect {
  const matched = matchedStatements(document, type, question).map((statement) => statement.Effect);
  return matched.includes('Deny') ? 'explicitDeny' : matched.includes('Allow') ? 'allow' : 'implicitDeny';
}

export function matchedStatements(document: Json, type: string, question: Question): Json[] {
  return list(document.Statement).filter((statement) => {
    const test = matches(statement, type, question, document.Version === '2012-10-17');
    return statement.Effect === 'Deny' ? test > 0 : test === 2; // TRI-3
  });
}

function matches(statement: Json, type: string, question: Question, expands: boolean): Tri {
  const lookup = lookupIn(question);
  const variables = expands ? lookup : undefined;
  const short = ['identity', 'permissionsBoundary', 'session', 'scp'].includes(type);
  const actions = list(statement.Action ?? statement.NotAction).map((entry) => actionTest(entry, question.action));
  const resources = list(statement.Resource ?? statement.NotResource);
  const blocks = Object.entries((statement.Condition ?? {}) as Record<string, Json>);
  return all([
    principalElement(statement, question),
    statement.NotAction === undefined ? any(actions) : not(any(actions)),
    statement.NotResource !== undefined
      ? all(resources.map((entry) => resourceTest(entry, question.resource, short, variables, true)))
      : any(resources.map((entry) => resourceTest(entry, question.resource, short, variables, false))) ||
        tri(statement.Resource === undefined),
    ...blocks.flatMap(([operator, block]) =>
      Object.entries(block).map(([key, operands]) =>
        conditionTest(fold(operator), list(operands).map(String), lookup(key), variables),
      ),
    ),
  ]);
}

// ---- principal, action, resource -------------------------------------------------------------------------------------
function principalElement(statement: Json, { principal, boundary }: Question): Tri {
  const element = statement.Principal ?? statement.NotPrincipal ?? '*';
  const test = any(principalEntries(element).map(([kind, text]) => principalTest(kind, text, principal)));
  if (statement.NotPrincipal === undefined) return test;
  return boundary && statement.Effect === 'Deny' ? 2 : not(test);
}

export function principalEntries(element: unknown): [string, string][] {
  if (typeof element === 'string') return [['AWS', element]];
  return Object.entries(element as Json).flatMap(([kind, texts]) =>
    list(texts).map((text): [string, string] => [kind, text]),
  );
}

export function principalTest(kind: string, text: string, given: Caller | 'anonymous'): Tri {
  if (kind === 'AWS' && text === '*') return 2;
  if (given === 'anonymous') return 0;
  const caller = asSession(given);
  const [who, wanted] = [readArn(caller.arn), readArn(text)];
  if (kind === 'CanonicalUser') return tri(caller.canonicalUserId === text);
  if (kind !== 'AWS') return tri(caller.arn === text);
  if (/^\d+$/.test(text)) return tri(who.account === text);
  if (!text.startsWith('arn:')) return tri(caller.uniqueId?.split(':')[0] === text);
  const sameAccount = wanted.account === who.account && wanted.partition === who.partition;
  if (wanted.kind === 'root') return tri(sameAccount);
  const roleName = ({ kind, path, name }: typeof who) => fold(kind === 'assumed-role' ? (path[0] ?? '') : name);
  const sameRole = sameAccount && /role$/.test(who.kind) && roleName(wanted) === roleName(who);
  if (wanted.kind === 'role') return tri(sameRole);
  if (wanted.kind === 'assumed-role') {
    return sameRole && who.kind === 'role' ? 1 : tri(sameRole && wanted.name === who.name); // PRINCIPAL-5, -6
  }
  return tri(
    caller.arn === text || (wanted.kind === 'user' && who.kind === 'federated-user' && caller.federatedBy === text),
  );
}

function actionTest(entry: string, action: string): Tri {
  const test = glob(expand([...fold(entry)], undefined) as string[], [...fold(action)]);
  return test && entry !== '*' && /^[^:]*[*?]/.test(entry) ? 1 : tri(test);
}

function resourceTest(entry: string, resource: string, short: boolean, variables: Variables, negated: boolean): Tri {
  const parts = splitArn(entry, variables);
  const early = entry.startsWith('arn:') && variables !== undefined && parts.slice(0, 5).flat().some(isVariable);
  while (short && entry.startsWith('arn:') && parts.length < 6) parts.push(['*']);
  const pattern = expand(
    parts.flatMap((part, index) => (index === 0 ? part : [':', ...part])),
    variables,
  );
  if (pattern === undefined) return 0; // RESOURCE-4, negated or not
  const matches = pattern === UNDECIDED || glob(pattern, [...resource]);
  const test = matches && (early || pattern === UNDECIDED) ? 1 : tri(matches); // RESOURCE-3, KEY-8
  return negated ? not(test) : test;
}

// ---- conditions ------------------------------------------------------------------------------------------------------
/** KEY-1 to KEY-4: what the request gives, then what is derived from it; the exact name before its other casings. */
function lookupIn({ context, derived, principal }: Question): (key: string) => Value {
  const nameOf = (key: string) => key.slice(key.indexOf('/') + 1); // only the name of a tag, header… is the request's
  return (key) => {
    for (const source of [context, { ...principalKeys(principal), ...derived }]) {
      const same = (name: string) => (source === context ? name === key : nameOf(name) === nameOf(key));
      const present = Object.entries(source).filter(([name, value]) => fold(name) === fold(key) && value != null);
      const found = present.find(([name]) => same(name)) ?? present[0];
      if (found !== undefined) return !same(found[0]) && present.length > 1 ? UNUSABLE : keyValue(found[1]);
    }
    return undefined;
  };
}

function keyValue(given: unknown): Value {
  if (Array.isArray(given)) return given.length === 0 ? undefined : given;
  if (given instanceof QueryValues) return given.texts.length === 0 ? undefined : given;
  if (given === UNDECIDED) return UNDECIDED;
  return given instanceof Date ? given.toISOString() : String(given);
}

function conditionTest(name: string, operands: readonly string[], value: Value, variables: Variables): Tri {
  const [, set, operator = '', ifExists] = /^(?:(.*):)?(.*?)(ifexists)?$/.exec(name) ?? [];
  if (operator === 'null' && set !== undefined) return tri(set === 'forallvalues'); // NULL-3
  if (operator === 'null')
    return any(operands.map((operand) => tri((fold(operand) === 'true') === (value === undefined))));
  if (value === UNDECIDED) return 1;
  if (value === UNUSABLE) return 0;
  const negated = operator.includes('not');
  if (value === undefined) return tri(set === undefined ? negated || ifExists !== undefined : set === 'forallvalues');
  const join = negated ? all : any; // COND-2
  const one = (text: string) => join(operands.map((operand) => pairTest(operator, operand, text, variables)));
  const several = typeof value === 'string' ? [value] : value instanceof QueryValues ? value.texts : value;
  if (set !== undefined) return (set === 'forallvalues' ? all : any)(several.map(one));
  return typeof value === 'string' || value instanceof QueryValues ? join(several.map(one)) : 0; // COND-7
}

/** One operand against one value of the key. */
function pairTest(operator: string, operand: string, text: string, variables: Variables): Tri {
  const negated = operator.includes('not');
  const test = compare(operator.replace('not', ''), operand, text, variables);
  if (test === UNDECIDED) return 1;
  return test === 'neither' ? 0 : tri(test !== negated); // COND-8
}
