// Health: thresholds in a row, status codes, and that nothing goes on after close.
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test, vi } from 'vitest';
import { TargetError } from '../../../src/errors.js';
import type { Target } from '../../../src/model.js';
import { Health, matches, withHealthCheck } from '../../../src/targets/health-check.js';

const thresholds = { healthyThreshold: 3, unhealthyThreshold: 2 };
const check = { path: '/health', intervalMs: 5, timeoutMs: 50, matcher: '200-299', ...thresholds };

test('changes after enough checks in a row, no sooner', () => {
  const health = new Health(thresholds);
  const states = [false, true, false, false, true, true, false, true, true, true].map((passed) => {
    const changed = health.record(passed);
    return [changed, health.healthy];
  });
  expect(states).toEqual([
    [false, true],
    [false, true],
    [false, true],
    [true, false],
    [false, false],
    [false, false],
    [false, false],
    [false, false],
    [false, false],
    [true, true],
  ]);
});

test.each([
  ['200', 200, true],
  ['200', 201, false],
  ['200-299', 299, true],
  ['200-299', 300, false],
  ['200,301-302', 302, true],
  ['200,301-302', 300, false],
])('%s and %i: %s', (matcher, status, expected) => {
  expect(matches(matcher, status)).toBe(expected);
});

test('asks, believes, and stops', async () => {
  const answers = { status: 500 };
  const send = vi.fn<Target['send']>(async () => ({ status: answers.status, fields: [], body: undefined }));
  const close = vi.fn(async () => undefined);
  const lines: string[] = [];
  const target = withHealthCheck({ address: 'a:1', healthy: true, send, close }, check, (line) => lines.push(line));
  expect(target.healthy).toBe(true);
  await vi.waitFor(() => expect(target.healthy).toBe(false));
  answers.status = 204;
  await vi.waitFor(() => expect(target.healthy).toBe(true));
  expect(lines).toEqual(['a:1 is unhealthy: it answered 500', 'a:1 is healthy again']);
  expect(send.mock.calls[0]?.[0]).toMatchObject({ method: 'GET', target: '/health', body: undefined });
  await target.close();
  const asked = send.mock.calls.length;
  await sleep(30);
  expect(send.mock.calls.length).toBeLessThanOrEqual(asked);
  expect(close).toHaveBeenCalledOnce();
});

test('no answer in time is a failed check', async () => {
  const send: Target['send'] = ({ signal }) =>
    new Promise((_, reject) => {
      signal.addEventListener('abort', () => reject(new TargetError('cancelled', 'too late')));
    });
  const slow = { address: 'a:1', healthy: true, send, close: async () => undefined };
  const target = withHealthCheck(slow, { ...check, timeoutMs: 10 }, () => undefined);
  await vi.waitFor(() => expect(target.healthy).toBe(false));
  await target.close();
});
