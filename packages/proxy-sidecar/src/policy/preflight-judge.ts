// preflight-judge.ts: outbound's judge: would Lattice let this request through? Asks the stack's policies before anything is
// sent. `enforce` answers as Lattice would; `shadow` only notes, and compares with what Lattice really answers.
import type { Authorizer, LatticeRequest } from '@lattice-auth/policy-engine';
import { authorizerFor, requestFor, type Stack, StackError } from '@lattice-auth/stack';
import type { PolicyFilesConfig } from '../config/sidecar-config.js';
import type { DecisionRecord, Exchange, JudgedRequest, Judgement, RequestJudge } from '../http/exchange.js';
import type { Logger } from '../log/logger.js';
import type { Agreement } from '../metrics/traffic.js';
import { compareAnswer } from './agreement.js';
import { headerRecord, recordOf, refusal, type Undecided, undecidedRecord } from './decided.js';
import type { PolicySet } from './policy-set.js';

/** Destinations remembered; apps choose them, within the allow-list. */
const DESTINATIONS_MAX = 1_000;
/** Decisions remembered, where policies look at nothing that differs between two requests for the same thing. */
const KNOWN_MAX = 4_096;
const KEY_CHARS_MAX = 1_024;
/** Differences logged within a second; all are counted. */
const LOGGED_PER_SECOND_MAX = 10;

export interface PreflightParts {
  readonly mode: 'shadow' | 'enforce';
  readonly files: PolicyFilesConfig;
  readonly logger: Logger;
  /** The policies in force. */
  policies(): PolicySet | undefined;
  compared(outcome: Agreement): void;
}

/** Whom a host name means: a service whose authorizer is known, or why none is. */
type Destination =
  | {
      readonly kind: 'service';
      readonly authorizer: Authorizer;
      readonly request: LatticeRequest;
      readonly principal: string;
    }
  | { readonly kind: 'undecided'; readonly reason: Undecided; readonly message: string };

/** A decision that stands until the policies change. */
interface Decided {
  readonly record: DecisionRecord;
  readonly message: string;
}

/** The judge of the outbound listener. */
export class PreflightJudge implements RequestJudge {
  readonly #parts: PreflightParts;
  #set: PolicySet | undefined;
  #destinations = new Map<string, Destination>();
  readonly #known = new Map<string, Decided>();
  #loggedInSecond = 0;
  #second = 0;

  constructor(parts: PreflightParts) {
    this.#parts = parts;
  }

  judge(exchange: Exchange, request: JudgedRequest): Judgement {
    const startedAtMs = performance.now();
    const { mode } = this.#parts;
    const set = this.#parts.policies();
    const destination = this.#destinationOf(set, request.authority);
    if (destination.kind === 'undecided') {
      const { reason, message } = destination;
      exchange.decision = undecidedRecord(reason, mode, undefined, startedAtMs);
      return this.#judgement(exchange.decision, message);
    }
    const { authorizer, principal } = destination;
    const { method, target, protocol, authority } = request;
    const key = set?.isRepeatable ? `${method} ${protocol} ${authority} ${target}` : undefined;
    const before = key === undefined ? undefined : this.#known.get(key);
    if (before !== undefined) {
      exchange.decision = { ...before.record, durationMs: performance.now() - startedAtMs };
      return this.#judgement(exchange.decision, before.message);
    }
    const decision = authorizer.authorize(latticeRequest(destination.request, request, set?.asksForHeaders === true));
    const record = recordOf(decision, mode, principal, startedAtMs);
    if (key !== undefined) this.#remember(key, { record, message: decision.message });
    exchange.decision = record;
    return this.#judgement(record, decision.message);
  }

  #remember(key: string, decided: Decided): void {
    if (key.length > KEY_CHARS_MAX) return;
    if (this.#known.size >= KNOWN_MAX) this.#known.clear();
    this.#known.set(key, decided);
  }

  #judgement(record: DecisionRecord, message: string): Judgement {
    if (record.effect === 'allow' || this.#parts.mode === 'shadow') return { kind: 'allow' };
    return refusal(record, message);
  }

  onAnswer(exchange: Exchange, status: number, text: string | undefined): void {
    const { decision } = exchange;
    if (decision === undefined) return;
    const outcome = compareAnswer(decision, status, text);
    this.#parts.compared(outcome);
    if (outcome === 'agree' || outcome === 'unknown' || !this.#mayLog()) return;
    this.#parts.logger.warn('Lattice decided otherwise', {
      outcome,
      requestId: exchange.requestId,
      host: exchange.authority,
      ours: {
        effect: decision.effect,
        layer: decision.layer,
        reason: decision.reason,
        statements: decision.statements,
      },
      answer: { status, text },
    });
  }

  #mayLog(): boolean {
    const second = Math.floor(performance.now() / 1_000);
    if (second !== this.#second) {
      this.#second = second;
      this.#loggedInSecond = 0;
    }
    this.#loggedInSecond += 1;
    return this.#loggedInSecond <= LOGGED_PER_SECOND_MAX;
  }

  #destinationOf(set: PolicySet | undefined, authority: string): Destination {
    if (set !== this.#set) {
      this.#set = set;
      this.#destinations = new Map();
      this.#known.clear();
    }
    const known = this.#destinations.get(authority);
    if (known !== undefined) return known;
    const found = findDestination(set?.stack, authority, this.#parts.files);
    if (this.#destinations.size >= DESTINATIONS_MAX) this.#destinations.clear();
    this.#destinations.set(authority, found);
    return found;
  }
}

function findDestination(stack: Stack | undefined, authority: string, files: PolicyFilesConfig): Destination {
  if (stack === undefined) return undecided('noPolicies', 'there are no usable policies');
  const { host, port } = splitAuthority(authority);
  try {
    const from = files.caller ?? 'anonymous';
    const asked = requestFor(stack, { from, to: host, vpc: files.sourceVpc, port });
    if (asked.kind === 'unreachable') return undecided('unreachable', asked.message);
    const { request } = asked;
    const principal = request.principal === 'anonymous' ? 'anonymous' : request.principal.arn;
    return { kind: 'service', authorizer: authorizerFor(stack, asked), request, principal };
  } catch (error) {
    if (!(error instanceof StackError)) throw error;
    // Such as a caller of whom the stack doesn't say from which of several networks it calls.
    return undecided(error.code === 'ERR_STACK_REFERENCE' ? 'unknownService' : 'ambiguous', error.message);
  }
}

function undecided(reason: Undecided, why: string): Destination {
  return { kind: 'undecided', reason, message: `AccessDeniedException: the sidecar could not decide: ${why}` };
}

function splitAuthority(authority: string): { host: string; port: number | undefined } {
  const found = /^(.*?)(?::(\d{1,5}))?$/.exec(authority);
  return { host: found?.[1] ?? authority, port: found?.[2] === undefined ? undefined : Number(found[2]) };
}

/** The request as Lattice will see it: what is known of the destination, and what this one asks for, at this time. */
function latticeRequest(known: LatticeRequest, request: JudgedRequest, withHeaders: boolean): LatticeRequest {
  const { method, target, protocol, headers } = request;
  return {
    principal: known.principal,
    caller: known.caller,
    protocol: known.protocol === 'tls' ? 'tls' : protocol,
    method,
    path: target,
    headers: withHeaders ? headerRecord(headers) : undefined,
    port: known.port,
    sourceVpc: known.sourceVpc,
    sourceVpcOwnerAccount: known.sourceVpcOwnerAccount,
    sourceIp: known.sourceIp,
    time: new Date(),
  };
}
