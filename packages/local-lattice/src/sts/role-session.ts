// role-session.ts — sessions of the stack's principals: which principal a role's ARN means, who a session of it is to the
// engine, and the temporary credentials under which the data plane knows it.
import { createHash, randomBytes } from 'node:crypto';
import { type CallerPolicies, type Policy, type Principal, parsePolicy } from '@lattice-auth/policy-engine';
import type { Stack, StackPrincipal } from '@lattice-auth/stack';
import { callerOf, type KnownCaller, type SessionCredentials } from '../credential-book.js';
import { mergeTags, type SessionTags } from './session-tags.js';

/** What a session was asked for with. */
export interface SessionRequest {
  readonly roleArn: string;
  readonly sessionName: string;
  /** The stack's principal that is meant, where several have this role. */
  readonly principalName?: string | undefined;
  readonly tags: SessionTags;
  /** From the call; it takes the place of those that the stack gives the role's sessions. */
  readonly policy: Policy | undefined;
  readonly expiration: Date;
}

export const NO_TAGS: SessionTags = { tags: new Map(), transitiveKeys: [] };

const ROLE_ARN = /^arn:([^:]+):iam::(\d{12}):role\/(?:.*\/)?([^/]+)$/;

/**
 * The principal of a stack that a role's session is. One that is written as this very session, or as the role with this
 * session name, comes before the role as such.
 */
export function findRole(stack: Stack, roleArn: string, sessionName: string): StackPrincipal | undefined {
  const all = Object.values(stack.principals);
  const sessionArn = sessionArnOf(roleArn, sessionName);
  const roles = all.filter(({ kind, principal }) => kind === 'role' && principal.arn === roleArn);
  return (
    all.find(({ kind, principal }) => {
      return kind === 'session' && principal.arn === sessionArn && (principal.roleArn ?? roleArn) === roleArn;
    }) ??
    roles.find(({ principal }) => principal.sessionName === sessionName) ??
    roles.find(({ principal }) => principal.sessionName === undefined) ??
    roles[0]
  );
}

/** `arn:aws:sts::A:assumed-role/R/S` for `arn:aws:iam::A:role/path/R`. */
export function sessionArnOf(roleArn: string, sessionName: string): string | undefined {
  const [, partition, account, role] = ROLE_ARN.exec(roleArn) ?? [];
  return role === undefined ? undefined : `arn:${partition}:sts::${account}:assumed-role/${role}/${sessionName}`;
}

/** The id by which AWS knows a principal: the stack's, or one made from its ARN. */
export function uniqueIdOf({ arn, uniqueId }: Pick<Principal, 'arn' | 'uniqueId'>): string {
  if (uniqueId !== undefined) return uniqueId;
  const kind = /:(?:role|assumed-role)\//.test(arn) ? 'AROA' : 'AIDA';
  return kind + base32(createHash('sha256').update(`lattice-auth local id\n${arn}`).digest().subarray(0, 16));
}

/** Credentials of a role's session. */
export function roleSession(request: SessionRequest): SessionCredentials {
  return {
    ...temporaryKey(request.expiration),
    callerIn: (stack) => {
      const { roleArn, sessionName, principalName = '' } = request;
      const named = Object.hasOwn(stack.principals, principalName) ? stack.principals[principalName] : undefined;
      const role = named?.principal.arn === roleArn ? named : findRole(stack, roleArn, sessionName);
      return role && sessionCaller(role, request);
    },
  };
}

/** Credentials of a principal that is no role: it stays who it is. */
export function principalSession(name: string, expiration: Date): SessionCredentials {
  return {
    ...temporaryKey(expiration),
    callerIn: (stack) => {
      const principal = Object.hasOwn(stack.principals, name) ? stack.principals[name] : undefined;
      return principal && callerOf(principal);
    },
  };
}

/** Tags that go on when a session makes another. */
const transitiveTags = new WeakMap<KnownCaller, ReadonlyMap<string, string>>();

export function inheritedTags(caller: KnownCaller): ReadonlyMap<string, string> {
  return transitiveTags.get(caller) ?? new Map();
}

function sessionCaller(role: StackPrincipal, request: SessionRequest): KnownCaller {
  const { name, principal, caller, vpc, sourceIp } = role;
  const { tags, transitiveKeys } = request.tags;
  const uniqueId = uniqueIdOf(role.kind === 'role' ? principal : { ...principal, arn: request.roleArn });
  const made: KnownCaller = {
    name,
    principal: {
      ...principal,
      arn: sessionArnOf(request.roleArn, request.sessionName) ?? principal.arn,
      uniqueId: uniqueId.includes(':') ? uniqueId : `${uniqueId}:${request.sessionName}`,
      roleArn: request.roleArn,
      sessionName: undefined,
      tags: mergeTags(principal.tags, tags),
    },
    policies: request.policy === undefined ? caller : limitedBy(request.policy, caller),
    vpc,
    sourceIp,
  };
  const inherited = transitiveKeys.map((key) => [key, tags.get(key) ?? ''] as const);
  if (inherited.length > 0) transitiveTags.set(made, new Map(inherited));
  return made;
}

function limitedBy(policy: Policy, caller: CallerPolicies | 'assume-allowed'): CallerPolicies {
  const own = caller === 'assume-allowed' ? { identity: [ANYTHING] } : caller;
  return { ...own, session: [policy] };
}

/** What a session policy cuts down when the role's own policies are not asked. */
const ANYTHING = parsePolicy(
  { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: '*', Resource: '*' } },
  { type: 'identity', name: 'assume-allowed' },
);

function temporaryKey(expiration: Date) {
  return {
    accessKeyId: `ASIA${base32(randomBytes(16))}`,
    secretAccessKey: randomBytes(30).toString('base64'),
    sessionToken: randomBytes(120).toString('base64'),
    expiration,
  };
}

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

function base32(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => BASE32[byte % 32]).join('');
}
