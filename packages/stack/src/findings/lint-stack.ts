// lint-stack.ts — everything worth knowing about a stack that is no error, in the order of its files.
import type { Stack } from '../model.js';
import { callerFindings } from './caller-findings.js';
import { policyFindings, serviceFindings } from './engine-findings.js';
import { authTypeFindings, type StackFinding, topologyFindings } from './stack-findings.js';

/**
 * What is deployed and will hardly do what was meant.
 *
 * @example
 * for (const { file, line, column, message } of lintStack(stack)) console.log(`${file}:${line}:${column} ${message}`);
 */
export function lintStack(stack: Stack): StackFinding[] {
  const findings = [
    ...topologyFindings(stack),
    ...authTypeFindings(stack),
    ...callerFindings(stack),
    ...serviceFindings(stack),
    ...policyFindings(stack),
  ];
  const order = new Map(stack.files.map((file, index) => [file, index]));
  const rank = (file: string) => order.get(file) ?? order.size;
  const sorted = findings.toSorted((a, b) => rank(a.file) - rank(b.file) || a.line - b.line || a.column - b.column);
  return withoutRepeats(sorted);
}

/** A policy behind an alias is several policies that stand in one place. */
function withoutRepeats(findings: readonly StackFinding[]): StackFinding[] {
  const seen = new Set<string>();
  return findings.filter(({ file, line, column, code, message }) => {
    const key = [file, line, column, code, message].join('\n');
    return !seen.has(key) && seen.add(key);
  });
}
