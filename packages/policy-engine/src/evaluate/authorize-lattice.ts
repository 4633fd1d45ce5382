// One Lattice decision without an authorizer: for a single question, and for bundles that don't need explanations.
import type { Decision, LatticePolicies, LatticeRequest } from '../model.js';
import { LatticeCase } from './lattice-case.js';

/**
 * Decides one request, as `createAuthorizer(policies).authorize(request)` does; an authorizer checks `policies` once
 * instead of each time, and can explain. No request makes it throw.
 *
 * @throws PolicyError `ERR_POLICY_VALUE` when `policies` is malformed
 */
export function authorizeLattice(policies: LatticePolicies, request: LatticeRequest): Decision {
  return new LatticeCase(policies).authorize(request);
}
