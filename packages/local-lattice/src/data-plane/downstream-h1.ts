// downstream-h1.ts — a client's HTTP/1.1 request, as Node's server hands it over.
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Readable } from 'node:stream';
import type { Connection } from './connection.js';
import { countBytes, type Downstream, type DownstreamEvents } from './downstream.js';

/** Bodies up to this size are written together with their head, as one string. */
const SMALL_BODY_BYTES = 16_384;

/** One request on an HTTP/1.1 connection. */
export class DownstreamH1 implements Downstream {
  readonly method: string;
  readonly url: string;
  readonly rawHeaders: readonly string[];
  readonly isHttp2 = false;
  readonly connection: Connection;
  readonly body: Readable | undefined;
  bytesReceived = 0;
  readonly #request: IncomingMessage;
  readonly #response: ServerResponse;
  readonly #awaitsContinue: boolean;
  #events: DownstreamEvents | undefined;
  #headPending = false;
  #idleMs: number | undefined;
  /** A small body, as a rule all of it, that goes out with its head. */
  #held: string | undefined;
  #ended = false;

  constructor(request: IncomingMessage, response: ServerResponse, connection: Connection, awaitsContinue: boolean) {
    this.#request = request;
    this.#response = response;
    this.#awaitsContinue = awaitsContinue;
    this.connection = connection;
    this.method = request.method ?? '';
    this.url = request.url ?? '';
    this.rawHeaders = request.rawHeaders;
    response.sendDate = false;
    connection.inFlight += 1;
    if (announcesBody(request.rawHeaders)) {
      this.body = request;
      countBytes(request, (bytes) => {
        this.bytesReceived += bytes;
      });
    }
  }

  listen(events: DownstreamEvents): void {
    this.#events = events;
    this.#response.on('close', () => {
      this.connection.inFlight -= 1;
      if (!this.#ended || !this.#response.writableFinished) events.onGone();
    });
    this.#request.on('error', () => undefined); // `close` of the response follows
  }

  keepFor(idleMs: number): void {
    if (idleMs === this.connection.idleMs) return;
    const { socket } = this.#request;
    this.#idleMs = idleMs;
    // Later than a target's time is up, so that a slow target is answered for.
    socket.setTimeout(idleMs + 1_000);
    // After Node's own listener, which sets the time of the server.
    this.#response.once('finish', () => {
      if (this.#response.shouldKeepAlive) socket.setTimeout(idleMs);
    });
  }

  proceed(): void {
    if (this.#awaitsContinue && !this.#response.destroyed) this.#response.writeContinue();
  }

  interim(status: number, fields: readonly string[]): void {
    const { socket } = this.#request;
    if (this.#request.httpVersionMinor === 0 || this.#response.headersSent || socket.destroyed) return;
    let text = `HTTP/1.1 ${status} \r\n`;
    for (let i = 0; i < fields.length; i += 2) text += `${fields[i]}: ${fields[i + 1]}\r\n`;
    socket.write(`${text}\r\n`, 'latin1');
  }

  head(status: number, fields: string[]): void {
    const response = this.#response;
    if (this.connection.expired || (this.#awaitsContinue && status >= 300)) response.shouldKeepAlive = false;
    // Node would tell of the server's.
    if (this.#idleMs !== undefined && response.shouldKeepAlive) {
      fields.push('keep-alive', `timeout=${Math.floor(this.#idleMs / 1_000)}`);
    }
    response.writeHead(status, fields);
    this.#headPending = true;
    // The body comes with the head, as a rule; if not, the head must not wait for it.
    queueMicrotask(() => this.#flush());
  }

  // Not `flushHeaders`, which writes UTF-8: header values are bytes.
  #flush(): void {
    if (!this.#headPending) return;
    const held = this.#takeHeld();
    if (!this.#response.destroyed) this.#response.write(held ?? '', 'latin1');
  }

  #takeHeld(): string | undefined {
    const held = this.#held;
    this.#held = undefined;
    this.#headPending = false;
    return held;
  }

  write(chunk: Uint8Array): boolean {
    const response = this.#response;
    if (response.destroyed) return true;
    if (this.#headPending && this.#held === undefined && chunk.length <= SMALL_BODY_BYTES) {
      this.#held = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length).toString('latin1');
      return true;
    }
    if (this.#held !== undefined) this.#flush();
    this.#headPending = false;
    const room = response.write(chunk);
    if (!room) response.once('drain', () => this.#events?.onRoom());
    return room;
  }

  end(trailers: readonly string[]): void {
    const response = this.#response;
    const held = this.#takeHeld();
    this.#ended = true;
    if (response.destroyed) return;
    if (trailers.length > 0) response.addTrailers(pairs(trailers));
    // One string is one write; head, body and end by themselves are a writev, which takes twice as long (bench/local-lattice).
    if (held === undefined) response.end();
    else response.end(held, 'latin1');
  }

  cut(): void {
    this.#takeHeld();
    this.#request.socket.destroy();
  }
}

/** RFC 9112 6: a request has a body if, and only if, it says so. */
function announcesBody(rawHeaders: readonly string[]): boolean {
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const name = rawHeaders[i] as string;
    if (name.length !== 14 && name.length !== 17) continue;
    const lower = name.toLowerCase();
    if (lower === 'transfer-encoding') return true;
    if (lower === 'content-length') return rawHeaders[i + 1] !== '0';
  }
  return false;
}

function pairs(flat: readonly string[]): [string, string][] {
  const list: [string, string][] = [];
  for (let i = 0; i < flat.length; i += 2) list.push([flat[i] as string, flat[i + 1] as string]);
  return list;
}
