// traffic.ts: what is counted of each request. An observer on the request's path: additions only, labels from small sets.
import type { DecisionRecord, Direction, Exchange, ExchangeObserver } from '../http/exchange.js';
import { CounterSeries, HistogramSeries } from './series.js';

const SECONDS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];
const SIGNING_SECONDS = [5e-6, 1e-5, 2.5e-5, 5e-5, 1e-4, 2.5e-4, 5e-4, 1e-3, 0.01, 0.1, 1];
const BYTES = [0, 256, 1_024, 4_096, 16_384, 65_536, 262_144, 1_048_576, 16_777_216, 268_435_456];
const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

/** How shadow's word and Lattice's compare. */
export type Agreement =
  /** Both allow, or both deny by the same layer. */
  | 'agree'
  /** Both deny, for different layers' sake. */
  | 'otherLayer'
  | 'allowedButDenied'
  | 'deniedButAllowed'
  /** Lattice refused the signature: no policy was asked. */
  | 'signatureRefused'
  /** We could not decide, or the answer does not tell. */
  | 'unknown';

/** The series of requests. */
export class Traffic implements ExchangeObserver {
  readonly #prefix: string;
  readonly #requests: CounterSeries;
  readonly #errors: CounterSeries;
  readonly #retries: CounterSeries;
  readonly #reused: CounterSeries;
  readonly #decisions: CounterSeries;
  readonly #agreement: CounterSeries;
  readonly #durations: HistogramSeries;
  readonly #firstBytes: HistogramSeries;
  readonly #signing: HistogramSeries;
  readonly #deciding: HistogramSeries;
  readonly #requestBytes: HistogramSeries;
  readonly #responseBytes: HistogramSeries;
  /** Requests that have begun and not ended. */
  readonly inFlight: Record<Direction, number> = { outbound: 0, inbound: 0, extAuthz: 0 };

  constructor(prefix: string) {
    this.#prefix = prefix;
    this.#requests = this.#counter(
      'requests_total',
      'Requests answered or given up',
      'direction',
      'route',
      'method',
      'code',
    );
    this.#errors = this.#counter(
      'errors_total',
      'Requests that got no whole answer from upstream',
      'direction',
      'code',
    );
    this.#retries = this.#counter('retries_total', 'Requests sent again', 'direction');
    this.#reused = this.#counter(
      'upstream_requests_total',
      'Requests by whether their connection had served one',
      'direction',
      'reused',
    );
    this.#decisions = this.#counter(
      'decisions_total',
      'Decisions of policies',
      'direction',
      'mode',
      'effect',
      'layer',
      'reason',
    );
    this.#agreement = this.#counter('preflight_agreement_total', "Our decisions beside Lattice's answers", 'outcome');
    this.#durations = this.#histogram(
      'request_duration_seconds',
      'From the head of the request to the end of the answer',
      SECONDS,
    );
    this.#firstBytes = this.#histogram(
      'upstream_first_byte_seconds',
      'From sending to the first byte of the answer',
      SECONDS,
    );
    this.#signing = this.#histogram('signing_duration_seconds', 'Time spent on signing one request', SIGNING_SECONDS);
    this.#deciding = this.#histogram(
      'decision_duration_seconds',
      'Time spent on deciding one request',
      SIGNING_SECONDS,
    );
    this.#requestBytes = this.#histogram('request_body_bytes', 'Body bytes of requests', BYTES);
    this.#responseBytes = this.#histogram('response_body_bytes', 'Body bytes of answers', BYTES);
  }

  #counter(name: string, help: string, ...labels: readonly string[]): CounterSeries {
    return new CounterSeries(`${this.#prefix}${name}`, help, labels);
  }

  #histogram(name: string, help: string, bounds: readonly number[]): HistogramSeries {
    return new HistogramSeries(`${this.#prefix}${name}`, help, 'direction', bounds);
  }

  /** All series, for the registry. */
  get series(): readonly (CounterSeries | HistogramSeries)[] {
    const counters = [this.#requests, this.#errors, this.#retries, this.#reused, this.#decisions, this.#agreement];
    const times = [this.#durations, this.#firstBytes, this.#signing, this.#deciding];
    return [...counters, ...times, this.#requestBytes, this.#responseBytes];
  }

  onStart({ direction }: Exchange): void {
    this.inFlight[direction] += 1;
  }

  onEnd(exchange: Exchange): void {
    const { direction, method, status, decision, sentAtMs, firstByteAtMs } = exchange;
    this.inFlight[direction] -= 1;
    const code = status >= 100 && status <= 599 ? String(status) : 'none';
    this.#requests.add(1, direction, exchange.route, METHODS.has(method) ? method : 'OTHER', code);
    if (exchange.errorCode !== undefined) this.#errors.add(1, direction, exchange.errorCode);
    if (exchange.retries > 0) this.#retries.add(exchange.retries, direction);
    this.#durations.observe((exchange.endedAtMs - exchange.startedAtMs) / 1_000, direction);
    this.#requestBytes.observe(exchange.bytesIn, direction);
    this.#responseBytes.observe(exchange.bytesOut, direction);
    if (exchange.signingMs > 0) this.#signing.observe(exchange.signingMs / 1_000, direction);
    if (sentAtMs > 0) this.#reused.add(1, direction, exchange.reusedConnection ? 'true' : 'false');
    if (sentAtMs > 0 && firstByteAtMs > 0) this.#firstBytes.observe((firstByteAtMs - sentAtMs) / 1_000, direction);
    if (decision !== undefined) this.#decided(direction, decision);
  }

  #decided(direction: Direction, { mode, effect, layer, reason, durationMs }: DecisionRecord): void {
    this.#decisions.add(1, direction, mode, effect, layer, reason);
    this.#deciding.observe(durationMs / 1_000, direction);
  }

  /** One comparison of shadow with what Lattice did. */
  compared(outcome: Agreement): void {
    this.#agreement.add(1, outcome);
  }
}
