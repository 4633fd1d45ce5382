// watch.ts: `--watch`: runs again when a file that the last run read has changed, until the process is told to stop.
import { basename, resolve } from 'node:path';
import { EXIT } from '../../errors.js';
import { problemsOf } from '../../foreign-errors.js';
import { colorsFor, type Io } from '../../io.js';
import { writeProblems } from '../../write-problems.js';
import { watchChanges } from './changes.js';
import type { TestFlags } from './command.js';
import { findCaseFiles } from './find-files.js';
import { testOnce } from './test-once.js';

/** Runs until `signal` fires; resolves to an exit code. */
export async function watchTests(
  io: Io,
  named: readonly string[],
  flags: TestFlags,
  signal?: AbortSignal,
): Promise<number> {
  const changes = watchChanges();
  signal?.addEventListener('abort', () => changes.close());
  let files = new Set<string>();
  for (;;) {
    const { read, broken } = await runAndList(io, named, flags);
    // What the last run read may be what has to be mended.
    files = broken ? new Set([...files, ...read]) : new Set(read);
    changes.follow(files);
    const changed = await changes.next();
    if (changed === undefined) return EXIT.yes;
    io.stdout.write(`\n${colorsFor(io.stdout, io.env).dim(`${basename(changed)} changed`)}\n`);
  }
}

/** One run, and the files that it depends on. */
async function runAndList(
  io: Io,
  named: readonly string[],
  flags: TestFlags,
): Promise<{ readonly read: readonly string[]; readonly broken: boolean }> {
  const found = await findCaseFiles(io, named).catch((): string[] => []);
  const absolute = (file: string) => resolve(io.cwd, file);
  try {
    const { loaded } = await testOnce(io, named, flags);
    const stacks = [...loaded.stacks.values()].flatMap(({ files }) => files);
    return { read: [...found, ...stacks].map(absolute), broken: false };
  } catch (error) {
    const { problems, exitCode, files = [] } = problemsOf(error, io);
    if (exitCode !== EXIT.badInput) throw error;
    writeProblems(io, problems);
    return { read: [...found, ...files].map(absolute), broken: true };
  }
}
