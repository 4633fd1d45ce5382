// The one place that turns "this request can't be read" into the text of a denial (docs/evaluation.md, EVAL-TOTAL).
import { compilePolicy, type CompiledPolicy } from '../compile/compile-policy.js';
import type { Policy } from '../model.js';
import { UnreadableRequest } from './context-values.js';

/** What to tell the caller of the engine. A request's own getters may throw anything: their text is not repeated. */
export function problemOf(error: unknown): string {
  return error instanceof UnreadableRequest ? error.message : 'the request could not be read';
}

/** Compiles the policies of one layer that came with a request. */
export function compileLayer(policies: unknown, where: string): readonly CompiledPolicy[] {
  if (!Array.isArray(policies)) throw new UnreadableRequest(`${where} must be a list of policies`);
  return policies.map((policy: unknown, index) => compileGiven(policy, `${where}[${index}]`));
}

/** @throws UnreadableRequest when `policy` is not what parsePolicy returns */
export function compileGiven(policy: unknown, where: string): CompiledPolicy {
  try {
    return compilePolicy(policy as Policy);
  } catch {
    throw new UnreadableRequest(`${where} must be a policy that parsePolicy returned`);
  }
}
