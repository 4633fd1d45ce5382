// authorizer-for.ts — the engine's authorizer for one service through one network, made once per stack.
import { type Authorizer, createAuthorizer, type LatticePolicies } from '@lattice-auth/policy-engine';
import { questionError } from '../errors.js';
import type { Stack } from '../model.js';
import { didYouMean } from '../text/did-you-mean.js';
import { list, quote } from '../text/quote.js';
import { networksOf } from './find-route.js';

/** Which service, through which network; by name. */
export interface ServicePath {
  readonly serviceNetwork: string;
  readonly service: string;
}

const authorizers = new WeakMap<Stack, Map<string, Authorizer>>();

/**
 * The authorizer for a service as it is reached through a network.
 *
 * @example
 * const authorizer = authorizerFor(stack, { serviceNetwork: 'shop', service: 'orders' });
 * @throws {StackError} `ERR_STACK_REFERENCE` for an unknown name, `ERR_STACK_NOT_ASSOCIATED` when the network doesn't have
 *   the service
 */
export function authorizerFor(stack: Stack, path: ServicePath): Authorizer {
  const known = authorizers.get(stack) ?? new Map<string, Authorizer>();
  authorizers.set(stack, known);
  const key = `${path.serviceNetwork}\n${path.service}`;
  const made = known.get(key) ?? createAuthorizer(policiesFor(stack, path));
  known.set(key, made);
  return made;
}

/** What guards a service reached through a network, as the engine takes it. Throws as {@link authorizerFor} does. */
export function policiesFor(stack: Stack, path: ServicePath): LatticePolicies {
  const network = byName(stack, 'service network', stack.serviceNetworks, path.serviceNetwork);
  const service = byName(stack, 'service', stack.services, path.service);
  if (!network.services.includes(service.name)) {
    const others = networksOf(stack, service).map(({ name }) => quote(name));
    const where = others.length === 0 ? 'it is in none' : `it is in ${list(others)}`;
    const message = `service ${quote(service.name)} is not associated with service network ${quote(network.name)}: ${where}`;
    throw questionError(stack.file, 'ERR_STACK_NOT_ASSOCIATED', message);
  }
  return {
    serviceNetwork: { authType: network.authType, policy: network.authPolicy?.policy, arn: network.arn },
    service: {
      authType: service.authType,
      policy: service.authPolicy?.policy,
      arn: service.arn,
      tags: service.tags,
    },
  };
}

function byName<T>(stack: Stack, what: string, things: Readonly<Record<string, T>>, name: string): T {
  const thing = Object.hasOwn(things, name) ? things[name] : undefined;
  if (thing !== undefined) return thing;
  const message = `no ${what} is named ${quote(name)}${didYouMean(name, Object.keys(things))}`;
  throw questionError(stack.file, 'ERR_STACK_REFERENCE', message);
}
