// The parts of a retry: what may be repeated, how long to wait, what a connection's failure means.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { networkFailure } from '../../../src/retry/network-errors.js';
import { parseRetryAfter } from '../../../src/retry/retry-after.js';
import { retryBudget } from '../../../src/retry/retry-budget.js';
import { mayRepeat, retryDelay } from '../../../src/retry/retry-delay.js';
import { retryPolicy } from '../../../src/retry/retry-policy.js';
import { sleep } from '../../../src/retry/sleep.js';

const NOW = Date.parse('2026-11-21T10:00:00Z');

describe('Retry-After', () => {
  test.each([
    ['0', 0],
    ['120', 120_000],
    [' 5 ', 5_000],
    ['Sat, 21 Nov 2026 10:00:30 GMT', 30_000],
    ['Saturday, 21-Nov-26 10:00:30 GMT', 30_000],
    ['Sat, 21 Nov 2026 09:00:00 GMT', 0],
    ['', undefined],
    ['-1', undefined],
    ['1.5', undefined],
    ['soon', undefined],
    ['9999999999', undefined],
    [null, undefined],
    [undefined, undefined],
  ])('%j is %j ms', (value, expected) => {
    expect(parseRetryAfter(value, NOW)).toBe(expected);
  });
});

describe('the pause', () => {
  const policy = retryPolicy({ baseDelayMs: 100, maxDelayMs: 2_000, maxRetryAfterMs: 10_000 });

  test('is anything up to the doubled delay, never above the limit', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 200 }), fc.double({ min: 0, max: 1, noNaN: true }), (failed, random) => {
        const delay = retryDelay(policy, failed, undefined, random);
        expect(delay).toBeGreaterThanOrEqual(0);
        expect(delay).toBeLessThanOrEqual(Math.min(2_000, 100 * 2 ** (failed - 1)));
      }),
    );
  });

  test('is at least what the server asked for, and none when that is too long', () => {
    expect(retryDelay(policy, 1, 5_000, 1)).toBe(5_000);
    expect(retryDelay(policy, 9, 10, 1)).toBe(2_000);
    expect(retryDelay(policy, 1, 10_001, 0)).toBeUndefined();
  });
});

describe('the policy', () => {
  test('repeats what is idempotent, or said to be', () => {
    const policy = retryPolicy();
    const repeatable = ['GET', 'HEAD', 'OPTIONS', 'TRACE', 'PUT', 'DELETE'];
    for (const method of [...repeatable, 'POST', 'PATCH', 'LOCK'])
      expect(mayRepeat(policy, method, {})).toBe(repeatable.includes(method));
    expect(mayRepeat(policy, 'POST', { 'idempotency-key': 'k' })).toBe(true);
  });

  test.each([
    { attempts: 0 },
    { attempts: 1.5 },
    { attempts: 21 },
    { baseDelayMs: -1 },
    { maxDelayMs: Number.NaN },
    { budget: Number.POSITIVE_INFINITY },
  ])('%j is refused', (options) => {
    expect(() => retryPolicy(options)).toThrow(expect.objectContaining({ code: 'ERR_SIGNING_OPTION' }));
  });
});

test('a budget is spent by retries and filled by successes, never above its capacity', () => {
  const budget = retryBudget(10);
  expect([budget.take(5), budget.take(5), budget.take(5)]).toEqual([true, true, false]);
  for (let i = 0; i < 5; i += 1) budget.give(1);
  expect(budget.take(5)).toBe(true);
  budget.give(1_000);
  expect(budget.tokens).toBe(10);
});

describe('failures of a connection', () => {
  const failed = (code: string, cause?: unknown) => Object.assign(new Error(code, { cause }), { code });
  const circular = new Error('around');
  circular.cause = circular;
  test.each([
    [new TypeError('fetch failed', { cause: failed('ECONNREFUSED') }), 'unsent'],
    [
      new TypeError('fetch failed', { cause: new AggregateError([failed('ECONNREFUSED'), failed('ENETUNREACH')]) }),
      'unsent',
    ],
    [failed('UND_ERR_CONNECT_TIMEOUT'), 'unsent'],
    [failed('UND_ERR_SOCKET', failed('ECONNRESET')), 'unknown'],
    [new TypeError('fetch failed', { cause: failed('ECONNRESET', failed('ECONNREFUSED')) }), 'unknown'],
    [new TypeError('fetch failed'), 'none'],
    [failed('ERR_INVALID_URL'), 'none'],
    [circular, 'none'],
    [undefined, 'none'],
    ['ECONNRESET', 'none'],
  ])('%s is %s', (error, expected) => {
    expect(networkFailure(error)).toBe(expected);
  });
});

test('a sleep ends when it is aborted, and leaves no listener', async () => {
  const { signal } = new AbortController();
  let listeners = 0;
  const counted = new Proxy(signal, {
    get(target, name) {
      if (name === 'addEventListener') listeners += 1;
      if (name === 'removeEventListener') listeners -= 1;
      const value = Reflect.get(target, name);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
  await sleep(1, counted);
  expect(listeners).toBe(0);
  await expect(sleep(60_000, AbortSignal.abort(new Error('now')))).rejects.toThrow('now');
  await expect(sleep(60_000, AbortSignal.timeout(5))).rejects.toThrow();
});
