// build-services.ts — services.
import type { ByName, Service } from '../model.js';
import { pointerSegment } from '../source/source-tree.js';
import { quote } from '../text/quote.js';
import { buildArn } from './build-arn.js';
import type { BuildContext } from './build-context.js';
import { buildListeners } from './build-listeners.js';
import { byName } from './by-name.js';

/** Lattice's own, for services that set none. */
const IDLE_TIMEOUT_SECONDS = 60;

export function buildServices(context: BuildContext): ByName<Service> {
  return byName(context.document.services, (name, written) => {
    const pointer = `/services${pointerSegment(name)}`;
    const arn = buildArn(context, pointer, 'service', written);
    const listeners = buildListeners(context, pointer, written);
    if (written.dnsName !== undefined) {
      context.claim('dnsName', written.dnsName, `${pointer}/dnsName`, 'the DNS name');
    }
    if (arn === undefined) return undefined;
    return {
      name,
      place: context.keyPlace(pointer),
      ...arn,
      authType: written.authType ?? 'NONE',
      authPolicy: context.policy(`${pointer}/authPolicy`),
      tags: byName(written.tags, (_, value) => value),
      customDomain: written.customDomain,
      dnsName: written.dnsName,
      idleTimeoutSeconds: written.idleTimeoutSeconds ?? IDLE_TIMEOUT_SECONDS,
      listeners,
    };
  });
}

/** Services of one network can't share a custom domain: a request for it would belong to either. */
export function checkCustomDomains(context: BuildContext): void {
  const { services, serviceNetworks } = context.document;
  for (const { services: members = [] } of Object.values(serviceNetworks)) {
    const owners = new Map<string, string>();
    for (const name of new Set(members)) {
      const domain = services[name]?.customDomain;
      if (domain === undefined) continue;
      const owner = owners.get(domain);
      if (owner === undefined) owners.set(domain, name);
      else reportDomain(context, domain, owner, name);
    }
  }
}

function reportDomain(context: BuildContext, domain: string, owner: string, other: string): void {
  const message = `the custom domain ${quote(domain)} is also that of ${quote(owner)}, in the same network`;
  const pointer = `/services${pointerSegment(other)}/customDomain`;
  if (context.claim('customDomainPair', `${owner}\n${other}`, pointer, 'the pair')) {
    context.report('ERR_STACK_DUPLICATE', pointer, message);
  }
}
