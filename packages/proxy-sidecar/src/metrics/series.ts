// series.ts: counters and histograms whose every step on a request's path is an addition to a number. prom-client's own cost
// about a microsecond each, which is what signing costs; here its registry only asks for the numbers when somebody scrapes.
import type { Metric } from 'prom-client';

/** Series of one metric; combinations of labels beyond this are counted under `other`. */
const SERIES_MAX = 5_000;

export type Labels = Readonly<Record<string, string>>;

interface Value {
  readonly labels: Record<string, string | number>;
  readonly value: number;
  readonly metricName?: string;
}

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

  async get(): Promise<object> {
    const values: Value[] = [...this.#series.values()].map(({ labels, value }) => ({ labels, value }));
    return { name: this.name, help: this.#help, type: 'counter', aggregator: 'sum', values };
  }

  reset(): void {
    this.#series.clear();
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

  async get(): Promise<object> {
    const values = [...this.#series].flatMap(([label, series]) => this.#values({ [this.#label]: label }, series));
    return { name: this.name, help: this.#help, type: 'histogram', aggregator: 'sum', values };
  }

  #values(labels: Labels, { counts, sum }: { counts: Float64Array; sum: number }): Value[] {
    const values: Value[] = [];
    let total = 0;
    for (const [index, count] of counts.entries()) {
      total += count;
      const le = this.#bounds[index] ?? '+Inf';
      values.push({ labels: { ...labels, le }, value: total, metricName: `${this.name}_bucket` });
    }
    values.push({ labels: { ...labels }, value: sum, metricName: `${this.name}_sum` });
    values.push({ labels: { ...labels }, value: total, metricName: `${this.name}_count` });
    return values;
  }

  reset(): void {
    this.#series.clear();
  }
}

/** As prom-client's registry takes it: it only ever calls `name` and `get`. */
export function asMetric(series: CounterSeries | HistogramSeries): Metric<string> {
  return series as unknown as Metric<string>;
}
