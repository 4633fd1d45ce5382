// log-output.ts: where lines of log go: pino's asynchronous destination, in batches, so that no request waits for a disk or a
// pipe. When the reader is too slow, lines are dropped and counted instead of filling the memory.
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

/** Opens a descriptor (1 is standard output) or a file. */
export function openLogOutput(target: number | string = 1): LogOutput {
  // Batches are made here: with `minLength` the destination measures all of what waits at each line, 10 µs of each request.
  const destination = pino.destination({ dest: target, sync: false, maxLength: WAITING_BYTES_MAX });
  let batch = '';
  let lines = 0;
  let dropped = 0;
  let broken = false;
  // The destination drops what was given to it last.
  destination.on('drop', () => {
    dropped += lines;
  });
  // Nobody reads any more: the sidecar's work is not to be stopped by that.
  destination.on('error', () => {
    broken = true;
  });
  const handOver = () => {
    if (batch === '') return;
    if (broken) dropped += lines;
    else destination.write(batch);
    batch = '';
    lines = 0;
  };
  const timer = setInterval(handOver, FLUSH_MS).unref();
  // A process that ends by an error has its last words too.
  const onExit = () => {
    handOver();
    if (!broken) destination.flushSync();
  };
  process.on('exit', onExit);
  return {
    write(line) {
      batch += line;
      lines += 1;
      if (batch.length >= BATCH_CHARS) handOver();
    },
    get dropped() {
      return dropped;
    },
    async close() {
      clearInterval(timer);
      process.off('exit', onExit);
      handOver();
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
