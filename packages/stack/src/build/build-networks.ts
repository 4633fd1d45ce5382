// build-networks.ts — service networks with their associations.
import type { ServiceNetworkDocument } from '../document.js';
import type { ByName, ServiceNetwork } from '../model.js';
import { pointerSegment } from '../source/source-tree.js';
import { buildArn } from './build-arn.js';
import type { BuildContext } from './build-context.js';
import { byName } from './by-name.js';

export function buildNetworks(context: BuildContext): ByName<ServiceNetwork> {
  return byName(context.document.serviceNetworks, (name, written) => {
    const pointer = `/serviceNetworks${pointerSegment(name)}`;
    const arn = buildArn(context, pointer, 'servicenetwork', written);
    const associations = buildAssociations(context, pointer, written);
    if (arn === undefined) return undefined;
    return {
      name,
      place: context.keyPlace(pointer),
      ...arn,
      authType: written.authType ?? 'NONE',
      authPolicy: context.policy(`${pointer}/authPolicy`),
      tags: byName(written.tags, (_, value) => value),
      ...associations,
    };
  });
}

function buildAssociations(context: BuildContext, pointer: string, written: ServiceNetworkDocument) {
  const known = (kind: 'vpcs' | 'vpcEndpoints' | 'services', section: 'vpcs' | 'services', what: string) =>
    (written[kind] ?? []).filter((name, index) => {
      const at = `${pointer}/${kind}/${index}`;
      return context.refer(section, name, at) && context.claim(`${pointer}/${kind}`, name, at, what);
    });
  return {
    vpcs: known('vpcs', 'vpcs', 'the VPC'),
    vpcEndpoints: known('vpcEndpoints', 'vpcs', 'the VPC'),
    services: known('services', 'services', 'the service'),
  };
}
