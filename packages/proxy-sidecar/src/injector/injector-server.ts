// injector-server.ts: the webhook's listener: POST /mutate for the apiserver, /ready and /live for the kubelet, all over TLS.
// Certificates are read again when their files change. When it is told to stop it goes on answering for a moment, since the
// apiserver learns late that this replica is leaving, and a Pod that cannot be asked about may come up without its sidecar.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { SecureContextOptions } from 'node:tls';
import { SidecarError } from '../errors.js';
import type { Logger } from '../log/logger.js';
import type { InjectorConfig } from './injector-config.js';
import { answerReview, ReviewError } from './review.js';

/** An apiserver sends objects of up to 3 MiB. */
const BODY_BYTES_MAX = 8 * 2 ** 20;
const REQUEST_MS = 10_000;
/** Longer than the 90 s for which an apiserver keeps a connection that it may use at any moment. */
const KEEP_ALIVE_MS = 120_000;
const HEADER_BYTES_MAX = 16_384;
const CONNECTIONS_MAX = 1_024;

/** What a server is made of. */
export interface InjectorParts {
  readonly config: InjectorConfig;
  readonly listen: { readonly host: string; readonly port: number };
  readonly tls: SecureContextOptions;
  readonly logger: Logger;
  /** For a handshake, and for a request to come in whole. Default: 10 s, an apiserver's own default. */
  readonly requestMs?: number;
}

/** The listener. */
export class InjectorServer {
  readonly #parts: InjectorParts;
  readonly #server: Server;
  #draining = false;

  constructor(parts: InjectorParts) {
    this.#parts = parts;
    const { requestMs = REQUEST_MS } = parts;
    const options = {
      ...parts.tls,
      minVersion: 'TLSv1.2' as const,
      handshakeTimeout: requestMs,
      requestTimeout: requestMs,
      headersTimeout: requestMs,
      connectionsCheckingInterval: requestMs / 2,
      keepAliveTimeout: KEEP_ALIVE_MS,
      maxHeaderSize: HEADER_BYTES_MAX,
    };
    this.#server = createServer(options, (request, response) => void this.#serve(request, response));
    this.#server.maxConnections = CONNECTIONS_MAX;
    // Handshakes that fail are port scans, or an apiserver without our CA: of no use with a stack.
    this.#server.on('tlsClientError', ({ message }) =>
      parts.logger.warn('a TLS handshake failed', { detail: message }),
    );
  }

  /** @throws {SidecarError} `ERR_SIDECAR_LISTEN` */
  listen(): Promise<number> {
    const { host, port } = this.#parts.listen;
    return new Promise((resolve, reject) => {
      this.#server.once('error', (cause) => {
        reject(new SidecarError('ERR_SIDECAR_LISTEN', `cannot listen on \`${host}:${port}\``, { cause }));
      });
      this.#server.listen(port, host, () => resolve((this.#server.address() as AddressInfo).port));
    });
  }

  /** The certificate of connections from now on. */
  renew(tls: SecureContextOptions): void {
    this.#server.setSecureContext({ ...tls, minVersion: 'TLSv1.2' });
  }

  /** Not ready at once; after `lingerMs` no more connections; resolves when all requests are answered, or cut after `deadlineMs`. */
  async drain(lingerMs: number, deadlineMs: number): Promise<void> {
    this.#draining = true;
    await new Promise((resolve) => setTimeout(resolve, lingerMs));
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    this.#server.closeIdleConnections();
    const cut = setTimeout(() => this.#server.closeAllConnections(), deadlineMs);
    await closed;
    clearTimeout(cut);
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = request.url?.split('?', 1)[0];
    if (this.#draining) response.setHeader('connection', 'close');
    try {
      if (path === '/live') send(response, 200, 'alive');
      else if (path === '/ready') send(response, this.#draining ? 503 : 200, this.#draining ? 'stopping' : 'ready');
      else if (path !== '/mutate') send(response, 404, 'not found');
      else if (request.method !== 'POST') send(response, 405, 'POST only');
      else await this.#mutate(request, response);
    } catch (error) {
      this.#parts.logger.error('a request could not be answered', { error });
      send(response, 500, 'a fault of the injector');
    }
  }

  async #mutate(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (!/^application\/json\b/.test(request.headers['content-type'] ?? '')) {
      send(response, 415, 'application/json only');
      return;
    }
    const body = await readBody(request);
    if (body === undefined) {
      response.setHeader('connection', 'close');
      send(response, 413, 'too large');
      return;
    }
    this.#answer(body, response);
  }

  #answer(text: string, response: ServerResponse): void {
    const { config, logger } = this.#parts;
    const from = performance.now();
    try {
      const { body, outcome, namespace, name } = answerReview(text, config);
      const { uid, status, warnings } = body.response;
      const fields = { uid, namespace, name, outcome, detail: status?.message, warnings };
      logger[outcome === 'refused' ? 'warn' : 'info']('reviewed', { ...fields, durationMs: performance.now() - from });
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    } catch (error) {
      if (!(error instanceof ReviewError)) throw error;
      logger.warn('a review could not be read', { detail: error.message });
      send(response, 400, error.message);
    }
  }
}

/** The whole body, or nothing when it is larger than any that an apiserver sends. */
async function readBody(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  if (Number(request.headers['content-length'] ?? 0) > BODY_BYTES_MAX) return undefined;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > BODY_BYTES_MAX) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function send(response: ServerResponse, status: number, text: string): void {
  if (response.headersSent || response.destroyed) return;
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' }).end(`${text}\n`);
}
