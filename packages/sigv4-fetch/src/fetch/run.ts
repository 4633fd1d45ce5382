// run.ts — a request in progress: what it is, what was tried, what the last attempt was signed with, and the events that
// tell others of it.
import type { SigningOptions } from '../core.js';
import type { CredentialSet } from '../credentials/credentials.js';
import type { Client } from './client.js';
import type { Signature } from './make-signature.js';
import type { AttemptEvent } from './observe.js';
import type { Outgoing, WireRequest } from './outgoing.js';

/** How requests are sent and responses read. */
export interface Transport<R> {
  send(wire: WireRequest): Promise<R>;
  status(response: R): number;
  header(response: R, name: string): string | undefined;
  /** The beginning of the body, as text; the response can still be read from the start. */
  peek(response: R): Promise<string>;
  /** Frees the connection of a response nobody will read. */
  discard(response: R): void;
  /** What the caller gets for a response that ends the exchange. */
  finish(run: Run, response: R): R | Promise<R>;
}

/** A request in progress. */
export interface Run {
  readonly client: Client;
  readonly out: Outgoing;
  attempt: number;
  /** Failures that count against `retry.attempts`. */
  failures: number;
  /** Recoveries that were used: each happens once. */
  readonly recovered: { clockSkew: boolean; expiredCredentials: boolean };
  /** What the last attempt was signed with: to be compared with what is known by the time it is refused. */
  credentials: CredentialSet | undefined;
  clockOffsetMs: number;
  signed: Signature | undefined;
  failed: boolean;
}

/** A run that has not begun. */
export function newRun(client: Client, out: Outgoing): Run {
  return {
    client,
    out,
    attempt: 0,
    failures: 0,
    recovered: { clockSkew: false, expiredCredentials: false },
    credentials: undefined,
    clockOffsetMs: 0,
    signed: undefined,
    failed: false,
  };
}

/** Tells observers of a signature. */
export function announceSignature(run: Run, options: SigningOptions): void {
  const { region } = run.out.destination;
  run.client.observers.sign.emit({
    ...attemptEvent(run),
    accessKeyId: options.credentials.accessKeyId,
    region: region?.region ?? region?.regionSet?.join(',') ?? '',
    signedAt: options.date,
  });
}

/** Tells observers of an attempt. The time is taken only when somebody will hear of it. */
export function announce(run: Run): number | undefined {
  const { attempt, response } = run.client.observers;
  if (attempt.wanted) attempt.emit(attemptEvent(run));
  return response.wanted ? performance.now() : undefined;
}

/** Tells observers of a response. */
export function announceResponse(run: Run, status: number, startedMs: number): void {
  run.client.observers.response.emit({ ...attemptEvent(run), status, durationMs: performance.now() - startedMs });
}

/** Tells observers that the request failed for good; once, however many hands the error goes through. */
export function announceFailure(run: Run, error: unknown): void {
  const { error: observer } = run.client.observers;
  if (run.failed || !observer.wanted) return;
  run.failed = true;
  observer.emit({ ...attemptEvent(run), error });
}

/** What all events say. */
export function attemptEvent(run: Run): AttemptEvent {
  const { method, href, headers } = run.out;
  return { method, url: href, attempt: run.attempt, requestId: headers['x-amzn-requestid'] };
}
