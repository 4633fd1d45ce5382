// body-memory.ts: keeps memory flat while large bodies pass. Each piece that is read is a buffer outside of V8's heap, dead
// as soon as it is written on; V8 lets 64 MiB of them gather before it looks. A collection of the young generation after
// every 16 MiB takes well under a millisecond and keeps RSS where it was (test/e2e/soak: 1 GiB, 55 MiB of growth without).
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

const COLLECT_EVERY_BYTES = 16 * 2 ** 20;
/** Smaller pieces are slices of shared buffers, or few. */
const PIECE_BYTES_MIN = 8_192;

let passedBytes = 0;
let collect: ((options: { type: 'minor' }) => void) | undefined;

/** A piece of a body has been passed on. */
export function notePassed(bytes: number): void {
  if (bytes < PIECE_BYTES_MIN) return;
  passedBytes += bytes;
  if (passedBytes < COLLECT_EVERY_BYTES) return;
  passedBytes = 0;
  collect ??= collector();
  collect({ type: 'minor' });
}

function collector(): (options: { type: 'minor' }) => void {
  setFlagsFromString('--expose-gc');
  const gc: unknown = runInNewContext('typeof gc === "function" ? gc : undefined');
  setFlagsFromString('--no-expose-gc');
  return typeof gc === 'function' ? (gc as (options: { type: 'minor' }) => void) : () => undefined;
}
