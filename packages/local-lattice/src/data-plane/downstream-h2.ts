// downstream-h2.ts — a client's HTTP/2 request: one stream. gRPC comes in here, and leaves with its trailers.
import { constants, type OutgoingHttpHeaders, type ServerHttp2Stream } from 'node:http2';
import { PassThrough, type Readable } from 'node:stream';
import type { Connection } from './connection.js';
import { countBytes, type Downstream, type DownstreamEvents } from './downstream.js';

const { NGHTTP2_INTERNAL_ERROR, NGHTTP2_NO_ERROR } = constants;

/** One stream of an HTTP/2 connection. */
export class DownstreamH2 implements Downstream {
  readonly method: string;
  readonly url: string;
  readonly rawHeaders: readonly string[];
  readonly isHttp2 = true;
  readonly connection: Connection;
  readonly body: Readable | undefined;
  bytesReceived = 0;
  readonly #stream: ServerHttp2Stream;
  readonly #awaitsContinue: boolean;
  #pendingHead: OutgoingHttpHeaders | undefined;
  #trailers: readonly string[] = [];
  #ended = false;

  constructor(stream: ServerHttp2Stream, rawHeaders: readonly string[], connection: Connection) {
    this.#stream = stream;
    this.connection = connection;
    connection.inFlight += 1;
    this.rawHeaders = rawHeaders;
    this.method = fieldOf(rawHeaders, ':method') ?? '';
    this.url = fieldOf(rawHeaders, ':path') ?? '';
    this.#awaitsContinue = fieldOf(rawHeaders, 'expect') === '100-continue';
    if (!stream.endAfterHeaders) {
      this.body = requestHalf(stream);
      countBytes(stream, (bytes) => {
        this.bytesReceived += bytes;
      });
    }
  }

  listen(events: DownstreamEvents): void {
    const stream = this.#stream;
    stream.on('drain', () => events.onRoom());
    stream.on('error', () => undefined); // `close` follows
    stream.on('close', () => {
      this.connection.inFlight -= 1;
      if (!this.#ended || stream.rstCode !== NGHTTP2_NO_ERROR) events.onGone();
    });
  }

  keepFor(idleMs: number): void {
    if (idleMs === this.connection.idleMs) return;
    this.connection.idleMs = idleMs;
    this.#stream.session?.setTimeout(idleMs);
  }

  proceed(): void {
    if (this.#awaitsContinue && !this.#stream.destroyed) this.#stream.additionalHeaders({ ':status': 100 });
  }

  interim(status: number, fields: readonly string[]): void {
    if (this.#stream.destroyed || this.#stream.headersSent) return;
    this.#stream.additionalHeaders(headerObject(status, fields));
  }

  head(status: number, fields: string[]): void {
    this.#pendingHead = headerObject(status, fields);
    // An answer that is only a head is sent as one frame: gRPC's clients want it so.
    queueMicrotask(() => this.#respond(false));
  }

  #respond(last: boolean): void {
    const head = this.#pendingHead;
    this.#pendingHead = undefined;
    const stream = this.#stream;
    if (head === undefined || stream.destroyed || stream.headersSent) return;
    if (!last) stream.on('wantTrailers', () => stream.sendTrailers(headerObject(undefined, this.#trailers)));
    try {
      stream.respond(head, { endStream: last, waitForTrailers: !last });
    } catch {
      // Fields that HTTP/2 has no place for, such as two lengths.
      this.cut();
    }
  }

  write(chunk: Uint8Array): boolean {
    if (this.#stream.destroyed) return true;
    this.#respond(false);
    return this.#stream.write(chunk);
  }

  end(trailers: readonly string[]): void {
    this.#ended = true;
    this.#trailers = trailers;
    if (this.#stream.destroyed) return;
    const only = this.#pendingHead !== undefined && trailers.length === 0;
    this.#respond(only);
    if (!only) this.#stream.end();
    // What is left of the request is not wanted any more.
    if (this.body !== undefined && !this.body.readableEnded) this.#stream.resume();
  }

  cut(): void {
    this.#pendingHead = undefined;
    if (!this.#stream.destroyed) this.#stream.close(NGHTTP2_INTERNAL_ERROR);
  }
}

// Whoever sends a body on may destroy it once it is read, and with a stream would go the way back for the answer.
function requestHalf(stream: ServerHttp2Stream): Readable {
  const half = stream.pipe(new PassThrough());
  stream.once('close', () => half.destroy());
  return half;
}

function fieldOf(flat: readonly string[], name: string): string | undefined {
  for (let i = 0; i < flat.length; i += 2) if (flat[i] === name) return flat[i + 1];
  return undefined;
}

function headerObject(status: number | undefined, flat: readonly string[]): OutgoingHttpHeaders {
  const headers: Record<string, string | string[] | number> = Object.create(null);
  if (status !== undefined) headers[':status'] = status;
  for (let i = 0; i < flat.length; i += 2) {
    const name = (flat[i] as string).toLowerCase();
    const value = flat[i + 1] as string;
    const before = headers[name] as string | string[] | undefined;
    if (before === undefined) headers[name] = value;
    else headers[name] = typeof before === 'string' ? [before, value] : [...before, value];
  }
  return headers;
}
