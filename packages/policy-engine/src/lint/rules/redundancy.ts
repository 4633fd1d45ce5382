// Rules about what could be left out: entries and statements that others cover. Comparing is quadratic, so it is bounded:
// lists beyond ENTRIES_MAX and policies beyond STATEMENTS_MAX are left alone, and the steps of one run are counted.
import type { ElementList, SourceString, Statement } from '../../model.js';
import { quote } from '../../quote.js';
import { type Budget, newBudget } from '../pattern.js';
import { anyType, type Complaint, complaint, type LintSubject, type Rule } from '../rule.js';
import { entryCovers, resourceOf, statementCovers, statementText } from '../statement-relations.js';

/** Longest list whose entries are compared with one another. */
const ENTRIES_MAX = 200;

/** Most statements that are compared with one another. */
const STATEMENTS_MAX = 200;

function redundantEntries(name: 'action' | 'resource') {
  return function* ({ policy }: LintSubject): Iterable<Complaint> {
    const budget = newBudget();
    for (const statement of policy.statements) {
      yield* coveredEntries(name === 'action' ? statement.action : resourceOf(statement), name, budget);
    }
  };
}

function* coveredEntries(
  element: ElementList<SourceString> | undefined,
  name: 'action' | 'resource',
  budget: Budget,
): Iterable<Complaint> {
  const entries = element?.entries ?? [];
  if (entries.length > ENTRIES_MAX) return;
  const covers = (wide: SourceString, narrow: SourceString) =>
    entryCovers(wide.text, narrow.text, budget, name === 'action');
  for (const [index, entry] of entries.entries()) {
    // Of two that cover each other, the first stays.
    const by = entries.find(
      (other, at) => at !== index && covers(other, entry) && (at < index || !covers(entry, other)),
    );
    if (by !== undefined) yield complaint(entry, `${quote(entry.text)} is covered by ${quote(by.text)}`);
  }
}

function nameOf({ sid, index }: Statement): string {
  return sid === undefined || sid === '' ? `statement ${index + 1}` : `statement ${quote(sid)}`;
}

function* repeatedStatements({ policy }: LintSubject): Iterable<Complaint> {
  const seen = new Map<string, Statement>();
  for (const statement of policy.statements) {
    const text = statementText(statement);
    const before = seen.get(text);
    if (before !== undefined) yield complaint(statement, `says the same as ${nameOf(before)}`);
    else seen.set(text, statement);
  }
}

function* unreachableStatements({ policy }: LintSubject): Iterable<Complaint> {
  const { statements } = policy;
  if (statements.length > STATEMENTS_MAX) return;
  const budget = newBudget();
  const denies = statements.filter(({ effect }) => effect === 'Deny');
  for (const statement of statements) {
    if (statement.effect !== 'Allow' || hasNoEffect(statement)) continue;
    const deny = denies.find((other) => statementCovers(other, statement, budget));
    if (deny !== undefined) yield complaint(statement, `never allows anything: ${nameOf(deny)} denies all of it`);
  }
}

/** An empty list has a finding of its own. */
function hasNoEffect({ principal, action, resource }: Statement): boolean {
  return [principal, action, resource].some((element) => element !== undefined && element.entries.length === 0);
}

export const REDUNDANCY_RULES: readonly Rule[] = [
  { code: 'UNREACHABLE_STATEMENT', severity: 'warning', applies: anyType, check: unreachableStatements },
  { code: 'REDUNDANT_ACTION', severity: 'suggestion', applies: anyType, check: redundantEntries('action') },
  { code: 'REDUNDANT_RESOURCE', severity: 'suggestion', applies: anyType, check: redundantEntries('resource') },
  { code: 'REDUNDANT_STATEMENT', severity: 'suggestion', applies: anyType, check: repeatedStatements },
];
