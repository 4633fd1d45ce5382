// engine-findings.ts — the engine's lints for every policy of a stack, and for the policies around each service, as
// findings about files.
import {
  type Finding,
  type LatticeFinding,
  lintLatticePolicies,
  lintPolicy,
  type Policy,
} from '@lattice-auth/policy-engine';
import { policiesFor } from '../ask/authorizer-for.js';
import { networksOf } from '../ask/find-route.js';
import type { Service, ServiceNetwork, Stack, StackPolicy } from '../model.js';
import { writtenPolicy } from '../policies/relocate-policy.js';
import type { StackFinding } from './stack-findings.js';

/** What `lintPolicy` finds, each policy linted once however often it is named. */
export function policyFindings(stack: Stack): StackFinding[] {
  const linted = new Set<Policy>();
  return stack.policies.flatMap((stackPolicy) => {
    if (linted.has(stackPolicy.policy)) return [];
    linted.add(stackPolicy.policy);
    const written = writtenPolicy(stackPolicy.policy);
    return lintPolicy(written.policy).map((finding) => inFile(stackPolicy, finding, written.toFile(finding)));
  });
}

function inFile(
  { file, place }: StackPolicy,
  { code, severity, message, pointer }: Finding,
  at: { readonly line: number; readonly column: number },
): StackFinding {
  const written = file === place.file ? place.pointer + pointer : pointer;
  return { code, severity, message, file, pointer: written, line: at.line, column: at.column };
}

/** Said of auth types in `stack-findings.ts`, with the name of the thing. */
const SAID_ELSEWHERE = new Set(['LATTICE_AUTH_WITHOUT_POLICY', 'LATTICE_POLICY_UNDER_NONE']);

/**
 * What `lintLatticePolicies` finds. A policy that guards several services, or a service in several networks, is only
 * complained about when the complaint is true of all of them.
 */
export function serviceFindings(stack: Stack): StackFinding[] {
  const uses = new Map<Policy, number>();
  const found = new Map<string, { count: number; guard: StackPolicy; finding: LatticeFinding }>();
  for (const { service, network } of guardedPaths(stack)) {
    const guards = [network?.authPolicy, service.authPolicy].filter((guard) => guard !== undefined);
    for (const { policy } of guards) uses.set(policy, (uses.get(policy) ?? 0) + 1);
    for (const finding of latticeFindings(stack, service, network)) {
      const guard = finding.layer === 'service' ? service.authPolicy : network?.authPolicy;
      if (guard === undefined || SAID_ELSEWHERE.has(finding.code)) continue;
      const key = `${guard.file}\n${guard.policy.name}\n${finding.pointer}\n${finding.code}`;
      found.set(key, { count: (found.get(key)?.count ?? 0) + 1, guard, finding });
    }
  }
  return [...found.values()].flatMap(({ count, guard, finding }) => {
    return count === uses.get(guard.policy) ? [inFile(guard, finding, finding)] : [];
  });
}

interface GuardedPath {
  readonly service: Service;
  readonly network: ServiceNetwork | undefined;
}

function guardedPaths(stack: Stack): GuardedPath[] {
  return Object.values(stack.services).flatMap((service): GuardedPath[] => {
    const networks = networksOf(stack, service);
    return networks.length === 0
      ? [{ service, network: undefined }]
      : networks.map((network) => ({ service, network }));
  });
}

function latticeFindings(stack: Stack, service: Service, network: ServiceNetwork | undefined): LatticeFinding[] {
  if (network) return lintLatticePolicies(policiesFor(stack, { serviceNetwork: network.name, service: service.name }));
  const { authType, authPolicy, arn } = service;
  return lintLatticePolicies({
    serviceNetwork: { authType: 'NONE' },
    service: { authType, policy: authPolicy?.policy, arn },
  });
}
