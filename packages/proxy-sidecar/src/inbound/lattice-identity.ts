// lattice-identity.ts: who calls, from where, and whom, as Lattice's headers say. What contradicts itself or cannot be read
// is `malformed`, from which nothing is concluded: a request whose caller is in doubt is not one from nobody.
import { isIP } from 'node:net';
import type { Principal } from '@lattice-auth/policy-engine';
import { type Fields, fieldOf, parseFields } from './identity-headers.js';

/** What Lattice says about a request. */
export interface LatticeIdentity {
  readonly principal: Principal | 'anonymous';
  readonly sourceVpc: string | undefined;
  readonly sourceVpcOwnerAccount: string | undefined;
  readonly sourceIp: string | undefined;
  readonly port: number | undefined;
  readonly serviceArn: string | undefined;
  readonly serviceNetworkArn: string | undefined;
}

/** How the identity of a request stands. */
export type ReadIdentity =
  | { readonly kind: 'read'; readonly identity: LatticeIdentity }
  | { readonly kind: 'malformed' };

/** Values of single headers; undefined when absent, `repeated` when there is more than one. */
export type HeaderReader = (name: string) => string | undefined | typeof REPEATED;
export const REPEATED = Symbol('repeated');

const MALFORMED: ReadIdentity = { kind: 'malformed' };
const VPC_ARN = /^arn:aws[a-z-]*:ec2:[a-z0-9-]*:(\d{12}):vpc\/(vpc-[0-9a-z]+)$/;
/** Roles Anywhere's certificate fields, by the names of the session tags that policies know them by. */
const CERTIFICATE_TAGS: readonly (readonly [field: string, tag: string])[] = [
  ['X509Issuer/OU', 'x509Issuer/OU'],
  ['X509SAN/DNS', 'x509SAN/DNS'],
  ['X509SAN/NameCN', 'x509SAN/Name/CN'],
  ['X509SAN/URI', 'x509SAN/URI'],
  ['X509Subject/CN', 'x509Subject/CN'],
];
/** Fields of the tag header that are not tags. */
const NOT_TAGS = new Set(['principal', 'principalorgid', 'principalorgpath', 'principalorgpaths']);

/** Reads all headers of a request that came from Lattice. */
export function readIdentity(header: HeaderReader): ReadIdentity {
  const names = ['identity', 'identity-tags', 'network', 'target'].map((name) => `x-amzn-lattice-${name}`);
  const [identity, tags, network, target] = names.map((name) => fieldsOf(header(name)));
  if (identity === null || tags === null || network === null || target === null) return MALFORMED;
  const principal = principalFrom(identity, tags);
  const vpc = vpcFrom(network, header('x-amzn-source-vpc'));
  if (principal === undefined || vpc === undefined) return MALFORMED;
  return {
    kind: 'read',
    identity: {
      principal,
      sourceVpc: vpc.id,
      sourceVpcOwnerAccount: vpc.account,
      sourceIp: lastAddress(header('x-forwarded-for')),
      port: portFrom(header('x-forwarded-port')),
      serviceArn: target && fieldOf(target, 'ServiceArn'),
      serviceNetworkArn: target && fieldOf(target, 'ServiceNetworkArn'),
    },
  };
}

/** Undefined: no such header. Null: one that cannot be read. */
function fieldsOf(value: string | undefined | typeof REPEATED): Fields | undefined | null {
  if (value === undefined) return undefined;
  return value === REPEATED ? null : (parseFields(value) ?? null);
}

function principalFrom(identity: Fields | undefined, tags: Fields | undefined): Principal | 'anonymous' | undefined {
  if (identity === undefined) return tags === undefined ? 'anonymous' : undefined;
  const arn = fieldOf(identity, 'Principal');
  const type = fieldOf(identity, 'Type') ?? 'AWS_IAM';
  const otherPrincipal = tags && fieldOf(tags, 'principal');
  // Another type of authentication would name something else than an IAM principal.
  if (arn === undefined || type !== 'AWS_IAM') return undefined;
  if (otherPrincipal !== undefined && otherPrincipal !== arn) return undefined;
  const either = (name: string) => fieldOf(identity, name) ?? (tags && fieldOf(tags, name));
  const orgPaths = either('PrincipalOrgPath') ?? either('PrincipalOrgPaths');
  return {
    // Seen in documentation, not on the wire; a session's ARN is of STS.
    arn: arn.replace(/^(arn:[a-z-]+):iam(::\d{12}:assumed-role\/)/, '$1:sts$2'),
    orgId: either('PrincipalOrgID'),
    orgPaths: orgPaths?.split(',').map((path) => path.trim()),
    // A session's ARN ends in its name.
    sessionName: arn.includes(':role/') ? fieldOf(identity, 'SessionName') : undefined,
    tags: tagsFrom(identity, tags),
  };
}

function tagsFrom(identity: Fields, tags: Fields | undefined): Record<string, string> | undefined {
  const found: Record<string, string> = Object.create(null);
  for (const [field, tag] of CERTIFICATE_TAGS) {
    const value = fieldOf(identity, field);
    if (value !== undefined) found[tag] = value;
  }
  for (const [name, value] of tags ?? []) if (!NOT_TAGS.has(name.toLowerCase())) found[name] = value;
  return Object.keys(found).length === 0 ? undefined : found;
}

function vpcFrom(
  network: Fields | undefined,
  plain: string | undefined | typeof REPEATED,
): { id: string | undefined; account: string | undefined } | undefined {
  if (plain === REPEATED) return undefined;
  const arn = network && fieldOf(network, 'SourceVpcArn');
  if (arn === undefined) return { id: plain || undefined, account: undefined };
  const [, account, id] = VPC_ARN.exec(arn) ?? [];
  if (id === undefined || (plain && plain !== id)) return undefined;
  return { id, account };
}

/** Lattice's own word comes last; what stands before it the caller may have written. */
function lastAddress(value: string | undefined | typeof REPEATED): string | undefined {
  if (typeof value !== 'string') return undefined;
  const last = value.split(',').at(-1)?.trim() ?? '';
  return isIP(last) === 0 ? undefined : last;
}

function portFrom(value: string | undefined | typeof REPEATED): number | undefined {
  return typeof value === 'string' && /^\d{1,5}$/.test(value) && Number(value) <= 65_535 ? Number(value) : undefined;
}
