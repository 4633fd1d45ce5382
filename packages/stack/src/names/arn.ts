// arn.ts — the ARNs that a stack file may hold: Lattice's own resources, and callers.
import type { PrincipalKind } from '../model.js';

export interface LatticeArn {
  readonly partition: string;
  readonly region: string;
  readonly accountId: string;
  readonly id: string;
}

export type LatticeResource = 'service' | 'servicenetwork' | 'targetgroup';

const LATTICE_ARN =
  /^arn:(aws|aws-cn|aws-us-gov):vpc-lattice:([a-z]{2,4}(?:-[a-z]+)+-[0-9]{1,2}):([0-9]{12}):(service|servicenetwork|targetgroup)\/((?:svc|sn|tg)-[0-9a-z]{17})$/;

const ID_PREFIX: Readonly<Record<LatticeResource, string>> = {
  service: 'svc-',
  servicenetwork: 'sn-',
  targetgroup: 'tg-',
};

/** The parts of the ARN of one kind of Lattice resource. */
export function parseLatticeArn(arn: string, resource: LatticeResource): LatticeArn | undefined {
  const [, partition, region, accountId, kind, id] = LATTICE_ARN.exec(arn) ?? [];
  if (partition === undefined || region === undefined || accountId === undefined || id === undefined) return undefined;
  if (kind !== resource || !id.startsWith(ID_PREFIX[resource])) return undefined;
  return { partition, region, accountId, id };
}

/** The ARN from its parts. */
export function latticeArn(resource: LatticeResource, { partition, region, accountId, id }: LatticeArn): string {
  return `arn:${partition}:vpc-lattice:${region}:${accountId}:${resource}/${id}`;
}

export interface CallerArn {
  readonly kind: PrincipalKind;
  readonly accountId: string | undefined;
  /** Of a session: its name. */
  readonly sessionName: string | undefined;
}

const NAME = '[A-Za-z0-9_+=,.@-]';
const PATH = `(?:${NAME}+/)*`;
const CALLERS: readonly (readonly [PrincipalKind, RegExp])[] = [
  ['role', new RegExp(`^arn:aws[a-z-]*:iam::([0-9]{12}):role/${PATH}${NAME}{1,64}$`)],
  ['session', new RegExp(`^arn:aws[a-z-]*:sts::([0-9]{12}):assumed-role/${NAME}{1,64}/(${NAME}{2,64})$`)],
  ['user', new RegExp(`^arn:aws[a-z-]*:iam::([0-9]{12}):user/${PATH}${NAME}{1,64}$`)],
  ['root', /^arn:aws[a-z-]*:iam::([0-9]{12}):root$/],
  ['federatedUser', new RegExp(`^arn:aws[a-z-]*:sts::([0-9]{12}):federated-user/${NAME}{2,64}$`)],
  ['identityProvider', /^arn:aws[a-z-]*:iam::([0-9]{12}):(?:oidc|saml)-provider\/[A-Za-z0-9_+=,.@:/-]{1,255}$/],
  ['service', /^[a-z0-9.-]{1,100}\.amazonaws\.com(?:\.cn)?$/],
];

/** What a caller's ARN says; undefined when it is none that can call. */
export function parseCallerArn(arn: string): CallerArn | undefined {
  for (const [kind, pattern] of CALLERS) {
    const match = pattern.exec(arn);
    if (match) return { kind, accountId: match[1], sessionName: kind === 'session' ? match[2] : undefined };
  }
  return undefined;
}
