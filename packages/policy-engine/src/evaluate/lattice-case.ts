// The auth policies of one service in one service network, compiled once: what deciding and explaining share
// (docs/evaluation.md, Lattice).
import type { AssumptionId } from '../assumptions.js';
import type { CompiledPolicy } from '../compile/compile-policy.js';
import { PolicyError } from '../errors.js';
import { splitArn } from '../match/arn.js';
import { GRANT } from '../match/principal.js';
import type { Decision, LatticeLayer, LatticePolicies, LatticeRequest, LayerResult } from '../model.js';
import { type Combined, combine } from './combine.js';
import { isRecord, UnreadableRequest } from './context-values.js';
import { assumptionList } from './evaluate-statements.js';
import { askLayers, type CompiledSides, type LatticeVerdicts } from './lattice-layers.js';
import { denialMessage, unreadableMessage } from './lattice-message.js';
import { CONNECT, INVOKE, LatticeRequestState } from './lattice-request.js';
import { type LayerVerdict, silentLayer } from './layer-verdict.js';
import { CallerReader, checkTags, checkText } from './read-principal.js';
import { compileGiven, compileLevels, problemOf } from './unreadable.js';

const LAYERS: readonly LatticeLayer[] = [
  'serviceNetwork',
  'service',
  'scp',
  'identity',
  'permissionsBoundary',
  'session',
];

/** What was found out about one request; the explanation starts from it too. */
export interface Examined {
  readonly state: LatticeRequestState;
  readonly verdicts: LatticeVerdicts;
  readonly combined: Combined;
}

/** The parts that deciding and explaining share. */
export class LatticeCase {
  readonly policies: LatticePolicies;
  readonly sides: CompiledSides;
  readonly #callers = new CallerReader();
  readonly #rcp: LayerResult;

  /** @throws PolicyError when `policies` is not a LatticePolicies */
  constructor(policies: LatticePolicies) {
    const read = readPolicies(policies);
    this.policies = read.policies;
    this.sides = read.sides;
    this.#rcp = silentLayer('rcp', this.policies.rcps === undefined ? 'notAttached' : 'rcpIgnoredService').result;
  }

  /** @throws UnreadableRequest when `request` is not a LatticeRequest */
  examine(request: LatticeRequest): Examined {
    const state = new LatticeRequestState(request, this.policies, this.#callers);
    const verdicts = askLayers(this.policies, this.sides, request.caller, state);
    return { state, verdicts, combined: combine(verdicts) };
  }

  /** Never throws. */
  authorize(request: LatticeRequest): Decision {
    try {
      return this.decision(this.examine(request));
    } catch (error) {
      return this.unreadable(error);
    }
  }

  decision({ state, verdicts, combined }: Examined): Decision {
    const { decision, reason, deniedBy, determining } = combined;
    return {
      decision,
      reason,
      deniedBy,
      layers: this.#layers(verdicts),
      determining,
      assumptions: withRequestAssumptions(combined, verdicts, state),
      message: deniedBy === undefined ? '' : messageOf(state, deniedBy, reason === 'explicitDeny'),
      invalidRequest: undefined,
    };
  }

  unreadable(error: unknown): Decision {
    const problem = problemOf(error);
    return {
      decision: 'deny',
      reason: 'implicitDeny',
      deniedBy: undefined,
      layers: this.#layers(LAYERS.map((layer) => silentLayer(layer, 'notApplicable'))),
      determining: [],
      assumptions: [],
      message: unreadableMessage(problem),
      invalidRequest: problem,
    };
  }

  /** INVARIANT: verdicts come in the order of LAYERS. */
  #layers(verdicts: readonly LayerVerdict[]): Decision['layers'] {
    const [serviceNetwork, service, scp, identity, permissionsBoundary, session] = verdicts as readonly [
      LayerVerdict,
      LayerVerdict,
      LayerVerdict,
      LayerVerdict,
      LayerVerdict,
      LayerVerdict,
    ];
    return {
      serviceNetwork: serviceNetwork.result,
      service: service.result,
      scp: scp.result,
      identity: identity.result,
      permissionsBoundary: permissionsBoundary.result,
      session: session.result,
      rcp: this.#rcp,
    };
  }
}

function messageOf(state: LatticeRequestState, layer: LatticeLayer, isExplicit: boolean): string {
  const action = state.isInvoke ? INVOKE : CONNECT;
  return denialMessage({ user: state.caller.arn, action, resource: state.resource, layer, isExplicit });
}

/** Adds the assumptions that belong to the question as a whole. */
function withRequestAssumptions(
  combined: Combined,
  verdicts: LatticeVerdicts,
  state: LatticeRequestState,
): readonly AssumptionId[] {
  const added: AssumptionId[] = [];
  const identity = verdicts[3]?.result.reason;
  if (combined.decision === 'allow' && identity === 'authTypeNone') added.push('identity-under-none');
  const isCallersSide =
    combined.deniedBy !== undefined && combined.deniedBy !== 'serviceNetwork' && combined.deniedBy !== 'service';
  if (isCallersSide && combined.reason === 'implicitDeny' && hasDirectGrant(verdicts, state))
    added.push('resource-grant-direct');
  return added.length === 0 ? combined.assumptions : assumptionList([...combined.assumptions, ...added]);
}

/** Whether an auth policy allowed by naming the caller's session or user (LATTICE-DIRECT). */
function hasDirectGrant(verdicts: LatticeVerdicts, state: LatticeRequestState): boolean {
  return verdicts
    .slice(0, 2)
    .some(({ evaluation }) =>
      evaluation.determining.some((statement) =>
        statement.principal?.matchers.some(
          (matcher) =>
            matcher.entry.text !== '*' && matcher.test(state) === 2 && matcher.grant(state.caller) === GRANT.direct,
        ),
      ),
    );
}

/** What is checked is what decides, also when the object changes later or its getters answer anew: all is read once. */
function readPolicies(given: LatticePolicies): { policies: LatticePolicies; sides: CompiledSides } {
  try {
    if (!isRecord(given)) throw new UnreadableRequest('policies must be an object');
    const { rcps } = given;
    const [serviceNetwork, networkPolicy] = readSide(given.serviceNetwork, 'serviceNetwork');
    const [service, servicePolicy] = readSide(given.service, 'service');
    if (service.arn === undefined || splitArn(service.arn)?.[0] !== 'arn') {
      throw new UnreadableRequest('service.arn must be an ARN');
    }
    if (rcps !== undefined) compileLevels(rcps, 'rcps', 'withPrincipals');
    return {
      policies: { serviceNetwork, service, rcps },
      sides: { serviceNetwork: networkPolicy, service: servicePolicy },
    };
  } catch (error) {
    throw new PolicyError('ERR_POLICY_VALUE', problemOf(error), { pointer: '', line: 1, column: 1 });
  }
}

function readSide(given: unknown, where: string): [LatticePolicies['service'], CompiledPolicy | undefined] {
  if (!isRecord(given)) throw new UnreadableRequest(`${where} must be an object`);
  const { authType, policy, arn, tags } = given;
  if (authType !== 'NONE' && authType !== 'AWS_IAM') {
    throw new UnreadableRequest(`${where}.authType must be NONE or AWS_IAM`);
  }
  checkText(arn, `${where}.arn`);
  if (tags !== undefined) checkTags(tags, `${where}.tags`);
  const compiled = policy === undefined ? undefined : compileGiven(policy, `${where}.policy`, 'withPrincipals');
  return [{ authType, policy, arn, tags: tags && { ...tags } } as LatticePolicies['service'], compiled];
}
