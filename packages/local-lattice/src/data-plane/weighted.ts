// weighted.ts — turns by weight: smooth weighted round robin. Over as many turns as the weights sum up to, each entry has
// had exactly its weight, and never many in a row.

/** Something that is chosen in proportion to its weight. */
export interface Weighted<T> {
  readonly value: T;
  readonly weight: number;
}

interface Turn<T> extends Weighted<T> {
  current: number;
}

/** Chooses among entries; undefined when none has a weight. */
export class WeightedTurns<T> {
  readonly #entries: Turn<T>[];
  readonly #total: number;
  readonly #only: T | undefined;

  /** `seed`: how many turns are over already; from it follows all that comes. */
  constructor(entries: readonly Weighted<T>[], seed = 0) {
    const real = entries.filter(({ weight }) => weight > 0);
    this.#entries = real.map(({ value, weight }) => ({ value, weight, current: 0 }));
    this.#total = real.reduce((sum, { weight }) => sum + weight, 0);
    this.#only = real.length === 1 ? real[0]?.value : undefined;
    if (this.#total > 0) for (let i = seed % this.#total; i > 0; i -= 1) this.next();
  }

  next(): T | undefined {
    if (this.#only !== undefined) return this.#only;
    let best: Turn<T> | undefined;
    for (const entry of this.#entries) {
      entry.current += entry.weight;
      if (best === undefined || entry.current > best.current) best = entry;
    }
    if (best === undefined) return undefined;
    best.current -= this.#total;
    return best.value;
  }
}
