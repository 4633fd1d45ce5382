// downstream.ts — the client's side of a request, the same for HTTP/1.1 and HTTP/2.
import type { Readable } from 'node:stream';
import type { Connection } from './connection.js';

/** A request of a client and the way to answer it. Fields are names and values in turn. */
export interface Downstream {
  readonly method: string;
  readonly url: string;
  readonly rawHeaders: readonly string[];
  readonly isHttp2: boolean;
  readonly connection: Connection;
  /** Undefined when the request has none. */
  readonly body: Readable | undefined;
  /** Bytes of the body so far. */
  readonly bytesReceived: number;
  /** How long this connection may be silent from now on: that of the service that was asked for last. */
  keepFor(idleMs: number): void;
  /** Tells of room and of the end. Set once. */
  listen(events: DownstreamEvents): void;
  /** `100 Continue`, when the client waits for it. */
  proceed(): void;
  interim(status: number, fields: readonly string[]): void;
  head(status: number, fields: string[]): void;
  /** False: wait for `onRoom`. */
  write(chunk: Uint8Array): boolean;
  end(trailers: readonly string[]): void;
  /** Ends without an answer, or in the middle of one. */
  cut(): void;
}

export interface DownstreamEvents {
  onRoom(): void;
  /** The client went away before it had all of the answer. */
  onGone(): void;
}

/** Counts what comes of a body on its way. Without a stream in between: that would cost each body a copy of its pieces. */
export function countBytes(body: Readable, add: (bytes: number) => void): void {
  const push = body.push.bind(body);
  body.push = (chunk: Uint8Array | null, encoding?: BufferEncoding) => {
    if (chunk !== null) add(chunk.length);
    return push(chunk, encoding);
  };
}
