// inbound-judge.ts: the judge in front of the app: takes identity headers from whoever is not Lattice, finds out who calls,
// and asks the policies. It stands behind no listener in particular.
import type { Decision, LatticeRequest, Principal } from '@lattice-auth/policy-engine';
import { type RawHeader, type RejectedVerification, verifyRequest } from '@lattice-auth/sigv4-fetch/core';
import type { JudgeMode } from '../config/sidecar-config.js';
import type { DecisionRecord, Exchange, JudgedRequest, Judgement, RequestJudge } from '../http/exchange.js';
import { headerRecord, recordOf, refusal, type Undecided, undecidedRecord } from '../policy/decided.js';
import type { PolicySet } from '../policy/policy-set.js';
import { type Asked, findAuthorizers } from './find-authorizers.js';
import { IDENTITY_HEADERS } from './identity-headers.js';
import { type HeaderReader, type LatticeIdentity, REPEATED, readIdentity } from './lattice-identity.js';
import type { StaticKey } from './static-keys.js';
import { type PeerTest, plainAddress } from './trusted-peers.js';

/** What verifies signatures that came in. */
export interface KeyVerification {
  readonly keys: ReadonlyMap<string, StaticKey>;
  readonly service: string;
  readonly region: string;
}

export interface InboundJudgeParts {
  readonly mode: JudgeMode;
  /** The service that this is, by name or ARN. */
  readonly service: string | undefined;
  readonly isTrusted: PeerTest;
  readonly verification: KeyVerification | undefined;
  /** The policies in force. */
  policies(): PolicySet | undefined;
}

/** Who calls, or why that is not known. */
type Caller =
  | { readonly kind: 'known'; readonly identity: LatticeIdentity; readonly policies: LatticeRequest['caller'] }
  | { readonly kind: 'undecided'; readonly reason: Undecided }
  | { readonly kind: 'rejected'; readonly rejection: RejectedVerification };

const isIdentityHeader = (name: string) => IDENTITY_HEADERS.has(name);

/** The judge of the inbound listener. */
export class InboundJudge implements RequestJudge {
  readonly #parts: InboundJudgeParts;

  constructor(parts: InboundJudgeParts) {
    this.#parts = parts;
  }

  judge(exchange: Exchange, request: JudgedRequest): Judgement {
    const startedAtMs = performance.now();
    const { mode, isTrusted } = this.#parts;
    const trusted = isTrusted(request.peerAddress);
    // INVARIANT: whatever the mode, the app never sees an identity that somebody else than Lattice has written.
    const headers = withoutForeignIdentity(request.headers, trusted);
    const passed: Judgement = { kind: 'allow', headers };
    if (mode === 'off') return passed;
    const { record, message } = this.#decide(request, trusted, mode, startedAtMs);
    exchange.decision = record;
    return record.effect === 'allow' || mode === 'shadow' ? passed : refusal(record, message);
  }

  #decide(
    request: JudgedRequest,
    trusted: boolean,
    mode: 'shadow' | 'enforce',
    startedAtMs: number,
  ): { record: DecisionRecord; message: string } {
    const undecided = (reason: Undecided, principal?: string) => {
      return { record: undecidedRecord(reason, mode, principal, startedAtMs), message: '' };
    };
    const set = this.#parts.policies();
    if (set === undefined) return undecided('noPolicies');
    const caller = trusted ? callerFromLattice(request) : this.#callerFromSignature(request, set);
    if (caller.kind === 'undecided') return undecided(caller.reason);
    if (caller.kind === 'rejected') return rejectedSignature(caller.rejection, mode, startedAtMs);
    const { identity } = caller;
    const principal = identity.principal === 'anonymous' ? 'anonymous' : identity.principal.arn;
    const { serviceArn, serviceNetworkArn } = identity;
    const asked = findAuthorizers(set, { configured: this.#parts.service, serviceArn, serviceNetworkArn });
    if (asked === undefined) return undecided('unknownService', principal);
    const { decision, layer } = ask(asked, latticeRequest(request, identity, caller.policies, set.asksForHeaders));
    return { record: recordOf(decision, mode, principal, startedAtMs, layer), message: decision.message };
  }

  #callerFromSignature(request: JudgedRequest, set: PolicySet): Caller {
    const nobody = identityOf('anonymous', request);
    const { verification } = this.#parts;
    if (verification === undefined) return { kind: 'known', identity: nobody, policies: undefined };
    const { keys, service, region } = verification;
    const lookup = (id: string) => keys.get(id);
    const verified = verifyRequest(rawRequest(request), { lookup, now: Date.now(), service, region, diagnose: false });
    if (verified.kind === 'rejected') return { kind: 'rejected', rejection: verified };
    if (verified.kind === 'anonymous') return { kind: 'known', identity: nobody, policies: undefined };
    const named = keys.get(verified.accessKeyId)?.principal ?? '';
    const found = Object.values(set.stack?.principals ?? {}).find(
      ({ name, principal }) => name === named || principal.arn === named,
    );
    if (found !== undefined) {
      return { kind: 'known', identity: identityOf(found.principal, request), policies: found.caller };
    }
    if (!named.startsWith('arn:')) return { kind: 'undecided', reason: 'unknownCaller' };
    return { kind: 'known', identity: identityOf({ arn: named }, request), policies: 'assume-allowed' };
  }
}

/** Lattice has asked the caller's own policies before it delivered the request. */
function callerFromLattice(request: JudgedRequest): Caller {
  const read = readIdentity(headerReader(request.headers));
  if (read.kind === 'malformed') return { kind: 'undecided', reason: 'malformedIdentity' };
  return { kind: 'known', identity: read.identity, policies: 'assume-allowed' };
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

/** The first that denies, or the last that allows. */
function ask(asked: readonly Asked[], request: LatticeRequest): { decision: Decision; layer: string | undefined } {
  let last: { decision: Decision; layer: string | undefined } | undefined;
  for (const { authorizer, layer } of asked) {
    last = { decision: authorizer.authorize(request), layer };
    if (last.decision.decision === 'deny') return last;
  }
  // INVARIANT: the configuration makes sure that somebody is asked; were nobody, nothing would be allowed.
  if (last === undefined) throw new Error('no policy was asked');
  return last;
}

function latticeRequest(
  { method, target, headers, protocol }: JudgedRequest,
  identity: LatticeIdentity,
  caller: LatticeRequest['caller'],
  withHeaders: boolean,
): LatticeRequest {
  return {
    principal: identity.principal,
    caller,
    protocol,
    method,
    path: target,
    headers: withHeaders ? headerRecord(headers, isIdentityHeader) : undefined,
    port: identity.port,
    sourceVpc: identity.sourceVpc,
    sourceVpcOwnerAccount: identity.sourceVpcOwnerAccount,
    sourceIp: identity.sourceIp,
    time: new Date(),
  };
}

function rejectedSignature(
  { code, message }: RejectedVerification,
  mode: 'shadow' | 'enforce',
  startedAtMs: number,
): { record: DecisionRecord; message: string } {
  const durationMs = performance.now() - startedAtMs;
  return { record: { mode, effect: 'deny', layer: 'signature', reason: code, durationMs }, message };
}

/** The headers without those that only Lattice may write; undefined when there are none such. */
function withoutForeignIdentity(flat: readonly string[], trusted: boolean): readonly string[] | undefined {
  const isForeign = (at: number) => isForeignIdentity(flat[at] ?? '', trusted);
  let found = false;
  for (let at = 0; at < flat.length && !found; at += 2) found = isForeign(at);
  if (!found) return undefined;
  const kept: string[] = [];
  for (let at = 0; at < flat.length; at += 2) if (!isForeign(at)) kept.push(flat[at] ?? '', flat[at + 1] ?? '');
  return kept;
}

/** Some frameworks take `_` for `-` in names, so that an app could read what Lattice has not known as its own header. */
function isForeignIdentity(name: string, trusted: boolean): boolean {
  const lower = name.toLowerCase();
  if (!lower.startsWith('x')) return false;
  return trusted
    ? lower.includes('_') && isIdentityHeader(lower.replaceAll('_', '-'))
    : isIdentityHeader(lower.replaceAll('_', '-'));
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
