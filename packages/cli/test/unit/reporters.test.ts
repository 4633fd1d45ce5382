// The reports of a test run: JUnit and TAP survive whatever stands in names, the report for people shows the misses.
import type { Decision } from '@lattice-auth/policy-engine';
import pico from 'picocolors';
import { describe, expect, test } from 'vitest';
import { actualText, expectedText, meets } from '../../src/commands/test/expectation.js';
import type { Outcome } from '../../src/commands/test/outcome.js';
import { jsonReport } from '../../src/commands/test/reporters/json.js';
import { junitReport } from '../../src/commands/test/reporters/junit.js';
import { specReport } from '../../src/commands/test/reporters/spec.js';
import { tapReport } from '../../src/commands/test/reporters/tap.js';
import type { CaseResult, RunResult } from '../../src/commands/test/results.js';

const notEvaluated = { effect: 'notEvaluated', reason: 'notAttached' } as const;
const decided = (more: Partial<Decision> = {}): Outcome => ({
  kind: 'decided',
  decision: decision(more),
  request: { principal: 'anonymous' },
  path: { serviceNetwork: 'n', service: 's' },
});
const decision = (more: Partial<Decision> = {}): Decision => ({
  decision: 'allow',
  reason: 'allowed',
  deniedBy: undefined,
  layers: {
    serviceNetwork: notEvaluated,
    service: notEvaluated,
    identity: notEvaluated,
    permissionsBoundary: notEvaluated,
    session: notEvaluated,
    scp: notEvaluated,
    rcp: notEvaluated,
  },
  determining: [],
  assumptions: [],
  message: '',
  invalidRequest: undefined,
  ...more,
});
const denied = decided({
  decision: 'deny',
  reason: 'explicitDeny',
  deniedBy: 'service',
  determining: [
    {
      layer: 'service',
      policy: 'p.json',
      index: 2,
      sid: 'NoWrites',
      effect: 'Deny',
      pointer: '/Statement/2',
      line: 9,
      column: 5,
    },
  ],
});

function result(name: string, passed: boolean, more: { matrix?: string; assumptions?: string[] } = {}): CaseResult {
  return {
    testCase: {
      name,
      matrix: more.matrix,
      request: {},
      expect: 'allow',
      place: { file: 'c.yaml', line: 4, column: 5 },
    },
    passed,
    expected: 'allow',
    actual: passed ? 'allow' : 'deny by service (explicitDeny)',
    outcome: decided({ assumptions: more.assumptions ?? [] }),
    why: { label: 'near miss', lines: passed ? [] : ['`A`: method would have to be GET', '`B`: path'] },
    durationMs: 1.5,
  };
}
const runOf = (...results: CaseResult[]): RunResult => ({
  files: [{ file: 'c.yaml', stack: 'stack.yaml', results, skipped: 1 }],
  durationMs: 12.4,
});
const spec = (run: RunResult, assumptions = false) =>
  specReport(run, { colors: pico.createColors(false), assumptions });

const unreachable: Outcome = { kind: 'unreachable', message: 'no way' };

describe('expectations', () => {
  test.each([
    ['allow', decided(), true],
    ['deny', decided(), false],
    ['deny', denied, true],
    [{ deny: 'service' }, denied, true],
    [{ deny: 'identity' }, denied, false],
    [{ deny: 'service', reason: 'implicitDeny' }, denied, false],
    [{ deny: 'service', reason: 'explicitDeny', statement: 'NoWrites' }, denied, true],
    [{ deny: 'service', statement: 2 }, denied, true],
    [{ deny: 'service', statement: '2' }, denied, false],
    ['deny', decided({ decision: 'deny', reason: 'implicitDeny', invalidRequest: 'no path' }), false],
    ['unreachable', unreachable, true],
    ['unreachable', denied, false],
    ['deny', unreachable, false],
  ] as const)('%j', (expected, actual, met) => {
    expect(meets(expected, actual)).toBe(met);
  });

  test('in words', () => {
    expect(actualText(unreachable)).toBe('unreachable: no way');
    expect(expectedText({ deny: 'scp', reason: 'noPolicy', statement: 3 })).toBe('deny by scp (noPolicy), statement 3');
    expect(actualText(denied)).toBe('deny by service (explicitDeny), statement `NoWrites` of p.json:9:5');
    expect(actualText(decided({ decision: 'deny', invalidRequest: 'no path' }))).toBe('deny: no path');
  });
});

test('the report for people', () => {
  const run = runOf(
    result('reads', true),
    result('writes', false),
    result('a from v1', true, { matrix: 'who' }),
    result('b from v1', true, { matrix: 'who', assumptions: ['key-name-folding'] }),
  );
  expect(spec(run)).toBe(`c.yaml (stack stack.yaml)
  ✓ reads
  ✗ writes c.yaml:4:5
      expected   allow
      actual     deny by service (explicitDeny)
      near miss  \`A\`: method would have to be GET
                 \`B\`: path
  ✓ who (2 combinations)

1 failed, 3 passed, 1 left out in 12 ms
1 of them rest on behaviour that AWS does not document: see --assumptions
`);
  expect(spec(run, true)).toContain('    ✓ b from v1 (assumes key-name-folding)\n');
});

test('names cannot move the cursor', () => {
  expect(spec(runOf(result('a\u001b[2J\nb', true)))).not.toMatch(/\p{Cc}\[2J|\nb/u);
});

test('JSON', () => {
  const report = JSON.parse(jsonReport(runOf(result('reads', true), result('writes', false))));
  expect(report).toMatchObject({ version: 1, passed: 1, failed: 1, skipped: 1 });
  expect(report.files[0].cases[1]).toMatchObject({
    name: 'writes',
    line: 4,
    passed: false,
    nearMisses: ['`A`: method would have to be GET', '`B`: path'],
  });
});

test('JUnit', () => {
  expect(junitReport(runOf(result('a < "b" & \'c\'', false)))).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="lattice-auth" tests="1" failures="1" time="0.012400">
  <testsuite name="c.yaml" tests="1" failures="1" errors="0" skipped="0" time="0.001500">
    <testcase classname="c.yaml" name="a &lt; &quot;b&quot; &amp; &apos;c&apos;" file="c.yaml" line="4" time="0.001500">
      <failure type="decision" message="expected allow, got deny by service (explicitDeny)">expected: allow&#10;actual: deny by service (explicitDeny)&#10;near miss: \`A\`: method would have to be GET&#10;near miss: \`B\`: path</failure>
    </testcase>
  </testsuite>
</testsuites>
`);
});

test('TAP', () => {
  expect(tapReport(runOf(result('reads # skip', true), result('writes\\', false)))).toBe(`TAP version 14
1..2
ok 1 - c.yaml > reads \\# skip
not ok 2 - c.yaml > writes\\\\
  ---
  at: "c.yaml:4"
  expected: "allow"
  actual: "deny by service (explicitDeny)"
  near miss: ["\`A\`: method would have to be GET","\`B\`: path"]
  ...
`);
});
