// credential-book.ts — whose key is this? The static keys of the stack's principals, and the sessions that the local STS
// stand-in hands out. The data plane looks here with the key of every signed request.
import { createHash } from 'node:crypto';
import type { CallerPolicies, Principal } from '@lattice-auth/policy-engine';
import type { Secret } from '@lattice-auth/sigv4-fetch/core';
import type { LocalCredentials, Stack, StackPrincipal } from '@lattice-auth/stack';
import { LocalLatticeError } from './errors.js';
import { SESSIONS_MAX } from './limits.js';

/** Who a key belongs to, as the engine is asked about it. One object for as long as nothing about it changes. */
export interface KnownCaller {
  /** The name of the stack's principal that it is, or is a session of. */
  readonly name: string;
  readonly principal: Principal;
  readonly policies: CallerPolicies | 'assume-allowed';
  /** Where it calls from unless the connection says otherwise; a VPC's name. */
  readonly vpc: string | undefined;
  readonly sourceIp: string | undefined;
}

/** A key, as the verifier takes it, and its owner. */
export interface KnownKey extends Secret {
  readonly accessKeyId: string;
  readonly caller: KnownCaller;
}

/** A session that was handed out. */
export interface SessionCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  readonly expiration: Date;
  /** Whose it is in this stack; undefined when it has no such principal any more. Asked again after each reload. */
  callerIn(stack: Stack): KnownCaller | undefined;
}

/** Keys by id. */
export interface CredentialBook {
  lookup(accessKeyId: string): KnownKey | undefined;
  /** The static key of a principal, by name; undefined when the stack has none of that name. */
  credentialsOf(principal: string): LocalCredentials | undefined;
  addSession(session: SessionCredentials): void;
  /** Takes the principals of another stack. Sessions stay. */
  use(stack: Stack): void;
}

const EXPIRED_KEPT_MS = 3_600_000;

/**
 * A book with the keys of a stack's principals.
 *
 * @throws {LocalLatticeError} `ERR_LOCAL_REFERENCE` when two principals have one key
 */
export function createCredentialBook(stack: Stack): CredentialBook {
  let current = stack;
  let statics = staticKeys(stack);
  const sessions = new Map<string, SessionCredentials>();
  let known = new Map<string, KnownKey>();
  return {
    lookup(accessKeyId) {
      const key = statics.get(accessKeyId) ?? known.get(accessKeyId);
      if (key !== undefined) return key;
      const session = sessions.get(accessKeyId);
      const caller = session?.callerIn(current);
      if (session === undefined || caller === undefined) return undefined;
      const { secretAccessKey, sessionToken, expiration } = session;
      const made = { accessKeyId, secretAccessKey, sessionToken, expiration, caller };
      known.set(accessKeyId, made);
      return made;
    },
    credentialsOf(principal) {
      return Object.hasOwn(current.principals, principal) ? credentialsFor(current, principal) : undefined;
    },
    addSession(session) {
      if (sessions.size >= SESSIONS_MAX) prune(sessions, known);
      sessions.set(session.accessKeyId, session);
    },
    use(next) {
      statics = staticKeys(next);
      current = next;
      known = new Map();
    },
  };
}

/** What a stack's principal is to the data plane. */
export function callerOf({ name, principal, caller, vpc, sourceIp }: StackPrincipal): KnownCaller {
  return { name, principal, policies: caller, vpc, sourceIp };
}

// Long expired ones first; then the oldest, so that a client that asks for ever doesn't fill the memory.
function prune(sessions: Map<string, SessionCredentials>, known: Map<string, KnownKey>): void {
  const longAgo = Date.now() - EXPIRED_KEPT_MS;
  for (const [id, { expiration }] of sessions) {
    if (expiration.getTime() < longAgo || sessions.size >= SESSIONS_MAX) {
      sessions.delete(id);
      known.delete(id);
    }
  }
}

function staticKeys(stack: Stack): Map<string, KnownKey> {
  const keys = new Map<string, KnownKey>();
  for (const principal of Object.values(stack.principals)) {
    const { accessKeyId, secretAccessKey } = credentialsFor(stack, principal.name);
    const other = keys.get(accessKeyId);
    if (other !== undefined) {
      const message = `\`${other.caller.name}\` and \`${principal.name}\` have one access key id in \`local.credentials\``;
      throw new LocalLatticeError('ERR_LOCAL_REFERENCE', message);
    }
    keys.set(accessKeyId, { accessKeyId, secretAccessKey, caller: callerOf(principal) });
  }
  return keys;
}

function credentialsFor(stack: Stack, name: string): LocalCredentials {
  return (Object.hasOwn(stack.local.credentials, name) ? stack.local.credentials[name] : undefined) ?? madeUp(name);
}

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

// The same for the same name everywhere, so that they can be written into a test or a shell's profile. They open nothing
// but a data plane on loopback.
function madeUp(name: string): LocalCredentials {
  const id = createHash('sha256').update(`lattice-auth local access key\n${name}`).digest();
  const secret = createHash('sha256').update(`lattice-auth local secret\n${name}`).digest('base64');
  const letters = Array.from(id.subarray(0, 16), (byte) => BASE32[byte % 32]).join('');
  return { accessKeyId: `AKIA${letters}`, secretAccessKey: secret.slice(0, 40) };
}
