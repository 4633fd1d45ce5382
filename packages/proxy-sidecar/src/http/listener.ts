// listener.ts: one port, HTTP/1.1 and HTTP/2 on it. Over TLS, ALPN says which; in plain the first bytes do: HTTP/2 begins
// with a preface that is no HTTP/1.1 request. Parsing is Node's, in its strict form. Also here: how many connections
// there may be, how long a head may take, and how all of it is drained.
import type { Server as Http1Server, IncomingMessage, ServerResponse } from 'node:http';
import type { Http2Server, ServerHttp2Session, ServerHttp2Stream } from 'node:http2';
import { createServer as createTcp, type Socket, type Server as TcpServer } from 'node:net';
import { createServer as createTls, type SecureContextOptions, type TLSSocket } from 'node:tls';
import type { LimitsConfig, ListenConfig, TimeoutsConfig } from '../config/sidecar-config.js';
import { SidecarError } from '../errors.js';
import type { Downstream } from './downstream.js';
import { DownstreamH1 } from './downstream-h1.js';
import { DownstreamH2 } from './downstream-h2.js';
import { isH2c } from './hop-by-hop.js';
import { createHttp1Server, Http1Response } from './node-http.js';
import { nodeHttp2 } from './node-http2.js';
import { rawErrorAnswer } from './respond.js';

/** What a listener is made of. */
export interface ListenerOptions {
  readonly listen: ListenConfig;
  /** Certificate and key, when it speaks TLS. */
  readonly tls: (SecureContextOptions & { readonly requestCert?: boolean }) | undefined;
  readonly limits: LimitsConfig;
  readonly timeouts: TimeoutsConfig;
  readonly handle: (down: Downstream) => void;
}

const PREFACE = 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n';
const CHECK_MS = 1_000;

/** A listener for both protocols. */
export class Listener {
  readonly #options: ListenerOptions;
  readonly #http1: Http1Server;
  #http2: Http2Server | undefined;
  readonly #front: TcpServer;
  readonly #sockets = new Set<Socket>();
  readonly #handshakes = new Map<string, Socket>();
  readonly #sessions = new Set<ServerHttp2Session>();
  #draining = false;

  constructor(options: ListenerOptions) {
    this.#options = options;
    this.#http1 = this.#makeHttp1();
    this.#front = this.#makeFront();
    this.#front.maxConnections = options.limits.connections;
  }

  /** Listens; resolves to the port, or 0 for a Unix socket. */
  async open(): Promise<number> {
    const { host, port, path } = this.#options.listen;
    const name = path ?? `${host}:${port}`;
    await new Promise<void>((resolve, reject) => {
      this.#front.once('error', (cause: NodeJS.ErrnoException) => {
        reject(
          new SidecarError('ERR_SIDECAR_LISTEN', `cannot listen on \`${name}\`: \`${cause.code ?? cause.name}\``, {
            cause,
          }),
        );
      });
      this.#front.listen(path === undefined ? { host, port } : { path }, () => resolve());
    });
    const address = this.#front.address();
    return typeof address === 'object' && address !== null ? address.port : 0;
  }

  /** New certificate and key for connections to come. */
  renewTls(tls: SecureContextOptions): void {
    const front = this.#front as TcpServer & { setSecureContext?: (options: SecureContextOptions) => void };
    front.setSecureContext?.(tls);
  }

  /** Connections that are open. */
  get connections(): number {
    return this.#sockets.size + this.#handshakes.size;
  }

  /**
   * Takes no more connections; asks callers to leave with their next answer (`Connection: close`, GOAWAY). Resolves when
   * all have left.
   */
  drain(lingerMs: number): Promise<void> {
    this.#draining = true;
    const closed = new Promise<void>((resolve) => this.#front.close(() => resolve()));
    // SPEC: RFC 9113 6.8: a first GOAWAY that closes nothing, so that streams on their way still come through.
    for (const session of this.#sessions) session.goaway(0, 2 ** 31 - 1);
    const leave = () => {
      this.#http1.closeIdleConnections();
      for (const session of this.#sessions) session.close();
      for (const socket of this.#sockets) if (!HANDED_OVER.has(socket)) socket.destroy();
      for (const socket of this.#handshakes.values()) socket.destroy();
    };
    setTimeout(leave, lingerMs).unref();
    const again = setInterval(
      () => {
        this.#http1.closeIdleConnections();
      },
      Math.max(50, lingerMs),
    ).unref();
    return closed.finally(() => clearInterval(again));
  }

  /** Cuts what is left. */
  destroy(): void {
    this.#front.close();
    for (const session of this.#sessions) session.destroy();
    for (const socket of this.#sockets) socket.destroy();
    for (const socket of this.#handshakes.values()) socket.destroy();
    this.#http1.close();
  }

  #makeHttp1(): Http1Server {
    const { limits, timeouts } = this.#options;
    const server = createHttp1Server({
      maxHeaderSize: limits.headerBytes,
      headersTimeout: timeouts.requestHeadMs,
      requestTimeout: 0, // bodies may stream for ever; `idleMs` watches them
      keepAliveTimeout: timeouts.keepAliveMs,
      connectionsCheckingInterval: Math.min(CHECK_MS, Math.max(50, timeouts.requestHeadMs / 2)),
      insecureHTTPParser: false,
      // Where Node asks (24.9), only what is a switch of protocols is taken for one; request-head.ts refuses the rest.
      shouldUpgradeCallback: (request: IncomingMessage) => !isH2c(request.headers.upgrade ?? ''),
      requireHostHeader: false, // request-head.ts looks at it, and answers in our words
      noDelay: true,
    });
    // It never listens itself, and this is when Node starts to look for heads that do not come and for idle connections.
    server.emit('listening');
    server.maxHeadersCount = 0; // the default drops headers silently; their bytes are limited, and request-head.ts counts
    const draining = () => this.#draining;
    const handle = (request: IncomingMessage, response: ServerResponse) => {
      this.#options.handle(new DownstreamH1(request, response, draining));
    };
    server.on('request', handle);
    server.on('checkContinue', handle);
    server.on('checkExpectation', handle);
    const upgrade = (request: IncomingMessage, socket: Socket, first: Buffer) => {
      const response = new Http1Response(request);
      response.shouldKeepAlive = false;
      response.assignSocket(socket);
      socket.on('close', () => response.destroy());
      this.#options.handle(new DownstreamH1(request, response, draining, first));
    };
    server.on('upgrade', upgrade as never);
    server.on('connect', upgrade as never);
    server.on('clientError', (error, socket) => refuseBytes(error, socket as Socket));
    return server;
  }

  #makeHttp2(): Http2Server {
    const { limits, timeouts } = this.#options;
    const server = nodeHttp2().createServer({
      maxHeaderListPairs: limits.headerCount + 8,
      maxSessionMemory: 64,
      settings: {
        maxConcurrentStreams: limits.streamsPerConnection,
        maxHeaderListSize: limits.headerBytes,
        initialWindowSize: 262_144,
      },
    });
    server.on('session', (session: ServerHttp2Session) => {
      this.#sessions.add(session);
      session.setLocalWindowSize(1_048_576);
      session.setTimeout(timeouts.keepAliveMs, () => session.close());
      session.on('close', () => this.#sessions.delete(session));
      session.on('error', () => undefined);
      if (this.#draining) session.close();
    });
    server.on('stream', ((stream: ServerHttp2Stream, _headers: unknown, flags: number, raw: string[]) => {
      this.#options.handle(new DownstreamH2(stream, raw, flags));
    }) as never);
    server.on('sessionError', () => undefined);
    return server;
  }

  #makeFront(): TcpServer {
    const { tls, timeouts } = this.#options;
    const common = { allowHalfOpen: true, noDelay: true };
    if (tls === undefined) return createTcp(common, (socket) => this.#greet(socket));
    const server = createTls({
      ...common,
      ...tls,
      ...(tls.requestCert === true ? { rejectUnauthorized: true } : {}),
      ALPNProtocols: ['h2', 'http/1.1'],
      handshakeTimeout: timeouts.requestHeadMs,
    });
    server.on('connection', (socket: Socket) => this.#watchHandshake(socket));
    server.on('secureConnection', (socket: TLSSocket) => {
      this.#handshakes.delete(peerOf(socket));
      this.#remember(socket);
      this.#handOver(socket, socket.alpnProtocol === 'h2');
    });
    server.on('tlsClientError', () => undefined);
    return server;
  }

  // Node shows a TLS connection only when its handshake is over. Until then it is known by its peer; over a Unix socket,
  // where peers have no address, only the time limit for handshakes ends it.
  #watchHandshake(socket: Socket): void {
    const peer = peerOf(socket);
    if (socket.remotePort === undefined) return;
    this.#handshakes.set(peer, socket);
    socket.on('close', () => {
      if (this.#handshakes.get(peer) === socket) this.#handshakes.delete(peer);
    });
  }

  #remember(socket: Socket): void {
    this.#sockets.add(socket);
    socket.on('close', () => this.#sockets.delete(socket));
    socket.on('error', () => undefined);
  }

  // Waits for enough bytes to tell HTTP/2 from HTTP/1.1: one, as a rule, since no usual method begins with `PRI * H`.
  #greet(socket: Socket): void {
    this.#remember(socket);
    let seen: Buffer | undefined;
    const { requestHeadMs } = this.#options.timeouts;
    if (requestHeadMs > 0) socket.setTimeout(requestHeadMs, () => socket.destroy());
    const onData = (chunk: Buffer) => {
      seen = seen === undefined ? chunk : Buffer.concat([seen, chunk]);
      const length = Math.min(seen.length, PREFACE.length);
      const fits = seen.toString('latin1', 0, length) === PREFACE.slice(0, length);
      if (fits && length < PREFACE.length) return;
      socket.off('data', onData);
      socket.off('end', onEnd);
      socket.setTimeout(0);
      socket.pause();
      socket.unshift(seen);
      this.#handOver(socket, fits);
    };
    const onEnd = () => socket.destroy();
    socket.on('data', onData);
    socket.on('end', onEnd);
  }

  #handOver(socket: Socket, isHttp2: boolean): void {
    HANDED_OVER.add(socket);
    if (isHttp2) {
      // It takes what has been read out of the paused stream, and reads on below it.
      this.#http2 ??= this.#makeHttp2();
      this.#http2.emit('connection', socket);
    } else {
      this.#http1.emit('connection', socket);
      socket.resume();
    }
  }
}

/** Connections that a protocol has taken: it knows best when they are idle. */
const HANDED_OVER = new WeakSet<Socket>();

function peerOf({ remoteAddress, remotePort }: Socket): string {
  return `${remoteAddress} ${remotePort}`;
}

/** Bytes that Node's parser refuses, or a head that did not come in time. */
function refuseBytes(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable || socket.destroyed) {
    socket.destroy();
    return;
  }
  const timeout = error.code === 'ERR_HTTP_REQUEST_TIMEOUT';
  const large = error.code === 'HPE_HEADER_OVERFLOW';
  socket.end(
    rawErrorAnswer(
      timeout ? 'ERR_SIDECAR_REQUEST_TIMEOUT' : large ? 'ERR_SIDECAR_HEADERS_TOO_LARGE' : 'ERR_SIDECAR_REQUEST',
    ),
    'latin1',
  );
  setTimeout(() => socket.destroy(), 500).unref();
}
