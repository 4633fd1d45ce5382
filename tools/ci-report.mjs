// ci-report.mjs: the arithmetic of .ci/run, apart from its shell so that it can be tested. Guards the last line of CI:
// a run in which nothing was tested, or something crashed, must never look like a good one.
// Usage: ci-report.mjs step <results> <name> <exit code> <seconds> [vitest report]   adds one step
//        ci-report.mjs total <results>                                              prints the table and the last line
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Counts of a vitest JSON report; undefined when there is none to read, which the caller counts as a failure. */
function readReport(path) {
  try {
    const report = JSON.parse(readFileSync(path, 'utf8'));
    const { numPassedTests: passed, numFailedTests: failed } = report;
    return Number.isInteger(passed) && Number.isInteger(failed) ? { passed, failed } : undefined;
  } catch {
    return undefined;
  }
}

/**
 * What one step adds. A plain step counts as one. A step with a report counts its tests, and as one itself: failed if
 * it failed though no test did (a file that does not load, an error outside tests, documents), or left no report, or ran no test.
 */
export function countStep(exitCode, reportPath) {
  if (reportPath === undefined) return { passed: exitCode === 0 ? 1 : 0, failed: exitCode === 0 ? 0 : 1, tests: 0 };
  const report = readReport(reportPath);
  if (!report) return { passed: 0, failed: 1, tests: 0 };
  const { passed, failed } = report;
  const tests = passed + failed;
  const unexplained = (exitCode !== 0 && failed === 0) || tests === 0;
  const clean = exitCode === 0 && failed === 0 && tests > 0;
  return { passed: passed + (clean ? 1 : 0), failed: failed + (unexplained ? 1 : 0), tests };
}

/** The closing lines for all steps, and the exit code. Without a single test there is no `N passed` line. */
export function closing(steps) {
  const sum = (key) => steps.reduce((total, step) => total + step[key], 0);
  const rows = steps.map(({ name, seconds, passed, failed }) => {
    const verdict = failed === 0 ? 'ok  ' : 'FAIL';
    return `${verdict} ${name.padEnd(34)} ${String(seconds).padStart(4)} s  ${passed} passed, ${failed} failed`;
  });
  if (sum('tests') === 0) return { lines: [...rows, '', 'no test ran: this is a failure'], exitCode: 1 };
  const [passed, failed] = [sum('passed'), sum('failed')];
  return { lines: [...rows, '', `${passed} passed, ${failed} failed`], exitCode: failed === 0 ? 0 : 1 };
}

function addStep([results, name, exitCode, seconds, report]) {
  const step = { name, seconds: Number(seconds), ...countStep(Number(exitCode), report) };
  appendFileSync(results, `${JSON.stringify(step)}\n`);
}

function total([results]) {
  const text = existsSync(results) ? readFileSync(results, 'utf8') : '';
  const { lines, exitCode } = closing(
    text
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line)),
  );
  console.log(lines.join('\n'));
  process.exitCode = exitCode;
}

if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const [mode, ...rest] = process.argv.slice(2);
  if (mode === 'step') addStep(rest);
  else total(rest);
}
