// stack-findings.ts — what is deployed and will not do what was meant: nothing here is an error, Lattice takes all of
// it. `lintStack` adds what the engine finds in each policy.
import type { Finding, Severity } from '@lattice-auth/policy-engine';
import { networksOf } from '../ask/find-route.js';
import type { FilePlace } from '../errors.js';
import type { Service, ServiceNetwork, Stack } from '../model.js';
import { list, quote } from '../text/quote.js';

/** A finding, in the form of the engine's, with the file that it is about. */
export interface StackFinding extends Finding {
  readonly file: string;
}

/** A finding about a place in the stack file. */
export function finding(code: string, severity: Severity, place: FilePlace, message: string): StackFinding {
  const { file, pointer, line, column } = place;
  return { code, severity, message, file, pointer, line, column };
}

/** Services that nobody reaches, VPCs that can't be deployed so, domains that mean two things. */
export function topologyFindings(stack: Stack): StackFinding[] {
  return [...unreachableServices(stack), ...doubleAssociations(stack), ...sharedDomains(stack)];
}

function unreachableServices(stack: Stack): StackFinding[] {
  return Object.values(stack.services).flatMap((service) => {
    if (networksOf(stack, service).length > 0) return [];
    const message = `service ${quote(service.name)} is in no service network: nobody can reach it`;
    return finding('STACK_SERVICE_IN_NO_NETWORK', 'warning', service.place, message);
  });
}

function doubleAssociations(stack: Stack): StackFinding[] {
  return Object.values(stack.vpcs).flatMap((vpc) => {
    const networks = Object.values(stack.serviceNetworks).filter(({ vpcs }) => vpcs.includes(vpc.name));
    if (networks.length < 2) return [];
    const names = list(networks.map(({ name }) => quote(name)));
    const message = `VPC ${quote(vpc.name)} is associated with ${names}; a VPC can have one association: use an endpoint for the others`;
    return finding('STACK_VPC_IN_SEVERAL_NETWORKS', 'error', vpc.place, message);
  });
}

function sharedDomains(stack: Stack): StackFinding[] {
  const owners = new Map<string, Service>();
  return Object.values(stack.services).flatMap((service) => {
    if (service.customDomain === undefined) return [];
    const owner = owners.get(service.customDomain);
    if (owner === undefined) {
      owners.set(service.customDomain, service);
      return [];
    }
    const message = `the custom domain ${quote(service.customDomain)} is also that of service ${quote(owner.name)}, in another network`;
    return finding('STACK_CUSTOM_DOMAIN_SHARED', 'warning', service.place, message);
  });
}

/** Auth types and policies that don't go together; the engine's codes, with the name and place of the thing. */
export function authTypeFindings(stack: Stack): StackFinding[] {
  return [
    ...Object.values(stack.serviceNetworks).flatMap((network) => guardFindings('service network', network)),
    ...Object.values(stack.services).flatMap((service) => guardFindings('service', service)),
  ];
}

function guardFindings(what: string, guard: ServiceNetwork | Service): StackFinding[] {
  const { name, authType, authPolicy, place } = guard;
  const policyPlace = authPolicy?.place ?? place;
  if (authType === 'NONE' && authPolicy !== undefined) {
    const message = `${what} ${quote(name)} has auth type NONE: its auth policy is not evaluated, and its Deny statements don't deny`;
    return [finding('LATTICE_POLICY_UNDER_NONE', 'warning', policyPlace, message)];
  }
  if (authType === 'AWS_IAM' && authPolicy === undefined) {
    const message = `${what} ${quote(name)} has auth type AWS_IAM and no auth policy: every request is denied`;
    return [finding('LATTICE_AUTH_WITHOUT_POLICY', 'error', place, message)];
  }
  return [];
}
