// Relations between statements, as far as they can be told without a request: one covers the other, or the two can't match
// the same request. Doubt always answers "no".
import type { Condition, ElementList, PrincipalEntry, SourceString, Statement } from '../model.js';
import { fieldsOf, filledUp } from './arn-fields.js';
import { readKey } from './condition-keys.js';
import { type Budget, patternCovers, patternsOverlap, spend } from './pattern.js';

type Entries = ElementList<SourceString> | undefined;

/** Whether `wide` matches whatever `narrow` matches, effects aside. */
export function statementCovers(wide: Statement, narrow: Statement, budget: Budget): boolean {
  return (
    principalCovers(wide.principal, narrow.principal, budget) &&
    entriesCover(wide.action, narrow.action, budget, true) &&
    entriesCover(resourceOf(wide), resourceOf(narrow), budget, false) &&
    isAffordable(wide.conditions, narrow.conditions, budget) &&
    wide.conditions.every((condition) => narrow.conditions.some((other) => sameCondition(condition, other)))
  );
}

/** Takes the cost of comparing each with each off the budget. */
function isAffordable(left: readonly unknown[], right: readonly unknown[], budget: Budget): boolean {
  return spend(budget, left.length * right.length * PAIR_COST);
}

/** Steps that one comparison of two entries or conditions counts for, besides those of their patterns. */
const PAIR_COST = 16;

/** The resources of a statement as they match. Only policies without principals, the caller's own, fill ARNs up. */
export function resourceOf({ principal, resource }: Statement): Entries {
  if (principal !== undefined || resource === undefined) return resource;
  return { ...resource, entries: resource.entries.map((entry) => ({ ...entry, text: filledUp(entry.text) })) };
}

function principalCovers(
  wide: ElementList<PrincipalEntry> | undefined,
  narrow: ElementList<PrincipalEntry> | undefined,
  budget: Budget,
): boolean {
  if (wide === undefined) return true;
  if (wide.negated) return false;
  if (wide.entries.some((entry) => entry.kind === 'AWS' && entry.text === '*')) return true;
  if (narrow === undefined || narrow.negated || !isAffordable(wide.entries, narrow.entries, budget)) return false;
  return narrow.entries.every((entry) => wide.entries.some((outer) => samePrincipal(outer, entry)));
}

function samePrincipal(outer: PrincipalEntry, entry: PrincipalEntry): boolean {
  if (outer.kind !== entry.kind) return false;
  if (outer.text === entry.text) return true;
  const account = accountOf(outer);
  if (account === undefined || !isAccount(outer) || account !== accountOf(entry)) return false;
  return !outer.text.startsWith('arn:') || fieldsOf(outer.text)[1] === fieldsOf(entry.text)[1];
}

function isAccount({ text }: PrincipalEntry): boolean {
  return /^\d{12}$/.test(text) || /^arn:[^:]*:iam::\d{12}:root$/.test(text);
}

/** The account that an entry is, or belongs to; `undefined` when its text does not tell. */
function accountOf({ kind, text }: PrincipalEntry): string | undefined {
  if (kind !== 'AWS') return undefined;
  const account = /^\d{12}$/.test(text) ? text : fieldsOf(text)[4];
  return account !== undefined && /^\d{12}$/.test(account) ? account : undefined;
}

/** Whether one Action or Resource element matches whatever the other does. */
export function entriesCover(wide: Entries, narrow: Entries, budget: Budget, ignoresCase: boolean): boolean {
  if (wide === undefined || narrow === undefined) return wide === narrow;
  if (wide.negated) return false;
  if (wide.entries.some(({ text }) => text === '*')) return true;
  if (narrow.negated || !isAffordable(wide.entries, narrow.entries, budget)) return false;
  return narrow.entries.every(({ text }) =>
    wide.entries.some((outer) => entryCovers(outer.text, text, budget, ignoresCase)),
  );
}

/** Whether one Action or Resource entry covers another. Variables are only compared with themselves. */
export function entryCovers(wide: string, narrow: string, budget: Budget, ignoresCase: boolean): boolean {
  if (wide === narrow || wide === '*') return true;
  if (!spend(budget, PAIR_COST)) return false;
  if (wide.includes('${') || narrow.includes('${')) return false;
  // What an action with a wildcard in its service covers is not documented (docs/evaluation.md, ACTION-2).
  if (ignoresCase && /^[^:]*[*?][^:]*:/.test(wide)) return false;
  return ignoresCase
    ? patternCovers(wide.toLowerCase(), narrow.toLowerCase(), budget)
    : patternCovers(wide, narrow, budget);
}

function sameCondition(left: Condition, right: Condition): boolean {
  if (left.operator !== right.operator || left.setOperator !== right.setOperator) return false;
  if (left.ifExists !== right.ifExists || left.key.text !== right.key.text) return false;
  const values = new Set(right.operands.map(({ text }) => text));
  return (
    new Set(left.operands.map(({ text }) => text)).size === values.size &&
    left.operands.every(({ text }) => values.has(text))
  );
}

/** Everything about a statement that decides, in one text: equal texts, equal statements. The Sid does not count. */
export function statementText({ effect, principal, action, resource, conditions }: Statement): string {
  const sorted = (values: readonly string[]) => [...new Set(values)].sort();
  return JSON.stringify([
    effect,
    principal && [principal.negated, sorted(principal.entries.map(({ kind, text }) => `${kind} ${text}`))],
    [action.negated, sorted(action.entries.map(({ text }) => text.toLowerCase()))],
    resource && [resource.negated, sorted(resource.entries.map(({ text }) => text))],
    sorted(conditions.map(conditionText)),
  ]);
}

function conditionText({ operator, setOperator, ifExists, key, operands }: Condition): string {
  const values = [...new Set(operands.map(({ text }) => text))].sort();
  return JSON.stringify([operator, setOperator, ifExists, key.text, values]);
}

/** Why two statements can't match the same request; `undefined` when they may. */
export function whyDisjoint(left: Statement, right: Statement, budget: Budget): string | undefined {
  const actions = (a: SourceString, b: SourceString) =>
    patternsOverlap(a.text.toLowerCase(), b.text.toLowerCase(), budget);
  const resources = (a: SourceString, b: SourceString) =>
    a.text.includes('${') || b.text.includes('${') || patternsOverlap(a.text, b.text, budget);
  if (areDisjoint(left.action, right.action, actions, budget)) return 'other actions';
  if (areDisjoint(resourceOf(left), resourceOf(right), resources, budget)) return 'other resources';
  if (areDisjoint(left.principal, right.principal, principalsMeet, budget)) return 'other principals';
  if (!isAffordable(left.conditions, right.conditions, budget)) return undefined;
  const [key] = left.conditions.flatMap((one) =>
    right.conditions.filter((other) => conditionsExclude(one, other)).map(() => one.key.text),
  );
  return key === undefined ? undefined : `other values of \`${key}\``;
}

function areDisjoint<Entry extends SourceString>(
  left: ElementList<Entry> | undefined,
  right: ElementList<Entry> | undefined,
  meet: (a: Entry, b: Entry) => boolean,
  budget: Budget,
): boolean {
  if (left === undefined || right === undefined || left.negated || right.negated) return false;
  if (!isAffordable(left.entries, right.entries, budget)) return false;
  return !left.entries.some((one) => right.entries.some((other) => meet(one, other)));
}

/** Whether one caller can be both. Accounts decide most of it; two roles or two users differ by name. */
function principalsMeet(left: PrincipalEntry, right: PrincipalEntry): boolean {
  if (left.text === right.text || left.text === '*' || right.text === '*' || left.kind !== right.kind) return true;
  const accounts = [accountOf(left), accountOf(right)];
  if (accounts[0] === undefined || accounts[1] === undefined) return true;
  if (accounts[0] !== accounts[1]) return false;
  const names = [identityOf(left), identityOf(right)];
  return names[0] === undefined || names[1] === undefined || names[0] === names[1];
}

/** `role/<name>` or `user/<name>`, without path and in lower case; `undefined` for others. */
function identityOf({ text }: PrincipalEntry): string | undefined {
  const [, kind, name] = /^arn:[^:]*:iam::\d{12}:(role|user)\/(?:.*\/)?([^/]+)$/.exec(text) ?? [];
  return name === undefined ? undefined : `${kind}/${name.toLowerCase()}`;
}

/** Two lists of exact values of one single-valued key that have none in common. */
function conditionsExclude(left: Condition, right: Condition): boolean {
  const { traits, canonical } = readKey(left.key.text);
  if (traits?.multivalued !== false || canonical !== readKey(right.key.text).canonical) return false;
  const exact = [left, right].every(
    (condition) => condition.operator === 'StringEquals' && condition.setOperator === undefined && !condition.ifExists,
  );
  const values = new Set(left.operands.map(({ text }) => text));
  const all = [...left.operands, ...right.operands];
  return exact && !all.some(({ text }) => text.includes('${')) && !right.operands.some(({ text }) => values.has(text));
}
