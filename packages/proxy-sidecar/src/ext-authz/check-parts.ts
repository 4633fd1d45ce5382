// check-parts.ts: what both forms of external authorization are made of, and what they do alike: tell those who look on, and
// survive a fault of their own.
import type { ExtAuthzConfig } from '../config/sidecar-config.js';
import type { SidecarErrorCode } from '../errors.js';
import type { Deadlines } from '../http/deadlines.js';
import type { Downstream, DownstreamEvents } from '../http/downstream.js';
import type { ExchangeObserver } from '../http/exchange.js';
import type { CheckJudge } from './check-judge.js';
import { type CheckForm, type CheckOutcome, checkExchange, requestIdOf } from './check-record.js';

/** What answers questions. */
export interface CheckParts {
  readonly config: ExtAuthzConfig;
  readonly judge: CheckJudge;
  readonly deadlines: Deadlines;
  readonly observers: readonly ExchangeObserver[];
  /** For health checks: would a question be decided? */
  ready(): boolean;
  /** A line for the operator about something that should not happen. */
  report(problem: string, cause: unknown): void;
}

/** For those who are answered before their body is looked at. */
export const NOBODY: DownstreamEvents = {
  onBody: () => undefined,
  onBodyEnd: () => undefined,
  onRoom: () => undefined,
  onFinished: () => undefined,
  onGone: () => undefined,
};

/** Tells those who look on. They never hold an answer up: it has been given. */
export function tellObservers({ observers, report }: CheckParts, down: Downstream, outcome: CheckOutcome): void {
  const exchange = checkExchange(down, outcome);
  for (const observer of observers) {
    try {
      observer.onStart?.(exchange);
      observer.onEnd?.(exchange);
    } catch (cause) {
      report('an observer failed', cause);
    }
  }
}

/** Tells them of what came to no decision. `status` 0: no answer that HTTP has a number for. */
export function tellFailure(
  parts: CheckParts,
  down: Downstream,
  failure: { form: CheckForm; startedAtMs: number; status: number; errorCode: SidecarErrorCode },
): void {
  const nothing = { question: undefined, bytesIn: 0, bytesOut: 0, decision: undefined };
  tellObservers(parts, down, { ...failure, ...nothing, requestId: requestIdOf(undefined) });
}

/** Runs what answers a call. INVARIANT: a fault of ours ends it without an answer, which allows nothing. */
export function guarded(parts: CheckParts, down: Downstream, answer: () => void): void {
  try {
    answer();
  } catch (cause) {
    parts.report('a question could not be answered', cause);
    down.cut();
  }
}
