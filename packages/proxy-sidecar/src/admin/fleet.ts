// fleet.ts: several processes seen as one. With workers the admin listener is the first process's: it asks each worker how
// it is, adds their counters up, and is ready when all of them are. A worker that doesn't answer isn't ready.
import type { Family } from '../metrics/exposition.js';
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
export function answerFor(channel: Channel, status: () => ProcessStatus | Promise<ProcessStatus>): void {
  const answer = async (id: number) => channel.send?.({ latticeAuth: 'status', id, status: await status() });
  channel.on('message', (message) => {
    if (isMessage(message) && message.latticeAuth === 'ask') void answer(message.id);
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

/** The metrics of each process; gauges with the worker's number, so that they stand side by side where counters are added up. */
export function familiesByWorker(statuses: readonly (ProcessStatus | undefined)[]): Family[][] {
  return statuses.map((status, index) => (status?.families ?? []).map((family) => labelled(family, String(index + 1))));
}

function labelled(family: Family, worker: string): Family {
  if (family.type !== 'gauge') return family;
  return { ...family, values: family.values.map((one) => ({ ...one, labels: { ...one.labels, worker } })) };
}
