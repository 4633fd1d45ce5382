// announce-retry.ts — the event of a retry, for the two places that make one.
import type { RetryEvent } from './observe.js';
import { attemptEvent, type Run } from './run.js';

/** Tells observers that another attempt will be made. */
export function announceRetry(run: Run, retry: Pick<RetryEvent, 'reason' | 'status' | 'delayMs'>): void {
  const { retry: observer } = run.client.observers;
  if (observer.wanted) observer.emit({ ...attemptEvent(run), ...retry });
}
