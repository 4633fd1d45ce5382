// series.ts: counters and histograms whose every step on a request's path is an addition to a number; everything else happens
// when somebody scrapes. prom-client's own take several times as long for a step (docs/decisions/0015).
import type { Family, Labels, Sample } from './exposition.js';

/** Series of one metric; combinations of labels beyond this are counted under `other`. */
const SERIES_MAX = 5_000;

/** Counts, by labels. */
export class CounterSeries {
  readonly name: string;
  readonly #help: string;
  readonly #names: readonly string[];
  readonly #series = new Map<string, { readonly labels: Labels; value: number }>();

  constructor(name: string, help: string, names: readonly string[]) {
    this.name = name;
    this.#help = help;
    this.#names = names;
  }

  /** Adds to the series with these label values, in the order of the names. */
  add(amount: number, ...values: readonly string[]): void {
    const key = values.join('\n');
    const known = this.#series.get(key);
    if (known !== undefined) known.value += amount;
    else if (this.#series.size < SERIES_MAX) this.#series.set(key, { labels: this.#labels(values), value: amount });
    else if (values[0] !== 'other') this.add(amount, ...values.map(() => 'other'));
    else this.#series.set(key, { labels: this.#labels(values), value: amount });
  }

  #labels(values: readonly string[]): Labels {
    return Object.fromEntries(this.#names.map((name, index) => [name, values[index] ?? '']));
  }

  family(): Family {
    const values = [...this.#series.values()].map(({ labels, value }) => ({ labels, value }));
    return { name: this.name, help: this.#help, type: 'counter', aggregator: 'sum', values };
  }
}

/** Distributes values over buckets, by one label. */
export class HistogramSeries {
  readonly name: string;
  readonly #help: string;
  readonly #label: string;
  readonly #bounds: readonly number[];
  readonly #series = new Map<string, { readonly counts: Float64Array; sum: number }>();

  constructor(name: string, help: string, label: string, bounds: readonly number[]) {
    this.name = name;
    this.#help = help;
    this.#label = label;
    this.#bounds = bounds;
  }

  observe(value: number, label: string): void {
    let series = this.#series.get(label);
    if (series === undefined) {
      if (this.#series.size >= SERIES_MAX) return;
      series = { counts: new Float64Array(this.#bounds.length + 1), sum: 0 };
      this.#series.set(label, series);
    }
    let bucket = 0;
    while (bucket < this.#bounds.length && value > (this.#bounds[bucket] ?? 0)) bucket += 1;
    series.counts[bucket] = (series.counts[bucket] ?? 0) + 1;
    series.sum += value;
  }

  family(): Family {
    const values = [...this.#series].flatMap(([label, series]) => this.#samples({ [this.#label]: label }, series));
    return { name: this.name, help: this.#help, type: 'histogram', aggregator: 'sum', values };
  }

  #samples(labels: Labels, { counts, sum }: { counts: Float64Array; sum: number }): Sample[] {
    const samples: Sample[] = [];
    let total = 0;
    for (const [index, count] of counts.entries()) {
      total += count;
      const le = String(this.#bounds[index] ?? '+Inf');
      samples.push({ metricName: `${this.name}_bucket`, labels: { ...labels, le }, value: total });
    }
    const [sumName, countName] = [`${this.name}_sum`, `${this.name}_count`];
    samples.push({ metricName: sumName, labels, value: sum }, { metricName: countName, labels, value: total });
    return samples;
  }
}
