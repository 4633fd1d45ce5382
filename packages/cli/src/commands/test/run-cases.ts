// run-cases.ts: decides all cases of all files; every stack is loaded once. Everything is read before anything is
// decided, so that bad input never looks like a test that failed.

import type { Stack } from '@lattice-auth/stack';
import { CliError, EXIT, type Problem } from '../../errors.js';
import { problemsOf } from '../../foreign-errors.js';
import type { Io } from '../../io.js';
import { shownPath } from '../../shown-path.js';
import { loadStackFile } from '../../stack/load-stack-file.js';
import { type CaseFile, readCaseFile, type TestCase } from './case-file.js';
import { actualText, expectedText, meets } from './expectation.js';
import type { CaseFilter } from './filter.js';
import { type Outcome, outcomeOf } from './outcome.js';
import type { CaseResult, FileResult, RunResult } from './results.js';
import { NO_WHY, whyOf } from './why.js';

/** Stacks by absolute path. */
type Stacks = ReadonlyMap<string, Stack>;

/** Case files with the stacks that they are about. */
export interface Loaded {
  readonly files: readonly CaseFile[];
  readonly stacks: Stacks;
}

/**
 * Reads case files and their stacks.
 *
 * @throws CliError with the problems of all of them.
 */
export async function loadCases(io: Io, names: readonly string[]): Promise<Loaded> {
  const problems: Problem[] = [];
  const seen: string[] = [];
  const collect = async <T>(work: Promise<T>): Promise<T | undefined> => {
    try {
      return await work;
    } catch (error) {
      const known = problemsOf(error, io);
      if (known.exitCode !== EXIT.badInput) throw error;
      problems.push(...known.problems);
      seen.push(...(known.files ?? []));
      return undefined;
    }
  };
  const files: CaseFile[] = [];
  const stacks = new Map<string, Stack>();
  for (const name of names) {
    const file = await collect(readCaseFile(io, name));
    if (file === undefined) continue;
    files.push(file);
    if (stacks.has(file.stackPath)) continue;
    const stack = await collect(loadStackFile(io, shownPath(io, file.stackPath), file.stackPlace));
    if (stack !== undefined) stacks.set(file.stackPath, stack);
  }
  if (problems.length > 0) {
    const stackFiles = files.map(({ stackPath }) => stackPath);
    throw new CliError(problems, undefined, { files: [...stackFiles, ...seen] });
  }
  return { files, stacks };
}

/** Decides what the filter lets through. */
export function runCases(io: Io, { files, stacks }: Loaded, filter: CaseFilter): RunResult {
  const startedMs = performance.now();
  const problems: Problem[] = [];
  const results: FileResult[] = [];
  for (const file of files) {
    const stack = stacks.get(file.stackPath);
    if (stack === undefined) continue;
    const chosen = file.cases.filter((one) => filter(file.name, one));
    const decided: CaseResult[] = [];
    for (const testCase of chosen) {
      try {
        decided.push(decide(stack, testCase));
      } catch (error) {
        // A question that the stack can't be asked is a mistake in the case.
        const known = problemsOf(error, io);
        if (known.exitCode !== EXIT.badInput) throw error;
        problems.push(...known.problems.map((problem) => ({ ...problem, place: testCase.place })));
      }
    }
    const skipped = file.cases.length - chosen.length;
    results.push({ file: file.name, stack: shownPath(io, file.stackPath), results: decided, skipped });
  }
  if (problems.length > 0) throw new CliError(problems);
  return { files: results, durationMs: performance.now() - startedMs };
}

function decide(stack: Stack, testCase: TestCase): CaseResult {
  const startedMs = performance.now();
  const outcome: Outcome = outcomeOf(stack, testCase.request, testCase.place);
  const durationMs = performance.now() - startedMs;
  const passed = meets(testCase.expect, outcome);
  return {
    testCase,
    passed,
    expected: expectedText(testCase.expect),
    actual: actualText(outcome),
    outcome,
    why: passed ? NO_WHY : whyOf(stack, outcome),
    durationMs,
  };
}
