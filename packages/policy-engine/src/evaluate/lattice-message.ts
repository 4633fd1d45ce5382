// Lattice's own words for a denial (docs/evaluation.md, LATTICE-TEXT).
import type { LatticeLayer } from '../model.js';

const POLICY_NAMES: Readonly<Record<LatticeLayer, string>> = {
  serviceNetwork: 'network-based policy',
  service: 'service-based policy',
  identity: 'identity-based policy',
  permissionsBoundary: 'permissions boundary',
  session: 'session policy',
  scp: 'service control policy',
};

/** The body of Lattice's 403. */
export function denialMessage(denial: {
  user: string;
  action: string;
  resource: string;
  layer: LatticeLayer;
  isExplicit: boolean;
}): string {
  const { user, action, resource, layer, isExplicit } = denial;
  const name = POLICY_NAMES[layer];
  const cause = isExplicit
    ? `with an explicit deny in ${layer === 'identity' ? 'an' : 'a'} ${name}`
    : `because no ${name} allows the ${action} action`;
  return `AccessDeniedException: User: ${user} is not authorized to perform: ${action} on resource: ${resource} ${cause}`;
}

/** The text for a request that could not be read. Lattice has none: it never sees such a request. */
export function unreadableMessage(problem: string): string {
  return `AccessDeniedException: the request can not be decided: ${problem}`;
}
