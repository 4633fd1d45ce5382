// watch.ts: `--watch`: runs again when a file that the last run read has changed, until the process is told to stop.
import { basename, resolve } from 'node:path';
import { EXIT } from '../../errors.js';
import { problemsOf } from '../../foreign-errors.js';
import { colorsFor, type Io } from '../../io.js';
import { writeProblems } from '../../write-problems.js';
import { type Changes, watchChanges } from './changes.js';
import type { TestFlags } from './command.js';
import { findCaseFiles, isCaseFile } from './find-files.js';
import { testOnce } from './test-once.js';

/** Runs until `signal` fires; resolves to an exit code. */
export async function watchTests(
  io: Io,
  named: readonly string[],
  flags: TestFlags,
  signal?: AbortSignal,
): Promise<number> {
  // Without names, a case file that appears is one of ours.
  const changes = watchChanges((name) => named.length === 0 && isCaseFile(name));
  signal?.addEventListener('abort', () => changes.close());
  let files: readonly string[] = [];
  for (;;) {
    files = await runAndFollow(io, named, flags, changes, files);
    const changed = await changes.next();
    if (changed === undefined) return EXIT.yes;
    io.stdout.write(`\n${colorsFor(io.stdout, io.env).dim(`${basename(changed)} changed`)}\n`);
  }
}

/** One run; what it read is followed before anything is printed, so that no answer to the print is missed. */
async function runAndFollow(
  io: Io,
  named: readonly string[],
  flags: TestFlags,
  changes: Changes,
  before: readonly string[],
): Promise<readonly string[]> {
  let following: readonly string[] = [];
  const follow = (files: readonly string[]) => {
    following = [...new Set(files.map((file) => resolve(io.cwd, file)))];
    changes.follow(following);
  };
  const found = await findCaseFiles(io, named).catch((): string[] => []);
  try {
    await testOnce(io, named, flags, ({ stacks }) => {
      follow([...found, ...[...stacks.values()].flatMap((stack) => stack.files)]);
    });
  } catch (error) {
    const { problems, exitCode, files = [] } = problemsOf(error, io);
    if (exitCode !== EXIT.badInput) throw error;
    // What the last run read may be what has to be mended.
    follow([...before, ...following, ...found, ...files]);
    writeProblems(io, problems);
  }
  return following;
}
