// delivery.ts — what a request carries to its target besides what the client sent: where it came from, who sent it, by which
// way (spec of the headers: docs/local-lattice.md).
import type { KnownCaller } from '../credential-book.js';
import type { DeliveryContext } from '../model.js';
import { deliveredIdentity, identityValues, targetValue } from './identity-headers.js';
import type { Place } from './locate.js';
import type { GroupPlane, Route } from './topology.js';

/** A request that is about to go to a target group. */
export interface Delivery {
  readonly place: Place;
  readonly route: Extract<Route, { kind: 'connected' }>;
  readonly group: GroupPlane;
  readonly caller: KnownCaller | undefined;
  readonly proto: 'http' | 'https';
  readonly sourceIp: string;
  readonly timeMs: number;
}

/** Adds Lattice's own headers; names and values in turn. */
export function addDelivery(fields: string[], { place, route, group, caller, proto, sourceIp }: Delivery): void {
  const port = place.listener?.listener?.port ?? (proto === 'http' ? 80 : 443);
  fields.push('x-forwarded-for', sourceIp, 'x-forwarded-port', String(port), 'x-forwarded-proto', proto);
  if (caller !== undefined && route.authenticates) {
    const [identity, tags] = identityValues(caller);
    fields.push('x-amzn-lattice-identity', identity, 'x-amzn-lattice-identity-tags', tags);
  }
  if (route.vpc !== undefined) {
    fields.push('x-amzn-lattice-network', `SourceVpcArn=${route.vpcArn}`, 'x-amzn-source-vpc', route.vpc.id);
  }
  fields.push('x-amzn-lattice-target', targetValue(route, place.service, group));
}

/** The same for targets that are no servers. */
export function deliveryContext({ place, route, group, caller, timeMs }: Delivery): DeliveryContext {
  return {
    serviceArn: place.service.service.arn,
    serviceNetworkArn: route.network.arn,
    targetGroupArn: group.arn,
    region: place.service.region,
    sourceVpcArn: route.vpcArn,
    identity: caller !== undefined && route.authenticates ? deliveredIdentity(caller.principal) : undefined,
    time: new Date(timeMs),
  };
}
