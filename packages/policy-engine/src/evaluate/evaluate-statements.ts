// What a set of policies of one layer says of one request (docs/evaluation.md, TRI-3..5, EVAL-1..2).
import type { AssumptionId } from '../assumptions.js';
import type { CompiledPolicy, CompiledStatement } from '../compile/compile-policy.js';
import { candidates } from '../compile/statement-index.js';
import type { PolicyEffect } from '../model.js';
import type { RequestState } from '../request-state.js';
import { FALSE, TRUE, type Tri, UNDECIDED } from '../tri.js';

/** `determining` are the statements that decided; `assumptions` what they, and those that failed to match, rest on. */
export interface LayerEvaluation {
  readonly effect: PolicyEffect;
  readonly determining: readonly CompiledStatement[];
  readonly assumptions: readonly AssumptionId[];
}

const NOTHING: readonly never[] = [];
const IMPLICIT_DENY: LayerEvaluation = { effect: 'implicitDeny', determining: NOTHING, assumptions: NOTHING };

/** The statements of one effect that matched, and the assumptions behind those that did and those that did not. */
interface Matches {
  readonly matched: CompiledStatement[];
  /** Whether one of `matched` rests on no assumption. */
  hasCleanMatch: boolean;
  assumedByMatched: readonly AssumptionId[];
  assumedByFailed: readonly AssumptionId[];
}

/** Policies of one layer count together: any Deny denies, any Allow allows. */
export function evaluateStatements(policies: readonly CompiledPolicy[], state: RequestState): LayerEvaluation {
  const denies = matchesOf(policies, 'denies', state);
  if (denies.matched.length > 0) {
    const assumptions = denies.hasCleanMatch ? NOTHING : denies.assumedByMatched;
    return { effect: 'explicitDeny', determining: denies.matched, assumptions };
  }
  const allows = matchesOf(policies, 'allows', state);
  if (allows.matched.length > 0) {
    const own = allows.hasCleanMatch ? NOTHING : allows.assumedByMatched;
    return { effect: 'allow', determining: allows.matched, assumptions: joined(own, denies.assumedByFailed) };
  }
  if (allows.assumedByFailed.length === 0) return IMPLICIT_DENY;
  return { effect: 'implicitDeny', determining: NOTHING, assumptions: allows.assumedByFailed };
}

function matchesOf(policies: readonly CompiledPolicy[], side: 'denies' | 'allows', state: RequestState): Matches {
  const matches: Matches = { matched: [], hasCleanMatch: false, assumedByMatched: NOTHING, assumedByFailed: NOTHING };
  const lowest = side === 'denies' ? UNDECIDED : TRUE;
  for (const policy of policies) {
    const index = policy[side];
    if (index.byKey.size === 0 && index.general.length === 0) continue;
    for (const statement of candidates(index, state)) {
      noteStatement(statement, testStatement(statement, state) >= lowest, matches, state);
    }
  }
  return matches;
}

function noteStatement(statement: CompiledStatement, isMatch: boolean, matches: Matches, state: RequestState): void {
  const { assumed } = state;
  const isClean = assumed.length === 0;
  if (isMatch) {
    if (!matches.matched.includes(statement)) matches.matched.push(statement);
    if (isClean) matches.hasCleanMatch = true;
    else matches.assumedByMatched = joined(matches.assumedByMatched, assumed);
  } else if (!isClean) {
    matches.assumedByFailed = joined(matches.assumedByFailed, assumed);
  }
  assumed.length = 0;
}

/**
 * Whether a statement's elements all hold. On return `state.assumed` has what the answer rests on: nothing when an
 * element failed for certain.
 */
export function testStatement(statement: CompiledStatement, state: RequestState): Tri {
  const { assumed } = state;
  let result: Tri = TRUE;
  for (const test of statement.tests) {
    const before = assumed.length;
    const value = test(state);
    if (value === FALSE) {
      if (assumed.length > before) return failedByAssumption(statement, state);
      assumed.length = 0;
      return FALSE;
    }
    if (value < result) result = value;
  }
  return result;
}

/** Every element again, keeping only what failing ones rest on; none if one of them fails for certain (TRI-4). */
function failedByAssumption(statement: CompiledStatement, state: RequestState): Tri {
  const { assumed } = state;
  assumed.length = 0;
  for (const test of statement.tests) {
    const before = assumed.length;
    if (test(state) !== FALSE) {
      assumed.length = before;
    } else if (assumed.length === before) {
      assumed.length = 0;
      return FALSE;
    }
  }
  return FALSE;
}

export function joined<Item>(left: readonly Item[], right: readonly Item[]): readonly Item[] {
  if (right.length === 0) return left;
  return [...left, ...right];
}

/** Sorted, each once. */
export function assumptionList(ids: readonly AssumptionId[]): readonly AssumptionId[] {
  return ids.length === 0 ? NOTHING : [...new Set(ids)].sort();
}
