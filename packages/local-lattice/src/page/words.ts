// words.ts — the engine's codes in words, as the page says them. `lattice-auth explain` says the same.
import type { LayerName, LayerResult } from '@lattice-auth/policy-engine';

export const LAYER_NAMES: Readonly<Record<LayerName, string>> = {
  serviceNetwork: 'service network',
  service: 'service',
  identity: 'identity policies',
  permissionsBoundary: 'permissions boundary',
  session: 'session policies',
  scp: 'service control policies',
  rcp: 'resource control policies',
  resource: 'resource policy',
  vpcEndpoint: 'VPC endpoint policy',
};

export const LAYER_REASONS: Readonly<Record<LayerResult['reason'], string>> = {
  allowed: 'allows',
  explicitDeny: 'denies explicitly',
  implicitDeny: 'no Allow matches',
  noPolicy: 'auth type AWS_IAM without a policy denies everything',
  authTypeNone: 'not asked: auth type NONE',
  notApplicable: 'not asked: does not apply to this caller',
  notAttached: 'none attached',
  assumedAllowed: 'assumed to allow',
  rcpIgnoredService: 'not asked: RCPs do not cover VPC Lattice',
  rootUser: 'not asked: the root user needs none',
};
