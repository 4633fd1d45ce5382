// errors.ts — the one error of this package. A stack file is read to the end before it is thrown, so that it lists
// everything that was found; its own code and place are those of the first problem.

/** What is wrong, for programs. Codes are API: adding one is a minor change, renaming one a major. */
export type StackErrorCode =
  /** A file is missing, unreadable, not a regular file, or not UTF-8. */
  | 'ERR_STACK_READ'
  /** The path of a policy file is absolute, or no path at all. */
  | 'ERR_STACK_PATH'
  /** Not YAML 1.2 or JSON; also tags, other directives, unknown aliases, more than one document. */
  | 'ERR_STACK_SYNTAX'
  /** A key stands twice in one mapping. */
  | 'ERR_STACK_DUPLICATE_KEY'
  /** Larger or deeper than `limits.ts` allows. */
  | 'ERR_STACK_LIMIT'
  /** A property is unknown, missing, or of the wrong type. */
  | 'ERR_STACK_SCHEMA'
  /** A value is malformed or out of range: ids, ARNs, account ids, CIDRs, domains, paths, numbers. */
  | 'ERR_STACK_VALUE'
  /** A name that nothing in the stack has. */
  | 'ERR_STACK_REFERENCE'
  /** An id, ARN, domain, port, priority or association that something else already has. */
  | 'ERR_STACK_DUPLICATE'
  /** Things that do not go together, and that Lattice would refuse. */
  | 'ERR_STACK_COMBINATION'
  /** A policy does not parse; `policyCode` says what the engine found. */
  | 'ERR_STACK_POLICY'
  /** An authorizer was asked for, and the service is not associated with that network. */
  | 'ERR_STACK_NOT_ASSOCIATED'
  /** A question about the stack cannot be asked like this. */
  | 'ERR_STACK_REQUEST';

/** A place in a file: line and column count from 1. Both are 0 for what is not about any one line. */
export interface FilePlace {
  /** As it was named: the stack's path, or a policy's path beside it. */
  readonly file: string;
  /** JSON Pointer into that file. For a policy inside the stack file it goes on into the policy. */
  readonly pointer: string;
  readonly line: number;
  readonly column: number;
}

/** One thing that is wrong. */
export interface StackProblem extends FilePlace {
  readonly code: StackErrorCode;
  readonly message: string;
  /** The engine's code for it, such as `UNKNOWN_OPERATOR`, when `code` is `ERR_STACK_POLICY`. */
  readonly policyCode?: string | undefined;
}

/** Thrown for a stack that cannot be used. `problems` has everything that was found, in the order of the file. */
export class StackError extends Error implements FilePlace {
  override readonly name = 'StackError';
  readonly code: StackErrorCode;
  readonly file: string;
  readonly pointer: string;
  readonly line: number;
  readonly column: number;
  readonly problems: readonly StackProblem[];
  /** The files that were read or looked for: watch these to notice that it has been mended. */
  readonly files: readonly string[];

  constructor(problems: readonly [StackProblem, ...StackProblem[]], files: readonly string[], cause?: unknown) {
    const [first] = problems;
    const more = problems.length > 1 ? ` (and ${problems.length - 1} more)` : '';
    super(`${describeProblem(first)}${more}`, cause === undefined ? undefined : { cause });
    this.code = first.code;
    this.file = first.file;
    this.pointer = first.pointer;
    this.line = first.line;
    this.column = first.column;
    this.problems = Object.freeze([...problems]);
    this.files = Object.freeze([...files]);
  }
}

/** One line, in the form that editors make a link of: `file:line:column: message`. */
export function describeProblem(problem: StackProblem): string {
  const { file, line, column, message } = problem;
  return line === 0 ? `${file}: ${message}` : `${file}:${line}:${column}: ${message}`;
}

/** The error of one thing that is wrong with a question about a stack, not with a line of its file. */
export function questionError(file: string, code: StackErrorCode, message: string): StackError {
  return new StackError([{ code, message, file, pointer: '', line: 0, column: 0 }], [file]);
}
