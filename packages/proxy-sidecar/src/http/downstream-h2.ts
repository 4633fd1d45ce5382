// downstream-h2.ts: a caller's HTTP/2 request: one stream. gRPC comes in here, and leaves with its trailers.
import type { ServerHttp2Stream } from 'node:http2';
import { LINGER_MS } from '../limits.js';
import { headerObject, withoutPseudo } from '../outbound/h2-call.js';
import type { Downstream, DownstreamEvents } from './downstream.js';
import { END_STREAM_FLAG, NO_ERROR } from './node-http2.js';

/** One stream of an HTTP/2 connection. */
export class DownstreamH2 implements Downstream {
  readonly protocol = 'h2';
  readonly peerAddress: string;
  readonly peerPort: number;
  readonly method: string;
  readonly target: string;
  readonly authority: string | undefined;
  readonly headers: readonly string[];
  readonly upgrades = false;
  readonly bodyless: boolean;
  readonly #stream: ServerHttp2Stream;
  #events: DownstreamEvents | undefined;
  #trailersIn: readonly string[] = [];
  #trailersOut: readonly string[] = [];
  #bodyEnded: boolean;
  #ended = false;

  constructor(stream: ServerHttp2Stream, raw: readonly string[], flags: number) {
    this.#stream = stream;
    const { socket } = stream.session ?? {};
    this.peerAddress = socket?.remoteAddress ?? '';
    this.peerPort = socket?.remotePort ?? 0;
    this.method = pseudo(raw, ':method') ?? '';
    this.target = pseudo(raw, ':path') ?? '';
    this.authority = pseudo(raw, ':authority');
    this.headers = oneCookie(withoutPseudo(raw));
    this.bodyless = (flags & END_STREAM_FLAG) !== 0;
    this.#bodyEnded = this.bodyless;
  }

  listen(events: DownstreamEvents): void {
    this.#events = events;
    const stream = this.#stream;
    stream.on('error', () => undefined); // `close` follows
    stream.on('drain', () => this.#events?.onRoom());
    stream.on('close', () => this.#onClose());
    stream.on('wantTrailers', () => stream.sendTrailers(headerObject(this.#trailersOut)));
    if (this.bodyless) {
      stream.resume();
      return;
    }
    stream.on('trailers', (_headers, _flags, raw) => {
      this.#trailersIn = withoutPseudo(raw as unknown as string[]);
    });
    stream.on('data', (chunk: Buffer) => this.#events?.onBody(chunk));
    stream.on('end', () => {
      if (stream.rstCode !== NO_ERROR || stream.aborted) return;
      this.#bodyEnded = true;
      this.#events?.onBodyEnd(this.#trailersIn);
    });
    stream.pause();
  }

  resume(): void {
    if (this.#stream.isPaused()) this.#stream.resume();
  }

  pause(): void {
    if (!this.bodyless) this.#stream.pause();
  }

  interim(status: number, headers: readonly string[]): void {
    if (this.#stream.destroyed || this.#stream.headersSent) return;
    this.#stream.additionalHeaders({ ...headerObject(headers), ':status': status });
  }

  head(status: number, _message: string, headers: readonly string[], end: boolean): void {
    if (this.#stream.destroyed) return;
    const object = headerObject(headers);
    object[':status'] = status;
    this.#ended = end;
    this.#stream.respond(object, { endStream: end, waitForTrailers: !end });
    if (end) this.#stopRequest();
  }

  write(chunk: Buffer | string, last: boolean): boolean {
    if (this.#stream.destroyed) return true;
    const more = this.#stream.write(chunk, 'latin1');
    if (last) this.end([]);
    return more;
  }

  end(trailers: readonly string[]): void {
    if (this.#stream.destroyed) return;
    this.#trailersOut = trailers;
    this.#ended = true;
    this.#stream.end();
    this.#stopRequest();
  }

  // SPEC: RFC 9113 8.1: an answer before the end of the request asks, without an error, for the rest not to be sent. The rest is
  // read for a while before that: a caller on Node with something still to write would never see its stream close.
  #stopRequest(): void {
    const stream = this.#stream;
    if (this.#bodyEnded) return;
    stream.resume();
    stream.once('finish', () => {
      const events = this.#events;
      this.#events = undefined;
      events?.onFinished();
    });
    const late = setTimeout(() => stream.close(NO_ERROR), LINGER_MS).unref();
    stream.once('close', () => clearTimeout(late));
  }

  cut(): void {
    this.#events = undefined;
    // Node's `close` would end the stream before it resets it, and half an answer would look like a whole one.
    if (!this.#stream.destroyed) this.#stream.destroy(new Error('cut'));
  }

  switch(): undefined {
    return undefined;
  }

  #onClose(): void {
    const events = this.#events;
    this.#events = undefined;
    const complete = this.#ended && this.#stream.writableFinished && this.#stream.rstCode === NO_ERROR;
    if (complete) events?.onFinished();
    else events?.onGone();
  }
}

/** SPEC: RFC 9113 8.2.3: HTTP/2 may cut `cookie` into several; where they may leave as HTTP/1.1 they are one again. */
function oneCookie(flat: string[]): string[] {
  const first = flat.indexOf('cookie');
  if (first < 0 || flat.indexOf('cookie', first + 2) < 0) return flat;
  const kept: string[] = [];
  const crumbs: string[] = [];
  for (let i = 0; i < flat.length; i += 2) {
    if (flat[i] === 'cookie') crumbs.push(flat[i + 1] as string);
    else kept.push(flat[i] as string, flat[i + 1] as string);
  }
  return [...kept, 'cookie', crumbs.join('; ')];
}

function pseudo(raw: readonly string[], name: string): string | undefined {
  for (let i = 0; i < raw.length; i += 2) if (raw[i] === name) return raw[i + 1];
  return undefined;
}
