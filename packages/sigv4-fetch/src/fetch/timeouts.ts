// timeouts.ts — how long an attempt, and all attempts with their pauses, may take until the response begins.
// Costs nothing when no timeout is set; otherwise one timer each, cleared when the response is there.
import { LatticeTimeoutError } from './fetch-errors.js';

/** Milliseconds, counted up to the head of the response. A body is read under the caller's own signal. */
export interface TimeoutOptions {
  /** One attempt. */
  readonly attemptMs?: number;
  /** Everything: waiting for credentials, all attempts, all pauses, all redirects. */
  readonly totalMs?: number;
}

/** A signal that also fires on a timeout. `stop` must be called once the response has begun. */
export interface Deadline {
  readonly signal: AbortSignal | undefined;
  stop(): void;
}

const NOTHING = () => undefined;
const NONE: Deadline = { signal: undefined, stop: NOTHING };

/** Joins the caller's signal with a timer. */
export function deadline(
  signal: AbortSignal | undefined,
  scope: 'attempt' | 'total',
  timeoutMs: number | undefined,
): Deadline {
  if (timeoutMs === undefined) return signal === undefined ? NONE : { signal, stop: NOTHING };
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(new LatticeTimeoutError(scope, timeoutMs)), timeoutMs);
  const stop = () => clearTimeout(timer);
  return { signal: signal === undefined ? controller.signal : AbortSignal.any([signal, controller.signal]), stop };
}
