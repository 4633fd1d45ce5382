// gateway.ts: what a direction brings to the way of a request that is otherwise the same for both: where it goes and what
// is changed on it. Outbound routes and signs (outbound/outbound-gateway.ts), inbound hands over to the app.
import type { RetriesConfig, TimeoutsConfig } from '../config/sidecar-config.js';
import type { Upstream } from '../outbound/transport.js';
import type { Deadlines } from './deadlines.js';
import type { Direction, Exchange, ExchangeObserver, RequestJudge } from './exchange.js';
import type { RequestHead } from './request-head.js';

/** What goes out: the target and headers of one attempt. */
export interface Sealed {
  readonly target: string;
  /** Flat. */
  readonly headers: readonly string[];
}

/** Where one request goes, and how. */
export interface Plan {
  readonly route: string;
  /** The `Host` that is sent. */
  readonly authority: string;
  readonly upstream: Upstream;
  readonly timeouts: TimeoutsConfig;
  readonly retries: RetriesConfig;
  /**
   * Finishes a request for one attempt: outbound, signs it. A promise only while there are no credentials yet.
   *
   * @throws SidecarError when that cannot be done.
   */
  seal(exchange: Exchange, target: string, headers: readonly string[]): Sealed | Promise<Sealed>;
}

/** One direction. */
export interface Gateway {
  readonly direction: Direction;
  readonly observers: readonly ExchangeObserver[];
  readonly judge: RequestJudge | undefined;
  readonly deadlines: Deadlines;
  readonly limits: { readonly headerCount: number; readonly inFlight: number; readonly bodyBytes: number };
  /** A line for the operator about something that should not happen. */
  readonly report: (problem: string, cause: unknown) => void;
  /**
   * Finds where a request goes.
   *
   * @throws SidecarError `ERR_SIDECAR_NO_ROUTE`, `ERR_SIDECAR_DESTINATION`, before a credential is touched.
   */
  plan(head: RequestHead): Plan;
}
