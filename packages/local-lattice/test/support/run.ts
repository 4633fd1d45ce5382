// run.ts — programs that tests start, with their output.
import { execFile } from 'node:child_process';

export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs to its end. */
function run(command: string, args: readonly string[], env: Record<string, string> = {}): Promise<Ran> {
  return new Promise((resolve) => {
    const options = { env: { PATH: process.env.PATH, HOME: '/nonexistent', ...env }, timeout: 20_000 };
    execFile(command, args, options, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : Number(error.code ?? 1), stdout, stderr });
    });
  });
}

/** curl, without a configuration file of the user's. */
export function curl(args: readonly string[], env?: Record<string, string>): Promise<Ran> {
  return run('curl', ['-q', '-sS', '--max-time', '10', ...args], env);
}
