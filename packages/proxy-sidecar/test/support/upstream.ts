// Upstreams of tests: one that checks signatures and says what it saw, and one that is a bare socket with a script.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type AddressInfo, createServer as createTcp, type Socket } from 'node:net';
import { type RawHeader, type Verification, verifyRequest } from '@lattice-auth/sigv4-fetch/core';
import { CREDENTIALS, REGION } from './sidecar.js';

/** What Lattice would say of a request's signature. */
export function verify(method: string, target: string, rawHeaders: readonly string[]): Verification {
  const headers: RawHeader[] = [];
  for (let i = 0; i < rawHeaders.length; i += 2) headers.push([rawHeaders[i] ?? '', rawHeaders[i + 1] ?? '']);
  const lookup = (id: string) => (id === CREDENTIALS.accessKeyId ? CREDENTIALS : undefined);
  return verifyRequest(
    { method, target, headers },
    { lookup, now: Date.now(), service: 'vpc-lattice-svcs', region: REGION },
  );
}

export interface TestUpstream {
  readonly port: number;
  /** Connections ever made to it. */
  readonly connections: () => number;
  close(): void;
}

/** An HTTP/1.1 server that refuses what is not signed, before the handler sees it. */
export async function startUpstream(
  handler: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<TestUpstream> {
  const checked = (request: IncomingMessage, response: ServerResponse) => {
    const { method = '', url = '', rawHeaders } = request;
    const verification = verify(method, url, rawHeaders);
    if (verification.kind === 'signed') handler(request, response);
    else {
      const text =
        verification.kind === 'rejected'
          ? `${verification.message} ${JSON.stringify(verification.diagnosis)}`
          : 'anonymous';
      response.writeHead(403, { 'x-refused': 'signature' }).end(text);
    }
  };
  const server = createServer({ keepAliveTimeout: 60_000 }, checked);
  server.on('checkContinue', checked);
  let connections = 0;
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    connections++;
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => undefined);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    connections: () => connections,
    close() {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}

/** A server of bare sockets: each connection is handed to the script. */
export async function startScript(script: (socket: Socket, nth: number) => void): Promise<TestUpstream> {
  let connections = 0;
  const sockets = new Set<Socket>();
  const server = createTcp({ allowHalfOpen: true }, (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => undefined);
    script(socket, ++connections);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    connections: () => connections,
    close() {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}

/** Resolves with what has come when the text that ends a head has. */
export function untilHead(socket: Socket): Promise<string> {
  return new Promise((resolve) => {
    let text = '';
    const onData = (chunk: Buffer) => {
      text += chunk.toString('latin1');
      if (!text.includes('\r\n\r\n')) return;
      socket.off('data', onData);
      resolve(text);
    };
    socket.on('data', onData);
  });
}
