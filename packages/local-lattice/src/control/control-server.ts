// control-server.ts — the control port: a page, STS and health on 127.0.0.1. Answers only to requests that name this machine,
// so that no page elsewhere can reach it under a name of its own (DNS rebinding).
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { LocalLatticeError } from '../errors.js';
import type { ControlHandler } from '../model.js';

const LOCAL_HOST = /^(?:localhost|127\.0\.0\.1)(?::\d{1,5})?$/i;

/** A control port that listens. */
export interface ControlServer {
  readonly port: number;
  close(): Promise<void>;
}

/** Opens it. The first handler that takes a request answers it. */
export async function openControlServer(
  port: number,
  handlers: readonly ControlHandler[],
  log: (line: string) => void,
): Promise<ControlServer> {
  const server = createServer((request, response) => {
    try {
      answer(handlers, request, response);
    } catch (cause) {
      log(`control port: ${cause instanceof Error ? (cause.stack ?? cause.message) : String(cause)}`);
      if (response.headersSent) response.destroy();
      else text(response, 500, 'an unexpected failure');
    }
  });
  await listen(server, port);
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** The CA's certificate at `/ca.pem`, for clients that have to trust it. */
export function caHandler(certificate: () => string): ControlHandler {
  return (_request, response, { pathname }) => {
    if (pathname !== '/ca.pem') return false;
    response.writeHead(200, { 'content-type': 'application/x-pem-file' }).end(certificate());
    return true;
  };
}

function answer(handlers: readonly ControlHandler[], request: IncomingMessage, response: ServerResponse): void {
  response.on('error', () => undefined);
  if (!LOCAL_HOST.test(request.headers.host ?? '')) {
    text(response, 421, 'this port answers to localhost and 127.0.0.1 only');
    return;
  }
  const url = URL.parse(request.url ?? '/', 'http://localhost');
  if (url === null) {
    text(response, 400, 'the target is no path');
    return;
  }
  if (url.pathname === '/healthz') {
    text(response, 200, 'ok');
    return;
  }
  for (const handler of handlers) if (handler(request, response, url)) return;
  text(response, 404, 'there is nothing at this path');
}

function text(response: ServerResponse, status: number, body: string): void {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8', 'x-content-type-options': 'nosniff' });
  response.end(`${body}\n`);
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      const message = `cannot listen on \`127.0.0.1:${port}\` (${cause.code ?? cause.name})`;
      reject(new LocalLatticeError('ERR_LOCAL_LISTEN', message, { cause }));
    });
    server.listen({ host: '127.0.0.1', port }, () => resolve());
  });
}
