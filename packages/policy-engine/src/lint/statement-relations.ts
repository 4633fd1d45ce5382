// Relations between statements, as far as they can be told without a request: one covers the other, or the two can't match
// the same request. Doubt always answers "no".
import type { Condition, ElementList, PrincipalEntry, SourceString, Statement } from '../model.js';
import { fieldsOf } from './arn-fields.js';
import { familyOf, holdsWhenAbsent, isNegated } from './condition-facts.js';
import { readKey } from './condition-keys.js';
import { type Budget, patternCovers, patternsOverlap } from './pattern.js';

type Entries = ElementList<SourceString> | undefined;

/** Whether `wide` matches whatever `narrow` matches, effects aside. */
export function statementCovers(wide: Statement, narrow: Statement, budget: Budget): boolean {
  return (
    principalCovers(wide.principal, narrow.principal) &&
    entriesCover(wide.action, narrow.action, budget, true) &&
    entriesCover(wide.resource, narrow.resource, budget, false) &&
    wide.conditions.every((condition) => narrow.conditions.some((other) => sameCondition(condition, other)))
  );
}

function principalCovers(
  wide: ElementList<PrincipalEntry> | undefined,
  narrow: ElementList<PrincipalEntry> | undefined,
): boolean {
  if (wide === undefined) return true;
  if (wide.negated) return false;
  if (wide.entries.some((entry) => entry.kind === 'AWS' && entry.text === '*')) return true;
  if (narrow === undefined || narrow.negated) return false;
  return narrow.entries.every((entry) => wide.entries.some((outer) => samePrincipal(outer, entry)));
}

function samePrincipal(outer: PrincipalEntry, entry: PrincipalEntry): boolean {
  if (outer.kind !== entry.kind) return false;
  if (outer.text === entry.text) return true;
  const account = accountOf(outer);
  return account !== undefined && isAccount(outer) && account === accountOf(entry);
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

function entriesCover(wide: Entries, narrow: Entries, budget: Budget, ignoresCase: boolean): boolean {
  if (wide === undefined || narrow === undefined) return wide === narrow;
  if (wide.negated) return false;
  if (wide.entries.some(({ text }) => text === '*')) return true;
  if (narrow.negated) return false;
  return narrow.entries.every(({ text }) =>
    wide.entries.some((outer) => entryCovers(outer.text, text, budget, ignoresCase)),
  );
}

/** Whether one Action or Resource entry covers another. Variables are only compared with themselves. */
export function entryCovers(wide: string, narrow: string, budget: Budget, ignoresCase: boolean): boolean {
  if (wide === narrow || wide === '*') return true;
  if (wide.includes('${') || narrow.includes('${')) return false;
  return ignoresCase
    ? patternCovers(wide.toLowerCase(), narrow.toLowerCase(), budget)
    : patternCovers(wide, narrow, budget);
}

function sameCondition(left: Condition, right: Condition): boolean {
  if (left.operator !== right.operator || left.setOperator !== right.setOperator) return false;
  if (left.ifExists !== right.ifExists || left.key.text.toLowerCase() !== right.key.text.toLowerCase()) return false;
  const values = new Set(right.operands.map(({ text }) => text));
  return new Set(left.operands.map(({ text }) => text)).size === values.size && left.operands.every(({ text }) => values.has(text));
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
  return JSON.stringify([operator, setOperator, ifExists, key.text.toLowerCase(), values]);
}

/** Why two statements can't match the same request; `undefined` when they may. */
export function whyDisjoint(left: Statement, right: Statement, budget: Budget): string | undefined {
  if (areDisjoint(left.action, right.action, (a, b) => patternsOverlap(a.toLowerCase(), b.toLowerCase(), budget))) {
    return 'other actions';
  }
  if (areDisjoint(left.resource, right.resource, (a, b) => mayMeet(a, b, budget))) return 'other resources';
  if (areDisjoint(left.principal, right.principal, principalsMeet)) return 'other principals';
  const [pair] = left.conditions.flatMap((one) =>
    right.conditions.filter((other) => conditionsExclude(one, other)).map(() => one.key.text),
  );
  return pair === undefined ? undefined : `other values of ${pair}`;
}

function mayMeet(left: string, right: string, budget: Budget): boolean {
  return left.includes('${') || right.includes('${') || patternsOverlap(left, right, budget);
}

function areDisjoint<Entry extends SourceString>(
  left: ElementList<Entry> | undefined,
  right: ElementList<Entry> | undefined,
  meet: ((a: string, b: string) => boolean) | ((a: Entry, b: Entry) => boolean),
): boolean {
  if (left === undefined || right === undefined || left.negated || right.negated) return false;
  return !left.entries.some((one) => right.entries.some((other) => entriesMeet(meet, one, other)));
}
