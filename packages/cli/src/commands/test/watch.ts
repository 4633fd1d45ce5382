// watch.ts: `--watch`: runs again when a file that the last run read has changed. Folders are watched rather than files:
// editors replace a file by renaming another over it, and the old one would be watched for ever.
import { type FSWatcher, watch } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { problemsOf } from '../../foreign-errors.js';
import { colorsFor, type Io } from '../../io.js';
import { writeProblems } from '../../write-problems.js';
import type { TestFlags } from './command.js';
import { findCaseFiles } from './find-files.js';
import { testOnce } from './test-once.js';

/** Changes that come within this time are one. */
const SETTLE_MS = 80;

/** Runs until the signal fires; without one, until the process is told to stop. */
export async function watchTests(
  io: Io,
  named: readonly string[],
  flags: TestFlags,
  signal?: AbortSignal,
): Promise<number> {
  let files = await runAndList(io, named, flags);
  while (!signal?.aborted) {
    const changed = await nextChange(files, signal);
    if (changed === undefined) break;
    io.stdout.write(`\n${colorsFor(io.stdout, io.env).dim(`${basename(changed)} changed`)}\n`);
    const seen = await runAndList(io, named, flags);
    // After a run that read nothing, the files of the last good one may be mended.
    files = seen.length > 0 ? seen : files;
  }
  return 0;
}

/** One run; resolves to all files that it depends on, broken ones too. */
async function runAndList(io: Io, named: readonly string[], flags: TestFlags): Promise<readonly string[]> {
  const found = await findCaseFiles(io, named).catch((): string[] => []);
  const cases = found.map((name) => resolve(io.cwd, name));
  try {
    const { loaded } = await testOnce(io, named, flags);
    const stacks = [...loaded.stacks.values()].flatMap((stack) => stack.files.map((file) => resolve(io.cwd, file)));
    return [...cases, ...stacks];
  } catch (error) {
    const { problems, exitCode, files = [] } = problemsOf(error, io);
    if (exitCode !== 2) throw error;
    writeProblems(io, problems);
    return [...cases, ...files.map((file) => resolve(io.cwd, file))];
  }
}

/** The first of the files that changes; undefined when the signal fires. */
function nextChange(files: readonly string[], signal: AbortSignal | undefined): Promise<string | undefined> {
  const wanted = new Set(files);
  const folders = new Set(files.map((file) => dirname(file)));
  return new Promise((done) => {
    const watchers: FSWatcher[] = [];
    const finish = (changed: string | undefined) => {
      for (const watcher of watchers) watcher.close();
      signal?.removeEventListener('abort', onAbort);
      if (changed === undefined) done(undefined);
      else setTimeout(() => done(changed), SETTLE_MS);
    };
    const onAbort = () => finish(undefined);
    signal?.addEventListener('abort', onAbort);
    for (const folder of folders) {
      const watcher = watch(folder, (_event, name) => {
        const path = name === null ? undefined : resolve(folder, name);
        if (path === undefined || wanted.has(path)) finish(path ?? folder);
      });
      watchers.push(watcher.on('error', () => undefined));
    }
  });
}
