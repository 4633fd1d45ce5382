// lint-stack.ts: a stack file and the policies that it names. What keeps a stack from being read are findings as well:
// to find them is what the command is for.
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { lintStack, loadStack, parseStack, type Stack, StackError } from '@lattice-auth/stack';
import type { Input, Io } from '../../io.js';
import { shownPath } from '../../shown-path.js';
import type { FileFinding } from './report.js';

/** All findings of a stack. */
export async function lintStackFile(io: Io, input: Input): Promise<FileFinding[]> {
  try {
    const stack = input.name === '<stdin>' ? stackFromText(io, input) : await loadStack(input.path);
    return lintStack(stack).map((finding) => ({ ...finding, file: shownPath(io, finding.file) }));
  } catch (error) {
    if (!(error instanceof StackError)) throw error;
    return error.problems.map(({ code, message, file, pointer, line, column }): FileFinding => {
      return { code, severity: 'error', message, pointer, line, column, file: shownPath(io, file) };
    });
  }
}

// Policies that a stack on stdin names are looked for from the working directory.
function stackFromText(io: Io, { name, text }: Input): Stack {
  const readPolicy = (path: string): string | undefined => {
    try {
      return readFileSync(resolve(io.cwd, path), 'utf8');
    } catch {
      return undefined;
    }
  };
  return parseStack(text, { file: name, readPolicy });
}
