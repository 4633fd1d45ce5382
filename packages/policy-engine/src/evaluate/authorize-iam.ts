// The generic IAM rule for any service (docs/evaluation.md, IAM-1..7).
import type { AssumptionId } from '../assumptions.js';
import type { CompiledPolicy } from '../compile/compile-policy.js';
import type { Caller } from '../match/caller.js';
import { GRANT, type Grant } from '../match/principal.js';
import type { IamDecision, IamLayers, LayerName, LayerResult, PolicyEffect, RequestContext } from '../model.js';
import { TRUE } from '../tri.js';
import { type CompiledCaller, compileCaller, evaluateLevels, isServiceLinkedRole, scpsApply } from './caller-side.js';
import { isRecord, UnreadableRequest } from './context-values.js';
import { assumptionList } from './evaluate-statements.js';
import { GenericRequest } from './generic-request.js';
import { evaluatedLayer, type LayerVerdict, policiesLayer, silentLayer } from './layer-verdict.js';
import { CallerReader } from './read-principal.js';
import { compileGiven, compileLayer, compileLevels, problemOf } from './unreadable.js';

interface CompiledLayers extends CompiledCaller {
  readonly resource: CompiledPolicy | undefined;
  readonly rcps: readonly (readonly CompiledPolicy[])[] | undefined;
  readonly vpcEndpoint: readonly CompiledPolicy[] | undefined;
}

/** Verdicts by layer, in the order in which explicit denies are named. */
type Verdicts = Readonly<Record<(typeof ORDER)[number], LayerVerdict>>;
const ORDER = ['scp', 'rcp', 'resource', 'identity', 'permissionsBoundary', 'session', 'vpcEndpoint'] as const;

/**
 * Decides a request to any AWS service by IAM's general rule. Never throws: a request that can't be read gets
 * `implicitDeny` with `invalidRequest` set.
 *
 * @param layers the policies around the request; absent = not attached
 * @param request the question, with the account that owns the resource
 */
export function authorizeIam(
  layers: IamLayers,
  request: RequestContext & { readonly resourceAccount: string },
): IamDecision {
  try {
    const compiled = compileLayers(layers);
    const state = new GenericRequest(request, new CallerReader(), compiled.permissionsBoundary !== undefined);
    const { resourceAccount } = request;
    if (typeof resourceAccount !== 'string' || !/^\d{12}$/.test(resourceAccount)) {
      throw new UnreadableRequest('resourceAccount must be a 12-digit account');
    }
    const verdicts = askLayers(compiled, state);
    return decide(verdicts, state, resourceAccount);
  } catch (error) {
    return {
      decision: 'implicitDeny',
      deniedBy: undefined,
      layers: {},
      determining: [],
      assumptions: [],
      invalidRequest: problemOf(error),
    };
  }
}

function compileLayers(layers: unknown): CompiledLayers {
  if (!isRecord(layers)) throw new UnreadableRequest('layers must be an object of policies');
  const { resource, rcps, vpcEndpoint } = layers;
  return {
    ...compileCaller({ ...layers, identity: layers.identity ?? [] }, 'layers'),
    resource: resource === undefined ? undefined : compileGiven(resource, 'layers.resource', 'withPrincipals'),
    rcps: rcps === undefined ? undefined : compileLevels(rcps, 'layers.rcps', 'withPrincipals'),
    vpcEndpoint:
      vpcEndpoint === undefined ? undefined : compileLayer(vpcEndpoint, 'layers.vpcEndpoint', 'withPrincipals'),
  };
}

function askLayers(layers: CompiledLayers, state: GenericRequest): Verdicts {
  const { caller } = state;
  const ask = (layer: LayerName, policies: readonly CompiledPolicy[] | undefined): LayerVerdict =>
    policies === undefined ? silentLayer(layer, 'notAttached') : policiesLayer(layer, policies, state);
  const own = (layer: LayerName, policies: readonly CompiledPolicy[] | undefined): LayerVerdict =>
    hasOwnPolicies(caller) ? ask(layer, policies) : silentLayer(layer, 'notApplicable');
  return {
    scp: levels('scp', layers.scps, scpsApply(caller), state),
    rcp: levels('rcp', layers.rcps, !isServiceLinkedRole(caller), state),
    resource: ask('resource', layers.resource === undefined ? undefined : [layers.resource]),
    identity: own('identity', layers.identity),
    permissionsBoundary: own('permissionsBoundary', layers.permissionsBoundary),
    session: own('session', layers.session),
    vpcEndpoint: ask('vpcEndpoint', layers.vpcEndpoint),
  };
}

/** Anonymous callers, services and identity providers have no policies of their own (IAM-3). */
function hasOwnPolicies({ kind }: Caller): boolean {
  return kind !== 'anonymous' && kind !== 'service' && kind !== 'provider';
}

function levels(
  layer: 'scp' | 'rcp',
  policies: readonly (readonly CompiledPolicy[])[] | undefined,
  applies: boolean,
  state: GenericRequest,
): LayerVerdict {
  if (policies === undefined) return silentLayer(layer, 'notAttached');
  return applies ? evaluatedLayer(layer, evaluateLevels(policies, state)) : silentLayer(layer, 'notApplicable');
}

function decide(verdicts: Verdicts, state: GenericRequest, resourceAccount: string): IamDecision {
  const explicit = ORDER.map((layer) => verdicts[layer]).filter(({ result }) => result.effect === 'explicitDeny');
  if (explicit.length > 0) return outcome(verdicts, 'explicitDeny', explicit);
  const guard = (['rcp', 'scp', 'vpcEndpoint'] as const).find((layer) => denies(verdicts[layer]));
  if (guard !== undefined) return outcome(verdicts, 'implicitDeny', [verdicts[guard]]);
  const grant = strongestGrant(verdicts.resource, state);
  const denying = denyingLayer(verdicts, state.caller, grant, resourceAccount);
  if (denying !== undefined) return outcome(verdicts, 'implicitDeny', [verdicts[denying]]);
  return outcome(
    verdicts,
    'allow',
    ORDER.map((layer) => verdicts[layer]).filter(({ result }) => result.effect === 'allow'),
  );
}

function denies(verdict: LayerVerdict): boolean {
  return verdict.result.effect === 'implicitDeny';
}

/** The layer that implicitly denies once the guards have allowed; `undefined` = allowed (IAM-3..7). */
function denyingLayer(
  verdicts: Verdicts,
  caller: Caller,
  grant: Grant,
  resourceAccount: string,
): (typeof ORDER)[number] | undefined {
  if (!hasOwnPolicies(caller)) return grant === GRANT.direct ? undefined : 'resource';
  const limit = limitingLayer(verdicts, caller);
  const ownSide = caller.kind !== 'root' && denies(verdicts.identity) ? 'identity' : limit;
  if (caller.account !== resourceAccount) return ownSide ?? (grant === GRANT.none ? 'resource' : undefined);
  if (grant === GRANT.direct) return undefined;
  if (grant >= GRANT.userOfFederated && limit === undefined) return undefined;
  return ownSide;
}

/** Boundary and session policies; a federated user has nothing without session policies (IAM-6). */
function limitingLayer(
  { permissionsBoundary, session }: Verdicts,
  caller: Caller,
): 'permissionsBoundary' | 'session' | undefined {
  if (denies(permissionsBoundary)) return 'permissionsBoundary';
  const isMissing = caller.kind === 'federatedUser' && session.result.reason === 'notAttached';
  return isMissing || denies(session) ? 'session' : undefined;
}

/** The strongest grant among the Allows of the resource policy that matched (IAM-4). */
function strongestGrant(resource: LayerVerdict, state: GenericRequest): Grant {
  let strongest: Grant = GRANT.none;
  if (resource.result.effect !== 'allow') return strongest;
  for (const { principal, statement } of resource.evaluation.determining) {
    if (principal === undefined || statement.principal?.negated) return GRANT.direct;
    for (const matcher of principal.matchers) {
      const grant = matcher.test(state) === TRUE ? matcher.grant(state.caller) : GRANT.none;
      if (grant > strongest) strongest = grant;
    }
  }
  return strongest;
}

function outcome(verdicts: Verdicts, decision: PolicyEffect, decisive: readonly LayerVerdict[]): IamDecision {
  const isClean = decision !== 'allow' && decisive.some(({ evaluation }) => evaluation.assumptions.length === 0);
  const assumptions: AssumptionId[] = isClean ? [] : decisive.flatMap(({ evaluation }) => [...evaluation.assumptions]);
  const layers: Partial<Record<LayerName, LayerResult>> = {};
  for (const layer of ORDER) layers[layer] = verdicts[layer].result;
  return {
    decision,
    deniedBy: decision === 'allow' ? undefined : decisive[0]?.layer,
    layers,
    determining: decisive.flatMap(({ layer, evaluation }) =>
      evaluation.determining.map((statement) => statement.ref(layer)),
    ),
    assumptions: assumptionList(assumptions),
    invalidRequest: undefined,
  };
}
