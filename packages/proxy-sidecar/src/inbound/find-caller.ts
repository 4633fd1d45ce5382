// find-caller.ts: who calls: whom Lattice names, or who has signed, or nobody. What is in doubt is said to be, and is not
// nobody. Both who stand in front of an app ask here: the inbound listener, and Envoy's external authorization.
import type { LatticeRequest, Principal } from '@lattice-auth/policy-engine';
import { type RawHeader, type RejectedVerification, verifyRequest } from '@lattice-auth/sigv4-fetch/core';
import type { JudgedRequest } from '../http/exchange.js';
import type { Undecided } from '../policy/decided.js';
import type { PolicySet } from '../policy/policy-set.js';
import { type HeaderReader, type LatticeIdentity, REPEATED, readIdentity } from './lattice-identity.js';
import type { StaticKey } from './static-keys.js';
import { plainAddress } from './trusted-peers.js';

/** What verifies signatures that came in. */
export interface KeyVerification {
  readonly keys: ReadonlyMap<string, StaticKey>;
  readonly service: string;
  readonly region: string;
}

/** Who calls, or why that is not known. */
export type Caller =
  | { readonly kind: 'known'; readonly identity: LatticeIdentity; readonly policies: LatticeRequest['caller'] }
  | { readonly kind: 'undecided'; readonly reason: Undecided }
  | { readonly kind: 'rejected'; readonly rejection: RejectedVerification };

/** Whom Lattice names, which has asked the caller's own policies before it delivered the request. */
export function callerFromLattice(request: JudgedRequest): Caller {
  const read = readIdentity(headerReader(request.headers));
  if (read.kind === 'malformed') return { kind: 'undecided', reason: 'malformedIdentity' };
  return { kind: 'known', identity: read.identity, policies: 'assume-allowed' };
}

/** Who has signed; nobody without a signature, or when none are looked at. */
export function callerFromSignature(
  request: JudgedRequest,
  set: PolicySet,
  verification: KeyVerification | undefined,
): Caller {
  if (verification === undefined) return nobody(request);
  const { keys, service, region } = verification;
  const lookup = (id: string) => keys.get(id);
  const verified = verifyRequest(rawRequest(request), { lookup, now: Date.now(), service, region, diagnose: false });
  if (verified.kind === 'rejected') return { kind: 'rejected', rejection: verified };
  if (verified.kind === 'anonymous') return nobody(request);
  return callerNamed(keys.get(verified.accessKeyId)?.principal ?? '', request, set);
}

/** A principal of the stack by its name or ARN, or any other ARN. */
export function callerNamed(named: string, request: JudgedRequest, set: PolicySet): Caller {
  const found = Object.values(set.stack?.principals ?? {}).find(
    ({ name, principal }) => name === named || principal.arn === named,
  );
  if (found !== undefined) {
    return { kind: 'known', identity: identityOf(found.principal, request), policies: found.caller };
  }
  if (!named.startsWith('arn:')) return { kind: 'undecided', reason: 'unknownCaller' };
  return { kind: 'known', identity: identityOf({ arn: named }, request), policies: 'assume-allowed' };
}

function nobody(request: JudgedRequest): Caller {
  return { kind: 'known', identity: identityOf('anonymous', request), policies: undefined };
}

function identityOf(principal: Principal | 'anonymous', { peerAddress, authority }: JudgedRequest): LatticeIdentity {
  const port = /:(\d{1,5})$/.exec(authority)?.[1];
  return {
    principal,
    sourceVpc: undefined,
    sourceVpcOwnerAccount: undefined,
    sourceIp: plainAddress(peerAddress) || undefined,
    port: port === undefined ? undefined : Number(port),
    serviceArn: undefined,
    serviceNetworkArn: undefined,
  };
}

/** Reads each header once: all that say anything of a caller begin with `x-`. */
function headerReader(flat: readonly string[]): HeaderReader {
  const found = new Map<string, string | typeof REPEATED>();
  for (let at = 0; at < flat.length; at += 2) {
    const name = flat[at] ?? '';
    if (name[0] !== 'x' && name[0] !== 'X') continue;
    const lower = name.toLowerCase();
    found.set(lower, found.has(lower) ? REPEATED : (flat[at + 1] ?? ''));
  }
  return (name) => found.get(name);
}

function rawRequest({ method, target, headers, authority }: JudgedRequest): {
  method: string;
  target: string;
  headers: RawHeader[];
} {
  const list: RawHeader[] = [];
  let hasHost = false;
  for (let at = 0; at < headers.length; at += 2) {
    const name = headers[at] ?? '';
    hasHost ||= name.toLowerCase() === 'host';
    list.push([name, headers[at + 1] ?? '']);
  }
  if (!hasHost) list.push(['host', authority]);
  return { method, target, headers: list };
}
