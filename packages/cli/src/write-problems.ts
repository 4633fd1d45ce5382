// write-problems.ts: problems as lines on stderr.
import { formatProblem, type Problem } from './errors.js';
import type { Io } from './io.js';

/** One line per problem. */
export function writeProblems(io: Io, problems: readonly Problem[]): void {
  for (const problem of problems) io.stderr.write(`${formatProblem(problem)}\n`);
}
