// workers.ts: several processes on the same ports. One that dies is replaced, the others go on; whoever stops the first
// process stops all of them, each draining by itself.
import cluster, { type Worker } from 'node:cluster';

const RESTART_MIN_MS = 200;
const RESTART_MAX_MS = 10_000;
/** A worker that lived for so long was not broken from the start. */
const HEALTHY_MS = 30_000;

/** Stops all workers, as a signal would. */
export type StopWorkers = (signal: NodeJS.Signals) => void;

/** The workers that run now. */
export function runningWorkers(): Worker[] {
  return Object.values(cluster.workers ?? {}).filter((worker) => worker !== undefined);
}

/** Runs `count` workers until they are told to stop; resolves to the exit code. */
export function superviseWorkers(
  count: number,
  report: (message: string, fields: object) => void,
  onStarted: (stop: StopWorkers) => void = () => undefined,
): Promise<number> {
  let stopping = false;
  let waitMs = RESTART_MIN_MS;
  let failed = 0;
  const startedAt = new Map<number, number>();
  const fork = () => {
    if (stopping) return;
    const worker = cluster.fork();
    startedAt.set(worker.id, Date.now());
  };
  const stop = (signal: NodeJS.Signals) => {
    stopping = true;
    for (const worker of Object.values(cluster.workers ?? {})) worker?.process.kill(signal);
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  onStarted(stop);
  return new Promise((resolve) => {
    cluster.on('exit', (worker: Worker, code: number, signal: string) => {
      if (stopping) {
        if (code !== 0) failed = code || 1;
        if (Object.keys(cluster.workers ?? {}).length === 0) resolve(failed);
        return;
      }
      const livedMs = Date.now() - (startedAt.get(worker.id) ?? 0);
      startedAt.delete(worker.id);
      // Nothing was said or done by it: a configuration that cannot be used is not a reason to try for ever.
      if (code === 64) {
        stopping = true;
        failed = 64;
        for (const other of Object.values(cluster.workers ?? {})) other?.process.kill('SIGTERM');
        if (Object.keys(cluster.workers ?? {}).length === 0) resolve(64);
        return;
      }
      waitMs = livedMs > HEALTHY_MS ? RESTART_MIN_MS : Math.min(RESTART_MAX_MS, waitMs * 2);
      report('a worker died; another one takes its place', { code, signal, livedMs, waitMs });
      setTimeout(fork, waitMs);
    });
    for (let i = 0; i < count; i++) fork();
  });
}
