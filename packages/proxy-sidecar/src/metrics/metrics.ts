// metrics.ts: all metrics of the process. What others own (pool, credentials, policies, log) is
// asked for when somebody scrapes; nothing is measured for a scrape that never comes, but the delay of the event loop.
import { monitorEventLoopDelay, performance } from 'node:perf_hooks';
import type { Family, Labels } from './exposition.js';
import { Traffic } from './traffic.js';

const PREFIX = 'lattice_auth_proxy_';
/** The delay of the event loop is sampled ten times a second: cheap, and what lasts longer is seen. */
const LAG_RESOLUTION_MS = 100;

/** Connections to upstreams at one moment. */
interface PoolNumbers {
  readonly open: number;
  readonly busy: number;
  /** Requests that wait for one. */
  readonly waiting: number;
  /** Opened since the start. */
  readonly opened: number;
}

/** How the policies are. */
interface PolicyNumbers {
  readonly usable: boolean;
  readonly loadedAt: Date | undefined;
  readonly reloads: number;
  readonly failures: number;
}

/** What the rest of the program can tell when it is asked; undefined is left out. */
export interface MetricSources {
  readonly version: string;
  pool?(): PoolNumbers;
  /** When the credentials in use end; undefined when there are none or they do not. */
  credentialsExpireAt?(): Date | undefined;
  credentialsUsable?(): boolean;
  policies?(): PolicyNumbers | undefined;
  callerConnections?(): number;
  droppedLogLines?(): number;
}

/** The metrics of one process. */
export interface Metrics {
  /** Counts requests; hand it to the request path. */
  readonly traffic: Traffic;
  /** All numbers as they are now. */
  families(): Family[];
  /** Stops measuring the event loop. */
  close(): void;
}

export function createMetrics(sources: MetricSources): Metrics {
  const traffic = new Traffic(PREFIX);
  const lag = monitorEventLoopDelay({ resolution: LAG_RESOLUTION_MS });
  lag.enable();
  const gauges = new Gauges();
  gauges.add('build_info', 'The version that runs', () => [[{ version: sources.version }, 1]]);
  gauges.add('in_flight_requests', 'Requests that have not ended', () =>
    (['outbound', 'inbound', 'extAuthz'] as const).map((direction) => [{ direction }, traffic.inFlight[direction]]),
  );
  addSources(gauges, sources);
  addRuntime(gauges, lag);
  return {
    traffic,
    families: () => [...traffic.series.map((series) => series.family()), ...gauges.families()],
    close: () => lag.disable(),
  };
}

type Reading = readonly [labels: Labels, value: number];

/** Numbers that are read when somebody scrapes. */
class Gauges {
  readonly #all: { readonly name: string; readonly help: string; readonly read: () => readonly Reading[] }[] = [];

  add(name: string, help: string, read: () => readonly Reading[]): void {
    this.#all.push({ name: `${PREFIX}${name}`, help, read });
  }

  /** One number; nothing is shown when there is none. */
  number(name: string, help: string, read: () => number | undefined): void {
    this.add(name, help, () => {
      const value = read();
      return value === undefined ? [] : [[{}, value]];
    });
  }

  families(): Family[] {
    return this.#all.map(({ name, help, read }) => {
      const values = read().map(([labels, value]) => ({ labels, value }));
      return { name, help, type: 'gauge', aggregator: 'sum', values };
    });
  }
}

const seconds = (date: Date | undefined) => (date === undefined ? undefined : date.getTime() / 1_000);

function addSources(gauges: Gauges, sources: MetricSources): void {
  const { pool, policies } = sources;
  gauges.number('credentials_expiry_timestamp_seconds', 'When the credentials in use end', () =>
    seconds(sources.credentialsExpireAt?.()),
  );
  gauges.number('credentials_usable', '1 when there are credentials to sign with', () =>
    flag(sources.credentialsUsable?.()),
  );
  gauges.number('caller_connections', 'Open connections of callers', () => sources.callerConnections?.());
  gauges.number('log_lines_dropped', 'Lines of log that nobody read in time', () => sources.droppedLogLines?.());
  gauges.add('upstream_connections', 'Connections to upstreams', () => {
    const numbers = pool?.call(sources);
    if (numbers === undefined) return [];
    const { open, busy } = numbers;
    return [
      [{ state: 'busy' }, busy],
      [{ state: 'idle' }, open - busy],
    ];
  });
  gauges.number('upstream_waiting_requests', 'Requests that wait for a connection', () => pool?.call(sources).waiting);
  gauges.number('upstream_connections_opened', 'Connections opened since the start', () => pool?.call(sources).opened);
  gauges.number('policies_usable', '1 when the policies could be read as they are now', () =>
    flag(policies?.call(sources)?.usable),
  );
  gauges.number('policies_loaded_timestamp_seconds', 'When the policies in force were read', () =>
    seconds(policies?.call(sources)?.loadedAt),
  );
  gauges.number('policies_reloads', 'Times policies were read anew', () => policies?.call(sources)?.reloads);
  gauges.number('policies_reload_failures', 'Times they could not be used', () => policies?.call(sources)?.failures);
}

const flag = (value: boolean | undefined) => (value === undefined ? undefined : Number(value));

function addRuntime(gauges: Gauges, lag: ReturnType<typeof monitorEventLoopDelay>): void {
  gauges.add('event_loop_lag_seconds', 'How late the event loop was, since the last scrape', () => {
    // The sampling interval is part of every sample.
    const late = (nanoseconds: number) => {
      const seconds = Number.isFinite(nanoseconds) ? nanoseconds / 1e9 : 0;
      return Math.max(0, seconds - LAG_RESOLUTION_MS / 1e3);
    };
    const readings: Reading[] = [
      [{ quantile: '0.5' }, late(lag.percentile(50))],
      [{ quantile: '0.99' }, late(lag.percentile(99))],
      [{ quantile: '1' }, late(lag.max)],
    ];
    lag.reset();
    return readings;
  });
  let before = performance.eventLoopUtilization();
  gauges.number('event_loop_utilization', 'Share of time that the event loop was busy, since the last scrape', () => {
    const now = performance.eventLoopUtilization();
    const { utilization } = performance.eventLoopUtilization(now, before);
    before = now;
    return utilization;
  });
  gauges.number('process_cpu_seconds', 'User and system time', () => {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1e6;
  });
  gauges.number('process_resident_memory_bytes', 'Memory in use', () => process.memoryUsage.rss());
  gauges.number('process_heap_used_bytes', 'Memory of JavaScript objects', () => process.memoryUsage().heapUsed);
  const startedAt = Math.round((Date.now() - process.uptime() * 1_000) / 1_000);
  gauges.number('process_start_time_seconds', 'When the process started', () => startedAt);
}
