// tap.ts: the Test Anything Protocol, version 14: one line per case, and a YAML block for each that failed.
import { oneLine } from '../../../errors.js';
import { type CaseResult, type FileResult, fullName, type RunResult } from '../results.js';

/** The whole report. */
export function tapReport({ files }: RunResult): string {
  const all = files.flatMap((file) => file.results.map((result) => ({ file, result })));
  const lines = all.flatMap(({ file, result }, i) => caseLines(file, result, i + 1));
  return `${['TAP version 14', `1..${all.length}`, ...lines].join('\n')}\n`;
}

function caseLines(file: FileResult, result: CaseResult, number: number): string[] {
  const { testCase, passed, expected, actual, why } = result;
  const line = `${passed ? 'ok' : 'not ok'} ${number} - ${escapeTap(`${file.file} > ${fullName(testCase)}`)}`;
  if (passed) return [line];
  // A JSON string is a YAML string, whatever is in it.
  const yaml = (key: string, value: unknown) => `  ${key}: ${JSON.stringify(value)}`;
  const place = `${testCase.place.file}:${testCase.place.line}`;
  const fields = [yaml('at', place), yaml('expected', expected), yaml('actual', actual), yaml(why.label, why.lines)];
  return [line, '  ---', ...fields, '  ...'];
}

/** A description: one line, in which `#` starts no directive. */
export function escapeTap(text: string): string {
  return oneLine(text).replace(/[\\#]/g, '\\$&');
}
