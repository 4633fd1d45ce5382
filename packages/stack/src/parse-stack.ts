// parse-stack.ts — text to stack, without touching a file: read, check the shape, parse the policies, resolve the
// references. Each step goes on as far as it can, and one error at the end says everything that was found.
import { dirname, join } from 'node:path';
import { Problems } from './build/build-context.js';
import { buildStack } from './build/build-stack.js';
import { StackError } from './errors.js';
import type { Stack } from './model.js';
import { loadPolicies } from './policies/load-policies.js';
import {
  missingFile,
  type PolicyFile,
  type PolicyFileProblem,
  type PolicyFiles,
  policyFile,
  policyPaths,
  readFailure,
} from './policies/policy-files.js';
import { policyFileName } from './policies/policy-path.js';
import { type PolicyReference, policyReferences } from './policies/policy-references.js';
import { type PreparedDocument, prepareDocument } from './schema/prepare-document.js';
import { readSource } from './source/read-source.js';
import { SourceFile } from './source/source-file.js';

/** What `parseStack` needs beside the text. */
export interface ParseStackOptions {
  /** What messages call the stack file; policies are named from its folder. */
  readonly file: string;
  /** The text of a policy file; undefined, or an error, when there is none. `path` is relative to the stack file's folder. */
  readonly readPolicy?: ((path: string) => string | undefined) | undefined;
}

/**
 * Reads a stack from text.
 *
 * @example
 * const stack = parseStack(text, { file: 'stack.yaml', readPolicy: (path) => policies[path] });
 * @throws {StackError} when anything is wrong; `problems` lists all of it
 */
export function parseStack(text: string, options: ParseStackOptions): Stack {
  const opened = openStack(text, options.file);
  const read = options.readPolicy ?? (() => undefined);
  const files = new Map<string, PolicyFile>();
  for (const [index, path] of opened.paths.entries()) {
    files.set(
      path,
      policyFile(path, besideStack(options.file, path), index, () => readGiven(read, path)),
    );
  }
  return assembleStack(opened, files);
}

function readGiven(read: NonNullable<ParseStackOptions['readPolicy']>, path: string): string | PolicyFileProblem {
  try {
    return read(policyFileName(path)) ?? missingFile(path);
  } catch (error) {
    return readFailure(error, path);
  }
}

/** A stack file that was read and checked as far as that goes without its policies. */
export interface OpenedStack {
  readonly source: SourceFile;
  readonly problems: Problems;
  readonly prepared: PreparedDocument;
  readonly references: readonly PolicyReference[];
  /** The policy files that it names, as they are written. */
  readonly paths: readonly string[];
}

/** The first half: everything that needs only the stack file. Throws when there is nothing to go on with. */
export function openStack(text: string, file: string): OpenedStack {
  const problems = new Problems();
  const read = readSource(text);
  const emptyRoot = { kind: 'scalar', value: null, text: '', block: undefined, start: 0, end: 0 } as const;
  const source = new SourceFile(file, text, read.root ?? emptyRoot);
  for (const { code, message, offset } of read.problems) {
    problems.add(code, { file, pointer: '', ...source.lines.at(offset) }, message);
  }
  const prepared = read.root && prepareDocument(source, problems);
  if (prepared === undefined) throw stackError(problems, [file]);
  const references = policyReferences(prepared.document);
  return { source, problems, prepared, references, paths: policyPaths(references) };
}

/** The second half: policies and references. */
export function assembleStack(opened: OpenedStack, files: PolicyFiles): Stack {
  const { source, problems, prepared, references } = opened;
  const policies = loadPolicies(references, source, files, problems);
  const stack = buildStack({ ...prepared, source, problems, policies, files: fileNames(source.file, files) });
  if (problems.all.length > 0) throw stackError(problems, stack.files);
  return stack;
}

/** A policy path, seen from where the stack file's path is seen from. */
export function besideStack(file: string, path: string): string {
  return join(dirname(file), path);
}

function fileNames(file: string, files: PolicyFiles): string[] {
  return [...new Set([file, ...[...files.values()].map((one) => one.file)])];
}

function stackError(problems: Problems, files: readonly string[]): StackError {
  const [main] = files;
  const sorted = problems.all.toSorted((a, b) => {
    const rank = Number(a.file !== main) - Number(b.file !== main);
    return rank || (a.file < b.file ? -1 : a.file > b.file ? 1 : 0) || a.line - b.line || a.column - b.column;
  });
  const [first, ...rest] = sorted;
  if (first === undefined) throw new TypeError('an error without a problem');
  return new StackError([first, ...rest], files);
}
