// What Prometheus reads: names, labels from small sets, buckets that add up.
import { afterEach, expect, test } from 'vitest';
import { expose } from '../../../src/metrics/exposition.js';
import { createMetrics, type MetricSources, type Metrics } from '../../../src/metrics/metrics.js';
import { CounterSeries, HistogramSeries } from '../../../src/metrics/series.js';
import { exchangeWith } from '../../support/exchange.js';

const open: Metrics[] = [];
afterEach(() => {
  for (const metrics of open.splice(0)) metrics.close();
});

function metricsWith(sources: Partial<MetricSources> = {}): Metrics {
  const metrics = createMetrics({ version: '1.2.3', ...sources });
  open.push(metrics);
  return metrics;
}

async function lines(metrics: Metrics, name: string): Promise<string[]> {
  const { text } = await expose([metrics.families()]);
  return text.split('\n').filter((line) => line.startsWith(`lattice_auth_proxy_${name}`));
}

test('a request is counted by direction, route, method and code', async () => {
  const metrics = metricsWith();
  for (const more of [{}, {}, { status: 503 }, { method: 'BREW', status: 0 }]) {
    const exchange = exchangeWith(more);
    metrics.traffic.onStart(exchange);
    metrics.traffic.onEnd(exchange);
  }
  expect(await lines(metrics, 'requests_total')).toEqual([
    'lattice_auth_proxy_requests_total{direction="outbound",route="default",method="GET",code="200"} 2',
    'lattice_auth_proxy_requests_total{direction="outbound",route="default",method="GET",code="503"} 1',
    'lattice_auth_proxy_requests_total{direction="outbound",route="default",method="OTHER",code="none"} 1',
  ]);
  expect(await lines(metrics, 'request_duration_seconds_bucket{direction="outbound",le="0.005"}')).toEqual([
    'lattice_auth_proxy_request_duration_seconds_bucket{direction="outbound",le="0.005"} 0',
  ]);
  expect(await lines(metrics, 'request_duration_seconds_bucket{direction="outbound",le="0.01"}')).toEqual([
    'lattice_auth_proxy_request_duration_seconds_bucket{direction="outbound",le="0.01"} 4',
  ]);
  expect(await lines(metrics, 'request_duration_seconds_count')).toEqual([
    'lattice_auth_proxy_request_duration_seconds_count{direction="outbound"} 4',
  ]);
  expect(await lines(metrics, 'in_flight_requests')).toEqual([
    'lattice_auth_proxy_in_flight_requests{direction="outbound"} 0',
    'lattice_auth_proxy_in_flight_requests{direction="inbound"} 0',
    'lattice_auth_proxy_in_flight_requests{direction="extAuthz"} 0',
  ]);
});

test('decisions, by layer and outcome, and how they compare', async () => {
  const metrics = metricsWith();
  const decision = {
    mode: 'shadow',
    effect: 'deny',
    layer: 'service',
    reason: 'implicitDeny',
    durationMs: 0.01,
  } as const;
  metrics.traffic.onEnd(exchangeWith({ decision, retries: 2, errorCode: 'ERR_SIDECAR_UPSTREAM_RESET' }));
  metrics.traffic.compared('agree');
  expect(await lines(metrics, 'decisions_total')).toEqual([
    'lattice_auth_proxy_decisions_total{direction="outbound",mode="shadow",effect="deny",layer="service",reason="implicitDeny"} 1',
  ]);
  expect(await lines(metrics, 'preflight_agreement_total')).toEqual([
    'lattice_auth_proxy_preflight_agreement_total{outcome="agree"} 1',
  ]);
  expect(await lines(metrics, 'retries_total')).toEqual(['lattice_auth_proxy_retries_total{direction="outbound"} 2']);
  expect(await lines(metrics, 'errors_total')).toHaveLength(1);
});

test('what others tell is asked for at the scrape; what nobody knows is left out', async () => {
  let busy = 1;
  const metrics = metricsWith({
    pool: () => ({ open: 3, busy, waiting: 4, opened: 7 }),
    credentialsExpireAt: () => new Date(1_800_000_000_000),
    credentialsUsable: () => true,
    policies: () => ({ usable: false, loadedAt: undefined, reloads: 2, failures: 1 }),
  });
  busy = 2;
  expect(await lines(metrics, 'upstream_connections{')).toEqual([
    'lattice_auth_proxy_upstream_connections{state="busy"} 2',
    'lattice_auth_proxy_upstream_connections{state="idle"} 1',
  ]);
  expect(await lines(metrics, 'credentials_expiry')).toEqual([
    'lattice_auth_proxy_credentials_expiry_timestamp_seconds 1800000000',
  ]);
  expect(await lines(metrics, 'policies_usable')).toEqual(['lattice_auth_proxy_policies_usable 0']);
  expect(await lines(metrics, 'policies_loaded')).toEqual([]);
  expect(await lines(metrics, 'caller_connections')).toEqual([]);
  expect(await lines(metrics, 'event_loop_lag_seconds')).toHaveLength(3);
  expect(await lines(metrics, 'build_info')).toEqual(['lattice_auth_proxy_build_info{version="1.2.3"} 1']);
});

test('a metric has a bounded number of series, whatever the labels', async () => {
  const counter = new CounterSeries('c', 'help', ['a', 'b']);
  for (let index = 0; index < 6_000; index += 1) counter.add(1, `a${index}`, 'b');
  const values = counter.family().values;
  expect(values.length).toBeLessThanOrEqual(5_001);
  expect(values.at(-1)).toEqual({ labels: { a: 'other', b: 'other' }, value: 1_000 });
});

test('buckets hold what is at most their bound', async () => {
  const histogram = new HistogramSeries('h', 'help', 'l', [1, 2]);
  for (const value of [0, 1, 1.5, 2, 3]) histogram.observe(value, 'x');
  const values = histogram.family().values;
  expect(values.map(({ value }) => value)).toEqual([2, 4, 5, 7.5, 5]);
});

test('names and values are written so that they are read again', async () => {
  const values = [
    { labels: { path: 'a"b\\c\nd' }, value: Number.POSITIVE_INFINITY },
    { labels: {}, value: 0.1 },
  ];
  const { type, text } = await expose([[{ name: 'm', help: 'one\ntwo', type: 'gauge', aggregator: 'sum', values }]]);
  expect(text).toBe('# HELP m one\\ntwo\n# TYPE m gauge\nm{path="a\\"b\\\\c\\nd"} +Inf\nm 0.1\n');
  expect(type).toBe('text/plain; version=0.0.4; charset=utf-8');
});
