// protocol-servers.ts — Node's servers for HTTP/1.1, HTTP/2 and TLS, which never listen themselves: connections are given to
// them. Parsing is Node's, in its strict form.
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
import type { Socket } from 'node:net';
import { createServer as createTls, type SecureContext, type TLSSocket, type Server as TlsServer } from 'node:tls';
import { HANDSHAKE_MS, HEADER_BYTES_MAX, HEADER_COUNT_MAX } from '../limits.js';
import type { CertificateAndKey } from '../tls/certificate.js';
import type { Connection } from './connection.js';
import type { Connections } from './connections.js';
import type { Downstream } from './downstream.js';
import { DownstreamH1 } from './downstream-h1.js';
import { DownstreamH2 } from './downstream-h2.js';

/** What the servers of HTTP need. */
export interface HttpServerParts {
  readonly idleMs: number;
  readonly connections: Connections;
  readonly serve: (down: Downstream) => void;
}

/** Bodies may stream for as long as something comes; heads may not. */
export function createHttp1Server(
  { idleMs, connections, serve }: HttpServerParts,
  tunnel: (request: IncomingMessage, socket: Socket, first: Buffer) => void,
): Http1Server {
  const server = createHttp1({
    maxHeaderSize: HEADER_BYTES_MAX,
    headersTimeout: idleMs,
    requestTimeout: 0,
    keepAliveTimeout: idleMs,
    keepAliveTimeoutBuffer: 0,
    insecureHTTPParser: false,
    requireHostHeader: false, // request-head.ts looks at it, and answers in our words
    noDelay: true,
  });
  // Later than a target's time is up, so that a slow target is answered for.
  server.timeout = idleMs + 1_000;
  // It never listens itself, and this is when Node starts to look for heads that don't come.
  server.emit('listening');
  server.maxHeadersCount = 0; // the default drops headers silently; their bytes are limited, and request-head.ts counts
  const on = (awaitsContinue: boolean) => (request: IncomingMessage, response: ServerResponse) => {
    const connection = connections.of(request.socket, request.socket);
    if (connection === undefined) request.socket.destroy();
    else serve(new DownstreamH1(request, response, connection, awaitsContinue));
  };
  server.on('request', on(false));
  server.on('checkContinue', on(true));
  server.on('checkExpectation', on(false));
  server.on('connect', (request: IncomingMessage, socket: Socket, first: Buffer) => tunnel(request, socket, first));
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => refuseBytes(error, socket as Socket));
  return server;
}

export function createHttp2Server({ idleMs, connections, serve }: HttpServerParts): Http2Server {
  const server = createHttp2({
    maxHeaderListPairs: HEADER_COUNT_MAX + 8,
    maxSessionMemory: 64,
    settings: { maxConcurrentStreams: 256, maxHeaderListSize: HEADER_BYTES_MAX, initialWindowSize: 262_144 },
  });
  const connectionOf = (session: ServerHttp2Session): Connection | undefined =>
    session.destroyed ? undefined : connections.of(session, session.socket);
  server.on('session', (session: ServerHttp2Session) => {
    const connection = connectionOf(session);
    if (connection === undefined) return void session.destroy();
    connection.leave = () => session.close();
    session.setLocalWindowSize(1_048_576);
    session.setTimeout(idleMs, () => session.close());
    session.on('error', () => undefined);
    if (connection.expired) session.close();
  });
  server.on('stream', ((stream: ServerHttp2Stream, _headers: unknown, _flags: number, raw: string[]) => {
    const { session } = stream;
    const connection = session && connectionOf(session as ServerHttp2Session);
    if (connection === undefined) stream.close();
    else serve(new DownstreamH2(stream, raw, connection));
  }) as never);
  server.on('sessionError', () => undefined);
  return server;
}

/** What TLS needs. */
export interface TlsServerParts {
  readonly connections: Connections;
  /** Undefined: the default certificate, which is for no service. */
  readonly contextFor: (name: string) => SecureContext | undefined;
  readonly defaultPair: () => CertificateAndKey;
  readonly speak: (socket: TLSSocket, protocol: 'h1' | 'h2') => void;
}

export function createTlsServer({ connections, contextFor, defaultPair, speak }: TlsServerParts): TlsServer {
  const { certificate, key } = defaultPair();
  const server = createTls({
    cert: certificate,
    key,
    ALPNProtocols: ['h2', 'http/1.1'],
    SNICallback: (name, done) => done(null, contextFor(name)),
    handshakeTimeout: HANDSHAKE_MS,
    minVersion: 'TLSv1.2',
  });
  server.on('secureConnection', (socket: TLSSocket) => {
    const connection = connections.of(socket, socket);
    if (connection === undefined) return void socket.destroy();
    const name = typeof socket.servername === 'string' ? socket.servername : undefined;
    connection.tls = {
      version: socket.getProtocol() ?? '',
      cipher: socket.getCipher().standardName ?? socket.getCipher().name,
      serverName: name,
    };
    socket.on('error', () => undefined);
    speak(socket, socket.alpnProtocol === 'h2' ? 'h2' : 'h1');
  });
  server.on('tlsClientError', (_error, socket) => socket.destroy());
  return server;
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
