// check-judge.ts: decides about a request that Envoy holds: who calls, which service of the stack is meant, what its policies say.
// As in front of the app, only that more of it can be said by Envoy's configuration. Total: what goes wrong is a decision, too.
import type { Decision } from '@lattice-auth/policy-engine';
import type { Stack } from '@lattice-auth/stack';
import type { ExtAuthzConfig } from '../config/sidecar-config.js';
import type { DecisionRecord } from '../http/exchange.js';
import { askPolicies, latticeRequest, rejectedSignature } from '../inbound/ask-policies.js';
import { findAuthorizers } from '../inbound/find-authorizers.js';
import {
  type Caller,
  callerFromLattice,
  callerFromSignature,
  callerNamed,
  type KeyVerification,
} from '../inbound/find-caller.js';
import type { LatticeIdentity } from '../inbound/lattice-identity.js';
import type { PeerTest } from '../inbound/trusted-peers.js';
import { recordOf, type Undecided, undecidedRecord } from '../policy/decided.js';
import type { PolicySet } from '../policy/policy-set.js';
import type { CheckQuestion } from './check-question.js';

/** What is decided with. */
export interface CheckJudgeParts {
  readonly config: Pick<ExtAuthzConfig, 'mode' | 'service' | 'serviceNetwork' | 'sourceVpc' | 'principals'>;
  readonly isTrusted: PeerTest;
  readonly verification: KeyVerification | undefined;
  /** The policies in force. */
  policies(): PolicySet | undefined;
  /** A line for the operator about something that should not happen. */
  report(problem: string, cause: unknown): void;
}

/** What came out. */
export interface Verdict {
  readonly record: DecisionRecord;
  /** Lattice's text for a denial. */
  readonly message: string;
  /** The engine's own word, if it was asked. */
  readonly decision: Decision | undefined;
  /** Identity headers of this request are Lattice's. */
  readonly trusted: boolean;
}

/** Decides about requests that Envoy holds. */
export class CheckJudge {
  readonly #parts: CheckJudgeParts;

  constructor(parts: CheckJudgeParts) {
    this.#parts = parts;
  }

  /** `question` is undefined when it could not be read. */
  decide(question: CheckQuestion | undefined): Verdict {
    const startedAtMs = performance.now();
    const trusted = question !== undefined && this.#parts.isTrusted(question.request.peerAddress);
    if (question === undefined) return this.#undecided('unreadableRequest', trusted, startedAtMs);
    try {
      return this.#decide(question, trusted, startedAtMs);
    } catch (cause) {
      // INVARIANT: a fault of ours lets nothing through.
      this.#parts.report('a decision failed', cause);
      return this.#undecided('internal', trusted, startedAtMs);
    }
  }

  #undecided(reason: Undecided, trusted: boolean, startedAtMs: number, principal?: string): Verdict {
    const record = undecidedRecord(reason, this.#parts.config.mode, principal, startedAtMs);
    return { record, message: '', decision: undefined, trusted };
  }

  #decide(question: CheckQuestion, trusted: boolean, startedAtMs: number): Verdict {
    const { config, policies } = this.#parts;
    const { request, route } = question;
    const set = policies();
    if (set === undefined) return this.#undecided('noPolicies', trusted, startedAtMs);
    const caller = trusted ? callerFromLattice(request) : this.#callerFromElsewhere(question, set);
    if (caller.kind === 'undecided') return this.#undecided(caller.reason, trusted, startedAtMs);
    if (caller.kind === 'rejected') {
      return { ...rejectedSignature(caller.rejection, config.mode, startedAtMs), decision: undefined, trusted };
    }
    const principal = caller.identity.principal === 'anonymous' ? 'anonymous' : caller.identity.principal.arn;
    const undecided = (reason: Undecided) => this.#undecided(reason, trusted, startedAtMs, principal);
    const identity = withVpc(caller.identity, set.stack, route.sourceVpc ?? config.sourceVpc);
    if (identity === undefined) return undecided('unknownVpc');
    const network = networkArn(identity, set.stack, route.serviceNetwork ?? config.serviceNetwork);
    if (network === 'unknown') return undecided('unknownService');
    const configured = route.service ?? config.service;
    const asked = findAuthorizers(set, { configured, serviceArn: identity.serviceArn, serviceNetworkArn: network });
    if (asked === undefined) return undecided('unknownService');
    const { decision, layer } = askPolicies(
      asked,
      latticeRequest(request, identity, caller.policies, set.asksForHeaders),
    );
    const record = recordOf(decision, config.mode, principal, startedAtMs, layer);
    return { record, message: decision.message, decision, trusted };
  }

  /** Who has signed; else whom Envoy knows by a certificate. A signature that does not hold is not outweighed by one. */
  #callerFromElsewhere(question: CheckQuestion, set: PolicySet): Caller {
    const { verification, config } = this.#parts;
    const caller = callerFromSignature(question.request, set, verification);
    if (caller.kind !== 'known' || caller.identity.principal !== 'anonymous') return caller;
    const { peerPrincipal } = question;
    const isKnown = peerPrincipal !== '' && Object.hasOwn(config.principals, peerPrincipal);
    const named = isKnown ? config.principals[peerPrincipal] : undefined;
    return named === undefined ? caller : callerNamed(named, question.request, set);
  }
}

const VPC_ID = /^vpc-[0-9a-z]+$/;

/** Lattice's word for the VPC, else the configuration's; undefined when that names none. */
function withVpc(
  identity: LatticeIdentity,
  stack: Stack | undefined,
  configured: string | undefined,
): LatticeIdentity | undefined {
  if (identity.sourceVpc !== undefined || configured === undefined) return identity;
  const found = Object.values(stack?.vpcs ?? {}).find(({ name, id }) => name === configured || id === configured);
  if (found !== undefined) return { ...identity, sourceVpc: found.id, sourceVpcOwnerAccount: found.accountId };
  return VPC_ID.test(configured) ? { ...identity, sourceVpc: configured } : undefined;
}

/** The ARN of the network that the request came by: Lattice's word and the configuration's must not differ. */
function networkArn(
  { serviceNetworkArn }: LatticeIdentity,
  stack: Stack | undefined,
  configured: string | undefined,
): string | undefined | 'unknown' {
  if (configured === undefined || stack === undefined) return serviceNetworkArn;
  const found = Object.values(stack.serviceNetworks).find(
    ({ name, id, arn }) => name === configured || id === configured || arn === configured,
  );
  if (found === undefined || (serviceNetworkArn !== undefined && serviceNetworkArn !== found.arn)) return 'unknown';
  return found.arn;
}

/** Names in the configuration that the policies in force do not know; one line each, for readiness. */
export function unknownNames(config: CheckJudgeParts['config'], set: PolicySet | undefined): string[] {
  const stack = set?.stack;
  if (stack === undefined) return [];
  const found: string[] = [];
  const { service, serviceNetwork, sourceVpc, principals } = config;
  const known = (all: object, name: string) =>
    Object.values(all).some((one: { name: string; id?: string; arn?: string }) =>
      [one.name, one.id, one.arn].includes(name),
    );
  const miss = (setting: string, name: string | undefined, all: object) => {
    if (name !== undefined && !known(all, name)) found.push(`the stack has no \`${name}\`, as \`${setting}\` says`);
  };
  miss('extAuthz.service', service, stack.services);
  miss('extAuthz.serviceNetwork', serviceNetwork, stack.serviceNetworks);
  if (sourceVpc === undefined || !VPC_ID.test(sourceVpc)) miss('extAuthz.sourceVpc', sourceVpc, stack.vpcs);
  for (const name of Object.values(principals)) {
    if (!name.startsWith('arn:')) miss('extAuthz.principals', name, stack.principals);
  }
  return found;
}
