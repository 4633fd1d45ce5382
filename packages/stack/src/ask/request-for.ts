// request-for.ts — a question in the stack's words ("may `web` in `vpc-a` GET /orders from `shop`?") as the request that
// the engine judges, with everything filled in that the stack knows. Used by every command that asks about a stack.
import { isIP } from 'node:net';
import type { CallerPolicies, LatticeRequest, Principal } from '@lattice-auth/policy-engine';
import type { Section } from '../build/build-context.js';
import { SECTION_WORDS } from '../build/build-context.js';
import { ANONYMOUS } from '../build/build-principals.js';
import { questionError, type StackErrorCode } from '../errors.js';
import type { ByName, Listener, Service, ServiceNetwork, Stack, StackPrincipal, Vpc } from '../model.js';
import { didYouMean } from '../text/did-you-mean.js';
import { list, quote } from '../text/quote.js';
import { findRoute, type Route } from './find-route.js';
import { findServices } from './find-service.js';

/** A request in the stack's words. What is left out comes from the stack. */
export interface StackQuestion {
  /** A principal's name or ARN, or `anonymous` for an unsigned request. */
  readonly from: string;
  /** A service's name, id, ARN, custom domain or DNS name. */
  readonly to: string;
  /** Name or id of the VPC that it comes from. Default: the principal's. */
  readonly vpc?: string | undefined;
  /** The network that it comes through. Default: the one that connects VPC and service. */
  readonly serviceNetwork?: string | undefined;
  /** Default: GET; POST for gRPC. */
  readonly method?: string | undefined;
  readonly path?: string | undefined;
  /** A raw query string, or parameters by name. */
  readonly query?: string | Readonly<Record<string, string | readonly string[]>> | undefined;
  readonly headers?: LatticeRequest['headers'];
  /** The listener's port. Default: that of the service's first listener. */
  readonly port?: number | undefined;
  /** Default: `tls` for a TLS_PASSTHROUGH listener, else `http`. */
  readonly protocol?: LatticeRequest['protocol'];
  readonly time?: Date | string | undefined;
  readonly sourceIp?: string | undefined;
  readonly context?: LatticeRequest['context'];
}

/** How a question stands: on its way to a service, or nowhere. */
export type StackRequest =
  | {
      readonly kind: 'connected';
      /** For `authorizerFor`. */
      readonly serviceNetwork: string;
      readonly service: string;
      /** For `authorize` and `explain`. */
      readonly request: LatticeRequest;
      readonly principal: StackPrincipal | typeof ANONYMOUS;
      readonly vpc: Vpc | undefined;
      readonly via: 'association' | 'endpoint' | 'unstated';
      readonly listener: Listener | undefined;
    }
  | {
      /** No network or no listener: the request would time out, and no policy would be asked. */
      readonly kind: 'unreachable';
      readonly reason: 'notConnected' | 'noListener';
      readonly message: string;
    };

/**
 * The request that a question comes to.
 *
 * @example
 * const asked = requestFor(stack, { from: 'web', to: 'orders', method: 'GET', path: '/orders/7' });
 * if (asked.kind === 'connected') authorizerFor(stack, asked).authorize(asked.request);
 * @throws {StackError} `ERR_STACK_REFERENCE` for a name that the stack doesn't have, `ERR_STACK_REQUEST` for a question
 *   that can't be asked
 */
export function requestFor(stack: Stack, question: StackQuestion): StackRequest {
  const caller = callerOf(stack, question);
  const vpcName = question.vpc ?? caller.vpc;
  const vpc = vpcName === undefined ? undefined : findVpc(stack, vpcName);
  const network = question.serviceNetwork === undefined ? undefined : findNetwork(stack, question.serviceNetwork);
  const { service, route } = routeTo(stack, question, vpc, network);
  if (route.kind === 'unreachable') return { kind: 'unreachable', reason: 'notConnected', message: route.message };
  const listener = findListener(service, question);
  if (typeof listener === 'string') return { kind: 'unreachable', reason: 'noListener', message: listener };
  return {
    kind: 'connected',
    serviceNetwork: route.network.name,
    service: service.name,
    request: latticeRequest(stack, question, caller, vpc, listener),
    principal: caller.principal,
    vpc,
    via: route.via,
    listener,
  };
}

interface Caller {
  readonly principal: StackPrincipal | typeof ANONYMOUS;
  readonly engine: Principal | 'anonymous';
  readonly policies: CallerPolicies | 'assume-allowed' | undefined;
  readonly vpc: string | undefined;
  readonly sourceIp: string | undefined;
}

function callerOf(stack: Stack, { from }: StackQuestion): Caller {
  if (from === ANONYMOUS) {
    return { principal: ANONYMOUS, engine: 'anonymous', policies: undefined, vpc: undefined, sourceIp: undefined };
  }
  const byArn = () => Object.values(stack.principals).find(({ principal }) => principal.arn === from);
  const found = own(stack.principals, from) ?? byArn() ?? unknown(stack, 'principals', from, [ANONYMOUS]);
  const { principal, caller, vpc, sourceIp } = found;
  return { principal: found, engine: principal, policies: caller, vpc, sourceIp };
}

function own<T>(things: ByName<T>, name: string): T | undefined {
  return Object.hasOwn(things, name) ? things[name] : undefined;
}

function unknown(stack: Stack, section: Section, name: string, more: readonly string[] = []): never {
  const hint = didYouMean(name, [...Object.keys(stack[section]), ...more]);
  refuse(stack, 'ERR_STACK_REFERENCE', `no ${SECTION_WORDS[section]} is named ${quote(name)}${hint}`);
}

function refuse(stack: Stack, code: StackErrorCode, message: string): never {
  throw questionError(stack.file, code, message);
}

function findVpc(stack: Stack, name: string): Vpc {
  const byId = () => Object.values(stack.vpcs).find(({ id }) => id === name);
  return own(stack.vpcs, name) ?? byId() ?? unknown(stack, 'vpcs', name);
}

function findNetwork(stack: Stack, name: string): ServiceNetwork {
  const byId = () => Object.values(stack.serviceNetworks).find(({ id, arn }) => id === name || arn === name);
  return own(stack.serviceNetworks, name) ?? byId() ?? unknown(stack, 'serviceNetworks', name);
}

function routeTo(
  stack: Stack,
  { to }: StackQuestion,
  vpc: Vpc | undefined,
  network: ServiceNetwork | undefined,
): { service: Service; route: Route } {
  const services = findServices(stack, to);
  const routes = services.map((service) => ({ service, route: findRoute(stack, vpc, service, network) }));
  const connected = routes.find(({ route }) => route.kind === 'connected');
  const first = connected ?? routes[0];
  return (
    first ??
    unknown(
      stack,
      'services',
      to,
      Object.values(stack.services).flatMap((each) => each.customDomain ?? []),
    )
  );
}

/** The listener that takes the request; a message when none does; undefined when the stack says nothing of listeners. */
function findListener(service: Service, { port, protocol }: StackQuestion): Listener | string | undefined {
  const listeners = Object.values(service.listeners);
  if (listeners.length === 0) return undefined;
  const fits = (each: Listener) => protocol !== 'tls' || each.protocol === 'TLS_PASSTHROUGH';
  const found = listeners.find((each) => fits(each) && (port === undefined || each.port === port));
  if (found) return found;
  const ports = list(listeners.map((each) => `${each.port} (${each.protocol})`));
  const wanted = [
    ...(protocol === 'tls' ? ['for TLS passthrough'] : []),
    ...(port === undefined ? [] : [`on ${port}`]),
  ];
  return `no listener: service ${quote(service.name)} listens on ${ports}, not ${wanted.join(' ')}`;
}

function latticeRequest(
  stack: Stack,
  question: StackQuestion,
  caller: Caller,
  vpc: Vpc | undefined,
  listener: Listener | undefined,
): LatticeRequest {
  const protocol = listener?.protocol === 'TLS_PASSTHROUGH' ? 'tls' : (question.protocol ?? 'http');
  const sourceIp = question.sourceIp ?? caller.sourceIp;
  if (sourceIp !== undefined && isIP(sourceIp) === 0) {
    refuse(stack, 'ERR_STACK_REQUEST', `${quote(sourceIp)} is not an IP address`);
  }
  return {
    principal: caller.engine,
    caller: caller.policies,
    protocol,
    method: question.method ?? { http: 'GET', grpc: 'POST', tls: undefined }[protocol],
    path: question.path,
    query: queryOf(question),
    headers: question.headers,
    port: listener?.port ?? question.port,
    sourceVpc: vpc?.id,
    sourceVpcOwnerAccount: vpc?.accountId,
    sourceIp,
    time: timeOf(stack, question.time ?? stack.now),
    context: question.context,
  };
}

function timeOf(stack: Stack, time: Date | string | undefined): Date | undefined {
  if (time === undefined) return undefined;
  const date = new Date(time);
  if (!Number.isNaN(date.getTime())) return date;
  refuse(stack, 'ERR_STACK_REQUEST', `${quote(String(time))} is not a time such as \`2026-01-01T00:00:00Z\``);
}

function queryOf({ query }: StackQuestion): LatticeRequest['query'] {
  if (query === undefined || typeof query === 'string') return query;
  const lists: Record<string, readonly string[]> = Object.create(null);
  for (const [name, value] of Object.entries(query)) lists[name] = typeof value === 'string' ? [value] : value;
  return lists;
}
