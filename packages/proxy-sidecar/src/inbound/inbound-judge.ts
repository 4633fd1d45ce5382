// inbound-judge.ts: the judge in front of the app: takes identity headers from whoever is not Lattice, finds out who calls,
// and asks the policies. It stands behind no listener in particular.
import type { JudgeMode } from '../config/sidecar-config.js';
import type { DecisionRecord, Exchange, JudgedRequest, Judgement, RequestJudge } from '../http/exchange.js';
import { recordOf, refusal, type Undecided, undecidedRecord } from '../policy/decided.js';
import type { PolicySet } from '../policy/policy-set.js';
import { askPolicies, isIdentityHeader, latticeRequest, rejectedSignature } from './ask-policies.js';
import { findAuthorizers } from './find-authorizers.js';
import { callerFromLattice, callerFromSignature, type KeyVerification } from './find-caller.js';
import type { PeerTest } from './trusted-peers.js';

export interface InboundJudgeParts {
  readonly mode: JudgeMode;
  /** The service that this is, by name or ARN. */
  readonly service: string | undefined;
  readonly isTrusted: PeerTest;
  readonly verification: KeyVerification | undefined;
  /** The policies in force. */
  policies(): PolicySet | undefined;
}

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
    const { service, verification, policies } = this.#parts;
    const set = policies();
    if (set === undefined) return undecided('noPolicies');
    const caller = trusted ? callerFromLattice(request) : callerFromSignature(request, set, verification);
    if (caller.kind === 'undecided') return undecided(caller.reason);
    if (caller.kind === 'rejected') return rejectedSignature(caller.rejection, mode, startedAtMs);
    const { identity } = caller;
    const principal = identity.principal === 'anonymous' ? 'anonymous' : identity.principal.arn;
    const { serviceArn, serviceNetworkArn } = identity;
    const asked = findAuthorizers(set, { configured: service, serviceArn, serviceNetworkArn });
    if (asked === undefined) return undecided('unknownService', principal);
    const question = latticeRequest(request, identity, caller.policies, set.asksForHeaders);
    const { decision, layer } = askPolicies(asked, question);
    return { record: recordOf(decision, mode, principal, startedAtMs, layer), message: decision.message };
  }
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
export function isForeignIdentity(name: string, trusted: boolean): boolean {
  const lower = name.toLowerCase();
  if (!lower.startsWith('x')) return false;
  return trusted
    ? lower.includes('_') && isIdentityHeader(lower.replaceAll('_', '-'))
    : isIdentityHeader(lower.replaceAll('_', '-'));
}
