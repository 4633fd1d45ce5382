// expectation.ts: whether a decision is the one that a case expects, and both in words.
import type { Decision, StatementRef } from '@lattice-auth/policy-engine';
import { statementText } from '../statement-text.js';
import type { ExpectationSpec } from './case-schema.js';
import type { Outcome } from './outcome.js';

/** Whether an outcome is as expected. */
export function meets(expect: ExpectationSpec, outcome: Outcome): boolean {
  if (outcome.kind === 'unreachable' || expect === 'unreachable') return outcome.kind === expect;
  return decidedAs(expect, outcome.decision);
}

function decidedAs(expect: Exclude<ExpectationSpec, 'unreachable'>, decision: Decision): boolean {
  // A request that can't be read is denied for a reason that no test is about.
  if (decision.invalidRequest !== undefined) return false;
  if (typeof expect === 'string') return decision.decision === expect;
  const { deny, reason, statement } = expect;
  if (decision.decision !== 'deny' || decision.deniedBy !== deny) return false;
  if (reason !== undefined && decision.reason !== reason) return false;
  return statement === undefined || decision.determining.some((ref) => isNamed(ref, statement));
}

function isNamed({ sid, index }: StatementRef, statement: string | number): boolean {
  return typeof statement === 'number' ? index === statement : sid === statement;
}

/** `deny by service (implicitDeny), statement \`OnlyReaders\``. */
export function expectedText(expect: ExpectationSpec): string {
  if (typeof expect === 'string') return expect;
  const { deny, reason, statement } = expect;
  const by = `deny by ${deny}${reason === undefined ? '' : ` (${reason})`}`;
  if (statement === undefined) return by;
  return `${by}, statement ${typeof statement === 'number' ? statement : `\`${statement}\``}`;
}

/** What was decided, with the statements that did, in the words of {@link expectedText}. */
export function actualText(outcome: Outcome): string {
  return outcome.kind === 'unreachable' ? `unreachable: ${outcome.message}` : decidedText(outcome.decision);
}

function decidedText(decision: Decision): string {
  if (decision.invalidRequest !== undefined) return `deny: ${decision.invalidRequest}`;
  const { deniedBy, reason, determining } = decision;
  if (decision.decision === 'allow') return 'allow';
  const statements = determining.map(statementText).join(', ');
  const by = deniedBy === undefined ? `deny (${reason})` : `deny by ${deniedBy} (${reason})`;
  return statements === '' ? by : `${by}, ${statements}`;
}
