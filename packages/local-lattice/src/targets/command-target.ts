// command-target.ts — a server that is started for its target group: told its port as PORT, reached once it accepts
// connections, started again when it ends.

import { randomInt } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { connect, createServer } from 'node:net';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { LocalLatticeError, TargetError } from '../errors.js';
import type { TargetRequest } from '../model.js';
import { keepRunning } from './command-process.js';
import { createHttpTarget } from './http-target.js';
import type { AnswerSink, ForwardCall, ForwardRequest, StreamingTarget, TargetParts } from './target-parts.js';

/** How long a request waits for a command to accept connections. */
const START_MS = 15_000;
/** A reload starts the new one of two commands with one port while the old one is still ending. */
const PORT_WAIT_MS = 3_000;
const POLL_MS_FIRST = 10;
const POLL_MS_MAX = 200;

/** A target that is a server which is started here. It is started at once; the first requests wait for it. */
export function commandTarget(parts: TargetParts, startMs = START_MS): StreamingTarget {
  const { local, group, folder, timeouts } = parts;
  if (local.kind !== 'command') throw new TypeError('not a command');
  const log = (line: string) => parts.log(`[${group.name}] ${line}`);
  const server = new StartingServer(startMs, (url) => {
    return createHttpTarget({ url, version: group.protocolVersion, timeouts });
  });
  const program = keepRunning({
    command: local.command,
    cwd: resolve(folder, local.cwd ?? '.'),
    async env() {
      const port = await freePort(local.port);
      server.starts(port);
      return { ...local.env, PORT: String(port) };
    },
    log,
    onExit: (how) => server.ended(how),
  });
  return {
    get address() {
      return server.address;
    },
    healthy: true,
    reached: async (signal) => (await server.reached(signal)).address,
    send: async (request: TargetRequest) => (await server.reached(request.signal)).send(request),
    forward: (request, sink) => server.forward(request, sink),
    async close() {
      await Promise.all([program.close(), server.close()]);
    },
  };
}

/** The way to a server that comes and goes. */
class StartingServer {
  readonly #startMs: number;
  readonly #targetAt: (url: string) => StreamingTarget;
  readonly #waiters = new Set<{ resolve(target: StreamingTarget): void; reject(error: TargetError): void }>();
  #polling = new AbortController();
  #target: StreamingTarget | undefined;
  #closing: Promise<void>[] = [];
  #closed = false;
  address = 'command';

  constructor(startMs: number, targetAt: (url: string) => StreamingTarget) {
    this.#startMs = startMs;
    this.#targetAt = targetAt;
  }

  /** It is about to be started. */
  starts(port: number): void {
    if (this.#closed) return;
    this.address = `127.0.0.1:${port}`;
    this.#polling = new AbortController();
    void acceptingHost(port, this.#polling.signal).then((host) => {
      if (host === undefined) return;
      const target = this.#targetAt(`http://${host}:${port}`);
      this.#target = target;
      this.address = target.address;
      for (const waiter of this.#waiters) waiter.resolve(target);
      this.#waiters.clear();
    });
  }

  ended(how: string): void {
    this.#polling.abort();
    if (this.#target !== undefined) this.#closing.push(this.#target.close());
    this.#target = undefined;
    const error = new TargetError('connect', `the command ${how}`);
    for (const waiter of this.#waiters) waiter.reject(error);
    this.#waiters.clear();
  }

  /** The server, once it accepts connections. */
  reached(signal: AbortSignal): Promise<StreamingTarget> {
    if (this.#target !== undefined) return Promise.resolve(this.#target);
    if (this.#closed) return Promise.reject(new TargetError('connect', 'the command has been closed'));
    return new Promise((resolve, reject) => {
      const settle = (act: () => void) => {
        clearTimeout(timer);
        signal.removeEventListener('abort', cancel);
        this.#waiters.delete(waiter);
        act();
      };
      const fail = (error: TargetError) => settle(() => reject(error));
      const waiter = { resolve: (target: StreamingTarget) => settle(() => resolve(target)), reject: fail };
      const cancel = () => fail(new TargetError('cancelled', 'the request was cancelled'));
      const timer = setTimeout(() => {
        fail(new TargetError('connect', `the command accepted no connection within ${this.#startMs} ms`));
      }, this.#startMs);
      signal.addEventListener('abort', cancel, { once: true });
      this.#waiters.add(waiter);
      if (signal.aborted) cancel();
    });
  }

  forward(request: ForwardRequest, sink: AnswerSink): ForwardCall {
    if (this.#target !== undefined) return this.#target.forward(request, sink);
    const cancelled = new AbortController();
    let call: ForwardCall | undefined;
    this.reached(cancelled.signal).then(
      (target) => {
        call = target.forward(request, sink);
      },
      (error: TargetError) => {
        // Who cancelled waits for nothing.
        if (error.failure !== 'cancelled') sink.onError(error);
      },
    );
    return {
      cancel: () => (call === undefined ? cancelled.abort() : call.cancel()),
      resume: () => call?.resume(),
    };
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.ended('has been closed');
    await Promise.all(this.#closing);
  }
}

/** The loopback address at which a port accepts connections; undefined when nobody waits any more. */
async function acceptingHost(port: number, signal: AbortSignal): Promise<string | undefined> {
  for (let pauseMs = POLL_MS_FIRST; !signal.aborted; pauseMs = Math.min(pauseMs * 2, POLL_MS_MAX)) {
    // What listens on `localhost` may do so in IPv6 alone.
    if (await accepts(port, '127.0.0.1')) return '127.0.0.1';
    if (await accepts(port, '::1')) return '[::1]';
    await sleep(pauseMs);
  }
  return undefined;
}

function accepts(port: number, host: string): Promise<boolean> {
  return new Promise((settle) => {
    const socket = connect({ port, host });
    const end = (accepted: boolean) => {
      socket.destroy();
      settle(accepted);
    };
    socket.once('connect', () => end(true));
    socket.once('error', () => end(false));
  });
}

/**
 * Ports below those that systems give to whoever connects or wants any (Linux from 32768, others from 49152): between our look
 * and the program's start such a one may be somebody else's.
 */
const QUIET_PORTS = { first: 20_000, last: 32_000 };
const QUIET_TRIES = 20;

async function quietPort(): Promise<number> {
  for (let tried = 0; tried < QUIET_TRIES; tried += 1) {
    const port = await briefly(randomInt(QUIET_PORTS.first, QUIET_PORTS.last)).catch(() => undefined);
    if (port !== undefined) return port;
  }
  return briefly(0);
}

/** A port that nothing listens on: the one that is asked for, or any. */
async function freePort(wanted: number | undefined): Promise<number> {
  if (wanted === undefined) return quietPort();
  const giveUpAt = Date.now() + PORT_WAIT_MS;
  for (;;) {
    try {
      return await briefly(wanted);
    } catch (cause) {
      if (Date.now() > giveUpAt) throw new LocalLatticeError('ERR_LOCAL_TARGET', `port ${wanted} is taken`, { cause });
    }
    await sleep(POLL_MS_MAX);
  }
}

/** Listens for no longer than it takes to know the port. */
function briefly(port: number): Promise<number> {
  const server = createServer();
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      const { port: got } = server.address() as AddressInfo;
      server.close(() => resolve(got));
    });
  });
}
