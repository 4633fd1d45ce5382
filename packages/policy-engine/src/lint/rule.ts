// What a lint rule is: one code of docs/lint.md, the policy types it is about, and a pure function from a policy to what
// is wrong with it. The walkers below turn functions about one statement, condition or entry into such a function.
import type {
  Condition,
  ElementList,
  Finding,
  Policy,
  PolicyType,
  PrincipalEntry,
  Severity,
  SourceString,
  Statement,
} from '../model.js';
import type { SourceDocument } from './source-document.js';
import type { StatementFacts } from './statement-facts.js';

/** Where a finding stands. */
export type Spot = Pick<Finding, 'pointer' | 'line' | 'column'>;

/** One thing that a rule found. */
export interface Complaint {
  readonly at: Spot;
  readonly message: string;
}

/** What rules look at: the policy, and its text for what the policy leaves out (the place of a Sid, an empty block). */
export interface LintSubject {
  readonly policy: Policy;
  readonly document: SourceDocument;
  readonly factsOf: (statement: Statement) => StatementFacts;
}

export type Check = (subject: LintSubject) => Iterable<Complaint>;

export interface Rule {
  readonly code: string;
  readonly severity: Severity;
  readonly applies: (type: PolicyType) => boolean;
  readonly check: Check;
}

/** Policies of every type. */
export const anyType = (): boolean => true;

/** Policies of these types only. */
export function onlyTypes(...types: readonly PolicyType[]): (type: PolicyType) => boolean {
  return (type) => types.includes(type);
}

/** Policies of any other type. */
export function exceptTypes(...types: readonly PolicyType[]): (type: PolicyType) => boolean {
  return (type) => !types.includes(type);
}

/** A complaint about something with a place in the source. */
export function complaint(
  place: { pointer: string; span: { line: number; column: number } },
  message: string,
): Complaint {
  return { at: { pointer: place.pointer, line: place.span.line, column: place.span.column }, message };
}

/** What a visitor says about one thing: nothing, one complaint, or several. */
type Answer = Complaint | readonly Complaint[] | undefined;

function listed(answer: Answer): readonly Complaint[] {
  if (answer === undefined) return [];
  return 'message' in answer ? [answer] : answer;
}

export function eachStatement(visit: (statement: Statement, subject: LintSubject) => Answer): Check {
  return function* (subject) {
    for (const statement of subject.policy.statements) yield* listed(visit(statement, subject));
  };
}

export function eachCondition(
  visit: (condition: Condition, statement: Statement, subject: LintSubject) => Answer,
): Check {
  return function* (subject) {
    for (const statement of subject.policy.statements) {
      for (const condition of statement.conditions) yield* listed(visit(condition, statement, subject));
    }
  };
}

export type EntryVisitor<Entry extends SourceString> = (
  entry: Entry,
  statement: Statement,
  element: ElementList<Entry>,
  subject: LintSubject,
) => Answer;

function eachEntry<Entry extends SourceString>(
  elementOf: (statement: Statement) => ElementList<Entry> | undefined,
  visit: EntryVisitor<Entry>,
): Check {
  return function* (subject) {
    for (const statement of subject.policy.statements) {
      const element = elementOf(statement);
      for (const entry of element?.entries ?? []) {
        if (element !== undefined) yield* listed(visit(entry, statement, element, subject));
      }
    }
  };
}

export const eachPrincipal = (visit: EntryVisitor<PrincipalEntry>): Check => eachEntry((s) => s.principal, visit);
export const eachAction = (visit: EntryVisitor<SourceString>): Check => eachEntry((s) => s.action, visit);
export const eachResource = (visit: EntryVisitor<SourceString>): Check => eachEntry((s) => s.resource, visit);
