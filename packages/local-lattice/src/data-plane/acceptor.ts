// acceptor.ts — ports on loopback that take whatever comes: HTTP/1.1, HTTP/2, TLS with either in it, CONNECT tunnels with any
// of these in them.
import type { Server as Http1Server, IncomingMessage } from 'node:http';
import type { Http2Server } from 'node:http2';
import type { AddressInfo, Socket, Server as TcpServer } from 'node:net';
import { createServer as createTcp } from 'node:net';
import type { SecureContext, Server as TlsServer } from 'node:tls';
import { LocalLatticeError } from '../errors.js';
import type { CertificateAndKey } from '../tls/certificate.js';
import type { Connection } from './connection.js';
import { Connections, type ConnectionsOptions } from './connections.js';
import type { Downstream } from './downstream.js';
import { isLoopback } from './find-vpc.js';
import { greet, type Protocol } from './greet.js';
import { createHttp1Server, createHttp2Server, createTlsServer } from './protocol-servers.js';

/** What connections are handed to, and for how long they may last. */
export interface AcceptorOptions extends ConnectionsOptions {
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

const CONNECT_TARGET = /^(\[[0-9a-fA-F:.]+\]|[^:/?#@\s]+):(\d{1,5})$/;

/** Any number of ports, and everything that comes in on them. */
export class Acceptor {
  readonly #options: AcceptorOptions;
  readonly #connections: Connections;
  readonly #http1: Http1Server;
  #http2: Http2Server | undefined;
  #tls: TlsServer | undefined;
  readonly #fronts = new Map<number, TcpServer>();
  readonly #ending: Promise<void>[] = [];
  #draining = false;

  constructor(options: AcceptorOptions) {
    this.#options = options;
    this.#connections = new Connections(options);
    const tunnel = this.#tunnel.bind(this);
    this.#http1 = createHttp1Server({ ...options, connections: this.#connections }, tunnel);
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
    const { port: opened } = front.address() as AddressInfo;
    this.#fronts.set(opened, front);
    return opened;
  }

  /** Takes no more connections on a port. Those that came in on it stay. */
  ignore(port: number): void {
    const front = this.#fronts.get(port);
    this.#fronts.delete(port);
    if (front !== undefined) this.#ending.push(new Promise((resolve) => front.close(() => resolve())));
  }

  /** Says which VPC a client of our own plays. */
  claim(...args: Parameters<Connections['claim']>): void {
    this.#connections.claim(...args);
  }

  /** Takes no more connections, lets what is in flight end for up to `graceMs`, then cuts. */
  async close(graceMs: number): Promise<void> {
    this.#draining = true;
    for (const port of [...this.#fronts.keys()]) this.ignore(port);
    this.#connections.drain();
    // Those that had their answer's head before will not ask the client to leave.
    const again = setInterval(() => this.#http1.closeIdleConnections(), 20);
    const cut = setTimeout(() => this.#connections.cut(), graceMs);
    await Promise.all(this.#ending);
    clearInterval(again);
    clearTimeout(cut);
    this.#http1.close();
    this.#http2?.close();
    this.#tls?.close();
  }

  #accept(socket: Socket): void {
    if (!isLoopback(socket.remoteAddress ?? '') || this.#draining) {
      socket.destroy();
      return;
    }
    this.#greet(socket, this.#connections.open(socket));
  }

  #greet(socket: Socket, connection: Connection): void {
    greet(socket, this.#options.passesAny, (protocol, first) => {
      this.#handOver(socket, connection, protocol, first);
    });
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
    this.#speak(socket, protocol.kind);
  }

  #makeTls(): TlsServer {
    const { contextFor, defaultPair } = this.#options;
    const speak = this.#speak.bind(this);
    return createTlsServer({ connections: this.#connections, contextFor, defaultPair, speak });
  }

  #speak(socket: Socket, protocol: 'h1' | 'h2'): void {
    if (protocol === 'h2') {
      // It takes what has been read out of the paused stream, and reads on below it.
      this.#http2 ??= createHttp2Server({ ...this.#options, connections: this.#connections });
      this.#http2.emit('connection', socket);
    } else {
      this.#http1.emit('connection', socket);
      socket.resume();
    }
  }

  /** Inside of a tunnel a new conversation begins, in any of the protocols. */
  #tunnel(request: IncomingMessage, socket: Socket, first: Buffer): void {
    const connection = this.#connections.of(socket, socket);
    const [, host = '', port] = CONNECT_TARGET.exec(request.url ?? '') ?? [];
    if (connection === undefined || port === undefined) {
      refuseTunnel(socket, '400 Bad Request', 'bad-request', 'CONNECT wants a host and a port');
      return;
    }
    const refusal = this.#options.refuseTunnel(host.toLowerCase());
    if (refusal !== undefined) {
      refuseTunnel(socket, '404 Not Found', 'no-service', refusal);
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
}

function refuseTunnel(socket: Socket, status: string, reason: string, text: string): void {
  const head = [
    `HTTP/1.1 ${status}`,
    `x-lattice-local: ${reason}`,
    'connection: close',
    'content-type: text/plain',
    `content-length: ${Buffer.byteLength(text)}`,
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${text}`);
}
