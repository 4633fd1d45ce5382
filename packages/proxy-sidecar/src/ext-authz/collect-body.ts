// collect-body.ts: waits for the body of a question, within a limit of size and of time. Whatever happens, it ends once.
import type { Deadlines, Timed } from '../http/deadlines.js';
import type { Downstream, DownstreamEvents } from '../http/downstream.js';

/** Takes bytes; says when it has enough, and what it was in the end. */
export interface Collector<Result> {
  add(chunk: Buffer): Result | undefined;
  end(): Result;
}

/** How it ended when no whole body came. */
export type Unfinished = { readonly kind: 'late' } | { readonly kind: 'gone' };

const LATE: Unfinished = { kind: 'late' };
const GONE: Unfinished = { kind: 'gone' };

/** Calls `done` once: with what the collector says, or why there is nothing. */
export function collectBody<Result>(
  down: Downstream,
  collector: Collector<Result>,
  limits: { readonly deadlines: Deadlines; readonly withinMs: number },
  done: (result: Result | Unfinished) => void,
): void {
  const pending = new PendingBody(collector, limits, done);
  down.listen(pending);
  if (down.bodyless) pending.onBodyEnd();
  else down.resume();
}

class PendingBody<Result> implements DownstreamEvents, Timed {
  readonly deadlineMs: number;
  slot = -1;
  readonly #collector: Collector<Result>;
  readonly #deadlines: Deadlines;
  #done: ((result: Result | Unfinished) => void) | undefined;
  #enough: Result | undefined;

  constructor(
    collector: Collector<Result>,
    { deadlines, withinMs }: { readonly deadlines: Deadlines; readonly withinMs: number },
    done: (result: Result | Unfinished) => void,
  ) {
    this.#collector = collector;
    this.#deadlines = deadlines;
    this.#done = done;
    this.deadlineMs = performance.now() + withinMs;
    deadlines.add(this);
  }

  onBody(chunk: Buffer): void {
    // What comes after it was enough is dropped. An answer waits for the end all the same: with Node, one that overtakes its
    // question can lose its trailers, and with them says nothing.
    if (this.#done !== undefined) this.#enough ??= this.#collector.add(chunk);
  }

  onBodyEnd(): void {
    if (this.#done !== undefined) this.#finish(this.#enough ?? this.#collector.end());
  }

  onDeadline(): void {
    this.#finish(LATE);
  }

  onGone(): void {
    this.#finish(GONE);
  }

  onRoom(): void {}

  onFinished(): void {}

  #finish(result: Result | Unfinished): void {
    const done = this.#done;
    this.#done = undefined;
    this.#deadlines.delete(this);
    done?.(result);
  }
}
