// spec.ts: the report for people. A matrix that holds is one line; whatever fails says what was expected, what came out,
// and what would have to differ.
import { ASSUMPTIONS, type AssumptionId } from '@lattice-auth/policy-engine';
import { formatPlace, oneLine } from '../../../errors.js';
import type { Colors } from '../../../io.js';
import { columns } from '../../../table.js';
import { assumptionsOf, type CaseResult, type FileResult, type RunResult, totals } from '../results.js';

/** How to print. */
export interface SpecOptions {
  readonly colors: Colors;
  /** Say for each case that passed which assumptions it rests on. */
  readonly assumptions: boolean;
}

/** The whole report. */
export function specReport(run: RunResult, options: SpecOptions): string {
  const files = run.files.map((file) => fileReport(file, options));
  return `${files.join('\n')}\n${summary(run, options)}`;
}

function fileReport(file: FileResult, options: SpecOptions): string {
  const { colors } = options;
  const plain = file.results.filter(({ testCase }) => testCase.matrix === undefined);
  const head = `${colors.bold(oneLine(file.file))} ${colors.dim(`(stack ${oneLine(file.stack)})`)}`;
  const lines = [head, ...plain.flatMap((result) => caseLines(result, options, '  '))];
  for (const [name, results] of matrices(file.results)) lines.push(...matrixLines(name, results, options));
  return lines.map((line) => `${line}\n`).join('');
}

function matrices(results: readonly CaseResult[]): Map<string, CaseResult[]> {
  const groups = new Map<string, CaseResult[]>();
  for (const result of results) {
    const { matrix } = result.testCase;
    if (matrix === undefined) continue;
    groups.set(matrix, [...(groups.get(matrix) ?? []), result]);
  }
  return groups;
}

function matrixLines(name: string, results: readonly CaseResult[], options: SpecOptions): string[] {
  const { colors, assumptions } = options;
  const failed = results.filter((result) => !result.passed);
  const count = colors.dim(`(${results.length} combinations)`);
  if (failed.length === 0 && !assumptions) return [`  ${colors.green('✓')} ${oneLine(name)} ${count}`];
  const shown = assumptions ? results : failed;
  const mark = failed.length === 0 ? colors.green('✓') : colors.red('✗');
  return [`  ${mark} ${oneLine(name)} ${count}`, ...shown.flatMap((result) => caseLines(result, options, '    '))];
}

function caseLines(result: CaseResult, { colors, assumptions }: SpecOptions, indent: string): string[] {
  const { testCase, passed, why } = result;
  const name = oneLine(testCase.name);
  const restsOn = assumptionsOf(result);
  if (passed) {
    const rests = assumptions && restsOn.length > 0 ? colors.dim(` (assumes ${restsOn.join(', ')})`) : '';
    return [`${indent}${colors.green('✓')} ${name}${rests}`];
  }
  const row = (label: string, text: string) => `${indent}    ${colors.dim(label.padEnd(10))} ${oneLine(text)}`;
  return [
    `${indent}${colors.red('✗')} ${colors.bold(name)} ${colors.dim(formatPlace(testCase.place))}`,
    row('expected', colors.green(result.expected)),
    row('actual', colors.red(result.actual)),
    ...why.lines.map((line, i) => row(i === 0 ? why.label : '', line)),
    ...(restsOn.length > 0 ? [row('assumes', restsOn.join(', '))] : []),
  ];
}

function summary({ files, durationMs }: RunResult, { colors, assumptions }: SpecOptions): string {
  const { passed, failed, skipped } = totals(files);
  const counts = [
    ...(failed > 0 ? [colors.bold(colors.red(`${failed} failed`))] : []),
    colors.bold(colors.green(`${passed} passed`)),
    ...(skipped > 0 ? [colors.dim(`${skipped} left out`)] : []),
  ];
  const took = colors.dim(`in ${Math.round(durationMs)} ms`);
  const assuming = files
    .flatMap((file) => file.results)
    .filter((result) => result.passed && assumptionsOf(result).length > 0);
  const note =
    assuming.length > 0 && !assumptions
      ? colors.dim(`${assuming.length} of them rest on behaviour that AWS does not document: see --assumptions\n`)
      : '';
  return `${counts.join(', ')} ${took}\n${note}${assumptions ? glossary(assuming, colors) : ''}`;
}

// What the ids below the cases stand for.
function glossary(results: readonly CaseResult[], colors: Colors): string {
  const ids = [...new Set(results.flatMap(assumptionsOf))].sort();
  const rows = columns(ids.map((id) => [id, ASSUMPTIONS[id as AssumptionId]]));
  if (rows.length === 0) return '';
  return `\nassumed, since AWS does not document it\n${rows.map((row) => `  ${colors.dim(row)}\n`).join('')}`;
}
