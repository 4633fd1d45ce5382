// Explains what one policy on its own says of one request: the explaining twin of evaluatePolicy.
import type { CompiledPolicy } from '../compile/compile-policy.js';
import { evaluatePolicy } from '../evaluate/evaluate-policy.js';
import { GenericRequest } from '../evaluate/generic-request.js';
import { CallerReader } from '../evaluate/read-principal.js';
import type { PolicyEvaluation, RequestContext } from '../model.js';
import { explainPolicyStatements } from './explain-statement.js';
import type { StatementExplanation } from './explanation.js';

/** Never throws: a request that can't be read has no statements to show and `evaluation.invalidRequest` set. */
export function explainPolicy(
  policy: CompiledPolicy,
  request: RequestContext,
): { readonly evaluation: PolicyEvaluation; readonly statements: readonly StatementExplanation[] } {
  const evaluation = evaluatePolicy(policy, request);
  if (evaluation.invalidRequest !== undefined) return { evaluation, statements: [] };
  const state = new GenericRequest(request, new CallerReader(), false);
  const place = { layer: undefined, level: undefined, action: request.action };
  return { evaluation, statements: explainPolicyStatements(policy, state, place).statements };
}
