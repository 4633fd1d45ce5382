// foreign-errors.ts: errors of the libraries below, as problems with a hint that speaks of this command's options.
// Told apart by shape and code, so that the libraries are not loaded for a command that does not use them.
import type { StackError } from '@lattice-auth/stack';
import { CliError, EXIT, type Problem } from './errors.js';
import type { Io } from './io.js';
import { PROBLEMS_MAX } from './limits.js';
import { shownPath } from './shown-path.js';

/** What to print, how to end, and for a watcher the files that were read. */
export interface KnownError {
  readonly problems: readonly Problem[];
  readonly exitCode: number;
  readonly files?: readonly string[];
}

interface CodedError extends Error {
  readonly code: string;
}

const SIGNING_HINTS: Readonly<Record<string, string>> = {
  ERR_SIGNING_CREDENTIALS: 'set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, AWS_PROFILE, or pass --profile',
  ERR_SIGNING_REGION: 'pass --region, or set AWS_REGION',
  ERR_SIGNING_INSECURE_HTTP: 'use https://, or pass --allow-http where nobody can listen in',
};

const LOCAL_HINTS: Readonly<Record<string, string>> = {
  ERR_LOCAL_LISTEN: 'pass another port, or 0 for any that is free',
};

/** What an error means for the user. */
export function problemsOf(error: unknown, io: Io): KnownError {
  if (error instanceof CliError) return error;
  if (isCoded(error, 'ERR_SIGNING_')) return { problems: [signingProblem(error)], exitCode: EXIT.badInput };
  if (isCoded(error, 'ERR_STACK_')) return stackProblems(error as unknown as StackError, io);
  if (isCoded(error, 'ERR_LOCAL_')) return { problems: [localProblem(error)], exitCode: EXIT.badInput };
  const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  const hint = 'this is a defect of lattice-auth; LATTICE_AUTH_DEBUG=1 shows where';
  return { problems: [{ code: 'ERR_CLI_INTERNAL', message, hint }], exitCode: EXIT.internal };
}

function isCoded(error: unknown, prefix: string): error is CodedError {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && error.code.startsWith(prefix);
}

function localProblem({ code, message }: CodedError): Problem {
  return { code, message, hint: LOCAL_HINTS[code] };
}

// The provider's own words say which of its many sources failed; the SDK keeps secrets out of them.
function signingProblem({ code, message, cause }: CodedError): Problem {
  const reason = code === 'ERR_SIGNING_CREDENTIALS' && cause instanceof Error ? `: ${cause.message}` : '';
  const plain = message.replace(/: see `\w+`$/, '');
  return { code, message: `${plain}${reason}`, hint: SIGNING_HINTS[code] };
}

function stackProblems({ problems, files }: StackError, io: Io): KnownError {
  const shown = problems.slice(0, PROBLEMS_MAX).map(({ code, message, file, line, column }): Problem => {
    // Line 0: it is about a question, not about a place in the file.
    const at = line > 0 ? { line, column } : {};
    return { code, message, place: { file: shownPath(io, file), ...at } };
  });
  return { problems: shown, exitCode: EXIT.badInput, files };
}
