// retry-budget.ts — a token bucket shared by all requests of a client: when most calls fail, retries stop, so that a
// service in trouble does not get several times its load. A first attempt never pays and never waits.

/** The bucket. `take` answers whether a retry may be made. */
export interface RetryBudget {
  take(cost: number): boolean;
  give(amount: number): void;
  readonly tokens: number;
}

/** A retry costs 5, one after a timeout 10; a success gives 1 back: the AWS SDKs' numbers. */
export const RETRY_COST = { error: 5, timeout: 10, success: 1 } as const;

/** A bucket that starts full. */
export function retryBudget(capacity: number): RetryBudget {
  let tokens = capacity;
  return {
    take(cost) {
      if (tokens < cost) return false;
      tokens -= cost;
      return true;
    },
    give(amount) {
      tokens = Math.min(capacity, tokens + amount);
    },
    get tokens() {
      return tokens;
    },
  };
}
