// run-dev.ts: `dev` from its start to the signal that ends it, with a reload at each change in between.
import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { type LocalLattice, startLocalLattice } from '@lattice-auth/local-lattice';
import { EXIT, oneLine } from '../../errors.js';
import { problemsOf } from '../../foreign-errors.js';
import { colorsFor, fileError, type Io } from '../../io.js';
import { writeProblems } from '../../write-problems.js';
import { type Changes, watchChanges } from '../test/changes.js';
import { type CaFile, caFileFor } from './ca-file.js';
import type { DevFlags } from './command.js';
import { describeReady, readyText } from './ready.js';

/** Runs until SIGINT or SIGTERM; resolves to the exit code. */
export async function runDev(io: Io, flags: DevFlags): Promise<number> {
  const path = resolve(io.cwd, flags.stack);
  await stat(path).catch(async (cause) => {
    throw await fileError(flags.stack, path, cause);
  });
  const caDir = flags.caDir === undefined ? undefined : resolve(io.cwd, flags.caDir);
  const lattice = await startLocalLattice(path, {
    httpPort: flags.httpPort,
    httpsPort: flags.httpsPort,
    controlPort: flags.controlPort,
    caFolder: caDir,
    accessLog: accessLogOf(io, flags),
    now: flags.time,
    seed: flags.seed,
    log: (line) => void io.stderr.write(`${oneLine(line)}\n`),
  });
  // Before anything is printed: who reads it may answer at once, with a signal or a change.
  const stop = stopSignal();
  const changes = watchChanges(() => false);
  let caFile: CaFile | undefined;
  try {
    changes.follow(lattice.stack.files.map((file) => resolve(file)));
    caFile = caFileFor(caDir, lattice.ca);
    announce(io, lattice, flags, caFile.path);
    const reloading = reloadOnChange(io, lattice, changes);
    await stop;
    changes.close();
    await reloading;
  } finally {
    changes.close();
    caFile?.remove();
    await lattice.close();
  }
  return EXIT.yes;
}

function accessLogOf(io: Io, { accessLog }: DevFlags): string | ((lines: string) => void) | undefined {
  if (accessLog === '-') return (lines) => void io.stdout.write(lines);
  return accessLog === undefined ? undefined : resolve(io.cwd, accessLog);
}

function stopSignal(): Promise<void> {
  return new Promise((stopped) => {
    const stop = () => {
      // A second one ends the process at once, as it would have done anyway.
      process.off('SIGINT', stop);
      process.off('SIGTERM', stop);
      stopped();
    };
    process.on('SIGINT', stop);
    process.on('SIGTERM', stop);
  });
}

function announce(io: Io, lattice: LocalLattice, flags: DevFlags, caFile: string): void {
  const ready = describeReady(lattice, caFile);
  if (flags.json) io.stdout.write(`${JSON.stringify(ready)}\n`);
  // Whoever pipes the access log wants nothing else in it.
  else if (flags.accessLog === '-') io.stderr.write(readyText(io, lattice.stack, ready, colorsFor(io.stderr, io.env)));
  else io.stdout.write(readyText(io, lattice.stack, ready, colorsFor(io.stdout, io.env)));
}

async function reloadOnChange(io: Io, lattice: LocalLattice, changes: Changes): Promise<void> {
  while ((await changes.next()) !== undefined) {
    try {
      await lattice.reload();
      changes.follow(lattice.stack.files.map((file) => resolve(file)));
      io.stderr.write('reloaded\n');
    } catch (error) {
      const { problems, files = [] } = problemsOf(error, io);
      // What could not be used may be what has to be mended.
      changes.follow([...lattice.stack.files, ...files].map((file) => resolve(file)));
      writeProblems(io, problems);
      io.stderr.write('the last good stack stays\n');
    }
  }
}
