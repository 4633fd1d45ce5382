// policy-references.ts — every place of a stack file that may hold a policy, and the type of policy it holds.
import type { PolicyType } from '@lattice-auth/policy-engine';
import type { PolicyDocument, StackDocument } from '../document.js';
import { pointerSegment } from '../source/source-tree.js';

export interface PolicyReference {
  readonly pointer: string;
  readonly type: PolicyType;
  readonly policy: PolicyDocument;
}

/** All policies of a document, in its order. */
export function policyReferences(document: StackDocument): PolicyReference[] {
  return [
    ...accountPolicies(document),
    ...authPolicies('/serviceNetworks', document.serviceNetworks),
    ...authPolicies('/services', document.services),
    ...principalPolicies(document),
  ];
}

function accountPolicies(document: StackDocument): PolicyReference[] {
  return Object.entries(document.accounts ?? {}).flatMap(([name, account]) => {
    return typeof account === 'string' ? [] : levels(`/accounts${pointerSegment(name)}/scps`, account.scps);
  });
}

function authPolicies(section: string, things: Record<string, { authPolicy?: PolicyDocument }>): PolicyReference[] {
  return Object.entries(things).flatMap(([name, { authPolicy }]) => {
    return one(`${section}${pointerSegment(name)}/authPolicy`, 'auth', authPolicy);
  });
}

function principalPolicies(document: StackDocument): PolicyReference[] {
  return Object.entries(document.principals ?? {}).flatMap(([name, { policies }]) => {
    if (policies === undefined || policies === 'assume-allowed') return [];
    const at = `/principals${pointerSegment(name)}/policies`;
    return [
      ...many(`${at}/identity`, 'identity', policies.identity),
      ...one(`${at}/permissionsBoundary`, 'permissionsBoundary', policies.permissionsBoundary),
      ...many(`${at}/session`, 'session', policies.session),
      ...levels(`${at}/scps`, policies.scps),
    ];
  });
}

function one(pointer: string, type: PolicyType, policy: PolicyDocument | undefined): PolicyReference[] {
  return policy === undefined ? [] : [{ pointer, type, policy }];
}

function many(pointer: string, type: PolicyType, policies: readonly PolicyDocument[] = []): PolicyReference[] {
  return policies.map((policy, index) => ({ pointer: `${pointer}/${index}`, type, policy }));
}

function levels(pointer: string, scps: readonly (readonly PolicyDocument[])[] = []): PolicyReference[] {
  return scps.flatMap((level, index) => many(`${pointer}/${index}`, 'scp', level));
}
