// h1-pool.ts: the HTTP/1.1 connections of one upstream. The one used last is used first, so that those nobody needs
// grow old and are closed, before Lattice does it in the middle of a request. Calls wait in line when all are busy.
import type { Socket } from 'node:net';
import type { PoolConfig } from '../config/sidecar-config.js';
import { SidecarError } from '../errors.js';
import { WAITING_CALLS_MAX } from '../limits.js';
import { type ConnectionKeeper, H1Call, H1Connection } from './h1-connection.js';
import type { Call, CallEvents, OutgoingHead, UpstreamStats } from './transport.js';

/** Asks for another connection: the pool is told by `adopt` or `onConnectFailed`. */
export type Connector = () => void;

/** Connections, used last in first out. */
export class H1Pool implements ConnectionKeeper {
  readonly #config: PoolConfig;
  readonly #connect: Connector;
  readonly #idle: H1Connection[] = [];
  readonly #all = new Set<H1Connection>();
  readonly #waiting = new Set<H1Call>();
  #connecting = 0;
  #connected = 0;
  #retired = false;
  readonly #withdraw = (call: H1Call) => void this.#waiting.delete(call);

  constructor(config: PoolConfig, connect: Connector) {
    this.#config = config;
    this.#connect = connect;
  }

  call(head: OutgoingHead, events: CallEvents): Call {
    const call = new H1Call(head, events, this.#withdraw);
    const connection = this.#takeIdle();
    if (connection !== undefined) connection.start(call, head);
    else this.#wait(call);
    return call;
  }

  /** A connection is there, whether it was asked for or made to learn the protocol. */
  adopt(socket: Socket, asked: boolean): void {
    if (asked) this.#connecting--;
    this.#connected++;
    const connection = new H1Connection(socket, this);
    this.#all.add(connection);
    this.onIdle(connection);
  }

  /** There is no connection: calls that have no other to wait for fail. */
  onConnectFailed(error: SidecarError): void {
    this.#connecting--;
    for (const call of this.#firstWaiting(this.#waiting.size - this.#connecting - this.#all.size)) {
      const { events } = call;
      call.detach();
      events?.onFailure({ error, staleConnection: false });
    }
  }

  onIdle(connection: H1Connection): void {
    if (this.#tooOld(connection)) {
      connection.destroy(); // calls in line get another one: see onGone
      return;
    }
    const next = this.#firstWaiting(1)[0];
    if (next !== undefined) connection.start(next, next.head);
    else if (this.#retired) connection.destroy();
    else this.#idle.push(connection);
  }

  onGone(connection: H1Connection): void {
    this.#all.delete(connection);
    const at = this.#idle.lastIndexOf(connection);
    if (at >= 0) this.#idle.splice(at, 1);
    this.#connectForWaiting();
  }

  /** Closes connections that have been idle, or have lived, too long. Called now and then. */
  sweep(nowMs: number): void {
    const { idleMs, lifetimeMs } = this.#config;
    for (const connection of [...this.#idle]) {
      const idle = idleMs > 0 && nowMs - connection.idleSinceMs >= idleMs;
      if (idle || (lifetimeMs > 0 && nowMs - connection.openedAtMs >= lifetimeMs)) connection.destroy();
    }
  }

  stats(): UpstreamStats {
    const { size } = this.#all;
    return { open: size, idle: this.#idle.length, waiting: this.#waiting.size, connected: this.#connected };
  }

  retire(): void {
    this.#retired = true;
    for (const connection of [...this.#idle]) connection.destroy();
  }

  destroy(): void {
    this.#retired = true;
    this.#waiting.clear();
    for (const connection of [...this.#all]) connection.destroy();
  }

  #takeIdle(): H1Connection | undefined {
    const nowMs = performance.now();
    for (;;) {
      const connection = this.#idle.pop();
      if (connection === undefined) return undefined;
      const stale = this.#config.idleMs > 0 && nowMs - connection.idleSinceMs >= this.#config.idleMs;
      if (connection.usable && !stale && !this.#tooOld(connection)) return connection;
      connection.destroy();
    }
  }

  #tooOld(connection: H1Connection): boolean {
    const { lifetimeMs } = this.#config;
    return lifetimeMs > 0 && performance.now() - connection.openedAtMs >= lifetimeMs;
  }

  #wait(call: H1Call): void {
    if (this.#waiting.size >= WAITING_CALLS_MAX) {
      const { events } = call;
      call.detach();
      const error = new SidecarError('ERR_SIDECAR_OVERLOADED', 'too many requests wait for a connection');
      queueMicrotask(() => events?.onFailure({ error, staleConnection: false }));
      return;
    }
    this.#waiting.add(call);
    this.#connectForWaiting();
  }

  #connectForWaiting(): void {
    while (this.#connecting < this.#waiting.size && this.#all.size + this.#connecting < this.#config.connections) {
      this.#connecting++;
      this.#connect();
    }
  }

  #firstWaiting(count: number): H1Call[] {
    const calls: H1Call[] = [];
    for (const call of this.#waiting) {
      if (calls.length >= count) break;
      calls.push(call);
    }
    for (const call of calls) this.#waiting.delete(call);
    return calls;
  }
}
