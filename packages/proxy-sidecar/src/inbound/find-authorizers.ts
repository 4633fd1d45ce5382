// find-authorizers.ts: who is asked about a request that came in: the auth policies of the service as Lattice reached it, if
// there is a stack, and each policy of one's own. All must allow.
import type { Authorizer } from '@lattice-auth/policy-engine';
import { authorizerFor, findServices, type Service, type ServiceNetwork, type Stack } from '@lattice-auth/stack';
import type { PolicySet } from '../policy/policy-set.js';

/** One that is asked; `layer` is what its denial is called, Lattice's own names when undefined. */
export interface Asked {
  readonly authorizer: Authorizer;
  readonly layer: string | undefined;
}

/** Names of service and network, from the configuration and from `x-amzn-lattice-target`. */
export interface Target {
  readonly configured: string | undefined;
  readonly serviceArn: string | undefined;
  readonly serviceNetworkArn: string | undefined;
}

const SERVICE_ARN = /^arn:aws[a-z-]*:vpc-lattice:[a-z0-9-]+:\d{12}:service\/svc-[0-9a-z]{17}$/;

/** Those that are asked; undefined when the service is not known. */
export function findAuthorizers(set: PolicySet, target: Target): readonly Asked[] | undefined {
  const { stack, own } = set;
  const service = stack && findService(stack, target);
  if (stack !== undefined && service === undefined) return undefined;
  const network = stack && service && findNetwork(stack, service, target.serviceNetworkArn);
  if (stack !== undefined && network === undefined) return undefined;
  const arn = service?.arn ?? arnOf(target);
  if (arn === undefined) return undefined;
  const finer = own.map((policy): Asked => ({ authorizer: policy.authorizerFor(arn), layer: 'inbound' }));
  if (stack === undefined || service === undefined || network === undefined) return finer;
  const path = { serviceNetwork: network.name, service: service.name };
  return [{ authorizer: authorizerFor(stack, path), layer: undefined }, ...finer];
}

/** The configured service, and Lattice must not say another; else the one that Lattice says; else the only one. */
function findService(stack: Stack, { configured, serviceArn }: Target): Service | undefined {
  if (configured !== undefined) {
    const [service] = findServices(stack, configured);
    return serviceArn === undefined || serviceArn === service?.arn ? service : undefined;
  }
  const services = Object.values(stack.services);
  if (serviceArn !== undefined) return services.find(({ arn }) => arn === serviceArn);
  return services.length === 1 ? services[0] : undefined;
}

function findNetwork(stack: Stack, service: Service, arn: string | undefined): ServiceNetwork | undefined {
  const networks = Object.values(stack.serviceNetworks).filter(({ services }) => services.includes(service.name));
  if (arn !== undefined) return networks.find((network) => network.arn === arn);
  return networks.length === 1 ? networks[0] : undefined;
}

function arnOf({ configured, serviceArn }: Target): string | undefined {
  const own = configured !== undefined && SERVICE_ARN.test(configured) ? configured : undefined;
  if (own !== undefined && serviceArn !== undefined && own !== serviceArn) return undefined;
  const arn = own ?? serviceArn;
  return arn !== undefined && SERVICE_ARN.test(arn) ? arn : undefined;
}
