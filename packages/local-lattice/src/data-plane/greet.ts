// greet.ts — what does a new connection speak? Its first bytes tell: TLS, HTTP/2 without it, or HTTP/1.1.
import type { Socket } from 'node:net';
import { CLIENT_HELLO_BYTES_MAX, HANDSHAKE_MS } from '../limits.js';
import { isTls, readServerName } from './client-hello.js';

/** What is spoken; with TLS, the name that is asked for, if that was to be looked at. */
export type Protocol = { readonly kind: 'h1' | 'h2' } | { readonly kind: 'tls'; readonly name: string | undefined };

const PREFACE = 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n';

/** Waits for as many bytes as it takes, and hands over the paused socket and what has been read of it. */
export function greet(
  socket: Socket,
  looksAtNames: () => boolean,
  handOver: (protocol: Protocol, first: Buffer) => void,
): void {
  let seen: Buffer = Buffer.alloc(0);
  socket.setTimeout(HANDSHAKE_MS, () => socket.destroy());
  const onData = (chunk: Buffer) => {
    seen = seen.length === 0 ? chunk : Buffer.concat([seen, chunk]);
    const protocol = protocolOf(seen, looksAtNames);
    if (protocol === undefined) return;
    socket.off('data', onData);
    socket.off('end', onEnd);
    socket.setTimeout(0);
    socket.removeAllListeners('timeout');
    socket.pause();
    handOver(protocol, seen);
  };
  const onEnd = () => socket.destroy();
  socket.on('data', onData);
  socket.on('end', onEnd);
}

function protocolOf(seen: Buffer, looksAtNames: () => boolean): Protocol | undefined {
  if (isTls(seen)) {
    if (!looksAtNames() || seen.length > CLIENT_HELLO_BYTES_MAX) return { kind: 'tls', name: undefined };
    const hello = readServerName(seen);
    return hello.kind === 'more' ? undefined : { kind: 'tls', name: hello.name };
  }
  const length = Math.min(seen.length, PREFACE.length);
  const fits = seen.toString('latin1', 0, length) === PREFACE.slice(0, length);
  if (fits && length < PREFACE.length) return undefined;
  return { kind: fits ? 'h2' : 'h1' };
}
