// service-url.ts — under which names and which URL clients know a service.
import type { Listener } from '@lattice-auth/stack';
import type { ServicePlane } from './topology.js';

/** The custom domain, if there is one, and Lattice's own name. */
export function serviceHosts({ service, dnsName }: ServicePlane): readonly string[] {
  return service.customDomain === undefined ? [dnsName] : [service.customDomain, dnsName];
}

/** The URL of a service's first listener that takes HTTP, by the name that clients know it by. */
export function serviceUrl(plane: ServicePlane): string {
  const [host] = serviceHosts(plane);
  const { listeners } = plane;
  const first = listeners.find(({ protocol }) => protocol !== 'TLS_PASSTHROUGH') ?? listeners[0];
  const scheme = first?.protocol === 'HTTP' ? 'http' : 'https';
  return `${scheme}://${host}${portSuffix(scheme, first?.listener)}`;
}

function portSuffix(scheme: string, listener: Listener | undefined): string {
  const standard = scheme === 'http' ? 80 : 443;
  return listener === undefined || listener.port === standard ? '' : `:${listener.port}`;
}
