// The authorizer: asks about requests to one service through one service network, for a decision or for its explanation.
import { LatticeCase } from './evaluate/lattice-case.js';
import { explainRequest, explainUnreadable } from './explain/explain-lattice.js';
import type { Explanation } from './explain/explanation.js';
import type { Decision, LatticePolicies, LatticeRequest } from './model.js';

/** Decides requests to one service through one service network. No method throws, whatever the request. */
export interface Authorizer {
  /** A request that can't be read is denied, with `invalidRequest` saying why. */
  authorize(request: LatticeRequest): Decision;
  /** The same decision, with every statement of every layer that was asked, and the near misses. */
  explain(request: LatticeRequest): Explanation;
}

/**
 * Compiles the policies around one service.
 *
 * @throws PolicyError `ERR_POLICY_VALUE` when `policies` is malformed
 * @example
 * const authorizer = createAuthorizer({
 *   serviceNetwork: { authType: 'NONE' },
 *   service: { authType: 'AWS_IAM', policy: parsePolicy(text, { type: 'auth' }), arn: serviceArn },
 * });
 * authorizer.authorize({ principal: 'anonymous', path: '/rates' }).decision; // 'allow' | 'deny'
 */
export function createAuthorizer(policies: LatticePolicies): Authorizer {
  const latticeCase = new LatticeCase(policies);
  return {
    authorize: (request) => latticeCase.authorize(request),
    explain(request) {
      try {
        return explainRequest(latticeCase, request);
      } catch (error) {
        return explainUnreadable(latticeCase.unreadable(error));
      }
    },
  };
}
