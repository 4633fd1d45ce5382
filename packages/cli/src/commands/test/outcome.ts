// outcome.ts: what came of a case: a decision, or no way to the service.
import type { Decision, LatticeRequest } from '@lattice-auth/policy-engine';
import { authorizerFor, requestFor, type ServicePath, type Stack } from '@lattice-auth/stack';
import { cliError, type FilePlace } from '../../errors.js';
import type { RequestSpec } from './case-schema.js';

/** Decided by policies, or unreachable: then the request would time out, and no policy is asked. */
export type Outcome =
  | {
      readonly kind: 'decided';
      readonly decision: Decision;
      readonly request: LatticeRequest;
      readonly path: ServicePath;
    }
  | { readonly kind: 'unreachable'; readonly message: string };
/**
 * Puts a request to a stack.
 *
 * @throws CliError when caller or service are not said; StackError for names that the stack does not have.
 */
export function outcomeOf(stack: Stack, { from, to, ...rest }: RequestSpec, place: FilePlace): Outcome {
  if (from === undefined || to === undefined) {
    const missing = from === undefined ? '`from`' : '`to`';
    const hint = `give it in the request or in \`defaults\``;
    throw cliError('ERR_CLI_CASE_FILE', `the request lacks ${missing}`, { place, hint });
  }
  const asked = requestFor(stack, { ...rest, from, to });
  if (asked.kind === 'unreachable') return { kind: 'unreachable', message: asked.message };
  const { request, serviceNetwork, service } = asked;
  const path = { serviceNetwork, service };
  return { kind: 'decided', decision: authorizerFor(stack, path).authorize(request), request, path };
}
