// h1-connection.ts: one HTTP/1.1 connection to an upstream, one request at a time (no pipelining). Writes the head as one
// string, passes body pieces on untouched, and closes the connection on any surprise instead of guessing.
import type { Socket } from 'node:net';
import { SidecarError, type SidecarErrorCode } from '../errors.js';
import { writeFields } from './h1-fields.js';
import { H1ResponseParser, type ResponseSink } from './h1-response-parser.js';
import type { Call, CallEvents, OutgoingHead } from './transport.js';

/** Whoever keeps the connection between requests. */
export interface ConnectionKeeper {
  /** The connection is free for another request. */
  onIdle(connection: H1Connection): void;
  /** It is gone. Said once. */
  onGone(connection: H1Connection): void;
}

/** One connection. While it serves a request it is that request's {@link Call}. */
export class H1Connection implements ResponseSink {
  readonly openedAtMs: number;
  idleSinceMs = 0;
  readonly #socket: Socket;
  readonly #keeper: ConnectionKeeper;
  readonly #parser: H1ResponseParser;
  #call: H1Call | undefined;
  #served = 0;
  #gone = false;

  constructor(socket: Socket, keeper: ConnectionKeeper) {
    this.#socket = socket;
    this.#keeper = keeper;
    this.#parser = new H1ResponseParser(this);
    this.openedAtMs = performance.now();
    socket.on('data', (chunk: Buffer) => this.#onBytes(chunk));
    socket.on('end', () => this.#onEnd());
    socket.on('drain', () => this.#call?.events?.onDrain());
    socket.on('error', (error) => this.#onError(error));
    socket.on('close', () => this.#onClose());
  }

  /** True while a request may be given to it. */
  get usable(): boolean {
    return !this.#gone && this.#call === undefined && !this.#socket.destroyed && this.#socket.writable;
  }

  /** Sends the head of a request. */
  start(call: H1Call, head: OutgoingHead): void {
    const reused = this.#served > 0;
    this.#served++;
    this.#call = call;
    this.#parser.expect(head.method, head.upgrade !== undefined);
    if (this.#socket.isPaused()) this.#socket.resume();
    const chunked = head.body === 'stream';
    call.begin(this, chunked, head.body === 'none');
    if (head.body !== 'none') this.#corkForNow();
    this.#socket.write(headText(head), 'latin1');
    call.events?.onReady('http/1.1', reused);
  }

  // Head and first piece of the body leave together.
  #corkForNow(): void {
    this.#socket.cork();
    process.nextTick(() => this.#socket.uncork());
  }

  write(chunk: Buffer, chunked: boolean): boolean {
    if (!chunked) return this.#socket.write(chunk);
    if (chunk.length === 0) return true;
    this.#socket.cork();
    this.#socket.write(`${chunk.length.toString(16)}\r\n`, 'latin1');
    this.#socket.write(chunk);
    const more = this.#socket.write('\r\n', 'latin1');
    this.#socket.uncork();
    return more;
  }

  writeEnd(trailers: readonly string[]): void {
    this.#socket.write(`0\r\n${writeFields(trailers)}\r\n`, 'latin1');
  }

  pause(): void {
    this.#socket.pause();
  }

  resume(): void {
    if (this.#socket.isPaused()) this.#socket.resume();
  }

  /** Closes it at once; the call it serves hears nothing more. */
  destroy(): void {
    this.#call = undefined;
    this.#socket.destroy();
    this.#leave();
  }

  /** The call has written all of its body. */
  onWritten(call: H1Call): void {
    if (this.#call === call && this.#parser.isDone) this.#release(call);
  }

  onInterim(status: number, headers: string[]): void {
    this.#call?.events?.onInterim(status, headers);
  }

  onHead(status: number, message: string, headers: string[], bodyless: boolean): void {
    const call = this.#call;
    if (bodyless) this.#settle();
    call?.events?.onHead(status, message, headers, bodyless);
    if (bodyless) call?.detach();
  }

  onData(chunk: Buffer, last: boolean): void {
    const call = this.#call;
    if (last) this.#settle();
    call?.events?.onData(chunk, last);
    if (last) call?.detach();
  }

  onEnd(trailers: string[]): void {
    const call = this.#call;
    this.#settle();
    call?.events?.onEnd(trailers);
    call?.detach();
  }

  onSwitch(message: string, headers: string[], rest: Buffer): void {
    const call = this.#call;
    const socket = this.#socket;
    this.#call = undefined;
    socket.removeAllListeners('data');
    socket.removeAllListeners('end');
    socket.removeAllListeners('drain');
    socket.pause();
    this.#leave();
    call?.events?.onUpgrade(message, headers, socket, rest);
    call?.detach();
  }

  /** The response is complete: the connection is free, unless the request is still being sent or it must close. */
  #settle(): void {
    const call = this.#call;
    if (call === undefined) return;
    if (!call.written) {
      // SPEC: RFC 9112 9.3: an answer before the end of the request; what is left of the request is not sent.
      this.#call = undefined;
      this.#socket.destroySoon();
      this.#leave();
    } else this.#release(call);
  }

  #release(call: H1Call): void {
    if (this.#call !== call) return;
    this.#call = undefined;
    if (!this.#parser.keepAlive || this.#gone || !this.#socket.writable) {
      this.#socket.destroySoon();
      this.#leave();
      return;
    }
    if (this.#socket.isPaused()) this.#socket.resume();
    this.idleSinceMs = performance.now();
    this.#keeper.onIdle(this);
  }

  #onBytes(chunk: Buffer): void {
    if (this.#gone) return;
    try {
      this.#parser.execute(chunk);
    } catch (cause) {
      this.#fail('ERR_SIDECAR_UPSTREAM_PROTOCOL', 'the upstream sent what is not HTTP', cause);
    }
  }

  #onEnd(): void {
    if (this.#gone) return;
    try {
      this.#parser.finish();
      this.destroy();
    } catch (cause) {
      this.#fail('ERR_SIDECAR_UPSTREAM_RESET', 'the upstream closed the connection', cause);
    }
  }

  #onError(cause: Error): void {
    const code = (cause as NodeJS.ErrnoException).code ?? cause.name;
    this.#fail('ERR_SIDECAR_UPSTREAM_RESET', `the connection to the upstream broke: \`${code}\``, cause);
  }

  #onClose(): void {
    if (!this.#gone) this.#fail('ERR_SIDECAR_UPSTREAM_RESET', 'the connection to the upstream is gone', undefined);
  }

  #fail(code: SidecarErrorCode, message: string, cause: unknown): void {
    const call = this.#call;
    this.#call = undefined;
    this.#socket.destroy();
    this.#leave();
    const events = call?.events;
    call?.detach();
    const staleConnection = this.#served > 1 && !this.#parser.sawByte;
    events?.onFailure({ error: new SidecarError(code, message, { cause }), staleConnection });
  }

  #leave(): void {
    if (this.#gone) return;
    this.#gone = true;
    this.#keeper.onGone(this);
  }
}

/** One request on a connection, or waiting for one. */
export class H1Call implements Call {
  /** Undefined once nothing more is to be said. */
  events: CallEvents | undefined;
  /** True when all of the request has been written. */
  written = false;
  readonly head: OutgoingHead;
  #connection: H1Connection | undefined;
  #chunked = false;
  readonly #withdraw: (call: H1Call) => void;

  constructor(head: OutgoingHead, events: CallEvents, withdraw: (call: H1Call) => void) {
    this.head = head;
    this.events = events;
    this.#withdraw = withdraw;
  }

  begin(connection: H1Connection, chunked: boolean, written: boolean): void {
    this.#connection = connection;
    this.#chunked = chunked;
    this.written = written;
  }

  /** Nothing more is heard of it. */
  detach(): void {
    this.events = undefined;
    this.#connection = undefined;
  }

  write(chunk: Buffer): boolean {
    return this.#connection === undefined ? true : this.#connection.write(chunk, this.#chunked);
  }

  end(trailers: readonly string[]): void {
    const connection = this.#connection;
    if (connection === undefined || this.written) return;
    this.written = true;
    if (this.#chunked) connection.writeEnd(trailers);
    connection.onWritten(this);
  }

  pause(): void {
    this.#connection?.pause();
  }

  resume(): void {
    this.#connection?.resume();
  }

  cancel(): void {
    const connection = this.#connection;
    this.detach();
    if (connection === undefined) this.#withdraw(this);
    else connection.destroy();
  }
}

function headText({ method, target, authority, headers, body, trailers, upgrade }: OutgoingHead): string {
  let text = `${method} ${target} HTTP/1.1\r\nhost: ${authority}\r\n${writeFields(headers)}`;
  if (body === 'stream') text += 'transfer-encoding: chunked\r\n';
  else if (body !== 'none') text += `content-length: ${body}\r\n`;
  if (trailers && upgrade === undefined) text += 'te: trailers\r\nconnection: te\r\n';
  if (upgrade !== undefined) text += `connection: upgrade\r\nupgrade: ${upgrade}\r\n`;
  return `${text}\r\n`;
}
