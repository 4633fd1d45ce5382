// exposition.ts: from numbers to what Prometheus reads. Adding up and writing are prom-client's, which is loaded when somebody
// scrapes for the first time: requests are counted without it (series.ts, docs/decisions/0015).

export type Labels = Readonly<Record<string, string>>;

/** One number of a family. */
export interface Sample {
  /** The family's name with `_bucket`, `_sum` or `_count`; the family's own when left out. */
  readonly metricName?: string;
  readonly labels: Labels;
  readonly value: number;
}

/** One metric with all its series, in the form in which prom-client's processes tell each other. */
export interface Family {
  readonly name: string;
  readonly help: string;
  readonly type: 'counter' | 'gauge' | 'histogram';
  /** What becomes of numbers with the same labels. */
  readonly aggregator: 'sum';
  readonly values: readonly Sample[];
}

/** What a scrape gets. */
export interface Exposition {
  readonly type: string;
  readonly text: string;
}

/** The metrics of one process, or of several added up. */
export async function expose(processes: readonly (readonly Family[])[]): Promise<Exposition> {
  const { default: client } = await import('prom-client');
  const registry = client.AggregatorRegistry.aggregate([...processes]);
  return { type: registry.contentType, text: await registry.metrics() };
}
