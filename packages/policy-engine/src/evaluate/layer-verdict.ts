// What one layer contributes to a decision: its statements' evaluation, or why it was not asked.
import type { CompiledPolicy } from '../compile/compile-policy.js';
import type { LayerName, LayerResult } from '../model.js';
import type { RequestState } from '../request-state.js';
import { evaluateStatements, type LayerEvaluation } from './evaluate-statements.js';

export interface LayerVerdict {
  readonly layer: LayerName;
  readonly result: LayerResult;
  readonly evaluation: LayerEvaluation;
}

const SILENT: LayerEvaluation = { effect: 'implicitDeny', determining: [], assumptions: [] };

const RESULTS = {
  allow: { effect: 'allow', reason: 'allowed' },
  explicitDeny: { effect: 'explicitDeny', reason: 'explicitDeny' },
  implicitDeny: { effect: 'implicitDeny', reason: 'implicitDeny' },
  noPolicy: { effect: 'implicitDeny', reason: 'noPolicy' },
  authTypeNone: { effect: 'notEvaluated', reason: 'authTypeNone' },
  notApplicable: { effect: 'notEvaluated', reason: 'notApplicable' },
  notAttached: { effect: 'notEvaluated', reason: 'notAttached' },
  assumedAllowed: { effect: 'notEvaluated', reason: 'assumedAllowed' },
  rcpIgnoredService: { effect: 'notEvaluated', reason: 'rcpIgnoredService' },
  rootUser: { effect: 'notEvaluated', reason: 'rootUser' },
} as const satisfies Record<string, LayerResult>;
for (const result of Object.values(RESULTS)) Object.freeze(result);

/** A layer whose statements were not asked. */
export function silentLayer(
  layer: LayerName,
  result: Exclude<keyof typeof RESULTS, 'allow' | 'explicitDeny'>,
): LayerVerdict {
  return { layer, result: RESULTS[result], evaluation: SILENT };
}

/** A layer that an evaluation decided. */
export function evaluatedLayer(layer: LayerName, evaluation: LayerEvaluation): LayerVerdict {
  const { effect } = evaluation;
  const result =
    effect === 'allow' ? RESULTS.allow : effect === 'explicitDeny' ? RESULTS.explicitDeny : RESULTS.implicitDeny;
  return { layer, result, evaluation };
}

/** A layer of policies that count together. */
export function policiesLayer(
  layer: LayerName,
  policies: readonly CompiledPolicy[],
  state: RequestState,
): LayerVerdict {
  return evaluatedLayer(layer, evaluateStatements(policies, state));
}
