// What a set of policies of one layer says of one request (docs/evaluation.md, TRI-3..5, EVAL-1..2).
import type { AssumptionLog } from '../assumption-log.js';
import type { AssumptionId } from '../assumptions.js';
import type { CompiledPolicy, CompiledStatement } from '../compile/compile-policy.js';
import type { StatementIndex } from '../compile/statement-index.js';
import type { PolicyEffect } from '../model.js';
import type { RequestState, Test } from '../request-state.js';
import { FALSE, TRUE, type Tri, UNDECIDED } from '../tri.js';

/** `determining` are the statements that decided; `assumptions` what they, and those that failed to match, rest on. */
export interface LayerEvaluation {
  readonly effect: PolicyEffect;
  readonly determining: readonly CompiledStatement[];
  readonly assumptions: readonly AssumptionId[];
}

// Frozen: it ends up in decisions, which belong to whoever asked.
const NOTHING: readonly never[] = Object.freeze([]);
const IMPLICIT_DENY: LayerEvaluation = { effect: 'implicitDeny', determining: NOTHING, assumptions: NOTHING };

/** The statements of one effect that matched, and the assumptions behind those that did and those that did not. */
interface Matches {
  /** Undefined until the first: most statements of most policies don't match. May name a statement twice. */
  readonly matched: CompiledStatement[] | undefined;
  /** Whether one of `matched` rests on no assumption. */
  readonly hasCleanMatch: boolean;
  readonly assumedByMatched: readonly AssumptionId[];
  readonly assumedByFailed: readonly AssumptionId[];
}

const NO_MATCHES: Matches = {
  matched: undefined,
  hasCleanMatch: false,
  assumedByMatched: NOTHING,
  assumedByFailed: NOTHING,
};

/** Policies of one layer count together: any Deny denies, any Allow allows. */
export function evaluateStatements(policies: readonly CompiledPolicy[], state: RequestState): LayerEvaluation {
  let denies = NO_MATCHES;
  for (const policy of policies) denies = matchCandidates(policy.denies, UNDECIDED, denies, state);
  if (denies.matched !== undefined) return evaluation('explicitDeny', denies.matched, denies, NOTHING);
  let allows = NO_MATCHES;
  for (const policy of policies) allows = matchCandidates(policy.allows, TRUE, allows, state);
  if (allows.matched !== undefined) return evaluation('allow', allows.matched, allows, denies.assumedByFailed);
  if (allows.assumedByFailed.length === 0) return IMPLICIT_DENY;
  return { effect: 'implicitDeny', determining: NOTHING, assumptions: allows.assumedByFailed };
}

function evaluation(
  effect: PolicyEffect,
  matched: readonly CompiledStatement[],
  matches: Matches,
  further: readonly AssumptionId[],
): LayerEvaluation {
  const own = matches.hasCleanMatch ? NOTHING : matches.assumedByMatched;
  // A statement that is filed under two keys of the caller was met twice.
  const determining = matched.length === 1 ? matched : [...new Set(matched)];
  return { effect, determining, assumptions: joined(own, further) };
}

/** Only statements that can apply are looked at: those for everybody, those filed for the caller, or for the action. */
function matchCandidates(index: StatementIndex, lowest: Tri, before: Matches, state: RequestState): Matches {
  const { general, byCaller, byAction } = index;
  let matches = matchStatements(general, lowest, before, state);
  if (byAction.size > 0) matches = matchStatements(byAction.get(state.actionKey), lowest, matches, state);
  if (byCaller.size === 0) return matches;
  for (const key of state.caller.indexKeys) matches = matchStatements(byCaller.get(key), lowest, matches, state);
  return matches;
}

function matchStatements(
  statements: readonly CompiledStatement[] | undefined,
  lowest: Tri,
  before: Matches,
  state: RequestState,
): Matches {
  if (statements === undefined) return before;
  const { assumed, action } = state;
  let matches = before;
  for (const statement of statements) {
    if (statement.exactAction !== undefined && statement.exactAction !== action) continue;
    const isMatch = testStatement(statement, state) >= lowest;
    if (isMatch) matches = withMatch(matches, statement, assumed);
    else if (assumed.length > 0) matches = withFailed(matches, assumed);
    assumed.length = 0;
  }
  return matches;
}

function withMatch(matches: Matches, statement: CompiledStatement, assumed: AssumptionLog): Matches {
  const { matched, hasCleanMatch, assumedByMatched, assumedByFailed } = matches;
  matched?.push(statement);
  if (matched !== undefined && hasCleanMatch) return matches;
  return {
    matched: matched ?? [statement],
    hasCleanMatch: assumed.length === 0,
    assumedByMatched: assumed.addedTo(assumedByMatched),
    assumedByFailed,
  };
}

function withFailed(matches: Matches, assumed: AssumptionLog): Matches {
  const { matched, hasCleanMatch, assumedByMatched, assumedByFailed } = matches;
  const all = assumed.addedTo(assumedByFailed);
  return all === assumedByFailed ? matches : { matched, hasCleanMatch, assumedByMatched, assumedByFailed: all };
}

/**
 * Whether a statement's elements all hold. On return `state.assumed` has what the answer rests on: nothing when an
 * element failed for certain.
 */
function testStatement(statement: CompiledStatement, state: RequestState): Tri {
  const { tests } = statement;
  const { assumed } = state;
  let result: Tri = TRUE;
  for (let index = 0; index < tests.length; index++) {
    const before = assumed.length;
    const value = (tests[index] as Test)(state);
    if (value === FALSE) {
      if (assumed.length > before) return failedByAssumption(tests, index, before, state);
      assumed.length = 0;
      return FALSE;
    }
    if (value < result) result = value;
  }
  return result;
}

/**
 * Keeps only what failing elements rest on; nothing if one of them fails for certain (TRI-4). The first that failed is
 * `failed`; the `before` assumptions in front of its own are those of elements that hold.
 */
function failedByAssumption(tests: readonly Test[], failed: number, before: number, state: RequestState): Tri {
  const { assumed } = state;
  if (before > 0) assumed.replace(0, assumed.slice(before));
  for (let index = failed + 1; index < tests.length; index++) {
    const start = assumed.length;
    if ((tests[index] as Test)(state) !== FALSE) {
      assumed.length = start;
    } else if (assumed.length === start) {
      assumed.length = 0;
      return FALSE;
    }
  }
  return FALSE;
}

export function joined<Item>(left: readonly Item[], right: readonly Item[]): readonly Item[] {
  if (right.length === 0) return left;
  return left.length === 0 ? right : [...left, ...right];
}

/** Sorted, each once. By insertion: a decision rests on few, and a sort would be a twentieth of it. */
export function assumptionList(ids: readonly AssumptionId[]): readonly AssumptionId[] {
  if (ids.length < 2) return ids;
  const list: AssumptionId[] = [];
  for (const id of ids) {
    let at = list.length;
    while (at > 0 && (list[at - 1] as string) > id) at--;
    if (list[at - 1] === id) continue;
    if (at === list.length) list.push(id);
    else list.splice(at, 0, id);
  }
  return list;
}
