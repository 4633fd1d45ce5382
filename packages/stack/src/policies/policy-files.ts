// policy-files.ts — the policy files of a stack as they were read: by the path that names them, text or problem.
import type { StackErrorCode } from '../errors.js';
import { FILE_LENGTH_MAX, POLICY_FILES_MAX } from '../limits.js';
import { quote } from '../text/quote.js';
import { isPolicyPath, pathProblem, policyFileName } from './policy-path.js';
import type { PolicyReference } from './policy-references.js';

/** What reading one file gave. */
export type PolicyFile =
  | { readonly name: string; readonly file: string; readonly text: string }
  | { readonly name: string; readonly file: string; readonly problem: PolicyFileProblem };

export interface PolicyFileProblem {
  readonly code: StackErrorCode;
  readonly message: string;
}

/** By path as it was written. */
export type PolicyFiles = ReadonlyMap<string, PolicyFile>;

/** The different paths that a stack names, in its order. */
export function policyPaths(references: readonly PolicyReference[]): string[] {
  return [...new Set(references.map(({ policy }) => policy).filter(isPolicyPath))];
}

/** A file for a path: `read` gives its text, or a problem. */
export function policyFile(
  path: string,
  file: string,
  index: number,
  read: () => string | PolicyFileProblem,
): PolicyFile {
  const name = policyFileName(path);
  const refused = pathProblem(path);
  if (refused !== undefined) return { name, file, problem: { code: 'ERR_STACK_PATH', message: refused } };
  if (index >= POLICY_FILES_MAX) return { name, file, problem: tooMany };
  const text = read();
  if (typeof text !== 'string') return { name, file, problem: text };
  if (text.length > FILE_LENGTH_MAX) return { name, file, problem: tooLong(path) };
  return { name, file, text };
}

const tooMany: PolicyFileProblem = {
  code: 'ERR_STACK_LIMIT',
  message: `more than ${POLICY_FILES_MAX} policy files`,
};

/** The problem of a file over the limit. */
export function tooLong(path: string): PolicyFileProblem {
  return { code: 'ERR_STACK_LIMIT', message: `${quote(path)} is longer than ${FILE_LENGTH_MAX} characters` };
}

/** The problem of a file that is there and can't be read. */
export function unreadable(message: string): PolicyFileProblem {
  return { code: 'ERR_STACK_READ', message };
}

/** The problem of a policy file that isn't there. */
export function missingFile(path: string): PolicyFileProblem {
  return unreadable(`there is no file ${quote(path)}`);
}

/** What an error of reading means. */
export function readFailure(error: unknown, path: string): PolicyFileProblem {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'ENOENT' || code === 'ENOTDIR') return missingFile(path);
  if (code === 'ERR_ENCODING_INVALID_ENCODED_DATA') return unreadable(`${quote(path)} is not UTF-8`);
  if (code === 'EACCES' || code === 'EPERM') return unreadable(`${quote(path)} may not be read`);
  return unreadable(`${quote(path)} can not be read${code && ` (${code})`}`);
}
