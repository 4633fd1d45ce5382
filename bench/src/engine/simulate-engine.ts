// simulate-engine.ts — how @cloud-copilot/iam-simulate is asked, by its public `runSimulation`. Service and caller are in
// different accounts, where it too wants both the resource's and the caller's policies to allow, as Lattice always does;
// the network's policy stands as a VPC endpoint's, which must allow as well.
import { anonymousPrincipal, runSimulation, type Simulation } from '@cloud-copilot/iam-simulate';
import { type Question, SERVICE_ACCOUNT, SERVICE_ARN } from './questions.ts';
import type { Subject } from './subjects.ts';

/** Builds simulations around the policies of a subject, which are read from JSON once. */
export function simulations(subject: Subject): (question: Question) => Simulation {
  const service: unknown = JSON.parse(subject.service);
  const identity = [{ name: 'identity', policy: JSON.parse(subject.identity) as unknown }];
  const network = subject.network === undefined ? undefined : (JSON.parse(subject.network) as unknown);
  return (question) => ({
    request: simulationRequest(question, SERVICE_ACCOUNT),
    identityPolicies: question.role === undefined ? [] : identity,
    serviceControlPolicies: [],
    resourceControlPolicies: [],
    resourcePolicy: service,
    ...(network === undefined ? {} : { vpcEndpointPolicies: [{ name: 'network', policy: network }] }),
  });
}

/** The service's policy alone: in the caller's own account a resource policy can allow without the caller's policies. */
export function policySimulations(subject: Subject): (question: Question) => Simulation {
  const service: unknown = JSON.parse(subject.service);
  return (question) => ({
    request: simulationRequest(question, question.role?.account ?? SERVICE_ACCOUNT),
    identityPolicies: [],
    serviceControlPolicies: [],
    resourceControlPolicies: [],
    resourcePolicy: service,
  });
}

function simulationRequest(question: Question, accountId: string): Simulation['request'] {
  const { role, path } = question;
  return {
    principal:
      role === undefined ? anonymousPrincipal : `arn:aws:sts::${role.account}:assumed-role/${role.name}/task-1`,
    action: 'vpc-lattice-svcs:Invoke',
    resource: { resource: SERVICE_ARN + path, accountId },
    contextVariables: contextVariables(question),
  };
}

function contextVariables(question: Question): Record<string, string> {
  const { role, orgId, method, sourceVpc, vpcOwner, sourceIp, tenant } = question;
  return {
    'aws:PrincipalType': role === undefined ? 'Anonymous' : 'AssumedRole',
    ...(role === undefined ? {} : principalVariables(role)),
    ...(orgId === undefined ? {} : { 'aws:PrincipalOrgID': orgId }),
    'aws:SourceIp': sourceIp,
    'vpc-lattice-svcs:RequestMethod': method,
    'vpc-lattice-svcs:SourceVpc': sourceVpc,
    'vpc-lattice-svcs:SourceVpcOwnerAccount': vpcOwner,
    ...(tenant === undefined ? {} : { 'vpc-lattice-svcs:RequestHeader/x-tenant': tenant }),
  };
}

function principalVariables({ account, name, team }: NonNullable<Question['role']>): Record<string, string> {
  return {
    'aws:PrincipalArn': `arn:aws:iam::${account}:role/${name}`,
    'aws:PrincipalAccount': account,
    ...(team === undefined ? {} : { 'aws:PrincipalTag/team': team }),
  };
}

/** Whether a simulation allows. */
export async function askSimulation(simulation: Simulation): Promise<boolean> {
  const answer = await runSimulation(simulation, {});
  if (answer.resultType === 'error') throw new Error(`iam-simulate: ${JSON.stringify(answer.errors)}`);
  return answer.overallResult === 'Allowed';
}
