// processes.mjs: the programs of the story, each one a process as it would be elsewhere: started, waited for, and ended.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

const READY_MS = 20_000;
const END_MS = 5_000;

export class StoryError extends Error {
  name = 'StoryError';
}

/** The wanted port where it is free, else any. */
export async function portOr(wanted) {
  const server = createServer();
  const free = await new Promise((resolve) => {
    server.once('error', () => resolve(false));
    server.listen(wanted, '127.0.0.1', () => resolve(true));
  });
  if (!free) return portOr(0);
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

/** Starts a program of Node. What it says is kept, for when something goes wrong. */
export function startProgram(name, args, { cwd, env = {} }) {
  const child = spawn(process.execPath, args, {
    cwd,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const program = { name, child, output: '', ended: once(child, 'close').catch(() => undefined) };
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text) => {
      program.output = (program.output + text).slice(-65_536);
    });
  }
  return program;
}

/** Asks until `found()` gives something, for as long as the program runs. */
export async function waitFor(program, found) {
  const until = Date.now() + READY_MS;
  while (Date.now() < until) {
    const value = await found().catch(() => undefined);
    if (value !== undefined) return value;
    if (program.child.exitCode !== null) break;
    await sleep(20);
  }
  const how = program.child.exitCode === null ? `is not ready after ${READY_MS / 1000} s` : 'ended';
  throw new StoryError(`${program.name} ${how}:\n${program.output.trim()}`);
}

/** Ends programs, the last one that was started first. */
export async function endPrograms(programs) {
  for (const { child, ended } of programs.toReversed()) {
    if (child.exitCode !== null || child.signalCode !== null) continue;
    child.kill('SIGTERM');
    const late = setTimeout(() => child.kill('SIGKILL'), END_MS);
    await ended;
    clearTimeout(late);
  }
}
