// report.ts: findings as text for people and as JSON for programs.
import type { Finding } from '@lattice-auth/policy-engine';
import { formatPlace, oneLine } from '../../errors.js';
import type { Colors } from '../../io.js';

/** A finding and the file it stands in. */
export interface FileFinding extends Finding {
  readonly file: string;
}

type Severity = Finding['severity'];
const ORDER: readonly Severity[] = ['error', 'security', 'warning', 'suggestion'];

/** How many of each severity. */
export function countBySeverity(findings: readonly FileFinding[]): Readonly<Record<Severity, number>> {
  const counts = { error: 0, security: 0, warning: 0, suggestion: 0 };
  for (const { severity } of findings) counts[severity] += 1;
  return counts;
}

/** One line per finding, in the form that editors link, and a summary. */
export function textReport(findings: readonly FileFinding[], files: number, colors: Colors): string {
  const paint: Readonly<Record<Severity, (text: string) => string>> = {
    error: colors.red,
    security: colors.magenta,
    warning: colors.yellow,
    suggestion: colors.cyan,
  };
  // Of files that could not be read there is nothing to say here, least of all that all is well.
  if (files === 0) return '';
  const lines = findings.map(({ file, line, column, severity, message, code }) => {
    const place = colors.bold(oneLine(formatPlace({ file, line, column })));
    return `${place}: ${paint[severity](severity)}: ${oneLine(message)} ${colors.dim(`[${code}]`)}`;
  });
  return [...lines, summary(findings, files, colors)].map((line) => `${line}\n`).join('');
}

function summary(findings: readonly FileFinding[], files: number, colors: Colors): string {
  const where = files === 1 ? '1 file' : `${files} files`;
  if (findings.length === 0) return `${colors.green('✓')} no findings in ${where}`;
  const counts = countBySeverity(findings);
  const words = ORDER.filter((severity) => counts[severity] > 0).map((severity) => plural(counts[severity], severity));
  return `${words.join(', ')} in ${where}`;
}

function plural(count: number, severity: Severity): string {
  const word = severity === 'security' ? 'security finding' : severity;
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}

/** Findings as JSON; `version` changes when a field goes away or changes its meaning. */
export function jsonReport(findings: readonly FileFinding[]): string {
  const list = findings.map(({ file, line, column, pointer, severity, code, message }) => {
    return { file, line, column, pointer, severity, code, message };
  });
  return `${JSON.stringify({ version: 1, counts: countBySeverity(findings), findings: list }, null, 2)}\n`;
}
