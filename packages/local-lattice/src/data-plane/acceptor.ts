// acceptor.ts — a port on loopback that takes whatever comes: HTTP/1.1, HTTP/2, TLS with either in it, CONNECT tunnels with
// any of these in them. The first bytes tell. Parsing is Node's, in its strict form.
import {
  createServer as createHttp1,
  type Server as Http1Server,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import {
  createServer as createHttp2,
  type Http2Server,
  type ServerHttp2Session,
  type ServerHttp2Stream,
} from 'node:http2';
import type { AddressInfo, Socket } from 'node:net';
import { createServer as createTcp, type Server as TcpServer } from 'node:net';
import { createServer as createTls, type SecureContext, type TLSSocket, type Server as TlsServer } from 'node:tls';
import { LocalLatticeError } from '../errors.js';
import { CLIENT_HELLO_BYTES_MAX, HANDSHAKE_MS, HEADER_BYTES_MAX, HEADER_COUNT_MAX } from '../limits.js';
import type { CertificateAndKey } from '../tls/certificate.js';
import { isTls, readServerName } from './client-hello.js';
import type { Connection } from './connection.js';
import type { Downstream } from './downstream.js';
import { DownstreamH1 } from './downstream-h1.js';
import { DownstreamH2 } from './downstream-h2.js';
import { isLoopback, plainAddress } from './find-vpc.js';

/** What connections are handed to, and for how long they may last. */
export interface AcceptorOptions {
  readonly idleMs: number;
  readonly connectionMs: number;
  /** The VPC that a connection stands for by its address or port. */
  readonly vpcOf: (address: string, localPort: number) => string | undefined;
  readonly serve: (down: Downstream) => void;
  /** Takes over a TLS connection for a name; false: it is to be ended here. */
  readonly passThrough: (socket: Socket, name: string, connection: Connection, first: Buffer) => boolean;
  /** Whether there is a reason to look at server names before TLS begins. */
  readonly passesAny: () => boolean;
  /** Undefined: the default certificate, which is for no service. */
  readonly contextFor: (name: string) => SecureContext | undefined;
  readonly defaultPair: () => CertificateAndKey;
  /** Whether a CONNECT for this host is ours; the answer when not. */
  readonly refuseTunnel: (host: string) => string | undefined;
}

const OWN_ADDRESS = '127.0.0.1';
const PREFACE = 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n';
const CONNECT_TARGET = /^(\[[0-9a-fA-F:.]+\]|[^:/?#@\s]+):(\d{1,5})$/;

/** Any number of ports, and everything that comes in on them. */
export class Acceptor {
  readonly #options: AcceptorOptions;
  readonly #http1: Http1Server;
  #http2: Http2Server | undefined;
  #tls: TlsServer | undefined;
  readonly #fronts: TcpServer[] = [];
  readonly #connections = new Map<Socket, Connection>();
  readonly #secured = new WeakMap<object, Connection>();
  readonly #byPeer = new Map<string, Connection>();
  readonly #claims = new Map<number, string>();
  readonly #sessions = new Set<ServerHttp2Session>();
  #draining = false;

  constructor(options: AcceptorOptions) {
    this.#options = options;
    this.#http1 = this.#makeHttp1();
  }

  /** Listens on a port of 127.0.0.1; 0 is any. Resolves to the port. */
  async listen(port: number): Promise<number> {
    const front = createTcp({ allowHalfOpen: true, noDelay: true }, (socket) => this.#accept(socket));
    await new Promise<void>((resolve, reject) => {
      front.once('error', (cause: NodeJS.ErrnoException) => {
        const message = `cannot listen on \`127.0.0.1:${port}\` (${cause.code ?? cause.name})`;
        reject(new LocalLatticeError('ERR_LOCAL_LISTEN', message, { cause }));
      });
      front.listen({ host: '127.0.0.1', port }, () => resolve());
    });
    this.#fronts.push(front);
    return (front.address() as AddressInfo).port;
  }

  /** Takes no more connections, lets what is in flight end for up to `graceMs`, then cuts. */
  async close(graceMs: number): Promise<void> {
    this.#draining = true;
    const closed = this.#fronts.map((front) => new Promise<void>((resolve) => front.close(() => resolve())));
    for (const connection of this.#connections.values()) connection.expired = true;
    for (const session of this.#sessions) session.close();
    this.#http1.closeIdleConnections();
    const again = setInterval(() => this.#http1.closeIdleConnections(), 20);
    const cut = setTimeout(() => this.#cut(), graceMs);
    for (const [socket, connection] of this.#connections) if (connection.inFlight === 0) socket.destroy();
    await Promise.all(closed);
    clearInterval(again);
    clearTimeout(cut);
    this.#http1.close();
    this.#http2?.close();
    this.#tls?.close();
  }

  #cut(): void {
    for (const session of this.#sessions) session.destroy();
    for (const socket of this.#connections.keys()) socket.destroy();
  }

  #accept(socket: Socket): void {
    const { remoteAddress = '', remotePort = 0, localPort = 0 } = socket;
    const address = plainAddress(remoteAddress);
    if (!isLoopback(address) || this.#draining) {
      socket.destroy();
      return;
    }
    const connection: Connection = {
      address,
      port: remotePort,
      localPort,
      // INVARIANT: our own client comes from 127.0.0.1; the same port of another address is somebody else's.
      vpc:
        (address === OWN_ADDRESS ? this.#claims.get(remotePort) : undefined) ?? this.#options.vpcOf(address, localPort),
      tls: undefined,
      tunnelPort: undefined,
      expired: false,
      inFlight: 0,
    };
    const peer = peerOf(socket);
    this.#connections.set(socket, connection);
    this.#byPeer.set(peer, connection);
    const life = setTimeout(() => this.#expire(socket, connection), this.#options.connectionMs).unref();
    socket.on('error', () => undefined);
    socket.on('close', () => {
      clearTimeout(life);
      this.#connections.delete(socket);
      this.#byPeer.delete(peer);
    });
    this.#greet(socket, connection);
  }

  /** Says which VPC a client of our own plays, by its port; undefined: nothing any more. */
  claim(port: number, vpc: string | undefined): void {
    if (vpc === undefined) this.#claims.delete(port);
    else this.#claims.set(port, vpc);
    const connection = this.#byPeer.get(`${OWN_ADDRESS} ${port}`);
    if (connection !== undefined && vpc !== undefined) connection.vpc = vpc;
  }

  // Lattice ends connections after ten minutes, whatever is on them; whoever is in the middle of something may end it
  // while as much time again goes by.
  #expire(socket: Socket, connection: Connection): void {
    connection.expired = true;
    this.#http1.closeIdleConnections();
    setTimeout(() => socket.destroy(), Math.min(this.#options.connectionMs, 10_000)).unref();
  }

  /** Waits for as many bytes as it takes to tell what is spoken. */
  #greet(socket: Socket, connection: Connection): void {
    let seen: Buffer = Buffer.alloc(0);
    socket.setTimeout(HANDSHAKE_MS, () => socket.destroy());
    const onData = (chunk: Buffer) => {
      seen = seen.length === 0 ? chunk : Buffer.concat([seen, chunk]);
      const protocol = this.#protocolOf(seen);
      if (protocol === undefined) return;
      socket.off('data', onData);
      socket.off('end', onEnd);
      socket.setTimeout(0);
      socket.removeAllListeners('timeout');
      socket.pause();
      this.#handOver(socket, connection, protocol, seen);
    };
    const onEnd = () => socket.destroy();
    socket.on('data', onData);
    socket.on('end', onEnd);
  }

  #protocolOf(seen: Buffer): Protocol | undefined {
    if (isTls(seen)) {
      if (!this.#options.passesAny() || seen.length > CLIENT_HELLO_BYTES_MAX) return { kind: 'tls', name: undefined };
      const hello = readServerName(seen);
      return hello.kind === 'more' ? undefined : { kind: 'tls', name: hello.name };
    }
    const length = Math.min(seen.length, PREFACE.length);
    const fits = seen.toString('latin1', 0, length) === PREFACE.slice(0, length);
    if (fits && length < PREFACE.length) return undefined;
    return { kind: fits ? 'h2' : 'h1' };
  }

  #handOver(socket: Socket, connection: Connection, protocol: Protocol, first: Buffer): void {
    if (protocol.kind === 'tls') {
      const { name } = protocol;
      if (name !== undefined && this.#options.passThrough(socket, name, connection, first)) return;
      socket.unshift(first);
      this.#tls ??= this.#makeTls();
      this.#tls.emit('connection', socket);
      return;
    }
    socket.unshift(first);
    this.#speak(socket, connection, protocol.kind);
  }

  #speak(socket: Socket, connection: Connection, protocol: 'h1' | 'h2'): void {
    this.#secured.set(socket, connection);
    if (protocol === 'h2') {
      // It takes what has been read out of the paused stream, and reads on below it.
      this.#http2 ??= this.#makeHttp2();
      this.#http2.emit('connection', socket);
    } else {
      this.#http1.emit('connection', socket);
      socket.resume();
    }
  }

  #makeHttp1(): Http1Server {
    const server = createHttp1({
      maxHeaderSize: HEADER_BYTES_MAX,
      headersTimeout: this.#options.idleMs,
      requestTimeout: 0, // bodies may stream for as long as something comes
      keepAliveTimeout: this.#options.idleMs,
      keepAliveTimeoutBuffer: 0,
      insecureHTTPParser: false,
      requireHostHeader: false, // request-head.ts looks at it, and answers in our words
      noDelay: true,
    });
    // Later than a target's time is up, so that a slow target is answered for.
    server.timeout = this.#options.idleMs + 1_000;
    // It never listens itself, and this is when Node starts to look for heads that don't come.
    server.emit('listening');
    server.maxHeadersCount = 0; // the default drops headers silently; their bytes are limited, and request-head.ts counts
    const serve = (awaitsContinue: boolean) => (request: IncomingMessage, response: ServerResponse) => {
      const connection = this.#secured.get(request.socket);
      if (connection === undefined) request.socket.destroy();
      else this.#options.serve(new DownstreamH1(request, response, connection, awaitsContinue));
    };
    server.on('request', serve(false));
    server.on('checkContinue', serve(true));
    server.on('checkExpectation', serve(false));
    server.on('connect', (request: IncomingMessage, socket: Socket, first: Buffer) => {
      this.#tunnel(request, socket, first);
    });
    server.on('clientError', (error: NodeJS.ErrnoException, socket) => refuseBytes(error, socket as Socket));
    return server;
  }

  /** Inside of a tunnel a new conversation begins, in any of the protocols. */
  #tunnel(request: IncomingMessage, socket: Socket, first: Buffer): void {
    const connection = this.#secured.get(socket);
    const [, host = '', port] = CONNECT_TARGET.exec(request.url ?? '') ?? [];
    const refusal = connection === undefined ? 'unknown' : this.#options.refuseTunnel(host.toLowerCase());
    if (connection === undefined || port === undefined || refusal !== undefined) {
      const text = port === undefined ? 'CONNECT wants a host and a port' : (refusal ?? '');
      socket.end(
        `HTTP/1.1 ${port === undefined ? '400 Bad Request' : '404 Not Found'}\r\nx-lattice-local: no-service\r\nconnection: close\r\ncontent-type: text/plain\r\ncontent-length: ${Buffer.byteLength(text)}\r\n\r\n${text}`,
      );
      return;
    }
    socket.removeAllListeners('timeout');
    socket.removeAllListeners('drain');
    connection.tunnelPort = Number(port);
    socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
    if (first.length > 0) socket.unshift(first);
    this.#greet(socket, connection);
    socket.resume();
  }

  #makeHttp2(): Http2Server {
    const server = createHttp2({
      maxHeaderListPairs: HEADER_COUNT_MAX + 8,
      maxSessionMemory: 64,
      settings: { maxConcurrentStreams: 256, maxHeaderListSize: HEADER_BYTES_MAX, initialWindowSize: 262_144 },
    });
    server.on('session', (session: ServerHttp2Session) => {
      this.#sessions.add(session);
      session.setLocalWindowSize(1_048_576);
      session.setTimeout(this.#options.idleMs, () => session.close());
      session.on('close', () => this.#sessions.delete(session));
      session.on('error', () => undefined);
      if (this.#draining) session.close();
    });
    server.on('stream', ((stream: ServerHttp2Stream, _headers: unknown, _flags: number, raw: string[]) => {
      const session = stream.session;
      const connection = session && this.#connectionOf(session);
      if (connection === undefined) stream.close();
      else this.#options.serve(new DownstreamH2(stream, raw, connection));
    }) as never);
    server.on('sessionError', () => undefined);
    return server;
  }

  #connectionOf(session: object & { readonly socket?: unknown }): Connection | undefined {
    const known = this.#secured.get(session);
    if (known !== undefined) return known;
    const { remoteAddress = '', remotePort = 0 } = session.socket as Socket;
    const found = this.#byPeer.get(`${plainAddress(remoteAddress)} ${remotePort}`);
    if (found !== undefined) this.#secured.set(session, found);
    return found;
  }

  #makeTls(): TlsServer {
    const { certificate, key } = this.#options.defaultPair();
    const server = createTls({
      cert: certificate,
      key,
      ALPNProtocols: ['h2', 'http/1.1'],
      SNICallback: (name, done) => done(null, this.#options.contextFor(name)),
      handshakeTimeout: HANDSHAKE_MS,
      minVersion: 'TLSv1.2',
    });
    server.on('secureConnection', (socket: TLSSocket) => {
      const connection = this.#byPeer.get(peerOf(socket));
      if (connection === undefined) return void socket.destroy();
      const name = typeof socket.servername === 'string' ? socket.servername : undefined;
      connection.tls = {
        version: socket.getProtocol() ?? '',
        cipher: socket.getCipher().standardName ?? socket.getCipher().name,
        serverName: name,
      };
      socket.on('error', () => undefined);
      this.#speak(socket, connection, socket.alpnProtocol === 'h2' ? 'h2' : 'h1');
    });
    server.on('tlsClientError', (_error, socket) => socket.destroy());
    return server;
  }
}

type Protocol = { readonly kind: 'h1' | 'h2' } | { readonly kind: 'tls'; readonly name: string | undefined };

function peerOf({ remoteAddress = '', remotePort = 0 }: Socket): string {
  return `${plainAddress(remoteAddress)} ${remotePort}`;
}

/** Bytes that Node's parser refuses, or a head that did not come in time. */
function refuseBytes(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable || socket.destroyed) {
    socket.destroy();
    return;
  }
  const status =
    error.code === 'HPE_HEADER_OVERFLOW'
      ? '431 Request Header Fields Too Large'
      : error.code === 'ERR_HTTP_REQUEST_TIMEOUT'
        ? '408 Request Timeout'
        : '400 Bad Request';
  socket.end(`HTTP/1.1 ${status}\r\nx-lattice-local: bad-request\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`);
  setTimeout(() => socket.destroy(), 500).unref();
}
