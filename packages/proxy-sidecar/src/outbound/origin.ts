// origin.ts: one upstream: an address, how to reach it, and its connections. Over TLS the first connection finds out
// which protocol both sides speak; after that each protocol has its own pool.
import type { Socket } from 'node:net';
import type { PoolConfig, UpstreamConfig } from '../config/sidecar-config.js';
import { SidecarError } from '../errors.js';
import { type ConnectOptions, openConnection, type SessionMemory } from './connect.js';
import { DeferredCall } from './deferred-call.js';
import { H1Pool } from './h1-pool.js';
import { H2Pool } from './h2-pool.js';
import type { Call, CallEvents, OutgoingHead, Upstream, UpstreamStats } from './transport.js';

/** What makes two requests go to the same upstream. */
export interface OriginOptions {
  readonly host: string;
  readonly port: number;
  readonly serverName: string;
  readonly upstream: UpstreamConfig;
  readonly ca: readonly string[] | undefined;
  readonly pool: PoolConfig;
  readonly connectMs: number;
}

type Protocol = 'h1' | 'h2';

/** An upstream with its pools. */
export class Origin implements Upstream {
  readonly name: string;
  lastUsedMs = 0;
  readonly #options: OriginOptions;
  readonly #h1: H1Pool;
  readonly #h2: H2Pool;
  readonly #memory: SessionMemory = { session: undefined };
  readonly #sockets = new Set<Socket>();
  readonly #undecided = new Set<DeferredCall>();
  #protocol: Protocol | undefined;
  #probing = false;

  constructor(options: OriginOptions) {
    this.#options = options;
    this.name = `${options.host}:${options.port}`;
    const { scheme, protocol } = options.upstream;
    this.#h1 = new H1Pool(options.pool, () => this.#connectFor('h1'));
    this.#h2 = new H2Pool(options.pool, scheme, () => this.#connectFor('h2'));
    if (protocol !== 'auto') this.#protocol = protocol;
    else if (scheme === 'http') this.#protocol = 'h1';
  }

  call(head: OutgoingHead, events: CallEvents): Call {
    this.lastUsedMs = performance.now();
    // WebSocket and the like need a connection of their own: HTTP/1.1, unless the upstream is told to speak only HTTP/2.
    if (head.upgrade !== undefined || this.#protocol === 'h1') return this.#h1.call(head, events);
    if (this.#protocol === 'h2') return this.#h2.call(head, events);
    const call = new DeferredCall(head, events, (gone) => this.#undecided.delete(gone));
    this.#undecided.add(call);
    this.#probe();
    return call;
  }

  sweep(nowMs: number): void {
    this.#h1.sweep(nowMs);
    this.#h2.sweep(nowMs);
  }

  stats(): UpstreamStats {
    const [a, b] = [this.#h1.stats(), this.#h2.stats()];
    return {
      open: a.open + b.open,
      idle: a.idle + b.idle,
      waiting: a.waiting + b.waiting + this.#undecided.size,
      connected: a.connected + b.connected,
    };
  }

  retire(): void {
    this.#h1.retire();
    this.#h2.retire();
  }

  destroy(): void {
    this.#undecided.clear();
    for (const socket of this.#sockets) socket.destroy();
    this.#h1.destroy();
    this.#h2.destroy();
  }

  #probe(): void {
    if (this.#probing) return;
    this.#probing = true;
    this.#open(['h2', 'http/1.1'], (error, socket, alpn) => {
      this.#probing = false;
      const calls = [...this.#undecided];
      this.#undecided.clear();
      if (socket === undefined) {
        for (const call of calls) call.fail({ error: error as SidecarError, staleConnection: false });
        return;
      }
      this.#protocol = alpn === 'h2' ? 'h2' : 'h1';
      this.#adopt(this.#protocol, socket, false);
      for (const call of calls) call.adopt((head, events) => this.call(head, events));
    });
  }

  #connectFor(protocol: Protocol): void {
    const pool = protocol === 'h1' ? this.#h1 : this.#h2;
    this.#open(protocol === 'h1' ? ['http/1.1'] : ['h2'], (error, socket, alpn) => {
      const other = this.#options.upstream.scheme === 'https' && protocol === 'h2' && alpn !== 'h2';
      if (socket !== undefined && !other) return this.#adopt(protocol, socket, true);
      // The upstream may have changed its mind about protocols: the next call finds out.
      if (this.#options.upstream.protocol === 'auto' && this.#options.upstream.scheme === 'https') {
        this.#protocol = undefined;
      }
      socket?.destroy();
      const noH2 = new SidecarError('ERR_SIDECAR_UPSTREAM_PROTOCOL', `\`${this.name}\` does not speak HTTP/2`);
      pool.onConnectFailed(error ?? noH2);
    });
  }

  #adopt(protocol: Protocol, socket: Socket, asked: boolean): void {
    if (protocol === 'h1') this.#h1.adopt(socket, asked);
    else this.#h2.adopt(socket, this.name);
  }

  #open(
    alpn: readonly string[],
    done: (error: SidecarError | undefined, socket: Socket | undefined, alpn: string | undefined) => void,
  ): void {
    const { host, port, serverName, upstream, ca, connectMs } = this.#options;
    const tls = upstream.scheme === 'https' ? { serverName, verify: upstream.tls.verify, ca, alpn } : undefined;
    const options: ConnectOptions = { host, port, tls, timeoutMs: connectMs };
    const socket = openConnection(options, this.#memory, (error, connected) => {
      this.#sockets.delete(socket);
      done(error, connected?.socket, connected?.alpn);
    });
    this.#sockets.add(socket);
  }
}
