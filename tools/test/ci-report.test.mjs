// The last line of CI must not be green by accident: each way of failing without a failed test is counted.
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { closing, countStep } from '../ci-report.mjs';
import { plant } from './planted-tree.mjs';

const report = (passed, failed) =>
  join(plant({ 'r.json': { numPassedTests: passed, numFailedTests: failed } }), 'r.json');

test.each([
  ['a plain step', 0, undefined, { passed: 1, failed: 0, tests: 0 }],
  ['a plain step that fails', 2, undefined, { passed: 0, failed: 1, tests: 0 }],
])('%s counts as one', (_, code, path, expected) => {
  expect(countStep(code, path)).toEqual(expected);
});

test('a suite counts its tests and itself', () => {
  expect(countStep(0, report(10, 0))).toEqual({ passed: 11, failed: 0, tests: 10 });
  expect(countStep(1, report(9, 1))).toEqual({ passed: 9, failed: 1, tests: 10 });
});

test('a suite that failed without a failed test, ran none, or left no report has failed', () => {
  expect(countStep(1, report(10, 0))).toEqual({ passed: 10, failed: 1, tests: 10 });
  expect(countStep(0, report(0, 0))).toEqual({ passed: 0, failed: 1, tests: 0 });
  expect(countStep(0, '/nowhere/r.json')).toEqual({ passed: 0, failed: 1, tests: 0 });
  expect(countStep(0, join(plant({ 'r.json': '{"num' }), 'r.json'))).toEqual({ passed: 0, failed: 1, tests: 0 });
});

test('the last line sums up, and is absent when nothing was tested', () => {
  const step = (name, passed, failed, tests) => ({ name, seconds: 1, passed, failed, tests });
  const good = closing([step('npm test', 11, 0, 10), step('check: biome', 1, 0, 0)]);
  expect([good.lines.at(-1), good.exitCode]).toEqual(['12 passed, 0 failed', 0]);
  const bad = closing([step('npm test', 11, 0, 10), step('check: biome', 0, 1, 0)]);
  expect([bad.lines.at(-1), bad.exitCode]).toEqual(['11 passed, 1 failed', 1]);
  const none = closing([step('check: biome', 1, 0, 0)]);
  expect(none.lines.join('\n')).not.toMatch(/^\d+ passed/m);
  expect(none.exitCode).toBe(1);
});
