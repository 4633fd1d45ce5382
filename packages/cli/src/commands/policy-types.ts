// policy-types.ts: the types of policy documents, as the option --type names them.
import type { PolicyType } from '@lattice-auth/policy-engine';

export const POLICY_TYPES: readonly PolicyType[] = [
  'auth',
  'resource',
  'identity',
  'permissionsBoundary',
  'session',
  'scp',
  'rcp',
  'vpcEndpoint',
];
