// run.ts: one run of the command: arguments in, exit code out. The one place where errors become lines on stderr.
import { CommanderError } from 'commander';
import { PROXY, runProxyCommand } from './commands/proxy/command.js';
import { EXIT } from './errors.js';
import { problemsOf } from './foreign-errors.js';
import type { Io } from './io.js';
import { createProgram } from './program.js';
import { writeProblems } from './write-problems.js';

/**
 * Runs the command and resolves to its exit code. Writes to the streams of `io` and nowhere else.
 *
 * @example
 * ```ts
 * import { processIo, run } from '@lattice-auth/cli';
 *
 * process.exitCode = await run(['lint', 'policy.json'], processIo());
 * ```
 */
export async function run(argv: readonly string[], io: Io): Promise<number> {
  const session = { io, exitCode: EXIT.yes as number };
  try {
    const [command, ...flags] = argv;
    if (command === PROXY) return await runProxyCommand(flags, io);
    await createProgram(session).parseAsync(argv, { from: 'user' });
    return session.exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return usageExitCode(error);
    const { problems, exitCode } = problemsOf(error, session.io);
    writeProblems(io, problems);
    if (exitCode === EXIT.internal && io.env.LATTICE_AUTH_DEBUG) io.stderr.write(`${(error as Error).stack}\n`);
    return exitCode;
  }
}

// Commander has printed by now: help and version are answers, all else is a mistake in the command line.
function usageExitCode({ exitCode }: CommanderError): number {
  return exitCode === 0 ? EXIT.yes : EXIT.badInput;
}
