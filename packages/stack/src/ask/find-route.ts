// find-route.ts — how a request gets from a VPC to a service: through the network that both belong to. Where there is
// none, Lattice doesn't answer 403: the name does not resolve or the connection times out.
import { questionError } from '../errors.js';
import type { Service, ServiceNetwork, Stack, Vpc } from '../model.js';
import { list, quote } from '../text/quote.js';

/** Through which network; `via` is how the VPC belongs to it, `unstated` when no VPC was named. */
export type Route =
  | {
      readonly kind: 'connected';
      readonly network: ServiceNetwork;
      readonly via: 'association' | 'endpoint' | 'unstated';
    }
  | { readonly kind: 'unreachable'; readonly message: string };

type Link = { network: ServiceNetwork; via: 'association' | 'endpoint' };

/** The network by which `vpc` reaches `service`; associations come before endpoints. */
export function findRoute(stack: Stack, vpc: Vpc | undefined, service: Service, network?: ServiceNetwork): Route {
  if (vpc === undefined) return routeFromNowhere(stack, service, network);
  const links = linksOf(stack, vpc).filter((link) => network === undefined || link.network === network);
  const link = links.find((each) => each.network.services.includes(service.name));
  if (link) return { kind: 'connected', ...link };
  return { kind: 'unreachable', message: `not connected: ${whyNot(stack, vpc, service, links, network)}` };
}

function linksOf(stack: Stack, vpc: Vpc): Link[] {
  const networks = Object.values(stack.serviceNetworks);
  const associated = networks.filter(({ vpcs }) => vpcs.includes(vpc.name));
  const reached = networks.filter(({ vpcEndpoints }) => vpcEndpoints.includes(vpc.name));
  return [
    ...associated.map((network): Link => ({ network, via: 'association' })),
    ...reached.map((network): Link => ({ network, via: 'endpoint' })),
  ];
}

function routeFromNowhere(stack: Stack, service: Service, network?: ServiceNetwork): Route {
  const networks = networksOf(stack, service);
  if (network !== undefined) {
    if (networks.includes(network)) return { kind: 'connected', network, via: 'unstated' };
    const message = `not connected: service network ${quote(network.name)} doesn't have service ${quote(service.name)}`;
    return { kind: 'unreachable', message };
  }
  const [only, second] = networks;
  if (only === undefined) {
    return { kind: 'unreachable', message: `not connected: service ${quote(service.name)} is in no service network` };
  }
  if (second === undefined) return { kind: 'connected', network: only, via: 'unstated' };
  const names = list(networks.map(({ name }) => quote(name)));
  const message = `service ${quote(service.name)} is in the service networks ${names}: name one, or the VPC that the request comes from`;
  throw questionError(stack.file, 'ERR_STACK_REQUEST', message);
}

/** The networks that a service is associated with. */
export function networksOf(stack: Stack, service: Service): ServiceNetwork[] {
  return Object.values(stack.serviceNetworks).filter(({ services }) => services.includes(service.name));
}

function whyNot(stack: Stack, vpc: Vpc, service: Service, links: readonly Link[], network?: ServiceNetwork): string {
  const from = `VPC ${quote(vpc.name)}`;
  if (links.length === 0 && network !== undefined) {
    return `${from} is not associated with service network ${quote(network.name)} and has no endpoint for it`;
  }
  const others = networksOf(stack, service).map(({ name }) => quote(name));
  const where = others.length === 0 ? 'which is in no service network' : `which is in ${list(others)}`;
  if (links.length === 0) return `${from} is in no service network; service ${quote(service.name)}, ${where}`;
  const ties = links.map(({ network: { name }, via }) => {
    return via === 'association'
      ? `is associated with network ${quote(name)}`
      : `has an endpoint for network ${quote(name)}`;
  });
  return `${from} ${list(ties)}, which ${links.length === 1 ? "doesn't" : "don't"} have service ${quote(service.name)}`;
}
