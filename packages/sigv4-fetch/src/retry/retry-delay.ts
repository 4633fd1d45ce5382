// retry-delay.ts — whether a request may be repeated, and after how long. Pure: the random number comes in.
import type { RetryPolicy } from './retry-policy.js';

/** Whether this request may be repeated after it may have been processed. */
export function mayRepeat(policy: RetryPolicy, method: string, headers: Readonly<Record<string, string>>): boolean {
  return policy.methods.has(method) || headers['idempotency-key'] !== undefined;
}

/**
 * How long to wait before the next attempt; undefined when the server asks for longer than we are willing to wait.
 * Full jitter: anything from nothing to the doubled delay. A server's Retry-After is a floor.
 */
export function retryDelay(
  policy: RetryPolicy,
  failedAttempts: number,
  retryAfterMs: number | undefined,
  random: number,
): number | undefined {
  const ceiling = Math.min(policy.maxDelayMs, policy.baseDelayMs * 2 ** Math.min(failedAttempts - 1, 30));
  const jittered = random * ceiling;
  if (retryAfterMs === undefined) return jittered;
  if (retryAfterMs > policy.maxRetryAfterMs) return undefined;
  return Math.max(retryAfterMs, jittered);
}
