// errors.ts: what ends a command early, and the exit codes of all commands but `curl`, which has curl's.
// One line per problem, in the form that editors and CI systems find files by: `file:line:col: error: text [CODE]`.

/** Exit codes. `no` is an answer: a test failed, a request is denied, a policy has errors. `badInput`: no answer was possible. */
export const EXIT = { yes: 0, no: 1, badInput: 2, internal: 70 } as const;

/** What went wrong, for programs. Adding a code is a minor change, renaming one a major change. */
export type CliErrorCode =
  /** A command, option or argument that does not exist, is missing, or contradicts another. */
  | 'ERR_CLI_USAGE'
  /** A URL that cannot be called. */
  | 'ERR_CLI_URL'
  /** A file cannot be read, or is too large, or is not text. */
  | 'ERR_CLI_FILE'
  /** Text that is not YAML or JSON. */
  | 'ERR_CLI_SYNTAX'
  /** A case file that does not follow its format. */
  | 'ERR_CLI_CASE_FILE'
  /** There is nothing to do: no file, no case, no policy. */
  | 'ERR_CLI_NOTHING'
  /** A request that cannot be put to the engine. */
  | 'ERR_CLI_REQUEST'
  /** The request of `curl` could not be sent, or its response not be written. */
  | 'ERR_CLI_TRANSFER'
  /** A defect of this program. */
  | 'ERR_CLI_INTERNAL';

/** Where in which file; `file` as the user wrote it. */
export interface FilePlace {
  readonly file: string;
  readonly line?: number | undefined;
  readonly column?: number | undefined;
}

/** One thing that is wrong with what the user gave. */
export interface Problem {
  readonly code: string;
  readonly message: string;
  readonly place?: FilePlace | undefined;
  /** What to do about it. */
  readonly hint?: string | undefined;
}

/** Ends a command. Everything in it is for the user to read; it has no stack trace worth showing. */
export class CliError extends Error {
  override readonly name = 'CliError';
  readonly problems: readonly Problem[];
  readonly exitCode: number;
  /** Files that were read or looked for, where a watcher should know them. */
  readonly files: readonly string[];

  constructor(
    problems: Problem | readonly Problem[],
    exitCode: number = EXIT.badInput,
    options: { cause?: unknown; files?: readonly string[] } = {},
  ) {
    const list = Array.isArray(problems) ? (problems as readonly Problem[]) : [problems as Problem];
    super(list.map((problem) => formatProblem(problem)).join('\n'), options);
    this.problems = list;
    this.exitCode = exitCode;
    this.files = options.files ?? [];
  }
}

/** A {@link CliError} with one problem. */
export function cliError(code: CliErrorCode, message: string, more: Omit<Problem, 'code' | 'message'> = {}): CliError {
  return new CliError({ code, message, ...more });
}

/** `file:line:col: error: message; hint [CODE]`, on one line whatever the parts hold. */
export function formatProblem({ code, message, place, hint }: Problem): string {
  const where = place === undefined ? 'lattice-auth' : formatPlace(place);
  return oneLine(`${where}: error: ${message}${hint === undefined ? '' : `; ${hint}`} [${code}]`);
}

/** `file:line:col`, as far as known. */
export function formatPlace({ file, line, column }: FilePlace): string {
  // What is wrong with a file as a whole stands on no line.
  if (line === undefined || line === 0) return file;
  return column === undefined ? `${file}:${line}` : `${file}:${line}:${column}`;
}

/** Text from outside on one line: control characters would move the cursor, or forge a second line or another order. */
export function oneLine(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  const control = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;
  return text.replace(/\s*[\r\n]+\s*/g, ' ').replace(control, '\ufffd');
}
