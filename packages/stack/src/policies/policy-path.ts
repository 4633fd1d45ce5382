// policy-path.ts — which strings of a stack file are paths of policy files, and which paths are accepted.
import { posix } from 'node:path';
import type { PolicyDocument } from '../document.js';
import { quote } from '../text/quote.js';

/** A string that doesn't begin like a JSON object names a file. */
export function isPolicyPath(policy: PolicyDocument): policy is string {
  return typeof policy === 'string' && !policy.trimStart().startsWith('{');
}

/**
 * What is wrong with a path; undefined when it may be read. Relative only: a stack moves with its policies and modules.
 * `things` is what is named by it.
 */
export function pathProblem(path: string, things = 'policies'): string | undefined {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what no path may hold
  if (/[\u0000-\u001f\u007f]/.test(path) || path.trim() === '') return 'not the path of a file';
  if (path.startsWith('/') || path.startsWith('~') || /^[a-z][a-z0-9+.-]*:/i.test(path)) {
    return `${quote(path)} is not relative: ${things} are named from the folder of the stack file`;
  }
  if (path.includes('\\')) return `${quote(path)} has a backslash: write \`/\` between folders`;
  if (path.length > 1024) return 'the path is longer than 1024 characters';
  return undefined;
}

/** `./policies/a.json` and `policies/a.json` are one file. */
export function policyFileName(path: string): string {
  return posix.normalize(path).replace(/^\.\//, '');
}
