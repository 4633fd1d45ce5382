// load-stack-file.ts: a stack by the path that the user wrote. That there is such a file is asked first, so that a
// mistyped name is answered with the near one.
import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { loadStack, type Stack } from '@lattice-auth/stack';
import { CliError, type FilePlace } from '../errors.js';
import { fileError, type Io } from '../io.js';

/**
 * Loads a stack; `place` is where a file names it.
 *
 * @throws CliError when there is no such file, StackError for one that cannot be used.
 */
export async function loadStackFile(io: Io, name: string, place?: FilePlace): Promise<Stack> {
  const path = resolve(io.cwd, name);
  try {
    await stat(path);
  } catch (cause) {
    const error = await fileError(name, path, cause);
    if (place === undefined || !(error instanceof CliError)) throw error;
    throw new CliError(error.problems.map((problem) => ({ ...problem, place })));
  }
  return loadStack(path);
}
