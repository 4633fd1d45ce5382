// names.ts — the names that Lattice would give: of a service's domain, and of what a stack may leave unnamed. The same
// for the same stack, everywhere.
import { createHash } from 'node:crypto';
import type { Service, TargetGroup } from '@lattice-auth/stack';

/** The parts of a service's ARN that other names are made from. */
export interface ServiceArnParts {
  readonly partition: string;
  readonly region: string;
  readonly accountId: string;
}

/** Reads `arn:aws:vpc-lattice:REGION:ACCOUNT:service/svc-…`; the stack has checked its form. */
export function serviceArnParts({ arn }: Pick<Service, 'arn'>): ServiceArnParts {
  const [, partition = 'aws', , region = '', accountId = ''] = arn.split(':');
  return { partition, region, accountId };
}

// Lattice's own, of many regions: `orders-0123456789abcdef0.7d67968.vpc-lattice-svcs.eu-west-1.on.aws`.
const ZONE = '7d67968';

/** The domain name of a service: that of the stack, else one of Lattice's form. */
export function dnsNameOf(service: Service): string {
  if (service.dnsName !== undefined) return service.dnsName;
  const name = service.name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 40)
    .replace(/^-+|-+$/g, '');
  const label = `${name === '' ? 'service' : name}-${service.id.slice('svc-'.length)}`;
  return `${label}.${ZONE}.vpc-lattice-svcs.${serviceArnParts(service).region}.on.aws`;
}

/** The 17 characters of an id that the stack doesn't name. */
export function madeUpId(...parts: readonly string[]): string {
  return `0${createHash('sha256').update(parts.join('\n')).digest('hex').slice(0, 16)}`;
}

/** A target group's ARN: that of the stack, else one of Lattice's form in the service's account. */
export function targetGroupArn(group: TargetGroup, service: Service): string {
  if (group.arn !== undefined) return group.arn;
  const { partition, region, accountId } = serviceArnParts(service);
  const id = group.id ?? `tg-${madeUpId('target group', group.name)}`;
  return `arn:${partition}:vpc-lattice:${region}:${accountId}:targetgroup/${id}`;
}
