// find-service.ts — which service is meant: by its name here, id, ARN, custom domain or DNS name.
import type { Service, Stack } from '../model.js';

/** `NAME-<17 characters of the id>.<hash>.vpc-lattice-svcs.REGION.on.aws`, as Lattice makes them. */
const GENERATED_NAME = /^[a-z0-9-]+-([0-9a-z]{17})\.[0-9a-z]+\.vpc-lattice-svcs\.[a-z0-9-]+\.on\.aws$/;

/** All services that a text can mean; several only when a custom domain is used in several networks. */
export function findServices(stack: Stack, text: string): Service[] {
  const named = Object.hasOwn(stack.services, text) ? stack.services[text] : undefined;
  if (named) return [named];
  const host = text.toLowerCase().replace(/\.$/, '');
  const generatedId = GENERATED_NAME.exec(host)?.[1];
  return Object.values(stack.services).filter((service) => {
    if (service.id === text || service.arn === text || service.id === `svc-${generatedId}`) return true;
    return service.customDomain === host || service.dnsName === host;
  });
}
