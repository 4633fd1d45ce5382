// run-command.mjs: starts a child process and waits for it, so that Ctrl-C and SIGTERM reach the child and its
// exit code reaches the shell. The terminal sends SIGINT to the whole process group: we only outlive our child.
import { spawn } from 'node:child_process';
import { delimiter, dirname } from 'node:path';

const signalExitCodes = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 };

/** Resolves to the exit code (128 + n when ended by a signal). `onLine(line)` receives output line by line instead of the terminal. */
export function runCommand(command, args, { onLine, ...options } = {}) {
  return new Promise((resolve, reject) => {
    const stdio = onLine ? ['ignore', 'pipe', 'pipe'] : 'inherit';
    const child = spawn(command, args, { stdio, ...options });
    const ignore = () => {};
    const forward = (signal) => child.kill(signal);
    process.on('SIGINT', ignore).on('SIGTERM', forward).on('SIGHUP', forward);
    const done = (settle) => {
      process.off('SIGINT', ignore).off('SIGTERM', forward).off('SIGHUP', forward);
      settle();
    };
    if (onLine) for (const stream of [child.stdout, child.stderr]) eachLine(stream, onLine);
    child.once('error', (error) => done(() => reject(error)));
    child.once('close', (code, signal) => done(() => resolve(code ?? signalExitCodes[signal] ?? 1)));
  });
}

function eachLine(stream, onLine) {
  let rest = '';
  stream.setEncoding('utf8').on('data', (chunk) => {
    const lines = (rest + chunk).split(/\r?\n|\r/);
    rest = lines.pop();
    for (const line of lines) onLine(line);
  });
  stream.on('end', () => rest !== '' && onLine(rest));
}

/**
 * The environment for npm and npx. npm puts our node_modules/.bin first in PATH, and there is a `node` in it, which an
 * interrupted install leaves without its binary: set-up must find the Node it runs on itself. Nor should the silence
 * of `npm run --silent` reach pnpm, which then would not say what failed.
 */
export function machineEnvironment() {
  const { npm_config_loglevel: _, ...env } = process.env;
  const own = (env.PATH ?? '').split(delimiter).filter((path) => !path.endsWith('node_modules/.bin'));
  return { ...env, PATH: [dirname(process.execPath), ...own].join(delimiter) };
}
