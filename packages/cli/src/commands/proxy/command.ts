// command.ts: `lattice-auth proxy`: the sidecar, under the one command. Its flags, help and exit codes are its own, so
// that nothing here reads them: run.ts hands them on.
import type { Command } from 'commander';
import type { Io } from '../../io.js';

export const PROXY = 'proxy';

/** Adds `proxy` to the list of commands. */
export function addProxy(program: Command): void {
  program
    .command(PROXY)
    .summary('run the sidecar: sign what goes out, authorize what comes in')
    .usage('[flags of the sidecar]');
}

/** Runs the sidecar until it is told to stop; resolves to its exit code. */
export async function runProxyCommand(argv: readonly string[], io: Io): Promise<number> {
  const { runProxy } = await import('@lattice-auth/proxy-sidecar');
  return runProxy({
    argv,
    env: io.env,
    command: `lattice-auth ${PROXY}`,
    stdout: (text) => void io.stdout.write(text),
    stderr: (text) => void io.stderr.write(text),
  });
}
