// downstream-h1.ts: a caller's HTTP/1.1 request, as Node's server hands it over.
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { LINGER_MS } from '../limits.js';
import { writeFields } from '../outbound/h1-fields.js';
import type { Downstream, DownstreamEvents } from './downstream.js';

/** Bodies up to this size are written together with their head. */
const SMALL_BODY_BYTES = 16_384;

/** One request on an HTTP/1.1 connection. */
export class DownstreamH1 implements Downstream {
  readonly protocol: 'http/1.1' | 'http/1.0';
  readonly peerAddress: string;
  readonly peerPort: number;
  readonly method: string;
  readonly target: string;
  readonly authority = undefined;
  readonly headers: readonly string[];
  readonly upgrades: boolean;
  readonly bodyless: boolean;
  readonly #request: IncomingMessage;
  readonly #response: ServerResponse;
  readonly #first: Buffer | undefined;
  readonly #draining: () => boolean;
  #events: DownstreamEvents | undefined;
  #bodyEnded: boolean;
  #headSent = false;

  /** `first`: what came after the head of a request to upgrade. */
  constructor(request: IncomingMessage, response: ServerResponse, draining: () => boolean, first?: Buffer) {
    this.#request = request;
    this.#response = response;
    this.#first = first;
    this.#draining = draining;
    this.protocol = request.httpVersionMinor === 0 ? 'http/1.0' : 'http/1.1';
    this.peerAddress = request.socket.remoteAddress ?? '';
    this.peerPort = request.socket.remotePort ?? 0;
    this.method = request.method ?? '';
    this.target = request.url ?? '';
    this.headers = request.rawHeaders;
    this.upgrades = first !== undefined;
    this.bodyless = this.upgrades || !announcesBody(request.rawHeaders);
    this.#bodyEnded = this.bodyless;
    response.sendDate = false;
  }

  listen(events: DownstreamEvents): void {
    this.#events = events;
    const response = this.#response;
    response.on('close', () => this.#onClose());
    if (this.upgrades) {
      // A request to upgrade that was refused: the server has let go of the connection, nobody else closes it.
      this.#request.socket.on('error', () => undefined);
      response.on('finish', () => this.#request.socket.end());
    }
    if (this.bodyless) return;
    const request = this.#request;
    request.on('data', (chunk: Buffer) => this.#events?.onBody(chunk));
    request.on('end', () => {
      this.#bodyEnded = true;
      this.#events?.onBodyEnd(request.rawTrailers);
    });
    request.on('error', () => undefined); // `close` of the response follows
    request.pause();
  }

  resume(): void {
    if (!this.bodyless && this.#request.isPaused()) this.#request.resume();
  }

  pause(): void {
    if (!this.bodyless) this.#request.pause();
  }

  interim(status: number, headers: readonly string[]): void {
    if (this.protocol === 'http/1.0' || this.#headSent || this.#response.destroyed) return;
    if (status === 100) this.#response.writeContinue();
    else writeInterim(this.#response, status, headers);
  }

  head(status: number, message: string, headers: readonly string[], end: boolean): void {
    const response = this.#response;
    if (response.destroyed) return;
    this.#headSent = true;
    // What is left of the request is not wanted any more: this connection cannot serve another.
    if (!this.#bodyEnded || this.#draining()) response.shouldKeepAlive = false;
    if (message === '') response.writeHead(status, headers as string[]);
    else response.writeHead(status, message, headers as string[]);
    if (end) this.#end();
    // Not `flushHeaders`: that writes UTF-8, and header values are bytes.
    else if (!this.#waitsForBody(headers)) response.write('', 'latin1');
  }

  // A body of known length is on its way, as a rule in the same packet: head and body are written together.
  #waitsForBody(headers: readonly string[]): boolean {
    for (let i = 0; i < headers.length; i += 2) {
      const name = headers[i] as string;
      if (name.length === 14 && name.toLowerCase() === 'content-length') return true;
    }
    return false;
  }

  write(chunk: Buffer | string, last: boolean): boolean {
    const response = this.#response;
    if (response.destroyed) return true;
    const more = last || response.write(chunk, 'latin1');
    if (last) {
      // Head and a small body as one string are one write; as a string and a buffer they are a writev, at twice the cost
      // (bench/proxy: a tenth of a request).
      const small = typeof chunk !== 'string' && chunk.length <= SMALL_BODY_BYTES;
      response.end(small ? chunk.toString('latin1') : chunk, 'latin1');
      this.#afterEnd();
    } else if (!more) response.once('drain', () => this.#events?.onRoom());
    return more;
  }

  end(trailers: readonly string[]): void {
    if (this.#response.destroyed) return;
    if (trailers.length > 0) this.#response.addTrailers(pairs(trailers));
    this.#end();
  }

  #end(): void {
    this.#response.end();
    this.#afterEnd();
  }

  // SPEC: RFC 9112 9.6: close in stages, so that the caller gets to read the answer before it hears of a reset.
  #afterEnd(): void {
    if (this.#bodyEnded) return;
    const { socket } = this.#request;
    this.#request.resume();
    setTimeout(() => socket.destroy(), LINGER_MS).unref();
  }

  cut(): void {
    this.#events = undefined;
    this.#request.socket.destroy();
  }

  switch(message: string, headers: readonly string[]): { socket: Duplex; first: Buffer } | undefined {
    const { socket } = this.#request;
    if (this.#first === undefined || socket.destroyed) return undefined;
    this.#events = undefined;
    this.#response.detachSocket(socket);
    socket.write(`HTTP/1.1 101 ${message || 'Switching Protocols'}\r\n${writeFields(headers)}\r\n`, 'latin1');
    return { socket, first: this.#first };
  }

  #onClose(): void {
    const events = this.#events;
    this.#events = undefined;
    if (this.#response.writableFinished) {
      events?.onFinished();
    } else events?.onGone();
  }
}

/** RFC 9112 6: a request has a body if, and only if, it says so. */
function announcesBody(headers: readonly string[]): boolean {
  for (let i = 0; i < headers.length; i += 2) {
    const name = headers[i] as string;
    if (name.length !== 14 && name.length !== 17) continue;
    const lower = name.toLowerCase();
    if (lower === 'transfer-encoding') return true;
    if (lower === 'content-length') return headers[i + 1] !== '0';
  }
  return false;
}

function writeInterim(response: ServerResponse, status: number, headers: readonly string[]): void {
  const { socket } = response;
  // Node writes 100, 102 and 103 only by their names and forms; whatever the upstream says is passed on as it is.
  if (socket !== null && !socket.destroyed)
    socket.write(`HTTP/1.1 ${status} \r\n${writeFields(headers)}\r\n`, 'latin1');
}

function pairs(flat: readonly string[]): [string, string][] {
  const list: [string, string][] = [];
  for (let i = 0; i < flat.length; i += 2) list.push([flat[i] as string, flat[i + 1] as string]);
  return list;
}
