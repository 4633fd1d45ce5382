// json.ts: the report for programs. Its fields are API; `version` changes when one goes away or changes its meaning.
import { type RunResult, totals } from '../results.js';

/** The whole report, indented: people read it too. */
export function jsonReport({ files, durationMs }: RunResult): string {
  const report = {
    version: 1,
    ...totals(files),
    durationMs: Math.round(durationMs * 1_000) / 1_000,
    files: files.map(({ file, stack, results }) => ({
      file,
      stack,
      cases: results.map(({ testCase, passed, expected, actual, decision, nearMisses }) => ({
        name: testCase.name,
        matrix: testCase.matrix ?? null,
        line: testCase.place.line,
        passed,
        expected,
        actual,
        decision: decision.decision,
        reason: decision.reason,
        deniedBy: decision.deniedBy ?? null,
        determining: decision.determining,
        assumptions: decision.assumptions,
        message: decision.message,
        nearMisses,
      })),
    })),
  };
  return `${JSON.stringify(report, null, 2)}\n`;
}
