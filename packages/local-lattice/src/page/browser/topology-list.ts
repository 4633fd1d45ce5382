// topology-list.ts — the topology as text, for whoever can't see the picture or would rather read.
import { element } from './dom.js';
import type { PageGuard, PageRule, PageTopology } from './protocol.js';

export function listTopology(topology: PageTopology): HTMLElement {
  const { serviceNetworks, services, vpcs, targetGroups } = topology;
  const tied = new Set(serviceNetworks.flatMap((network) => [...network.vpcs, ...network.vpcEndpoints]));
  const loose = vpcs.filter(({ name }) => !tied.has(name)).map(({ name }) => name);
  return element(
    'div',
    { class: 'outline' },
    section(
      'Service networks',
      serviceNetworks.map((network) => {
        const ends = [
          ['VPCs', network.vpcs],
          ['VPC endpoints', network.vpcEndpoints],
          ['services', network.services],
        ] as const;
        const parts = ends
          .filter(([, names]) => names.length > 0)
          .map(([what, names]) => `${what}: ${names.join(', ')}`);
        return item(`${network.name} (${guardText(network)})`, parts);
      }),
    ),
    section(
      'Services',
      services.map((service) => {
        const rules = service.listeners.flatMap(({ protocol, port, rules: all }) =>
          all.map((rule) => `${protocol} :${port}, ${rule.match}: ${actionText(rule)}`),
        );
        return item(`${service.name} (${guardText(service)})`, [service.host, ...rules]);
      }),
    ),
    section(
      'Target groups',
      targetGroups.map(({ name, type, targets }) => {
        return item(`${name} (${type})`, targets.length === 0 ? ['no target here'] : targets);
      }),
    ),
    loose.length === 0
      ? undefined
      : section(
          'VPCs in no network',
          loose.map((name) => item(name, [])),
        ),
  );
}

function section(title: string, items: readonly HTMLElement[]): HTMLElement {
  return element('section', {}, element('h3', {}, title), element('ul', {}, ...items));
}

function item(text: string, parts: readonly string[]): HTMLElement {
  const inner = parts.length === 0 ? undefined : element('ul', {}, ...parts.map((part) => element('li', {}, part)));
  return element('li', {}, text, inner);
}

function guardText({ authType, hasPolicy }: PageGuard): string {
  return authType === 'AWS_IAM' && !hasPolicy ? 'AWS_IAM without a policy: denies everything' : `auth type ${authType}`;
}

function actionText({ status, forwards }: PageRule): string {
  if (status !== undefined) return `answers ${status}`;
  if (forwards.length === 1) return `to ${forwards[0]?.targetGroup}`;
  return forwards.map(({ targetGroup, share }) => `${Math.round(share * 1000) / 10}% to ${targetGroup}`).join(', ');
}
