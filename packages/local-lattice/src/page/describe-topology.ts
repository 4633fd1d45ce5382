// describe-topology.ts — a stack as the page draws it.
import type {
  Listener,
  LocalTarget,
  Rule,
  RuleAction,
  Service,
  Stack,
  TargetGroup,
  TextMatch,
} from '@lattice-auth/stack';
import { dnsNameOf } from '../data-plane/names.js';
import type { DataPlaneView } from '../model.js';
import type { PageListener, PageRule, PageService, PageTargetGroup, PageTopology } from './browser/protocol.js';

export function describeTopology({ stack, httpUrl, httpsUrl }: DataPlaneView): PageTopology {
  const { serviceNetworks, services, targetGroups, principals, vpcs } = stack;
  return {
    file: stack.file,
    description: stack.description,
    httpUrl,
    httpsUrl,
    vpcs: Object.values(vpcs).map(({ name, id }) => ({ name, id })),
    serviceNetworks: Object.values(serviceNetworks).map((network) => ({
      name: network.name,
      authType: network.authType,
      hasPolicy: network.authPolicy !== undefined,
      vpcs: network.vpcs,
      vpcEndpoints: network.vpcEndpoints,
      services: network.services,
    })),
    services: Object.values(services).map(describeService),
    targetGroups: Object.values(targetGroups).map((group) => describeTargetGroup(stack, group)),
    principals: Object.values(principals).map(({ name, principal, vpc }) => ({ name, arn: principal.arn, vpc })),
  };
}

function describeService(service: Service): PageService {
  return {
    name: service.name,
    host: service.customDomain ?? dnsNameOf(service),
    authType: service.authType,
    hasPolicy: service.authPolicy !== undefined,
    listeners: Object.values(service.listeners).map(describeListener),
  };
}

function describeListener({ name, protocol, port, rules, defaultAction }: Listener): PageListener {
  const otherwise = describeRule('default', rules.length === 0 ? 'all requests' : 'otherwise', defaultAction);
  return {
    name,
    protocol,
    port,
    rules: [...rules.map((rule) => describeRule(rule.name, matchOf(rule), rule.action)), otherwise],
  };
}

function describeRule(name: string, match: string, action: RuleAction): PageRule {
  if (action.kind === 'fixedResponse') return { name, match, status: action.status, forwards: [] };
  const total = action.targetGroups.reduce((sum, { weight }) => sum + weight, 0);
  const forwards = action.targetGroups.map(({ name: targetGroup, weight }) => {
    return { targetGroup, weight, share: total === 0 ? 0 : weight / total };
  });
  return { name, match, status: undefined, forwards };
}

function matchOf({ match }: Rule): string {
  const path = match.path === undefined ? '' : textOf(match.path);
  const headers = match.headers.map((header) => `${header.name}: ${textOf(header)}`);
  return [match.method ?? '', path, ...headers].filter((part) => part !== '').join(' ');
}

function textOf({ kind, text }: TextMatch): string {
  return { exact: text, prefix: `${text}*`, contains: `*${text}*` }[kind];
}

function describeTargetGroup({ local }: Stack, { name, type }: TargetGroup): PageTargetGroup {
  const here = Object.hasOwn(local.targetGroups, name) ? local.targetGroups[name] : undefined;
  return { name, type, targets: (here?.targets ?? []).map(targetOf) };
}

function targetOf(target: LocalTarget): string {
  switch (target.kind) {
    case 'url':
      return target.url;
    case 'lambda':
      return `${target.module}#${target.exportName}`;
    default: {
      // No further than what runs: in arguments and variables there may be secrets.
      const [program = '', script = ''] = target.command;
      return /^[\w./-]+\.(?:[cm]?[jt]s|py|rb|sh)$/.test(script) ? `${program} ${script}` : program;
    }
  }
}
