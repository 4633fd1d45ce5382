// How the rule tests ask: a statement is put into an Allow and into a Deny, and what the two say tells whether its tests
// were true, false or undecided (docs/evaluation.md, TRI-3). Only the public API is used.
import {
  compilePolicy,
  createAuthorizer,
  type Decision,
  evaluatePolicy,
  type LatticePolicies,
  type LatticeRequest,
  type Policy,
  type PolicyEvaluation,
  type PolicyType,
  type Principal,
  parsePolicy,
  type RequestContext,
  type RequestContextValues,
} from '../../../src/index.js';

export type Json = Readonly<Record<string, unknown>>;
type TruthValue = 'true' | 'false' | 'undecided';

/** What a statement's tests came to, and the assumptions that this rests on, sorted. */
export type Verdict = readonly [value: TruthValue, ...assumptions: string[]];

export const ACCOUNT = '111122223333';
export const OTHER_ACCOUNT = '444455556666';
export const SESSION_ARN = `arn:aws:sts::${ACCOUNT}:assumed-role/Reader/pod-1`;
export const ROLE_ARN = `arn:aws:iam::${ACCOUNT}:role/Reader`;
export const USER_ARN = `arn:aws:iam::${ACCOUNT}:user/alice`;
export const SERVICE_ARN = `arn:aws:vpc-lattice:eu-west-1:${OTHER_ACCOUNT}:service/svc-0123456789abcdef0`;
export const NETWORK_ARN = `arn:aws:vpc-lattice:eu-west-1:${OTHER_ACCOUNT}:servicenetwork/sn-0123456789abcdef0`;

export const session: Principal = { arn: SESSION_ARN };

export interface Question {
  readonly principal?: Principal | 'anonymous';
  readonly action?: string;
  readonly resource?: string;
  readonly context?: RequestContextValues;
}

export interface Setting {
  /** Default `identity` without a principal element, `resource` with one. */
  readonly type?: PolicyType;
  /** Default `2012-10-17`; `null` leaves the element out. */
  readonly version?: string | null;
}

export function request(question: Question = {}): RequestContext {
  return {
    principal: question.principal ?? session,
    action: question.action ?? 'vpc-lattice-svcs:Invoke',
    resource: question.resource ?? `${SERVICE_ARN}/orders`,
    context: question.context ?? {},
  };
}

/** A document with these statements; a Version of `null` is left out. */
export function policyDocument(statements: unknown, version: string | null = '2012-10-17'): Json {
  return version === null ? { Statement: statements } : { Version: version, Statement: statements };
}

export function parse(statements: unknown, type: PolicyType = 'identity', name?: string): Policy {
  return parsePolicy(policyDocument(statements), name === undefined ? { type } : { type, name });
}

export function evaluate(statements: unknown, question: Question = {}, setting: Setting = {}): PolicyEvaluation {
  const document = policyDocument(statements, setting.version);
  const policy = parsePolicy(document, { type: setting.type ?? 'identity' });
  return evaluatePolicy(compilePolicy(policy), request(question));
}

const GUARDED: readonly PolicyType[] = ['auth', 'resource', 'vpcEndpoint', 'rcp'];

/** The value of one statement's tests; elements that it lacks match everything. */
export function statementVerdict(elements: Json, question: Question = {}, setting: Setting = {}): Verdict {
  const guarded = 'Principal' in elements || 'NotPrincipal' in elements;
  const type = setting.type ?? (guarded ? 'resource' : 'identity');
  const complete: Json = {
    ...('Action' in elements || 'NotAction' in elements ? {} : { Action: '*' }),
    ...('Resource' in elements || 'NotResource' in elements ? {} : { Resource: '*' }),
    ...(!guarded && GUARDED.includes(type) ? { Principal: '*' } : {}),
    ...elements,
  };
  const allow = evaluate([{ Effect: 'Allow', ...complete }], question, { ...setting, type });
  const deny = evaluate([{ Effect: 'Deny', ...complete }], question, { ...setting, type });
  const denied = deny.effect === 'explicitDeny';
  if (allow.effect === 'allow' && !denied) throw new Error('an Allow matched where a Deny did not');
  const value = allow.effect === 'allow' ? 'true' : denied ? 'undecided' : 'false';
  return [value, ...[...allow.assumptions].sort()];
}

/** The value of a Condition element against these context keys. */
export function conditionVerdict(condition: Json, context: RequestContextValues, setting: Setting = {}): Verdict {
  return statementVerdict({ Condition: condition }, { context }, setting);
}

/** Like `conditionVerdict`, with keys that the engine derives from a principal. */
export function keyVerdict(condition: Json, principal: Principal | 'anonymous', setting: Setting = {}): Verdict {
  return statementVerdict({ Condition: condition }, { principal }, setting);
}

// ---- Lattice -----------------------------------------------------------------------------------------------------

export const allowAll = [{ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' }];
export const allowIdentity = parse([{ Effect: 'Allow', Action: '*', Resource: '*' }], 'identity', 'identity');

export interface LatticeSetting {
  /** Statements of the network's policy; absent: auth type NONE. `'none'`: AWS_IAM without a policy. */
  readonly network?: unknown;
  /** Statements of the service's policy; absent: everybody may do everything. */
  readonly service?: unknown;
  readonly serviceTags?: Readonly<Record<string, string>>;
}

function side(statements: unknown, name: string) {
  if (statements === undefined) return { authType: 'NONE' as const };
  if (statements === 'none') return { authType: 'AWS_IAM' as const };
  return { authType: 'AWS_IAM' as const, policy: parse(statements, 'auth', name) };
}

export function latticePolicies(setting: LatticeSetting): LatticePolicies {
  return {
    serviceNetwork: { ...side(setting.network, 'network'), arn: NETWORK_ARN },
    service: {
      ...side('service' in setting ? setting.service : allowAll, 'service'),
      arn: SERVICE_ARN,
      ...(setting.serviceTags === undefined ? {} : { tags: setting.serviceTags }),
    },
  };
}

/** One decision; the caller is a session whose identity policy allows everything, unless the request says otherwise. */
export function authorize(setting: LatticeSetting, asked: Partial<LatticeRequest> = {}): Decision {
  const caller = { identity: [allowIdentity] };
  return createAuthorizer(latticePolicies(setting)).authorize({ principal: session, caller, ...asked });
}

/** What a condition comes to in the service's auth policy, for a request made to Lattice. */
export function latticeVerdict(
  condition: Json,
  asked: Partial<LatticeRequest> = {},
  setting: LatticeSetting = {},
): Verdict {
  const statement = { Principal: '*', Action: '*', Resource: '*', Condition: condition };
  const allow = authorize({ ...setting, service: [{ Effect: 'Allow', ...statement }] }, asked);
  const deny = authorize({ ...setting, service: [...allowAll, { Effect: 'Deny', ...statement }] }, asked);
  const denied = deny.reason === 'explicitDeny';
  const value = allow.decision === 'allow' ? 'true' : denied ? 'undecided' : 'false';
  return [value, ...[...allow.assumptions].sort()];
}
