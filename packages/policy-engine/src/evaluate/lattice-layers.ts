// Asks each layer around a Lattice request (docs/evaluation.md, LATTICE-AUTH to LATTICE-ANON). What they answer is
// combined in combine.ts.
import type { CompiledPolicy } from '../compile/compile-policy.js';
import type { LatticePolicies } from '../model.js';
import { type CompiledCaller, compileCaller, evaluateLevels, NO_POLICIES, scpsApply } from './caller-side.js';
import type { LatticeRequestState } from './lattice-request.js';
import { evaluatedLayer, type LayerVerdict, policiesLayer, silentLayer } from './layer-verdict.js';

/** The auth policies of an authorizer, compiled. */
export interface CompiledSides {
  readonly serviceNetwork: CompiledPolicy | undefined;
  readonly service: CompiledPolicy | undefined;
}

/** Verdicts in the order in which a denial names them (LATTICE-DENIED-BY). */
export type LatticeVerdicts = readonly LayerVerdict[];

const NO_SCPS = silentLayer('scp', 'notAttached');
const NO_BOUNDARY = silentLayer('permissionsBoundary', 'notAttached');
const NO_SESSION = silentLayer('session', 'notAttached');

type CallerVerdicts = readonly [LayerVerdict, LayerVerdict, LayerVerdict, LayerVerdict];

/** `caller` is the request's; it is read only when the caller's side counts. */
export function askLayers(
  policies: LatticePolicies,
  sides: CompiledSides,
  caller: unknown,
  state: LatticeRequestState,
): LatticeVerdicts {
  const serviceNetwork = authSide('serviceNetwork', policies.serviceNetwork.authType, sides.serviceNetwork, state);
  const service = authSide('service', policies.service.authType, sides.service, state);
  const [scp, identity, permissionsBoundary, session] = callerSide(policies, caller, state);
  return [serviceNetwork, service, scp, identity, permissionsBoundary, session];
}

function authSide(
  layer: 'serviceNetwork' | 'service',
  authType: string,
  policy: CompiledPolicy | undefined,
  state: LatticeRequestState,
): LayerVerdict {
  if (authType === 'NONE') return silentLayer(layer, 'authTypeNone');
  return policy === undefined ? silentLayer(layer, 'noPolicy') : policiesLayer(layer, [policy], state);
}

function callerSide(policies: LatticePolicies, caller: unknown, state: LatticeRequestState): CallerVerdicts {
  const given = caller === undefined || caller === 'assume-allowed' ? NO_POLICIES : compileCaller(caller, 'caller');
  if (state.caller.kind === 'anonymous') return silentCaller('notApplicable');
  if (policies.serviceNetwork.authType === 'NONE' && policies.service.authType === 'NONE') {
    return silentCaller('authTypeNone');
  }
  if (caller === 'assume-allowed') return silentCaller('assumedAllowed');
  return signedCallerSide(given, state);
}

function silentCaller(result: 'notApplicable' | 'authTypeNone' | 'assumedAllowed'): CallerVerdicts {
  return [
    silentLayer('scp', result),
    silentLayer('identity', result),
    silentLayer('permissionsBoundary', result),
    silentLayer('session', result),
  ];
}

function signedCallerSide(caller: CompiledCaller, state: LatticeRequestState): CallerVerdicts {
  const { permissionsBoundary, session } = caller;
  return [
    scpLayer(caller, state),
    identityLayer(caller, state),
    permissionsBoundary === undefined ? NO_BOUNDARY : policiesLayer('permissionsBoundary', permissionsBoundary, state),
    session === undefined ? withoutSession(state) : policiesLayer('session', session, state),
  ];
}

/** A federated user can do nothing that no session policy gives it (LATTICE-FEDERATED). */
function withoutSession(state: LatticeRequestState): LayerVerdict {
  return state.caller.kind === 'federatedUser' ? silentLayer('session', 'implicitDeny') : NO_SESSION;
}

/** The root user needs no Allow (LATTICE-ROOT); a Deny counts all the same (LATTICE-BOTH). */
function identityLayer(caller: CompiledCaller, state: LatticeRequestState): LayerVerdict {
  const identity = policiesLayer('identity', caller.identity, state);
  const isExempt = state.caller.kind === 'root' && identity.result.effect !== 'explicitDeny';
  return isExempt ? silentLayer('identity', 'rootUser') : identity;
}

function scpLayer(caller: CompiledCaller, state: LatticeRequestState): LayerVerdict {
  if (caller.scps === undefined) return NO_SCPS;
  if (!scpsApply(state.caller)) return silentLayer('scp', 'notApplicable');
  return evaluatedLayer('scp', evaluateLevels(caller.scps, state));
}
