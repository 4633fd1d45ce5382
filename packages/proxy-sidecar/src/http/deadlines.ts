// deadlines.ts: the time limits of everything in flight, looked at together a few times a second: a timer of its own for
// each request and each step costs more than signing does.

/** Something with a time limit. */
export interface Timed {
  /** On the clock of `performance.now()`; `Infinity`: none. */
  deadlineMs: number;
  /** Where it stands in the list; the list's business. */
  slot: number;
  onDeadline(): void;
}

const TICK_MS = 100;

/** All that is in flight. */
export class Deadlines {
  // Not a Set: each time one outgrows its table, the dead table keeps the next alive once it is old, and with it every
  // request of its time, until V8 looks at all of the heap. That was 6 KiB for each request (docs/performance.md).
  readonly #items: Timed[] = [];
  readonly #timer: NodeJS.Timeout;

  constructor(tickMs = TICK_MS) {
    this.#timer = setInterval(() => this.#tick(), tickMs);
    this.#timer.unref();
  }

  get size(): number {
    return this.#items.length;
  }

  add(item: Timed): void {
    item.slot = this.#items.length;
    this.#items.push(item);
  }

  delete(item: Timed): void {
    const last = this.#items.at(-1);
    if (last === undefined || this.#items[item.slot] !== item) return;
    this.#items[item.slot] = last;
    last.slot = item.slot;
    item.slot = -1;
    this.#items.pop();
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #tick(): void {
    const nowMs = performance.now();
    // A copy: whoever is late leaves the list.
    for (const item of [...this.#items]) if (item.deadlineMs <= nowMs) item.onDeadline();
  }
}
