// server.ts: the listener for operators: /ready and /live for probes, /metrics for Prometheus, /config for people,
// POST /shutdown for Jobs. It is apart from the traffic, so that no path of the app is ever taken for one of these.
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { redactConfig } from '../config/redact-config.js';
import type { ListenConfig, SidecarConfig } from '../config/sidecar-config.js';
import { SidecarError } from '../errors.js';
import { createHttp1Server } from '../http/node-http.js';
import { expose, type Family } from '../metrics/exposition.js';
import type { HealthReport } from './health.js';
import { isFromBrowser, isLoopback, isPlainHost } from './host-check.js';

const REQUEST_MS = 5_000;
const CONNECTIONS_MAX = 64;
const HEADER_BYTES_MAX = 8_192;

export interface AdminParts {
  readonly config: SidecarConfig;
  /** How the process is, or all of them are. */
  report(): HealthReport | Promise<HealthReport>;
  /** Of each process. */
  families(): readonly Family[][] | Promise<readonly Family[][]>;
  /** Begins to stop; returns at once. */
  shutdown(): void;
}

/** A listener that is open. */
export interface AdminServer {
  readonly address: AddressInfo | string;
  close(): Promise<void>;
}

interface Answer {
  readonly status: number;
  readonly type: string;
  readonly body: string;
}

/** @throws {SidecarError} `ERR_SIDECAR_LISTEN` */
export async function openAdminServer(parts: AdminParts): Promise<AdminServer> {
  const options = { requestTimeout: REQUEST_MS, headersTimeout: REQUEST_MS, maxHeaderSize: HEADER_BYTES_MAX };
  const server = createHttp1Server(options, (request, response) => void serve(parts, request, response));
  server.maxConnections = CONNECTIONS_MAX;
  await listen(server, parts.config.admin.listen);
  const address = server.address();
  return {
    address: address ?? '',
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeIdleConnections();
        setTimeout(() => server.closeAllConnections(), REQUEST_MS).unref();
      }),
  };
}

function listen(server: Server, { host, port, path }: ListenConfig): Promise<void> {
  const place = path ?? `${host}:${port}`;
  return new Promise((resolve, reject) => {
    server.once('error', (cause) => {
      reject(
        new SidecarError('ERR_SIDECAR_LISTEN', `admin cannot listen on \`${place}\`: ${cause.message}`, { cause }),
      );
    });
    server.listen(path === undefined ? { host, port } : { path }, resolve);
  });
}

async function serve(parts: AdminParts, request: IncomingMessage, response: ServerResponse): Promise<void> {
  request.resume();
  const { status, type, body } = await answer(parts, request).catch(() => text(500, 'failed'));
  response.writeHead(status, {
    'content-type': type,
    'content-length': Buffer.byteLength(body),
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    ...(status === 405 ? { allow: request.url === '/shutdown' ? 'POST' : 'GET, HEAD' } : {}),
  });
  response.end(request.method === 'HEAD' ? undefined : body);
}

const text = (status: number, body: string): Answer => ({
  status,
  type: 'text/plain; charset=utf-8',
  body: `${body}\n`,
});
const json = (status: number, value: unknown): Answer => ({
  status,
  type: 'application/json',
  body: `${JSON.stringify(value, undefined, 2)}\n`,
});

async function answer(parts: AdminParts, request: IncomingMessage): Promise<Answer> {
  const path = request.url?.split('?', 1)[0];
  const reads = request.method === 'GET' || request.method === 'HEAD';
  if (path === '/shutdown') return request.method === 'POST' ? shutdown(parts, request) : text(405, 'POST it');
  const page = pages.get(path ?? '');
  if (page === undefined) return text(404, `there is ${[...pages.keys()].join(', ')} and POST /shutdown`);
  return reads ? page(parts, request) : text(405, 'GET it');
}

type Page = (parts: AdminParts, request: IncomingMessage) => Answer | Promise<Answer>;

const pages: ReadonlyMap<string, Page> = new Map<string, Page>([
  ['/live', () => text(200, 'alive')],
  ['/ready', ready],
  ['/metrics', metrics],
  ['/config', config],
]);

async function ready({ report }: AdminParts): Promise<Answer> {
  const now = await report();
  return json(now.ready ? 200 : 503, now);
}

async function metrics({ families }: AdminParts): Promise<Answer> {
  const { type, text: body } = await expose(await families());
  return { status: 200, type, body };
}

function config(parts: AdminParts, request: IncomingMessage): Answer {
  if (!isLocal(parts, request)) return text(403, 'not from here');
  return json(200, redactConfig(parts.config));
}

function shutdown(parts: AdminParts, request: IncomingMessage): Answer {
  if (!parts.config.admin.shutdown || !isLocal(parts, request) || isFromBrowser(request.headers)) {
    return text(403, 'not from here');
  }
  parts.shutdown();
  return text(202, 'stopping');
}

/** From this machine, and by no name that somebody could point here. */
function isLocal({ config: { admin } }: AdminParts, { headers, socket }: IncomingMessage): boolean {
  // Whoever may open a Unix socket's file may ask.
  const local = admin.listen.path !== undefined || isLoopback(socket.remoteAddress);
  return local && isPlainHost(headers.host);
}
