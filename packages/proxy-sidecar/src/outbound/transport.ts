// transport.ts: one request to an upstream, whatever the protocol: what is sent, what comes back, and how either side is
// slowed down. HTTP/1.1 (h1-connection.ts) and HTTP/2 (h2-connection.ts) are behind it.
import type { Duplex } from 'node:stream';
import type { SidecarError } from '../errors.js';

/** A request as it goes out. */
export interface OutgoingHead {
  readonly method: string;
  readonly target: string;
  readonly authority: string;
  /** Flat: name, value, name, value…; without `host` and without anything about framing. */
  readonly headers: readonly string[];
  /** `none`, a length that is known, or `stream`. */
  readonly body: 'none' | 'stream' | number;
  /** The caller reads trailers. */
  readonly trailers: boolean;
  /** The protocol asked for in `upgrade`, if this is such a request. */
  readonly upgrade: string | undefined;
}

/** Why a call ended badly, and whether it may be made again. */
export interface CallFailure {
  readonly error: SidecarError;
  /** True when the connection had served before and died before the first byte of an answer. */
  readonly staleConnection: boolean;
  /** True when the upstream said that it has not processed any of it. */
  readonly unprocessed?: boolean;
}

/** What a call reports. Nothing comes after `onEnd`, a last `onData`, `onUpgrade` or `onFailure`. */
export interface CallEvents {
  /** The head is on its way; the body may be written from now on. */
  onReady(protocol: 'http/1.1' | 'h2', reused: boolean): void;
  onInterim(status: number, headers: string[]): void;
  /** `bodyless`: neither body nor trailers follow, and neither does `onEnd`. */
  onHead(status: number, message: string, headers: string[], bodyless: boolean): void;
  /** `last`: nothing follows, not even `onEnd`. */
  onData(chunk: Buffer, last: boolean): void;
  onEnd(trailers: string[]): void;
  onUpgrade(message: string, headers: string[], socket: Duplex, first: Buffer): void;
  /** More may be written after `write` said no. */
  onDrain(): void;
  onFailure(failure: CallFailure): void;
}

/** A request under way. */
export interface Call {
  /** False: wait for `onDrain`. Only after `onReady`. */
  write(chunk: Buffer): boolean;
  end(trailers: readonly string[]): void;
  /** Stops the answer from flowing, and lets it flow again. */
  pause(): void;
  resume(): void;
  /** Gives the request up. No event follows. */
  cancel(): void;
}

/** One upstream: an address with all that goes with it. */
export interface Upstream {
  readonly name: string;
  call(head: OutgoingHead, events: CallEvents): Call;
  /** Counts for metrics. */
  stats(): UpstreamStats;
  /** Lets calls under way finish, and keeps no connection. */
  retire(): void;
  destroy(): void;
}

/** Connections of an upstream. */
export interface UpstreamStats {
  readonly open: number;
  readonly idle: number;
  readonly waiting: number;
  /** Ever made. */
  readonly connected: number;
}
