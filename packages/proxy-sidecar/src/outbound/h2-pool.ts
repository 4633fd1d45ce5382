// h2-pool.ts: the HTTP/2 connections of one upstream: one, until its streams are used up. Old and idle ones get no new
// streams and close when their last one ends.
import type { ClientHttp2Session } from 'node:http2';
import type { Socket } from 'node:net';
import type { PoolConfig } from '../config/sidecar-config.js';
import { SidecarError } from '../errors.js';
import { nodeHttp2 } from '../http/node-http2.js';
import { WAITING_CALLS_MAX } from '../limits.js';
import { DeferredCall } from './deferred-call.js';
import { H2Call } from './h2-call.js';
import type { Call, CallEvents, OutgoingHead, UpstreamStats } from './transport.js';

interface Connection {
  readonly session: ClientHttp2Session;
  readonly openedAtMs: number;
  idleSinceMs: number;
  streams: number;
  served: number;
}

const WINDOW_BYTES = 262_144;
const CONNECTION_WINDOW_BYTES = 1_048_576;

/** Sessions, the first with a free stream is used. */
export class H2Pool {
  readonly #config: PoolConfig;
  readonly #connect: () => void;
  readonly #scheme: string;
  readonly #connections = new Set<Connection>();
  readonly #waiting = new Set<DeferredCall>();
  #connecting = false;
  #connected = 0;
  #retired = false;

  constructor(config: PoolConfig, scheme: string, connect: () => void) {
    this.#config = config;
    this.#scheme = scheme;
    this.#connect = connect;
  }

  call(head: OutgoingHead, events: CallEvents): Call {
    const connection = this.#free();
    if (connection !== undefined) return this.#open(connection, head, events);
    const call = new DeferredCall(head, events, (gone) => this.#waiting.delete(gone));
    if (this.#waiting.size >= WAITING_CALLS_MAX) {
      const error = new SidecarError('ERR_SIDECAR_OVERLOADED', 'too many requests wait for a connection');
      queueMicrotask(() => call.fail({ error, staleConnection: false }));
    } else {
      this.#waiting.add(call);
      this.#connectForWaiting();
    }
    return call;
  }

  adopt(socket: Socket, authority: string): void {
    this.#connecting = false;
    this.#connected++;
    const session = nodeHttp2().connect(`${this.#scheme}://${authority}`, {
      createConnection: () => socket,
      settings: { enablePush: false, initialWindowSize: WINDOW_BYTES },
    });
    session.once('connect', () => session.setLocalWindowSize(CONNECTION_WINDOW_BYTES));
    const nowMs = performance.now();
    const connection: Connection = { session, openedAtMs: nowMs, idleSinceMs: nowMs, streams: 0, served: 0 };
    this.#connections.add(connection);
    session.on('error', () => undefined); // each of its streams hears of it
    session.on('goaway', () => this.#connections.delete(connection));
    session.on('close', () => {
      this.#connections.delete(connection);
      this.#serveWaiting();
    });
    session.on('remoteSettings', () => this.#serveWaiting());
    this.#serveWaiting();
  }

  onConnectFailed(error: SidecarError): void {
    this.#connecting = false;
    if (this.#connections.size > 0) return;
    const calls = [...this.#waiting];
    this.#waiting.clear();
    for (const call of calls) call.fail({ error, staleConnection: false });
  }

  sweep(nowMs: number): void {
    for (const connection of this.#connections) if (this.#tooOld(connection, nowMs)) this.#leave(connection);
  }

  stats(): UpstreamStats {
    let idle = 0;
    for (const { streams } of this.#connections) if (streams === 0) idle++;
    return { open: this.#connections.size, idle, waiting: this.#waiting.size, connected: this.#connected };
  }

  retire(): void {
    this.#retired = true;
    for (const { session } of this.#connections) session.close();
  }

  destroy(): void {
    this.#retired = true;
    this.#waiting.clear();
    for (const { session } of [...this.#connections]) session.destroy();
  }

  #tooOld({ streams, idleSinceMs, openedAtMs }: Connection, nowMs: number): boolean {
    const { idleMs, lifetimeMs } = this.#config;
    const idle = streams === 0 && idleMs > 0 && nowMs - idleSinceMs >= idleMs;
    return idle || (lifetimeMs > 0 && nowMs - openedAtMs >= lifetimeMs);
  }

  #leave(connection: Connection): void {
    this.#connections.delete(connection);
    connection.session.close();
  }

  #free(): Connection | undefined {
    const nowMs = performance.now();
    for (const connection of this.#connections) {
      const { session, streams } = connection;
      if (session.closed || session.destroyed) continue;
      // The sweep may be late: a process that was stopped for a while finds its connections closed by the upstream.
      if (this.#tooOld(connection, nowMs)) this.#leave(connection);
      else if (streams < Math.min(session.remoteSettings?.maxConcurrentStreams ?? 100, 1_000)) return connection;
    }
    return undefined;
  }

  #open(connection: Connection, head: OutgoingHead, events: CallEvents): Call {
    const reused = connection.served++ > 0;
    connection.streams++;
    const call = new H2Call(connection.session, this.#scheme, head, events, reused, () =>
      this.#onStreamClosed(connection),
    );
    call.start();
    return call;
  }

  #onStreamClosed(connection: Connection): void {
    connection.streams--;
    if (connection.streams === 0) connection.idleSinceMs = performance.now();
    if (connection.streams === 0 && this.#retired) connection.session.close();
    this.#serveWaiting();
  }

  #serveWaiting(): void {
    for (const call of this.#waiting) {
      const connection = this.#free();
      if (connection === undefined) break;
      this.#waiting.delete(call);
      call.adopt((head, events) => this.#open(connection, head, events));
    }
    this.#connectForWaiting();
  }

  #connectForWaiting(): void {
    if (this.#connecting || this.#waiting.size === 0 || this.#connections.size >= this.#config.connections) return;
    this.#connecting = true;
    this.#connect();
  }
}
