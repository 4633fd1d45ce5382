// upstreams.ts: all upstreams in use, made when first needed. Bounded, since in transparent mode callers choose them.
import { ORIGINS_MAX } from '../limits.js';
import { Origin, type OriginOptions } from './origin.js';

const SWEEP_MS = 1_000;

/** Upstreams by what makes them different. */
export class Upstreams {
  readonly #origins = new Map<string, Origin>();
  readonly #timer: NodeJS.Timeout;

  constructor() {
    this.#timer = setInterval(() => this.#sweep(), SWEEP_MS);
    this.#timer.unref();
  }

  /** The upstream for a key, made by `options` when there is none. */
  get(key: string, options: () => OriginOptions): Origin {
    let origin = this.#origins.get(key);
    if (origin === undefined) {
      if (this.#origins.size >= ORIGINS_MAX) this.#forgetOldest();
      origin = new Origin(options());
      this.#origins.set(key, origin);
    }
    return origin;
  }

  /** All upstreams, for metrics. */
  all(): Iterable<Origin> {
    return this.#origins.values();
  }

  /** Closes what is idle; calls under way go on. */
  retire(): void {
    for (const origin of this.#origins.values()) origin.retire();
  }

  destroy(): void {
    clearInterval(this.#timer);
    for (const origin of this.#origins.values()) origin.destroy();
    this.#origins.clear();
  }

  #sweep(): void {
    const nowMs = performance.now();
    for (const origin of this.#origins.values()) origin.sweep(nowMs);
  }

  #forgetOldest(): void {
    let oldest: string | undefined;
    let atMs = Number.POSITIVE_INFINITY;
    for (const [key, { lastUsedMs }] of this.#origins) {
      if (lastUsedMs < atMs) [oldest, atMs] = [key, lastUsedMs];
    }
    if (oldest === undefined) return;
    this.#origins.get(oldest)?.retire();
    this.#origins.delete(oldest);
  }
}
