// What a set of policies of one layer says of one request (docs/evaluation.md, TRI-3..5, EVAL-1..2).
import type { AssumptionId } from '../assumptions.js';
import type { CompiledPolicy, CompiledStatement } from '../compile/compile-policy.js';
import type { StatementIndex } from '../compile/statement-index.js';
import type { PolicyEffect } from '../model.js';
import { cutBack, type RequestState, type Test } from '../request-state.js';
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
  matched: readonly CompiledStatement[];
  /** Whether one of `matched` rests on no assumption. */
  hasCleanMatch: boolean;
  assumedByMatched: readonly AssumptionId[];
  assumedByFailed: readonly AssumptionId[];
}

/** Policies of one layer count together: any Deny denies, any Allow allows. */
export function evaluateStatements(policies: readonly CompiledPolicy[], state: RequestState): LayerEvaluation {
  const denies = noMatches();
  for (const policy of policies) noteCandidates(policy.denies, UNDECIDED, denies, state);
  if (denies.matched.length > 0) {
    const assumptions = denies.hasCleanMatch ? NOTHING : denies.assumedByMatched;
    return { effect: 'explicitDeny', determining: denies.matched, assumptions };
  }
  const allows = noMatches();
  for (const policy of policies) noteCandidates(policy.allows, TRUE, allows, state);
  if (allows.matched.length > 0) {
    const own = allows.hasCleanMatch ? NOTHING : allows.assumedByMatched;
    return { effect: 'allow', determining: allows.matched, assumptions: joined(own, denies.assumedByFailed) };
  }
  if (allows.assumedByFailed.length === 0) return IMPLICIT_DENY;
  return { effect: 'implicitDeny', determining: NOTHING, assumptions: allows.assumedByFailed };
}

function noMatches(): Matches {
  return { matched: NOTHING, hasCleanMatch: false, assumedByMatched: NOTHING, assumedByFailed: NOTHING };
}

/** Only statements that can apply are looked at: those for everybody, those filed for the caller, or for the action. */
function noteCandidates(index: StatementIndex, lowest: Tri, matches: Matches, state: RequestState): void {
  const { general, byCaller, byAction } = index;
  noteStatements(general, lowest, matches, state);
  if (byAction.size > 0) noteStatements(byAction.get(state.actionKey), lowest, matches, state);
  if (byCaller.size === 0) return;
  for (const key of state.caller.indexKeys) noteStatements(byCaller.get(key), lowest, matches, state);
}

function noteStatements(
  statements: readonly CompiledStatement[] | undefined,
  lowest: Tri,
  matches: Matches,
  state: RequestState,
): void {
  if (statements === undefined) return;
  for (const statement of statements) {
    const isMatch = testStatement(statement, state) >= lowest;
    if (isMatch || state.assumed.length > 0) noteStatement(statement, isMatch, matches, state.assumed);
  }
}

function noteStatement(
  statement: CompiledStatement,
  isMatch: boolean,
  matches: Matches,
  assumed: AssumptionId[],
): void {
  if (!isMatch) {
    matches.assumedByFailed = joined(matches.assumedByFailed, assumed);
  } else {
    // A statement that is filed twice is met twice.
    if (!matches.matched.includes(statement)) matches.matched = joined(matches.matched, [statement]);
    if (assumed.length === 0) matches.hasCleanMatch = true;
    else matches.assumedByMatched = joined(matches.assumedByMatched, assumed);
  }
  cutBack(assumed, 0);
}

/**
 * Whether a statement's elements all hold. On return `state.assumed` has what the answer rests on: nothing when an
 * element failed for certain.
 */
export function testStatement(statement: CompiledStatement, state: RequestState): Tri {
  const { tests } = statement;
  const { assumed } = state;
  let result: Tri = TRUE;
  for (let index = 0; index < tests.length; index++) {
    const before = assumed.length;
    const value = (tests[index] as Test)(state);
    if (value === FALSE) {
      if (assumed.length > before) return failedByAssumption(tests, index, before, state);
      cutBack(assumed, 0);
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
  if (before > 0) assumed.splice(0, before);
  for (const test of tests.slice(failed + 1)) {
    const start = assumed.length;
    if (test(state) !== FALSE) {
      cutBack(assumed, start);
    } else if (assumed.length === start) {
      cutBack(assumed, 0);
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
  if (ids.length === 0) return NOTHING;
  const list: AssumptionId[] = [];
  for (const id of ids) if (!list.includes(id)) list.push(id);
  return list.length === 1 ? list : list.sort();
}
