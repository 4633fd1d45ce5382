// find-files.ts: which case files to run: those named, those below a folder that was named, or those below here.
import type { Dirent } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { cliError } from '../../errors.js';
import { fileError, type Io } from '../../io.js';
import { SEARCHED_FILES_MAX } from '../../limits.js';

const CASE_FILE = /\.lattice-test\.(?:ya?ml|json)$/;
/** Whether a file is called as case files are. */
export function isCaseFile(name: string): boolean {
  return CASE_FILE.test(name);
}

/** Never looked into: what is installed or built, and what hides. */
const SKIPPED = /^(?:node_modules|\..*)$/;

/**
 * Paths of case files, as the user would write them, each once, in the order of the alphabet within a folder.
 *
 * @throws CliError `ERR_CLI_NOTHING` when a search finds none: a test run of nothing must not look like success.
 */
export async function findCaseFiles(io: Io, named: readonly string[]): Promise<readonly string[]> {
  const found = new Map<string, string>();
  for (const name of named.length > 0 ? named : ['.']) {
    const path = resolve(io.cwd, name);
    if (name !== '-' && (await isFolder(name, path))) {
      const below = await search(path);
      if (below.length === 0) throw nothing(name);
      for (const file of below) found.set(file, relative(io.cwd, file) || file);
    } else found.set(path, name);
  }
  return [...found.values()];
}

async function isFolder(name: string, path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch (cause) {
    throw await fileError(name, path, cause);
  }
}

async function search(folder: string): Promise<string[]> {
  const found: string[] = [];
  const waiting = [folder];
  let seen = 0;
  for (let dir = waiting.shift(); dir !== undefined; dir = waiting.shift()) {
    const entries = await readdir(dir, { withFileTypes: true }).catch((): Dirent[] => []);
    seen += entries.length;
    if (seen > SEARCHED_FILES_MAX) {
      const hint = 'name the files or a smaller folder';
      throw cliError('ERR_CLI_FILE', `more than ${SEARCHED_FILES_MAX} files below \`${folder}\``, { hint });
    }
    for (const entry of entries) {
      if (entry.isDirectory() && !SKIPPED.test(entry.name)) waiting.push(join(dir, entry.name));
      // A link may lead nowhere: reading it will say so, where skipping it would pass for success.
      else if ((entry.isFile() || entry.isSymbolicLink()) && isCaseFile(entry.name)) found.push(join(dir, entry.name));
    }
  }
  return found.sort();
}

function nothing(folder: string): Error {
  const where = folder === '.' ? 'this folder' : `\`${folder}\``;
  return cliError('ERR_CLI_NOTHING', `no case file below ${where}`, {
    hint: 'case files are called `<name>.lattice-test.yaml`, `.yml` or `.json`',
  });
}
