// decided.ts: a decision of the engine as the rest of the sidecar needs it: a record for log and metrics, and the answer to
// a request that is refused, in Lattice's own words.
import type { Decision, StatementRef } from '@lattice-auth/policy-engine';
import type { DecisionRecord, JudgedRequest, Judgement } from '../http/exchange.js';

const STATEMENTS_SHOWN_MAX = 10;
/** Says who decided, and why; Lattice itself sends nothing like it. */
export const DECISION_HEADER = 'x-lattice-auth-decision';

/** Why nothing could be decided; a small set, for metrics. */
export type Undecided =
  | 'noPolicies'
  | 'unknownService'
  | 'unreachable'
  | 'ambiguous'
  | 'unreadableRequest'
  | 'malformedIdentity'
  | 'unknownCaller'
  | 'unknownVpc'
  | 'internal';

/** The record of a decision. `layer` is set when it was not one of Lattice's own. */
export function recordOf(
  decision: Decision,
  mode: DecisionRecord['mode'],
  principal: string,
  startedAtMs: number,
  layer?: string,
): DecisionRecord {
  const durationMs = performance.now() - startedAtMs;
  if (decision.invalidRequest !== undefined) return undecidedRecord('unreadableRequest', mode, principal, startedAtMs);
  return {
    mode,
    effect: decision.decision,
    layer: decision.decision === 'allow' ? 'none' : (layer ?? decision.deniedBy ?? 'none'),
    reason: decision.reason,
    principal,
    statements: decision.determining.length === 0 ? undefined : shownStatements(decision.determining),
    durationMs,
  };
}

/** The record of a request that nothing could be decided about. */
export function undecidedRecord(
  reason: Undecided,
  mode: DecisionRecord['mode'],
  principal: string | undefined,
  startedAtMs: number,
): DecisionRecord {
  const durationMs = performance.now() - startedAtMs;
  return { mode, effect: 'error', layer: 'none', reason, principal, statements: undefined, durationMs };
}

function shownStatements(statements: readonly StatementRef[]): string[] {
  return statements.slice(0, STATEMENTS_SHOWN_MAX).map(({ policy, line, column, sid, index }) => {
    return `${policy ?? 'policy'}:${line}:${column} ${sid ?? `#${index}`}`;
  });
}

/** A decision as the header says it. */
export function shownDecision({ effect, layer, reason }: Pick<DecisionRecord, 'effect' | 'layer' | 'reason'>): string {
  if (effect === 'allow') return effect;
  return effect === 'deny' ? `deny; layer=${layer}; reason=${reason}` : `error; reason=${reason}`;
}

/** Lattice's refusal: 403 and its text; for what could not be decided, our own. */
export function refusal({ effect, layer, reason }: DecisionRecord, message: string): Judgement {
  const decision = shownDecision({ effect, layer, reason });
  return {
    kind: 'deny',
    status: 403,
    headers: ['content-type', 'text/plain; charset=utf-8', DECISION_HEADER, decision],
    body: message === '' ? `AccessDeniedException: the sidecar could not decide (${reason})` : message,
  };
}

/** Headers as the engine takes them. */
export function headerRecord(flat: JudgedRequest['headers'], isHidden?: (name: string) => boolean): HeaderRecord {
  const record: HeaderRecord = Object.create(null);
  for (let at = 0; at + 1 < flat.length; at += 2) {
    const name = (flat[at] ?? '').toLowerCase();
    const value = flat[at + 1] ?? '';
    if (isHidden?.(name)) continue;
    const before = record[name];
    if (before === undefined) record[name] = value;
    else if (typeof before === 'string') record[name] = [before, value];
    else before.push(value);
  }
  return record;
}

export type HeaderRecord = Record<string, string | string[]>;
