// topology.ts — a stack as requests meet it: services by the names they are called by, listeners with their rules made
// ready, and for each VPC the network through which it reaches a service. Made once for each stack.
import type { Authorizer } from '@lattice-auth/policy-engine';
import {
  authorizerFor,
  type Listener,
  type ListenerProtocol,
  type RuleAction,
  requestFor,
  type Service,
  type ServiceNetwork,
  type Stack,
  StackError,
  type TargetGroup,
  type Vpc,
} from '@lattice-auth/stack';
import { byPriority, compileMatch, type RoutedRequest } from './match-rule.js';
import { dnsNameOf, serviceArnParts, targetGroupArn } from './names.js';
import type { TargetRing } from './target-ring.js';
import { WeightedTurns } from './weighted.js';

/** A target group in one service. */
export interface GroupPlane {
  readonly group: TargetGroup;
  readonly arn: string;
  readonly ring: TargetRing;
}

export type ActionPlane =
  | { readonly kind: 'fixedResponse'; readonly status: 404 | 500 }
  | { readonly kind: 'forward'; readonly turns: WeightedTurns<GroupPlane> };

interface RulePlane {
  readonly name: string;
  readonly matches: (request: RoutedRequest) => boolean;
  readonly action: ActionPlane;
}

export interface ListenerPlane {
  /** Undefined for a service of which the stack names no listener. */
  readonly listener: Listener | undefined;
  readonly protocol: ListenerProtocol;
  readonly rules: readonly RulePlane[];
  readonly defaultAction: ActionPlane;
}

/** How a VPC (or, when it is not known, anybody) reaches a service. */
export type Route =
  | {
      readonly kind: 'connected';
      readonly network: ServiceNetwork;
      readonly vpc: Vpc | undefined;
      readonly vpcArn: string | undefined;
      readonly authorizer: Authorizer;
      /** An auth policy is asked, so that targets are told who calls. */
      readonly authenticates: boolean;
      /** Header values for targets, by the group's ARN. */
      readonly targetHeaders: Map<string, string>;
    }
  | { readonly kind: 'unreachable'; readonly message: string };

export interface ServicePlane {
  readonly service: Service;
  readonly region: string;
  readonly dnsName: string;
  /** How long its connections, and its targets, may be silent. */
  readonly idleMs: number;
  readonly listeners: readonly ListenerPlane[];
  /** Made when first asked for. */
  routeFrom(vpc: string | undefined): Route;
}

export interface Topology {
  readonly stack: Stack;
  readonly services: readonly ServicePlane[];
  /** Services that a host can mean; several when a custom domain is used in several networks. */
  servicesAt(host: string): readonly ServicePlane[];
}

/** What a topology is made with besides the stack. */
export interface TopologyParts {
  /** A group's targets. */
  readonly ringOf: (group: TargetGroup) => TargetRing;
  /** Where turns begin. */
  readonly seed: number;
  /** In the place of what services say of their idle connections; undefined: what they say. */
  readonly idleMs?: number | undefined;
}

/** Makes a topology. */
export function createTopology(stack: Stack, parts: TopologyParts): Topology {
  const services = Object.values(stack.services).map((service) => servicePlane(stack, service, parts));
  const hosts = new Map<string, ServicePlane[]>();
  for (const plane of services) {
    for (const name of new Set([plane.dnsName, plane.service.customDomain])) {
      if (name !== undefined) hosts.set(name, [...(hosts.get(name) ?? []), plane]);
    }
  }
  const byId = new Map(services.map((plane) => [plane.service.id, plane]));
  const none: readonly ServicePlane[] = [];
  return {
    stack,
    services,
    servicesAt(host) {
      const found = hosts.get(host);
      if (found !== undefined) return found;
      const generated = byId.get(`svc-${GENERATED_NAME.exec(host)?.[1]}`);
      return generated === undefined ? none : [generated];
    },
  };
}

// The name that AWS gave a service has its id in it; a stack need not repeat the rest.
const GENERATED_NAME = /^[a-z0-9-]+-([0-9a-z]{17})\.[0-9a-z]+\.vpc-lattice-svcs\.[a-z0-9-]+\.on\.aws$/;

function servicePlane(stack: Stack, service: Service, { ringOf, seed, idleMs }: TopologyParts): ServicePlane {
  const groups = new Map<string, GroupPlane>();
  const groupOf = (name: string): GroupPlane | undefined => {
    const group = stack.targetGroups[name];
    if (group === undefined) return undefined;
    const made = groups.get(name) ?? { group, arn: targetGroupArn(group, service), ring: ringOf(group) };
    groups.set(name, made);
    return made;
  };
  const actionOf = (action: RuleAction): ActionPlane => {
    if (action.kind === 'fixedResponse') return action;
    const entries = action.targetGroups.flatMap(({ name, weight }) => {
      const value = groupOf(name);
      return value === undefined ? [] : [{ value, weight }];
    });
    return { kind: 'forward', turns: new WeightedTurns(entries, seed) };
  };
  const routes = new Map<string | undefined, Route>();
  return {
    service,
    region: serviceArnParts(service).region,
    dnsName: dnsNameOf(service),
    idleMs: idleMs ?? service.idleTimeoutSeconds * 1_000,
    listeners: listenersOf(service, actionOf),
    routeFrom(vpc) {
      const route = routes.get(vpc) ?? makeRoute(stack, service, vpc);
      routes.set(vpc, route);
      return route;
    },
  };
}

function listenersOf(service: Service, actionOf: (action: RuleAction) => ActionPlane): ListenerPlane[] {
  const listeners = Object.values(service.listeners).map((listener) => ({
    listener,
    protocol: listener.protocol,
    rules: byPriority(listener.rules).map((rule) => ({
      name: rule.name,
      matches: compileMatch(rule.match),
      action: actionOf(rule.action),
    })),
    defaultAction: actionOf(listener.defaultAction),
  }));
  if (listeners.length > 0) return listeners;
  // A stack that says nothing of listeners still has policies to ask.
  const silent = { listener: undefined, rules: [], defaultAction: { kind: 'fixedResponse', status: 404 } } as const;
  return [
    { ...silent, protocol: 'HTTP' },
    { ...silent, protocol: 'HTTPS' },
  ];
}

function makeRoute(stack: Stack, service: Service, vpc: string | undefined): Route {
  const asked = askRoute(stack, service, vpc);
  if (asked.kind === 'unreachable') return asked;
  const network = stack.serviceNetworks[asked.serviceNetwork];
  if (network === undefined) return { kind: 'unreachable', message: 'not connected' };
  return {
    kind: 'connected',
    network,
    vpc: asked.vpc,
    vpcArn: asked.vpc && vpcArn(asked.vpc, service),
    authorizer: authorizerFor(stack, asked),
    authenticates: network.authType === 'AWS_IAM' || service.authType === 'AWS_IAM',
    targetHeaders: new Map(),
  };
}

function askRoute(stack: Stack, service: Service, vpc: string | undefined) {
  try {
    return requestFor(stack, { from: 'anonymous', to: service.name, vpc });
  } catch (error) {
    // Several networks lead there, and nothing says which is meant.
    if (error instanceof StackError) return { kind: 'unreachable', message: error.message } as const;
    throw error;
  }
}

function vpcArn({ id, accountId }: Vpc, service: Service): string {
  const { partition, region, accountId: own } = serviceArnParts(service);
  return `arn:${partition}:ec2:${region}:${accountId ?? own}:vpc/${id}`;
}
