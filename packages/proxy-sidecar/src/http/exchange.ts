// exchange.ts: what is known of one request on its way through, and the two places where others look in: observers
// (access log, metrics), which never change anything, and the judge (preflight, inbound), which may refuse.
// Both are called on the request path: they are synchronous where they can be and hold nothing up.
import type { SidecarErrorCode } from '../errors.js';

/** Which listener a request came in by. `extAuthz`: Envoy has it, and asks about it. */
export type Direction = 'outbound' | 'inbound' | 'extAuthz';

/** What a judge found out, for logs, metrics and answers. */
export interface DecisionRecord {
  readonly mode: 'shadow' | 'enforce';
  readonly effect: 'allow' | 'deny' | 'error';
  /** What decided: `service`, `serviceNetwork`, `identity`…; of a fixed, small set. */
  readonly layer: string;
  /** `explicitDeny`, `implicitDeny`, `allowed`…; of a fixed, small set. */
  readonly reason: string;
  /** Who the caller is, as far as is known. */
  readonly principal?: string | undefined;
  /** Statements that decided, as they are to be shown. */
  readonly statements?: readonly string[] | undefined;
  readonly durationMs: number;
}

/** One request on its way through. Written by the request path only; what is not known yet is undefined, 0 or ''. */
export interface Exchange {
  readonly direction: Direction;
  /** `x-amzn-requestid` that came in, or one of ours. */
  readonly requestId: string;
  /** Monotonic, `performance.now()`; as are all times here. */
  readonly startedAtMs: number;
  readonly protocol: 'http/1.1' | 'http/1.0' | 'h2';
  readonly peerAddress: string;
  readonly peerPort: number;
  readonly method: string;
  /** As it came in: path and query, never decoded. */
  readonly target: string;
  /** Host (and port) that the request is for. */
  authority: string;
  /** Name of the route, `default` without a table. */
  route: string;
  /** `traceparent`, passed on untouched. */
  readonly traceparent: string | undefined;
  readonly userAgent: string | undefined;
  /** `host:port` connected to. */
  upstream: string;
  upstreamProtocol: 'http/1.1' | 'h2' | '';
  /** Time spent on signing, all attempts. */
  signingMs: number;
  /** When the request was handed to a connection. */
  sentAtMs: number;
  /** First byte of the answer. */
  firstByteAtMs: number;
  endedAtMs: number;
  /** Body bytes from the caller, and to the caller. */
  bytesIn: number;
  bytesOut: number;
  /** Status sent to the caller; 0 when it got none. */
  status: number;
  /** Status the upstream answered with; 0 when it did not. */
  upstreamStatus: number;
  retries: number;
  /** True when an upstream connection served an earlier request. */
  reusedConnection: boolean;
  decision: DecisionRecord | undefined;
  /** Why there was no answer from the upstream, or why it stopped half-way. */
  errorCode: SidecarErrorCode | undefined;
  /** One line about the error, for the log only. Never holds a secret. */
  errorDetail: string | undefined;
}

/** Looks on. Exceptions are logged and otherwise ignored. */
export interface ExchangeObserver {
  onStart?(exchange: Exchange): void;
  /** Once for each exchange, after its last byte or when it was given up. */
  onEnd?(exchange: Exchange): void;
}

/** A request as a judge sees it: what will be sent on, before it is signed. */
export interface JudgedRequest {
  readonly method: string;
  /** Path and query, never decoded. */
  readonly target: string;
  /** Signed host (outbound) or the `Host` that came in (inbound), with its port if it has one. */
  readonly authority: string;
  /** Flat: name, value, name, value… as received, without hop-by-hop headers. */
  readonly headers: readonly string[];
  readonly peerAddress: string;
  /** `grpc` when the content type says so. */
  readonly protocol: 'http' | 'grpc';
}

/** What a judge answers. */
export type Judgement =
  /** Go on; `headers` (flat) replaces the request's headers when given. */
  | { readonly kind: 'allow'; readonly headers?: readonly string[] | undefined }
  /** Answer this instead. `headers` is flat; content-length is added. */
  | { readonly kind: 'deny'; readonly status: number; readonly headers: readonly string[]; readonly body: string };

/** Decides before anything is sent on. When it throws, the request is refused. */
export interface RequestJudge {
  /** Puts what it found into `exchange.decision`. */
  judge(exchange: Exchange, request: JudgedRequest): Judgement | Promise<Judgement>;
  /** Called with each answer of the upstream; for a 403 with the beginning of its text (up to 4 KiB). */
  onAnswer?(exchange: Exchange, status: number, text: string | undefined): void;
}
