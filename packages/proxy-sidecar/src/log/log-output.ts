// log-output.ts: where lines of log go: a file descriptor, written asynchronously and in batches, so that no request waits
// for a disk or a pipe. When the reader is too slow, lines are dropped and counted instead of filling the memory.
import { pino } from 'pino';

/** Lines are collected up to this size… */
const BATCH_BYTES = 4_096;
/** …or this long. */
const FLUSH_MS = 250;
/** What waits for a slow reader; beyond it lines are dropped. */
const WAITING_BYTES_MAX = 8_388_608;

/** Takes lines; pino's destination in its own words. */
export interface LogOutput {
  write(line: string): void;
  /** Lines that were dropped because nobody read. */
  readonly dropped: number;
  /** Writes what is waiting, at once. */
  flush(): void;
  close(): void;
}

/** Opens a descriptor (1 is standard output) or a file. */
export function openLogOutput(target: number | string = 1): LogOutput {
  const destination = pino.destination({
    dest: target,
    sync: false,
    minLength: BATCH_BYTES,
    maxLength: WAITING_BYTES_MAX,
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
  const timer = setInterval(() => destination.flush(), FLUSH_MS);
  timer.unref();
  const flush = () => {
    if (broken) return;
    try {
      destination.flushSync();
    } catch {
      broken = true;
    }
  };
  return {
    write(line) {
      if (broken) dropped += 1;
      else destination.write(line);
    },
    get dropped() {
      return dropped;
    },
    flush,
    close() {
      clearInterval(timer);
      flush();
    },
  };
}
