// json.ts: the report for programs. Its fields are API; `version` changes when one goes away or changes its meaning.
import type { Outcome } from '../outcome.js';
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
      cases: results.map(({ testCase, passed, expected, actual, outcome, why }) => ({
        name: testCase.name,
        matrix: testCase.matrix ?? null,
        line: testCase.place.line,
        passed,
        expected,
        actual,
        ...outcomeFields(outcome),
        nearMisses: why.label === 'near miss' ? why.lines : [],
      })),
    })),
  };
  return `${JSON.stringify(report, null, 2)}\n`;
}

function outcomeFields(outcome: Outcome): object {
  if (outcome.kind === 'unreachable') return { decision: 'unreachable', message: outcome.message };
  const { decision, reason, deniedBy, determining, assumptions, message } = outcome.decision;
  return { decision, reason, deniedBy: deniedBy ?? null, determining, assumptions, message };
}
