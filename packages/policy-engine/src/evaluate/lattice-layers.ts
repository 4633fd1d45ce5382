// Asks each layer around a Lattice request (docs/evaluation.md, LATTICE-AUTH to LATTICE-ANON). What they answer is
// combined in combine.ts.
import type { CompiledPolicy } from '../compile/compile-policy.js';
import type { LatticeLayer, LatticePolicies } from '../model.js';
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

const CALLER_LAYERS = ['scp', 'identity', 'permissionsBoundary', 'session'] as const satisfies readonly LatticeLayer[];

/** `caller` is the request's; it is read only when the caller's side counts. */
export function askLayers(
  policies: LatticePolicies,
  sides: CompiledSides,
  caller: unknown,
  state: LatticeRequestState,
): LatticeVerdicts {
  return [
    authSide('serviceNetwork', policies.serviceNetwork.authType, sides.serviceNetwork, state),
    authSide('service', policies.service.authType, sides.service, state),
    ...callerSide(policies, caller, state),
  ];
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

function callerSide(policies: LatticePolicies, caller: unknown, state: LatticeRequestState): readonly LayerVerdict[] {
  const given = caller === undefined || caller === 'assume-allowed' ? NO_POLICIES : compileCaller(caller, 'caller');
  if (state.caller.kind === 'anonymous') return CALLER_LAYERS.map((layer) => silentLayer(layer, 'notApplicable'));
  if (policies.serviceNetwork.authType === 'NONE' && policies.service.authType === 'NONE') {
    return CALLER_LAYERS.map((layer) => silentLayer(layer, 'authTypeNone'));
  }
  if (caller === 'assume-allowed') return CALLER_LAYERS.map((layer) => silentLayer(layer, 'assumedAllowed'));
  return signedCallerSide(given, state);
}

function signedCallerSide(caller: CompiledCaller, state: LatticeRequestState): readonly LayerVerdict[] {
  return [
    scpLayer(caller, state),
    identityLayer(caller, state),
    optional('permissionsBoundary', caller, state),
    optional('session', caller, state),
  ];
}

/** The root user needs no Allow (LATTICE-ROOT); a Deny counts all the same (LATTICE-BOTH). */
function identityLayer(caller: CompiledCaller, state: LatticeRequestState): LayerVerdict {
  const identity = policiesLayer('identity', caller.identity, state);
  const isExempt = state.caller.kind === 'root' && identity.result.effect !== 'explicitDeny';
  return isExempt ? silentLayer('identity', 'rootUser') : identity;
}

function scpLayer(caller: CompiledCaller, state: LatticeRequestState): LayerVerdict {
  if (caller.scps === undefined) return silentLayer('scp', 'notAttached');
  if (!scpsApply(state.caller)) return silentLayer('scp', 'notApplicable');
  return evaluatedLayer('scp', evaluateLevels(caller.scps, state));
}

function optional(
  layer: 'permissionsBoundary' | 'session',
  caller: CompiledCaller,
  state: LatticeRequestState,
): LayerVerdict {
  const policies = caller[layer];
  return policies === undefined ? silentLayer(layer, 'notAttached') : policiesLayer(layer, policies, state);
}
