// lint-stack.ts — everything worth knowing about a stack that is no error, in the order of its files.
import type { Stack } from '../model.js';
import { callerFindings, foreignResourceFindings } from './policy-findings.js';
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
    ...foreignResourceFindings(stack),
  ];
  const order = new Map(stack.files.map((file, index) => [file, index]));
  const rank = (file: string) => order.get(file) ?? order.size;
  return findings.sort((a, b) => rank(a.file) - rank(b.file) || a.line - b.line || a.column - b.column);
}
