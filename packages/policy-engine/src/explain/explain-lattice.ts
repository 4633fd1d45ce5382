// Explains a Lattice decision: the same verdicts as authorize, then every statement of every layer that was asked.
import type { CompiledPolicy } from '../compile/compile-policy.js';
import { compileCaller } from '../evaluate/caller-side.js';
import type { LatticeCase } from '../evaluate/lattice-case.js';
import { CONNECT, INVOKE } from '../evaluate/lattice-request.js';
import type { Decision, LatticeLayer, LatticeRequest } from '../model.js';
import { explainPolicyStatements } from './explain-statement.js';
import type { Explanation, LayerExplanation } from './explanation.js';
import { nearMisses } from './near-miss.js';

/** `[level, policies]` of a layer; the level is `undefined` for layers without levels. */
type LevelPolicies = readonly (readonly [number | undefined, readonly CompiledPolicy[]])[];

export function explainRequest(latticeCase: LatticeCase, request: LatticeRequest): Explanation {
  const examined = latticeCase.examine(request);
  const decision = latticeCase.decision(examined);
  const { state, verdicts } = examined;
  const action = state.isInvoke ? INVOKE : CONNECT;
  const layers = verdicts.map(({ layer, result }): LayerExplanation => {
    const levels = result.effect === 'notEvaluated' ? [] : policiesOf(layer as LatticeLayer, latticeCase, request);
    return {
      layer: layer as LatticeLayer,
      result,
      policies: levels.flatMap(([level, policies]) =>
        policies.map((policy) => explainPolicyStatements(policy, state, { layer, level, action })),
      ),
    };
  });
  const denying = layers.filter(({ result }) => result.effect === 'implicitDeny');
  return {
    decision,
    principal: state.caller.arn,
    action,
    resource: state.resource,
    layers: [...layers, { layer: 'rcp', result: decision.layers.rcp, policies: [] }],
    nearMisses: decision.reason === 'explicitDeny' ? [] : nearMisses(denying),
  };
}

/** For a request that can't be read there is nothing to explain but that. */
export function explainUnreadable(decision: Decision): Explanation {
  return { decision, principal: '', action: '', resource: '', layers: [], nearMisses: [] };
}

function policiesOf(layer: LatticeLayer, { sides }: LatticeCase, request: LatticeRequest): LevelPolicies {
  if (layer === 'serviceNetwork' || layer === 'service') {
    const policy = sides[layer];
    return policy === undefined ? [] : [[undefined, [policy]]];
  }
  const { caller } = request;
  if (caller === undefined || caller === 'assume-allowed') return [];
  const compiled = compileCaller(caller, 'caller');
  if (layer === 'scp') return compiled.scps?.map((level, index) => [index, level] as const) ?? [];
  return [[undefined, compiled[layer] ?? []]];
}
