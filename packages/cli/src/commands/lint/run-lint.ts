// run-lint.ts: every file by what it is, all findings in one report. A file that cannot be read does not hide the others.
import { lintPolicySource } from '@lattice-auth/policy-engine';
import { EXIT, type Problem } from '../../errors.js';
import { problemsOf } from '../../foreign-errors.js';
import { colorsFor, type Input, type Io, readInput } from '../../io.js';
import { writeProblems } from '../../write-problems.js';
import { kindOfFile } from '../kind-of-file.js';
import type { LintFlags } from './command.js';
import { lintStackFile } from './lint-stack.js';
import { countBySeverity, type FileFinding, jsonReport, textReport } from './report.js';
import { sarifReport } from './sarif.js';

/** Runs `lattice-auth lint`. */
export async function runLint(io: Io, files: readonly string[], flags: LintFlags): Promise<number> {
  const findings: FileFinding[] = [];
  const unreadable: Problem[] = [];
  let read = 0;
  for (const name of new Set(files)) {
    try {
      findings.push(...(await lintFile(io, await readInput(io, name), flags)));
      read += 1;
    } catch (error) {
      const { problems, exitCode } = problemsOf(error, io);
      if (exitCode === EXIT.internal) throw error;
      unreadable.push(...problems);
    }
  }
  const shown = findings.filter(({ severity }) => !flags.quiet || severity === 'error' || severity === 'security');
  io.stdout.write(report(io, shown, read, flags));
  writeProblems(io, unreadable);
  if (unreadable.length > 0) return EXIT.badInput;
  const counts = countBySeverity(findings);
  const tooMany = flags.maxWarnings !== undefined && counts.warning > flags.maxWarnings;
  return counts.error > 0 || counts.security > 0 || tooMany ? EXIT.no : EXIT.yes;
}

async function lintFile(io: Io, input: Input, flags: LintFlags): Promise<FileFinding[]> {
  const kind = kindOfFile(input, flags.type);
  if (kind === 'stack') return lintStackFile(io, input);
  const findings = lintPolicySource(input.text, { type: kind, name: input.name });
  return findings.map((finding) => ({ ...finding, file: input.name }));
}

function report(io: Io, findings: readonly FileFinding[], files: number, { format }: LintFlags): string {
  if (format === 'json') return jsonReport(findings);
  if (format === 'sarif') return sarifReport(findings);
  return textReport(findings, files, colorsFor(io.stdout, io.env));
}
