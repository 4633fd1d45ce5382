// What one policy on its own says of one request (docs/evaluation.md, EVAL-1..2, EVAL-TOTAL).
import type { CompiledPolicy } from '../compile/compile-policy.js';
import type { PolicyEvaluation, RequestContext } from '../model.js';
import { assumptionList, evaluateStatements } from './evaluate-statements.js';
import { GenericRequest } from './generic-request.js';
import { CallerReader } from './read-principal.js';
import { problemOf } from './unreadable.js';

// A memo, not state: each policy remembers how the ARNs of its callers read (bench engine, "decide": half of the time).
const callers = new WeakMap<CompiledPolicy, CallerReader>();

function callersOf(policy: CompiledPolicy): CallerReader {
  const known = callers.get(policy);
  if (known !== undefined) return known;
  const reader = new CallerReader();
  callers.set(policy, reader);
  return reader;
}

/**
 * Evaluates one policy. Never throws: a request that can't be read gets `implicitDeny` with `invalidRequest` set.
 *
 * @example
 * evaluatePolicy(compilePolicy(parsePolicy(text, { type: 'identity' })), {
 *   principal: { arn: 'arn:aws:iam::111122223333:user/ada' },
 *   action: 's3:GetObject',
 *   resource: 'arn:aws:s3:::bucket/key',
 *   context: {},
 * }).effect; // 'allow' | 'explicitDeny' | 'implicitDeny'
 */
export function evaluatePolicy(policy: CompiledPolicy, request: RequestContext): PolicyEvaluation {
  try {
    const state = new GenericRequest(request, callersOf(policy), false);
    const { effect, determining, assumptions } = evaluateStatements([policy], state);
    return {
      effect,
      determining: determining.map((statement) => statement.ref(undefined)),
      assumptions: assumptionList(assumptions),
    };
  } catch (error) {
    return { effect: 'implicitDeny', determining: [], assumptions: [], invalidRequest: problemOf(error) };
  }
}
