// log-output.ts: where lines of log go: pino's asynchronous destination, which writes them in batches, so that no request
// waits for a disk or a pipe. When the reader is too slow, lines are dropped and counted instead of filling the memory.
import { pino } from 'pino';

/** Lines are collected up to this size, and written in one call… */
const BATCH_CHARS = 65_536;
/** …or this long. */
const FLUSH_MS = 250;
/** What waits for a slow reader; beyond it lines are dropped. */
const WAITING_BYTES_MAX = 8_388_608;
/** How long the end waits for a slow reader. */
const CLOSE_MS = 1_000;

/** Takes lines. */
export interface LogOutput {
  write(line: string): void;
  /** Lines that were dropped because nobody read. */
  readonly dropped: number;
  /** Writes what is waiting, and ends. */
  close(): Promise<void>;
}

/** Opens a descriptor (1 is standard output) or a file. What waits is written also when the process ends by an error. */
export function openLogOutput(target: number | string = 1): LogOutput {
  const destination = pino.destination({
    dest: target,
    sync: false,
    minLength: BATCH_CHARS,
    maxWrite: 2 * BATCH_CHARS,
    maxLength: WAITING_BYTES_MAX,
    periodicFlush: FLUSH_MS,
  });
  let dropped = 0;
  let broken = false;
  destination.on('drop', () => {
    dropped += 1;
  });
  // Nobody reads any more: the sidecar's work is not to be stopped by that.
  destination.on('error', () => {
    broken = true;
  });
  return {
    write(line) {
      if (broken) dropped += 1;
      else destination.write(line);
    },
    get dropped() {
      return dropped;
    },
    async close() {
      if (broken) return;
      await new Promise<void>((resolve) => {
        const late = setTimeout(resolve, CLOSE_MS);
        destination.on('close', () => {
          clearTimeout(late);
          resolve();
        });
        destination.on('error', () => resolve());
        destination.end();
      });
    },
  };
}
