// failures.ts — what happens when an attempt did not succeed: try again after a pause, mend what can be mended, or leave
// it to the caller. Loaded by the first failure of a process.
import { type NetworkFailure, networkFailure } from '../retry/network-errors.js';
import { parseRetryAfter } from '../retry/retry-after.js';
import { RETRY_COST } from '../retry/retry-budget.js';
import { mayRepeat, retryDelay } from '../retry/retry-delay.js';
import { sleep } from '../retry/sleep.js';
import { announceRetry } from './announce-retry.js';
import { LatticeTimeoutError } from './fetch-errors.js';
import type { RetryEvent } from './observe.js';
import { learnFromSuccess, recover } from './recovery.js';
import type { Run, Transport } from './run.js';

/** True: the request should be sent again, and the response has been dealt with. False: the response is the caller's. */
export async function repeats<R>(run: Run, response: R, transport: Transport<R>): Promise<boolean> {
  const { client, out } = run;
  const status = transport.status(response);
  if (status < 400) {
    learnFromSuccess(out.destination, response, transport);
    return false;
  }
  if (!out.retry.statuses.has(status)) return recover(run, response, transport);
  if (!canRepeat(run, 'unknown')) return false;
  const retryAfterMs = parseRetryAfter(transport.header(response, 'retry-after'), Date.now());
  const delayMs = retryDelay(out.retry, run.failures + 1, retryAfterMs, Math.random());
  if (delayMs === undefined || !client.budget.take(RETRY_COST.error)) return false;
  transport.discard(response);
  await pause(run, { reason: 'status', status, delayMs });
  return true;
}

/** Waits for the next attempt, or throws what the last one failed with. */
export async function retryAfterError(run: Run, error: unknown): Promise<void> {
  const { client, out } = run;
  if (out.signal?.aborted) throw error;
  const timedOut = error instanceof LatticeTimeoutError;
  const failure: NetworkFailure = timedOut ? 'unknown' : networkFailure(error);
  if (failure === 'none' || !canRepeat(run, failure)) throw error;
  const delayMs = retryDelay(out.retry, run.failures + 1, undefined, Math.random()) ?? 0;
  if (!client.budget.take(timedOut ? RETRY_COST.timeout : RETRY_COST.error)) throw error;
  await pause(run, { reason: timedOut ? 'timeout' : 'network', status: undefined, delayMs });
}

function canRepeat(run: Run, failure: NetworkFailure): boolean {
  const { out } = run;
  if (run.failures + 1 >= out.retry.attempts || out.body.kind === 'once') return false;
  return failure === 'unsent' || mayRepeat(out.retry, out.method, out.headers);
}

async function pause(run: Run, retry: Pick<RetryEvent, 'reason' | 'status' | 'delayMs'>): Promise<void> {
  run.failures += 1;
  announceRetry(run, retry);
  await sleep(retry.delayMs, run.out.signal);
}
