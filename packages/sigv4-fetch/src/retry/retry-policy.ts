// retry-policy.ts — what may be said about retries (docs/fetch.md, "Retries"), checked, with its defaults.
import { refuseUnless } from '../errors.js';

/** What may be said about retries. Everything has a default. */
export interface RetryOptions {
  /** Attempts in all, the first one included. Default 3. */
  readonly attempts?: number;
  /** Methods that may be repeated. Default GET, HEAD, OPTIONS, TRACE, PUT and DELETE. */
  readonly methods?: readonly string[];
  /** Statuses that are tried again. Default 429, 502, 503 and 504. */
  readonly statuses?: readonly number[];
  /** The backoff doubles from this, in milliseconds. Default 100. */
  readonly baseDelayMs?: number;
  /** No backoff is longer. Default 20,000. */
  readonly maxDelayMs?: number;
  /** A server that asks for a longer pause than this gets no retry. Default 20,000. */
  readonly maxRetryAfterMs?: number;
  /** Tokens in the bucket that all requests of a client share; a retry costs 5. Default 500. */
  readonly budget?: number;
}

/** Options with their defaults, checked. */
export interface RetryPolicy {
  readonly attempts: number;
  readonly methods: ReadonlySet<string>;
  readonly statuses: ReadonlySet<number>;
  readonly baseDelayMs: number;
  readonly maxDelayMs: number;
  readonly maxRetryAfterMs: number;
  readonly budget: number;
}

const IDEMPOTENT = ['GET', 'HEAD', 'OPTIONS', 'TRACE', 'PUT', 'DELETE'];
const TRANSIENT = [429, 502, 503, 504];

/** No request is ever repeated. */
const NO_RETRY: RetryPolicy = retryPolicy({ attempts: 1 });

/**
 * Fills in the defaults.
 *
 * @throws SigningError `ERR_SIGNING_OPTION` for a number that makes no sense.
 */
export function retryPolicy(options: RetryOptions | false = {}): RetryPolicy {
  if (options === false) return NO_RETRY;
  return {
    attempts: whole('retry.attempts', options.attempts ?? 3, 1, 20),
    methods: new Set((options.methods ?? IDEMPOTENT).map((method) => method.toUpperCase())),
    statuses: new Set(options.statuses ?? TRANSIENT),
    baseDelayMs: whole('retry.baseDelayMs', options.baseDelayMs ?? 100, 0, 3_600_000),
    maxDelayMs: whole('retry.maxDelayMs', options.maxDelayMs ?? 20_000, 0, 3_600_000),
    maxRetryAfterMs: whole('retry.maxRetryAfterMs', options.maxRetryAfterMs ?? 20_000, 0, 3_600_000),
    budget: whole('retry.budget', options.budget ?? 500, 0, 1_000_000),
  };
}

function whole(name: string, value: number, min: number, max: number): number {
  const holds = Number.isInteger(value) && value >= min && value <= max;
  refuseUnless(holds, 'ERR_SIGNING_OPTION', `\`${name}\` must be a whole number from ${min} to ${max}`);
  return value;
}
