// results.ts: what a run found out, as data; every reporter prints from this and from nothing else.
import type { TestCase } from './case-file.js';
import type { Outcome } from './outcome.js';

/** What is known about a failure. */
export interface Why {
  readonly label: 'near miss' | 'allowed by';
  readonly lines: readonly string[];
}

/** One case, decided. */
export interface CaseResult {
  readonly testCase: TestCase;
  readonly passed: boolean;
  readonly expected: string;
  readonly actual: string;
  readonly outcome: Outcome;
  /** For a failure: what would have to differ for an allow, or whose statements allowed; one line each. */
  readonly why: Why;
  readonly durationMs: number;
}

/** One case file. */
export interface FileResult {
  readonly file: string;
  readonly stack: string;
  readonly results: readonly CaseResult[];
  /** Cases that `--filter` left out. */
  readonly skipped: number;
}

/** Everything. */
export interface RunResult {
  readonly files: readonly FileResult[];
  readonly durationMs: number;
}

/** How a run came out. */
export interface Totals {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/** Counts cases. */
export function totals(files: readonly FileResult[]): Totals {
  const results = files.flatMap((file) => file.results);
  const passed = results.filter((result) => result.passed).length;
  const skipped = files.reduce((sum, file) => sum + file.skipped, 0);
  return { passed, failed: results.length - passed, skipped };
}

/** `matrix > name`, or the name alone. */
export function fullName({ matrix, name }: TestCase): string {
  return matrix === undefined ? name : `${matrix} > ${name}`;
}

/** The undocumented behaviour that a result rests on. */
export function assumptionsOf({ outcome }: CaseResult): readonly string[] {
  return outcome.kind === 'decided' ? outcome.decision.assumptions : [];
}
