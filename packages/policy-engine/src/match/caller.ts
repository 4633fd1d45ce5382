// Reads who calls: the forms of a Principal's ARN (docs/evaluation.md, Principals) and the keys under which compiled
// policies index statements that can apply to that caller.
import type { Principal } from '../model.js';
import { splitArn } from './arn.js';

export type CallerKind = 'anonymous' | 'root' | 'user' | 'role' | 'session' | 'federatedUser' | 'provider' | 'service';

/** The parts that an ARN alone tells. */
export interface CallerArn {
  readonly kind: CallerKind;
  readonly arn: string;
  readonly partition: string;
  readonly account: string;
  /** User, role, federated user, provider or service name, without path. */
  readonly name: string;
  readonly sessionName: string | undefined;
  /** For a session: its role's ARN as far as the session's tells, without a path. */
  readonly pathlessRoleArn: string | undefined;
  /** Keys of the statement index (compile/statement-index.ts). */
  readonly indexKeys: readonly string[];
}

/** A caller with everything that was told about it. */
export interface Caller {
  readonly kind: CallerKind;
  readonly arn: string;
  readonly partition: string;
  readonly account: string;
  readonly name: string;
  readonly sessionName: string | undefined;
  readonly indexKeys: readonly string[];
  /** The role's ARN with its path, when known. */
  readonly roleArn: string | undefined;
  /** For a session: its role's ARN as far as the session's tells, without a path. */
  readonly pathlessRoleArn: string | undefined;
  readonly principal: Principal | undefined;
}

export const ANONYMOUS: Caller = Object.freeze({
  kind: 'anonymous',
  arn: 'anonymous',
  partition: '',
  account: '',
  name: '',
  sessionName: undefined,
  indexKeys: [],
  roleArn: undefined,
  pathlessRoleArn: undefined,
  principal: undefined,
});

const ACCOUNT = /^\d{12}$/;
const SERVICE = /^[a-z0-9-]+(?:\.[a-z0-9-]+)*\.amazonaws\.com(?:\.cn)?$/;
const PROVIDER = /^[a-z0-9-]+(?:\.[a-z0-9-]+)+(?:\/\S*)?$/;

export const accountKey = (account: string): string => `account ${account}`;
export const roleKey = (account: string, name: string): string => `role ${account} ${name.toLowerCase()}`;
export const arnKey = (arn: string): string => `arn ${arn}`;
export const idKey = (id: string): string => `id ${id}`;
export const nameKey = (name: string): string => `name ${name}`;

/** Reads an ARN or service name; `undefined` when it is none that a caller can have. */
export function parseCallerArn(text: string): CallerArn | undefined {
  const parts = splitArn(text);
  if (parts === undefined) return parseCallerName(text);
  const [prefix, partition = '', service, region, account = '', resource = ''] = parts;
  if (prefix !== 'arn' || !/^[a-z-]+$/.test(partition) || region !== '' || !ACCOUNT.test(account)) return undefined;
  const base = { arn: text, partition, account, sessionName: undefined, pathlessRoleArn: undefined };
  if (service === 'iam' && resource === 'root') {
    return { ...base, kind: 'root', name: 'root', indexKeys: [accountKey(account)] };
  }
  const segments = resource.split('/');
  if (segments.length < 2 || segments.some((segment) => segment === '')) return undefined;
  const word = `${service}:${segments[0]}`;
  const name = segments.at(-1) ?? '';
  switch (word) {
    case 'iam:user':
      return { ...base, kind: 'user', name, indexKeys: [accountKey(account), arnKey(text)] };
    case 'iam:role':
      return { ...base, kind: 'role', name, indexKeys: [accountKey(account), roleKey(account, name)] };
    case 'iam:oidc-provider':
    case 'iam:saml-provider':
      return {
        ...base,
        kind: 'provider',
        name: resource.slice(resource.indexOf('/') + 1),
        indexKeys: [accountKey(account), nameKey(text)],
      };
    case 'sts:federated-user':
      return {
        ...base,
        kind: 'federatedUser',
        name: resource.slice(15),
        indexKeys: [accountKey(account), arnKey(text)],
      };
    case 'sts:assumed-role':
      return segments.length === 3 ? sessionCaller(base, segments[1] ?? '', name) : undefined;
    default:
      return undefined;
  }
}

function sessionCaller(
  base: { arn: string; partition: string; account: string },
  role: string,
  session: string,
): CallerArn {
  return {
    ...base,
    kind: 'session',
    name: role,
    sessionName: session,
    pathlessRoleArn: `arn:${base.partition}:iam::${base.account}:role/${role}`,
    indexKeys: [accountKey(base.account), roleKey(base.account, role)],
  };
}

/** Service principals and identity providers are known by name. */
function parseCallerName(text: string): CallerArn | undefined {
  const kind = SERVICE.test(text) ? 'service' : PROVIDER.test(text) ? 'provider' : undefined;
  if (kind === undefined) return undefined;
  return {
    kind,
    arn: text,
    partition: '',
    account: '',
    name: text,
    sessionName: undefined,
    pathlessRoleArn: undefined,
    indexKeys: [nameKey(text)],
  };
}

/** Joins what the ARN tells with the rest of a Principal. A role with a session name is that session. */
export function describeCaller(base: CallerArn, principal: Principal): Caller {
  const { uniqueId, canonicalUserId, federatedBy, sessionName } = principal;
  const named = base.kind === 'role' && sessionName !== undefined;
  const extra: string[] = [];
  if (uniqueId !== undefined) extra.push(idKey(withoutSession(uniqueId)));
  if (canonicalUserId !== undefined) extra.push(idKey(canonicalUserId));
  if (federatedBy !== undefined && base.kind === 'federatedUser') extra.push(arnKey(federatedBy));
  return {
    kind: named ? 'session' : base.kind,
    arn: named ? `arn:${base.partition}:sts::${base.account}:assumed-role/${base.name}/${sessionName}` : base.arn,
    partition: base.partition,
    account: base.account,
    name: base.name,
    sessionName: named ? sessionName : base.sessionName,
    indexKeys: extra.length === 0 ? base.indexKeys : [...base.indexKeys, ...extra],
    roleArn: base.kind === 'role' ? base.arn : base.kind === 'session' ? principal.roleArn : undefined,
    pathlessRoleArn: base.pathlessRoleArn,
    principal,
  };
}

/** `AROA…:session` without the session. */
export function withoutSession(uniqueId: string): string {
  const colon = uniqueId.indexOf(':');
  return colon === -1 ? uniqueId : uniqueId.slice(0, colon);
}
