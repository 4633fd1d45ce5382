// load-stack.ts — a stack from its file: reads it and the policies that it names, then parses.
import { readFile, stat } from 'node:fs/promises';
import { questionError } from './errors.js';
import { FILE_LENGTH_MAX, PARALLEL_READS, POLICY_FILES_MAX } from './limits.js';
import type { Stack } from './model.js';
import { assembleStack, besideStack, openStack } from './parse-stack.js';
import {
  type PolicyFile,
  type PolicyFileProblem,
  policyFile,
  readFailure,
  tooLong,
  unreadable,
} from './policies/policy-files.js';
import { pathProblem } from './policies/policy-path.js';
import { quote } from './text/quote.js';

/**
 * Reads a stack file and its policies.
 *
 * @example
 * const stack = await loadStack('examples/eks-datastore/stack.yaml');
 * @throws {StackError} when anything is wrong with it or a policy; `problems` lists all of it, `files` what to watch
 */
export async function loadStack(path: string): Promise<Stack> {
  const text = await readText(path, path);
  if (typeof text !== 'string') throw questionError(path, text.code, text.message);
  const opened = openStack(text, path);
  const files = await readPolicies(path, opened.paths);
  return assembleStack(opened, files);
}

async function readPolicies(stack: string, paths: readonly string[]): Promise<ReadonlyMap<string, PolicyFile>> {
  const files = new Map<string, PolicyFile>();
  for (let at = 0; at < paths.length; at += PARALLEL_READS) {
    const batch = paths.slice(at, at + PARALLEL_READS);
    const read = await Promise.all(batch.map((path, index) => readPolicy(stack, path, at + index)));
    for (const [index, path] of batch.entries()) {
      const file = read[index];
      if (file) files.set(path, file);
    }
  }
  return files;
}

async function readPolicy(stack: string, path: string, index: number): Promise<PolicyFile> {
  const file = besideStack(stack, path);
  const wanted = pathProblem(path) === undefined && index < POLICY_FILES_MAX;
  const text = wanted ? await readText(file, path) : '';
  return policyFile(path, file, index, () => text);
}

/** A regular file's text, or why there is none. */
async function readText(file: string, shown: string): Promise<string | PolicyFileProblem> {
  try {
    // Before opening: a pipe would keep us waiting.
    const found = await stat(file);
    if (!found.isFile()) return unreadable(`${quote(shown)} is not a file`);
    if (found.size > FILE_LENGTH_MAX) return tooLong(shown);
    return new TextDecoder('utf-8', { fatal: true }).decode(await readFile(file));
  } catch (error) {
    return readFailure(error, shown);
  }
}
