// downstream.ts: a caller's request and the way to answer it, whatever the protocol it came in by.
import type { Duplex } from 'node:stream';
import type { Exchange } from './exchange.js';

/** What a caller does after its head. Nothing comes after `onGone`. */
export interface DownstreamEvents {
  onBody(chunk: Buffer): void;
  onBodyEnd(trailers: readonly string[]): void;
  /** More of the answer may be written after `write` said no. */
  onRoom(): void;
  /** The answer has been handed over completely. */
  onFinished(): void;
  /** The caller went away first. */
  onGone(): void;
}

/** One request of a caller. */
export interface Downstream {
  readonly protocol: Exchange['protocol'];
  readonly peerAddress: string;
  readonly peerPort: number;
  readonly method: string;
  /** Request target as it came: origin form, absolute form, `*`. */
  readonly target: string;
  /** `:authority` of HTTP/2. */
  readonly authority: string | undefined;
  /** Flat, in the order and case of arrival; latin-1. */
  readonly headers: readonly string[];
  /** The caller asks for another protocol on this connection. */
  readonly upgrades: boolean;
  /** Neither body nor trailers come. */
  readonly bodyless: boolean;
  listen(events: DownstreamEvents): void;
  /** Begins, or goes on, to read the body. */
  resume(): void;
  pause(): void;
  interim(status: number, headers: readonly string[]): void;
  /** `end`: nothing follows. */
  head(status: number, message: string, headers: readonly string[], end: boolean): void;
  /** False: wait for `onRoom`. `last`: this is the end. */
  write(chunk: Buffer | string, last: boolean): boolean;
  end(trailers: readonly string[]): void;
  /** Ends the connection or stream so that the caller sees that the answer is not complete. */
  cut(): void;
  /** Answers 101 and hands the connection over, with what the caller has sent on it already. */
  switch(message: string, headers: readonly string[]): { socket: Duplex; first: Buffer } | undefined;
}
