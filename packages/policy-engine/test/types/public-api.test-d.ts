// The public types, held by the compiler: what a caller may pass, and what is refused. `tsc -b` of the test project checks
// this file; nothing here runs.
import { expectTypeOf } from 'vitest';
import {
  ASSUMPTIONS,
  type AssumptionId,
  type Authorizer,
  authorizeIam,
  authorizeLattice,
  type CompiledPolicy,
  compilePolicy,
  createAuthorizer,
  type Decision,
  type Explanation,
  evaluatePolicy,
  type Finding,
  type IamDecision,
  type LatticePolicies,
  type LatticeRequest,
  type LayerName,
  lintPolicy,
  type Policy,
  type PolicyEffect,
  type PolicyError,
  type PolicyErrorCode,
  type PolicyEvaluation,
  type PolicyType,
  type Principal,
  parsePolicy,
  type RequestContext,
  renderExplanation,
  type StatementRef,
} from '../../src/index.js';

// ---- parse, lint, compile ----

expectTypeOf(parsePolicy('{}', { type: 'auth' })).toExtend<Policy>();
expectTypeOf(parsePolicy({ Statement: [] }, { type: 'identity', name: 'mine' })).toExtend<Policy>();
expectTypeOf<PolicyType>().toEqualTypeOf<
  'auth' | 'resource' | 'identity' | 'permissionsBoundary' | 'session' | 'scp' | 'rcp' | 'vpcEndpoint'
>();
// @ts-expect-error a policy has a type: its grammar depends on it
parsePolicy('{}');
// @ts-expect-error there is no such type
parsePolicy('{}', { type: 'trust' });
// @ts-expect-error a document is text or an object
parsePolicy(1, { type: 'auth' });

declare const policy: Policy;
declare const compiled: CompiledPolicy;
expectTypeOf(lintPolicy(policy)).toExtend<readonly Finding[]>();
expectTypeOf(compilePolicy(policy)).toEqualTypeOf<CompiledPolicy>();
// @ts-expect-error a document must be parsed first
compilePolicy({ Version: '2012-10-17', Statement: [] });
// @ts-expect-error policies are immutable
policy.version = '2012-10-17';

expectTypeOf<PolicyError['code']>().toEqualTypeOf<PolicyErrorCode>();
expectTypeOf<PolicyError>().toExtend<Error>();

// ---- one policy ----

declare const request: RequestContext;
expectTypeOf(evaluatePolicy(compiled, request)).toEqualTypeOf<PolicyEvaluation>();
expectTypeOf<PolicyEffect>().toEqualTypeOf<'allow' | 'explicitDeny' | 'implicitDeny'>();
// @ts-expect-error evaluation takes a compiled policy
evaluatePolicy(policy, request);
// @ts-expect-error a nobody has a name
evaluatePolicy(compiled, { ...request, principal: 'nobody' });
// @ts-expect-error a context value is a string, number, boolean, Date or list of strings
evaluatePolicy(compiled, { ...request, context: { k: { v: 1 } } });
// @ts-expect-error a multivalued key is a list of strings
evaluatePolicy(compiled, { ...request, context: { k: [1, 2] } });
evaluatePolicy(compiled, { ...request, context: { k: ['a'], n: 1, b: true, d: new Date(0), u: undefined } });

// ---- Lattice ----

declare const policies: LatticePolicies;
declare const authorizer: Authorizer;
expectTypeOf(createAuthorizer(policies)).toEqualTypeOf<Authorizer>();
expectTypeOf(authorizeLattice(policies, { principal: 'anonymous' })).toEqualTypeOf<Decision>();
expectTypeOf(authorizer.authorize({ principal: 'anonymous' })).toEqualTypeOf<Decision>();
expectTypeOf(authorizer.explain({ principal: 'anonymous' })).toEqualTypeOf<Explanation>();
expectTypeOf(renderExplanation(authorizer.explain({ principal: 'anonymous' }))).toEqualTypeOf<string>();
expectTypeOf<Decision['decision']>().toEqualTypeOf<'allow' | 'deny'>();
expectTypeOf<Decision['reason']>().toEqualTypeOf<'allowed' | 'explicitDeny' | 'implicitDeny' | 'noPolicy'>();
expectTypeOf<NonNullable<Decision['deniedBy']>>().toEqualTypeOf<
  'serviceNetwork' | 'service' | 'identity' | 'permissionsBoundary' | 'session' | 'scp'
>();
expectTypeOf<Decision['message']>().toEqualTypeOf<string>();
expectTypeOf<Decision['determining']>().toEqualTypeOf<readonly StatementRef[]>();
// @ts-expect-error a service has an ARN
createAuthorizer({ serviceNetwork: { authType: 'NONE' }, service: { authType: 'NONE' } });
// @ts-expect-error Lattice has two auth types
createAuthorizer({ ...policies, serviceNetwork: { authType: 'IAM' } });
// @ts-expect-error a request says who calls
authorizer.authorize({ path: '/' });
// @ts-expect-error a caller's policies are given, or assumed to allow
authorizer.authorize({ principal: 'anonymous', caller: 'allowed' });

const full: LatticeRequest = {
  principal: { arn: 'arn:aws:sts::111122223333:assumed-role/r/s', tags: { team: 'red' } },
  caller: { identity: [policy], permissionsBoundary: policy, session: [policy], scps: [[policy]] },
  protocol: 'grpc',
  method: 'POST',
  path: '/pkg.Service/Method',
  query: { a: ['1', '2'] },
  headers: { host: 'x', accept: ['a', 'b'] },
  port: 443,
  sourceVpc: 'vpc-1',
  sourceVpcOwnerAccount: '111122223333',
  sourceIp: '10.0.0.1',
  time: new Date(0),
  context: { 'aws:SecureTransport': true },
};
expectTypeOf(full).toExtend<LatticeRequest>();
expectTypeOf<Principal['arn']>().toEqualTypeOf<string>();

// ---- any other service ----

expectTypeOf(authorizeIam({ identity: [policy] }, { ...request, resourceAccount: '1' })).toEqualTypeOf<IamDecision>();
expectTypeOf<IamDecision['decision']>().toEqualTypeOf<PolicyEffect>();
expectTypeOf<IamDecision['deniedBy']>().toEqualTypeOf<LayerName | undefined>();
// @ts-expect-error whose resource it is decides which rule applies
authorizeIam({ identity: [policy] }, request);

// ---- assumptions ----

expectTypeOf<AssumptionId>().toEqualTypeOf<keyof typeof ASSUMPTIONS>();
expectTypeOf<'key-name-folding'>().toExtend<AssumptionId>();
// @ts-expect-error no such assumption
ASSUMPTIONS['no-such-assumption'];
