// The caller's own policies: identity, permissions boundary, session policies and SCP levels (docs/evaluation.md,
// LATTICE-CALLER to LATTICE-SCP, IAM-2, IAM-6, IAM-7).
import type { CompiledPolicy } from '../compile/compile-policy.js';
import type { Caller } from '../match/caller.js';
import type { RequestState } from '../request-state.js';
import { isRecord, UnreadableRequest } from './context-values.js';
import { evaluateStatements, joined, type LayerEvaluation } from './evaluate-statements.js';
import { compileGiven, compileLayer, compileLevels } from './unreadable.js';

/** The policies of a caller, compiled; `undefined` = not attached. */
export interface CompiledCaller {
  readonly identity: readonly CompiledPolicy[];
  readonly permissionsBoundary: readonly CompiledPolicy[] | undefined;
  readonly session: readonly CompiledPolicy[] | undefined;
  readonly scps: readonly (readonly CompiledPolicy[])[] | undefined;
}

export const NO_POLICIES: CompiledCaller = {
  identity: [],
  permissionsBoundary: undefined,
  session: undefined,
  scps: undefined,
};

/** @throws UnreadableRequest when a layer is not made of parsed policies */
export function compileCaller(caller: unknown, where: string): CompiledCaller {
  if (!isRecord(caller)) throw new UnreadableRequest(`${where} must be an object of policies`);
  const { identity, permissionsBoundary, session, scps } = caller;
  return {
    identity: compileLayer(identity, `${where}.identity`, 'withoutPrincipals'),
    permissionsBoundary:
      permissionsBoundary === undefined
        ? undefined
        : [compileGiven(permissionsBoundary, `${where}.permissionsBoundary`, 'withoutPrincipals')],
    session: session === undefined ? undefined : compileLayer(session, `${where}.session`, 'withoutPrincipals'),
    scps: scps === undefined ? undefined : compileLevels(scps, `${where}.scps`, 'withoutPrincipals'),
  };
}

/** Service-linked roles are outside SCPs and RCPs; so is the management account for SCPs. */
export function isServiceLinkedRole(caller: Caller): boolean {
  return caller.roleArn?.includes(':role/aws-service-role/') ?? false;
}

export function scpsApply(caller: Caller): boolean {
  return caller.account !== '' && caller.principal?.inManagementAccount !== true && !isServiceLinkedRole(caller);
}

/** Each level must allow; a deny at any level denies. */
export function evaluateLevels(levels: readonly (readonly CompiledPolicy[])[], state: RequestState): LayerEvaluation {
  const evaluations = levels.map((level) => evaluateStatements(level, state));
  return (
    evaluations.find(({ effect }) => effect === 'explicitDeny') ??
    evaluations.find(({ effect }) => effect === 'implicitDeny') ?? {
      effect: 'allow',
      determining: evaluations.flatMap(({ determining }) => determining),
      assumptions: evaluations.reduce<LayerEvaluation['assumptions']>((all, one) => joined(all, one.assumptions), []),
    }
  );
}
