// connect.ts: opens one connection to an upstream, plain or TLS, within a time. TLS sessions are resumed where the
// upstream allows it, so that a connection that is replaced costs no full handshake.
import { connect as connectTcp, isIP, type Socket } from 'node:net';
import { connect as connectTls, type TLSSocket } from 'node:tls';
import { SidecarError } from '../errors.js';

/** Where and how to connect. */
export interface ConnectOptions {
  readonly host: string;
  readonly port: number;
  readonly tls:
    | {
        readonly serverName: string;
        readonly verify: boolean;
        readonly ca: readonly string[] | undefined;
        readonly alpn: readonly string[];
      }
    | undefined;
  readonly timeoutMs: number;
}

/** A connection just made, and the protocol that both sides chose. */
export interface Connected {
  readonly socket: Socket;
  readonly alpn: string | undefined;
}

/** What a connection attempt needs to remember for the next one. */
export interface SessionMemory {
  session: Buffer | undefined;
}

/** Connects; `done` is called once, with a connection or with why there is none. */
export function openConnection(
  options: ConnectOptions,
  memory: SessionMemory,
  done: (error: SidecarError | undefined, connected: Connected | undefined) => void,
): Socket {
  const socket = options.tls === undefined ? connectTcp(tcpOptions(options)) : tlsSocket(options, memory);
  let timer: NodeJS.Timeout | undefined;
  let settled = false;
  const settle = (error: SidecarError | undefined) => {
    if (settled) return;
    settled = true;
    clearTimeout(timer);
    socket.off('error', onError);
    socket.off('close', onClose);
    if (error !== undefined) {
      socket.on('error', () => undefined);
      socket.destroy();
      done(error, undefined);
      return;
    }
    const alpn = options.tls === undefined ? false : (socket as TLSSocket).alpnProtocol;
    done(undefined, { socket, alpn: alpn === false || alpn === null ? undefined : alpn });
  };
  const onError = (cause: Error) => settle(connectError(cause, options));
  const onClose = () => settle(failure(options, 'closed the connection'));
  socket.on('error', onError);
  socket.on('close', onClose);
  socket.once(options.tls === undefined ? 'connect' : 'secureConnect', () => settle(undefined));
  if (options.timeoutMs > 0) {
    timer = setTimeout(() => {
      const where = `\`${options.host}:${options.port}\``;
      settle(new SidecarError('ERR_SIDECAR_UPSTREAM_TIMEOUT', `no connection to ${where} in ${options.timeoutMs} ms`));
    }, options.timeoutMs);
  }
  return socket;
}

function tcpOptions({ host, port }: ConnectOptions) {
  return { host, port, noDelay: true, keepAlive: true, keepAliveInitialDelay: 30_000, autoSelectFamily: true };
}

function tlsSocket(options: ConnectOptions, memory: SessionMemory): TLSSocket {
  const { serverName = '', verify = true, ca, alpn = [] } = options.tls ?? {};
  const name = serverName.replace(/^\[|\]$/g, '');
  const socket = connectTls({
    ...tcpOptions(options),
    // RFC 6066: no addresses as server names; the certificate is checked against the address all the same.
    ...(isIP(name) === 0 ? { servername: name } : {}),
    rejectUnauthorized: verify,
    ALPNProtocols: [...alpn],
    ...(ca === undefined ? {} : { ca: [...ca] }),
    ...(memory.session === undefined ? {} : { session: memory.session }),
  });
  socket.on('session', (session) => {
    memory.session = session;
  });
  return socket;
}

const TLS_CODES =
  /^(?:ERR_TLS_|ERR_SSL_|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|EPROTO$|HOSTNAME_MISMATCH|INVALID_CA|ERR_OSSL)/;

function connectError(cause: Error, options: ConnectOptions): SidecarError {
  const code = (cause as NodeJS.ErrnoException).code ?? cause.name;
  const sidecarCode = TLS_CODES.test(code) ? 'ERR_SIDECAR_UPSTREAM_TLS' : 'ERR_SIDECAR_UPSTREAM_CONNECT';
  return new SidecarError(sidecarCode, `no connection to \`${options.host}:${options.port}\`: \`${code}\``, { cause });
}

function failure(options: ConnectOptions, what: string): SidecarError {
  return new SidecarError('ERR_SIDECAR_UPSTREAM_CONNECT', `\`${options.host}:${options.port}\` ${what}`);
}
