// our-engine.ts — how @lattice-auth/policy-engine is asked.
import {
  type Authorizer,
  compilePolicy,
  createAuthorizer,
  evaluatePolicy,
  type LatticeRequest,
  type Policy,
  parsePolicy,
  type RequestContext,
} from '@lattice-auth/policy-engine';
import { type Question, SERVICE_ARN } from './questions.ts';
import type { Subject } from './subjects.ts';

/** The policies of one subject, parsed, and the authorizer made from them. */
export interface OurEngine {
  readonly authorizer: Authorizer;
  readonly service: Policy;
  request(question: Question): LatticeRequest;
}

export function ourEngine(subject: Subject): OurEngine {
  const service = parsePolicy(subject.service, { type: 'auth' });
  const identity = parsePolicy(subject.identity, { type: 'identity' });
  const authorizer = createAuthorizer({
    serviceNetwork:
      subject.network === undefined
        ? { authType: 'NONE' }
        : { authType: 'AWS_IAM', policy: parsePolicy(subject.network, { type: 'auth' }) },
    service: { authType: 'AWS_IAM', policy: service, arn: SERVICE_ARN },
  });
  const caller = { identity: [identity] };
  return {
    authorizer,
    service,
    request: (question) => ({ ...rawRequest(question), ...(question.role === undefined ? {} : { caller }) }),
  };
}

/** Parses and compiles all policies of a subject, as a program does when it starts. */
export function compileOurs({ network, service, identity }: Subject): void {
  if (network !== undefined) compilePolicy(parsePolicy(network, { type: 'auth' }));
  compilePolicy(parsePolicy(service, { type: 'auth' }));
  compilePolicy(parsePolicy(identity, { type: 'identity' }));
}

/** Asks one compiled policy. */
export function ourPolicy(policy: Policy): (request: RequestContext) => boolean {
  const compiled = compilePolicy(policy);
  return (request) => evaluatePolicy(compiled, request).effect === 'allow';
}

/** A request as a proxy has it after reading it from the wire: strings and objects of its own, eight headers. */
function rawRequest(question: Question): LatticeRequest {
  const { role, method, path, sourceVpc, vpcOwner, sourceIp } = question;
  const raw: LatticeRequest = {
    principal: role === undefined ? 'anonymous' : principalOf(question, role),
    method,
    path,
    headers: {
      host: 'rates.example.internal',
      'user-agent': 'rates-client/4.2.1 (linux; x64)',
      accept: 'application/json',
      'accept-encoding': 'gzip, br',
      'content-type': 'application/json',
      'x-amz-date': '20261121T101112Z',
      'x-request-id': `8a1f6c1e-${path.length}`,
      ...(question.tenant === undefined ? {} : { 'x-tenant': question.tenant }),
    },
    sourceVpc,
    sourceVpcOwnerAccount: vpcOwner,
    sourceIp,
  };
  return JSON.parse(JSON.stringify(raw)) as LatticeRequest;
}

function principalOf({ orgId }: Question, role: NonNullable<Question['role']>): LatticeRequest['principal'] {
  return {
    arn: `arn:aws:sts::${role.account}:assumed-role/${role.name}/task-1`,
    ...(orgId === undefined ? {} : { orgId }),
    ...(role.team === undefined ? {} : { tags: { team: role.team } }),
  };
}

/** The same question to one policy on its own. */
export function requestContext({ method, path, ...question }: Question): RequestContext {
  const { role, sourceVpc, vpcOwner, sourceIp, tenant } = question;
  const context: RequestContext = {
    principal: role === undefined ? 'anonymous' : principalOf({ method, path, ...question }, role),
    action: 'vpc-lattice-svcs:Invoke',
    resource: SERVICE_ARN + path,
    context: {
      'vpc-lattice-svcs:RequestMethod': method,
      'vpc-lattice-svcs:SourceVpc': sourceVpc,
      'vpc-lattice-svcs:SourceVpcOwnerAccount': vpcOwner,
      'aws:SourceIp': sourceIp,
      ...(tenant === undefined ? {} : { 'vpc-lattice-svcs:RequestHeader/x-tenant': tenant }),
    },
  };
  return JSON.parse(JSON.stringify(context)) as RequestContext;
}
