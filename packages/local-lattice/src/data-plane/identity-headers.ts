// identity-headers.ts — what targets are told about a request, in Lattice's headers. Values are made once for each caller,
// network and group. Whatever a client sends under these names is taken out before.
import type { Principal } from '@lattice-auth/policy-engine';
import type { KnownCaller } from '../credential-book.js';
import type { DeliveredIdentity } from '../model.js';
import type { GroupPlane, Route, ServicePlane } from './topology.js';

type Connected = Extract<Route, { kind: 'connected' }>;

const OWN_NAME = /^x[-_](?:forwarded[-_](?:for|port|proto)|amzn[-_](?:lattice[-_].*|source[-_]vpc))$/;

/**
 * Whether a header is Lattice's to set. With `_` too: many frameworks read both spellings as one.
 * `name` is in lower case.
 */
export function isLatticeOwn(name: string): boolean {
  return name.length > 14 && name.charCodeAt(0) === 120 && OWN_NAME.test(name);
}

/** Of these, what policies don't get to see from a client either. */
export function isIdentityName(name: string): boolean {
  return isLatticeOwn(name) && name.charCodeAt(2) === 97;
}

/** The caller as targets see it. */
export function deliveredIdentity(principal: Principal): DeliveredIdentity {
  const { orgId, orgPaths = [], tags = {} } = principal;
  const { arn, sessionName } = sessionOf(principal);
  return { principal: arn, principalOrgId: orgId, principalOrgPaths: orgPaths, sessionName, tags };
}

/** The ARN under which a caller is known: a role with a session name is that session. */
export function sessionOf({ arn, sessionName }: Principal): { arn: string; sessionName: string | undefined } {
  const [, partition, service, , account, resource = ''] = arn.split(':');
  if (service === 'sts') return { arn, sessionName: resource.split('/')[2] };
  if (sessionName === undefined || !resource.startsWith('role/')) return { arn, sessionName };
  const role = resource.split('/').at(-1);
  return { arn: `arn:${partition}:sts::${account}:assumed-role/${role}/${sessionName}`, sessionName };
}

const arns = new WeakMap<KnownCaller, string>();

/** {@link sessionOf}, remembered. */
export function arnOf(caller: KnownCaller): string {
  const known = arns.get(caller);
  if (known !== undefined) return known;
  const { arn } = sessionOf(caller.principal);
  arns.set(caller, arn);
  return arn;
}

const identities = new WeakMap<KnownCaller, readonly [identity: string, tags: string]>();

/** `x-amzn-lattice-identity` and `x-amzn-lattice-identity-tags`. */
export function identityValues(caller: KnownCaller): readonly [identity: string, tags: string] {
  const known = identities.get(caller);
  if (known !== undefined) return known;
  const { principal, principalOrgId, principalOrgPaths, sessionName, tags } = deliveredIdentity(caller.principal);
  const org = escaped(principalOrgId ?? '');
  const paths = escaped(principalOrgPaths.join(','));
  const identity = [
    `Principal=${escaped(principal)}`,
    `PrincipalOrgID=${org}`,
    `PrincipalOrgPaths=${paths}`,
    `SessionName=${escaped(sessionName ?? '')}`,
    'Type=AWS_IAM',
  ].join('; ');
  const fields = [`principal=${escaped(principal)}`, `principalorgid=${org}`, `principalorgpath=${paths}`];
  for (const [name, value] of Object.entries(tags)) fields.push(`${escaped(name)}=${escaped(value)}`);
  const values = [identity, fields.join(';')] as const;
  identities.set(caller, values);
  return values;
}

/** `x-amzn-lattice-target`. */
export function targetValue(route: Connected, { service }: ServicePlane, group: GroupPlane): string {
  const known = route.targetHeaders.get(group.arn);
  if (known !== undefined) return known;
  const { network } = route;
  const value = `ServiceArn=${service.arn}; ServiceNetworkArn=${network.arn}; TargetGroupArn=${group.arn}`;
  route.targetHeaders.set(group.arn, value);
  return value;
}

// Bytes of UTF-8 one by one, since that is what header values are; line breaks and the like have no place in them.
function escaped(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
  const plain = text.replaceAll(/[\u0000-\u001f\u007f]/g, ' ').replaceAll(';', '\\;');
  return Buffer.from(plain, 'utf8').toString('latin1');
}
