// fleet.ts: several processes seen as one. With workers the admin listener is the first process's: it asks each worker how
// it is, adds their counters up, and is ready when all of them are. A worker that doesn't answer isn't ready.
import type { Family, Sample } from '../metrics/exposition.js';
import type { HealthReport } from './health.js';

const ANSWER_MS = 1_000;

/** How one process is. */
export interface ProcessStatus {
  readonly report: HealthReport;
  readonly families: readonly Family[];
}

/** Messages between the first process and workers. */
type Message =
  | { readonly latticeAuth: 'ask'; readonly id: number }
  | { readonly latticeAuth: 'status'; readonly id: number; readonly status: ProcessStatus };

/** What is needed of `process` in a worker, and of a worker in the first process. */
interface Channel {
  send?(message: Message): unknown;
  on(event: 'message', listener: (message: unknown) => void): unknown;
  off(event: 'message', listener: (message: unknown) => void): unknown;
}

function isMessage(message: unknown): message is Message {
  return typeof message === 'object' && message !== null && 'latticeAuth' in message;
}

/** In a worker: answers whenever it is asked. */
export function answerFor(channel: Channel, status: () => ProcessStatus): void {
  channel.on('message', (message) => {
    if (isMessage(message) && message.latticeAuth === 'ask') {
      channel.send?.({ latticeAuth: 'status', id: message.id, status: status() });
    }
  });
}

let lastId = 0;

/** In the first process: one worker's answer; undefined when there is none in time. */
export function askWorker(channel: Channel): Promise<ProcessStatus | undefined> {
  lastId += 1;
  const id = lastId;
  return new Promise((resolve) => {
    const done = (status: ProcessStatus | undefined) => {
      clearTimeout(timer);
      channel.off('message', onMessage);
      resolve(status);
    };
    const timer = setTimeout(() => done(undefined), ANSWER_MS);
    const onMessage = (message: unknown) => {
      if (isMessage(message) && message.latticeAuth === 'status' && message.id === id) done(message.status);
    };
    channel.on('message', onMessage);
    channel.send?.({ latticeAuth: 'ask', id });
  });
}

/** The readiness of all: every worker that there should be answers, and is ready. */
export function mergeReports(statuses: readonly (ProcessStatus | undefined)[], wanted: number): HealthReport {
  const silent = { name: 'worker', ok: false, detail: 'does not answer' };
  const checks = statuses.flatMap((status, index) =>
    (status?.report.checks ?? [silent]).map((check) => ({ ...check, name: `worker ${index + 1}: ${check.name}` })),
  );
  const missing = wanted - statuses.length;
  if (missing > 0) checks.push({ name: 'workers', ok: false, detail: `${missing} of ${wanted} are not running` });
  return { ready: checks.every(({ ok }) => ok), checks };
}

/** Counters and histograms added up; gauges side by side, by worker. */
export function mergeFamilies(statuses: readonly (ProcessStatus | undefined)[]): Family[] {
  const merged = new Map<string, { family: Family; samples: Map<string, Sample> }>();
  for (const [index, status] of statuses.entries()) {
    for (const family of status?.families ?? []) {
      const into = merged.get(family.name) ?? { family, samples: new Map<string, Sample>() };
      merged.set(family.name, into);
      for (const sample of family.samples) addSample(into.samples, family.type, sample, String(index + 1));
    }
  }
  return [...merged.values()].map(({ family, samples }) => ({ ...family, samples: [...samples.values()] }));
}

function addSample(into: Map<string, Sample>, type: Family['type'], sample: Sample, worker: string): void {
  const labels = type === 'gauge' ? { ...sample.labels, worker } : sample.labels;
  const key = `${sample.suffix} ${JSON.stringify(labels)}`;
  const before = into.get(key);
  into.set(key, { suffix: sample.suffix, labels, value: sample.value + (before?.value ?? 0) });
}
