// deadlines.ts: the time limits of everything in flight, looked at together a few times a second: a timer of its own for
// each request and each step costs more than signing does.

/** Something with a time limit. */
export interface Timed {
  /** On the clock of `performance.now()`; `Infinity`: none. */
  deadlineMs: number;
  onDeadline(): void;
}

const TICK_MS = 100;

/** All that is in flight. */
export class Deadlines {
  readonly #items = new Set<Timed>();
  readonly #timer: NodeJS.Timeout;

  constructor(tickMs = TICK_MS) {
    this.#timer = setInterval(() => this.#tick(), tickMs);
    this.#timer.unref();
  }

  get size(): number {
    return this.#items.size;
  }

  add(item: Timed): void {
    this.#items.add(item);
  }

  delete(item: Timed): void {
    this.#items.delete(item);
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #tick(): void {
    const nowMs = performance.now();
    for (const item of this.#items) if (item.deadlineMs <= nowMs) item.onDeadline();
  }
}
