// minimal-stack.ts — stack texts for tests: a small valid one, and a mark for the place where a problem is expected.
import { parseStack, StackError, type StackProblem } from '../../src/index.js';

/** Ids of the kinds that a stack has, told apart by a number. */
export const ids = {
  service: (n: number) => `svc-${String(n).padStart(17, '0')}`,
  network: (n: number) => `sn-${String(n).padStart(17, '0')}`,
  group: (n: number) => `tg-${String(n).padStart(17, '0')}`,
};

/** A valid stack with one network and one service; `more` goes behind it, at the top level. */
export function minimalStack(more = '', service = ''): string {
  return `region: eu-west-1
account: "111122223333"
serviceNetworks:
  net: { id: ${ids.network(1)}, services: [api] }
services:
  api:
    id: ${ids.service(1)}
${service}${more}`;
}

/** Takes the mark `▶` out of a text: the text without, and where it stood. */
export function unmark(marked: string): { text: string; line: number; column: number } {
  const at = marked.indexOf('▶');
  if (at === -1) throw new Error('no mark in the text');
  const before = marked.slice(0, at).split('\n');
  return { text: marked.replace('▶', ''), line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}

/** The problems of a text that is no stack. */
export function problemsOf(text: string, policies: Readonly<Record<string, string>> = {}): readonly StackProblem[] {
  return errorOf(() => parseStack(text, { file: 'stack.yaml', readPolicy: (path) => policies[path] })).problems;
}

/** The StackError that a call throws; anything else fails the test. */
export function errorOf(call: () => unknown): StackError {
  try {
    call();
  } catch (error) {
    if (error instanceof StackError) return error;
    throw error;
  }
  throw new Error('no error was thrown');
}
