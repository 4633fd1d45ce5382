// command-process.ts — a program that runs for as long as its target is there: started without a shell in a process group
// of its own, started again when it ends, and ended with everything that it started, even when this process is killed.
import { type ChildProcess, spawn } from 'node:child_process';
import type { Readable } from 'node:stream';

/** What a program is started with, and whom to tell. */
export interface CommandOptions {
  readonly command: readonly string[];
  readonly cwd: string;
  /** Variables beside those of this process; asked for at each start. */
  readonly env: () => Promise<Readonly<Record<string, string>>>;
  /** One line: what the program writes, and what becomes of it. */
  readonly log: (line: string) => void;
  /** It ended, or could not be started. */
  readonly onExit?: (how: string) => void;
}

/** A program that is kept running. */
export interface CommandProcess {
  /** Ends it now; it is started again. */
  restart(): void;
  /** Ends it with all that it started. */
  close(): Promise<void>;
}

const BACKOFF_MS_FIRST = 100;
const BACKOFF_MS_MAX = 5_000;
/** A program that ran for this long is started again without further waiting. */
const SETTLED_MS = 10_000;
/** Between SIGTERM and SIGKILL. */
const GRACE_MS = 2_000;
/** For output that is still in the pipe when a program has ended. */
const LAST_OUTPUT_MS = 500;
/** Longer lines are cut: a program that writes no line breaks must not fill the memory. */
const LINE_CHARS_MAX = 8_192;

/**
 * Waits at the other end of a pipe. A line on it: the program has ended. Its end without a line: we have, so the program's
 * group is ended. A process of its own since nothing in a process that is killed with SIGKILL can still act.
 */
const GUARD = `trap '' INT TERM HUP
if read -r line; then exit 0; fi
kill -s TERM -- "-$0" 2>/dev/null
sleep 2
kill -s KILL -- "-$0" 2>/dev/null`;

/** Starts a program and keeps it running. */
export function keepRunning(options: CommandOptions): CommandProcess {
  const { onExit, log } = options;
  let backoffMs = BACKOFF_MS_FIRST;
  let timer: NodeJS.Timeout | undefined;
  let running: Running | undefined;
  let closed = false;

  const runOnce = async (): Promise<string> => {
    const env = await options.env();
    if (closed) return 'ended';
    running = startProgram(options, env);
    return await running.ended;
  };
  const keep = async (): Promise<void> => {
    const startedAt = Date.now();
    const how = await runOnce().catch(
      (error: unknown) => `could not be started: ${error instanceof Error ? error.message : String(error)}`,
    );
    running = undefined;
    if (closed) return;
    onExit?.(how);
    if (Date.now() - startedAt > SETTLED_MS) backoffMs = BACKOFF_MS_FIRST;
    log(`${how}; started again in ${backoffMs} ms`);
    timer = setTimeout(keep, backoffMs).unref();
    backoffMs = Math.min(backoffMs * 2, BACKOFF_MS_MAX);
  };
  void keep();
  return {
    restart: () => running?.kill('SIGKILL'),
    async close() {
      closed = true;
      clearTimeout(timer);
      // What is not started yet won't be.
      await running?.end();
    },
  };
}

interface Running {
  /** How it ended, in words. */
  readonly ended: Promise<string>;
  kill(signal: NodeJS.Signals): void;
  end(): Promise<void>;
}

function startProgram({ command, cwd, log }: CommandOptions, env: Readonly<Record<string, string>>): Running {
  const [file = '', ...args] = command;
  // `detached` makes it the leader of a process group, by which all that it starts can be reached.
  const child = spawn(file, args, {
    cwd,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  const { pid } = child;
  const guard = pid === undefined ? undefined : startGuard(pid);
  for (const stream of [child.stdout, child.stderr]) logLines(stream, log);
  const kill = (signal: NodeJS.Signals) => {
    if (pid !== undefined) killGroup(pid, signal);
  };
  const ended = howItEnds(child).then(async (how) => {
    kill('SIGKILL');
    await lastOutput(child);
    guard?.stdin?.end('ended\n');
    return how;
  });
  return {
    ended,
    kill,
    async end() {
      kill('SIGTERM');
      const timer = setTimeout(() => kill('SIGKILL'), GRACE_MS);
      await ended;
      clearTimeout(timer);
    },
  };
}

function howItEnds(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    child.once('error', (error) => resolve(`could not be started: ${error.message}`));
    child.once('exit', (code, signal) => resolve(signal === null ? `ended with ${code}` : `ended by ${signal}`));
  });
}

/** Waits for what a program wrote last, but not for one that left its group and keeps the pipe. */
async function lastOutput(child: ChildProcess): Promise<void> {
  const streams = [child.stdout, child.stderr].filter((stream) => stream !== null);
  const ends = streams.map((stream) => {
    return stream.readableEnded || stream.destroyed
      ? undefined
      : new Promise((resolve) => stream.once('close', resolve));
  });
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise((resolve) => {
    timer = setTimeout(resolve, LAST_OUTPUT_MS);
  });
  await Promise.race([Promise.all(ends), limit]);
  clearTimeout(timer);
  for (const stream of streams) stream.destroy();
}

function startGuard(pid: number): ChildProcess {
  const guard = spawn('/bin/sh', ['-c', GUARD, String(pid)], { stdio: ['pipe', 'ignore', 'ignore'], detached: true });
  // Where there is no shell, there is no guard; nor does it matter when it has gone before us.
  guard.on('error', () => undefined);
  guard.stdin?.on('error', () => undefined);
  guard.unref();
  return guard;
}

function killGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch {
    // Nobody is left in the group.
  }
}

function logLines(stream: Readable, log: (line: string) => void): void {
  stream.setEncoding('utf8');
  let rest = '';
  stream.on('data', (text: string) => {
    const lines = (rest + text).split(/\r?\n/);
    rest = lines.pop() ?? '';
    for (const line of lines) log(line.slice(0, LINE_CHARS_MAX));
    if (rest.length < LINE_CHARS_MAX) return;
    log(rest.slice(0, LINE_CHARS_MAX));
    rest = '';
  });
  stream.on('end', () => {
    if (rest !== '') log(rest);
  });
  stream.on('error', () => undefined);
}
