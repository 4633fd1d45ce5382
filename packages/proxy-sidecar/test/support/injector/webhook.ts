// webhook.ts: the injector's server on a free loopback port, asked over TLS as an apiserver asks: by its certificate's name,
// trusting the CA of the webhook's configuration and nothing else.
import type { IncomingHttpHeaders } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { Operation } from 'fast-json-patch';
import { type InjectorConfig, injectorDefaults } from '../../../src/injector/injector-config.js';
import { InjectorServer } from '../../../src/injector/injector-server.js';
import { silentLogger } from '../../../src/log/logger.js';
import { CERTIFICATE, KEY } from '../certificate.js';

/** An injector that can do everything. */
export const CONFIG: InjectorConfig = {
  ...injectorDefaults,
  image: 'registry.example.com/lattice-auth:1.0.0',
  iptablesImage: 'registry.example.com/iptables:1',
};

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

export interface AdmissionAnswer {
  readonly apiVersion: string;
  readonly kind: string;
  readonly response: {
    readonly uid: string;
    readonly allowed: boolean;
    readonly patchType?: string;
    readonly patch?: string;
    readonly status?: { readonly message: string; readonly code: number };
    readonly warnings?: readonly string[];
  };
}

export interface Webhook {
  readonly port: number;
  readonly server: InjectorServer;
  readonly lines: object[];
  post(body: unknown, headers?: Record<string, string>): Promise<Answer>;
  /** POST /mutate, understood. */
  review(body: unknown): Promise<AdmissionAnswer['response']>;
  close(): Promise<void>;
}

/** Starts a webhook. */
export async function startWebhook(
  config: Partial<InjectorConfig> = {},
  parts: { readonly requestMs?: number } = {},
): Promise<Webhook> {
  const lines: object[] = [];
  const note = (message: string, fields?: object) => void lines.push({ message, ...fields });
  const server = new InjectorServer({
    config: { ...CONFIG, ...config },
    ...parts,
    listen: { host: '127.0.0.1', port: 0 },
    tls: { cert: CERTIFICATE, key: KEY },
    logger: { ...silentLogger, info: note, warn: note, error: note },
  });
  const port = await server.listen();
  const post = (body: unknown, headers: Record<string, string> = {}) =>
    ask(port, 'POST', '/mutate', typeof body === 'string' ? body : JSON.stringify(body), headers);
  return {
    port,
    server,
    lines,
    post,
    async review(body) {
      const { status, text } = await post(body);
      if (status !== 200) throw new Error(`${status}: ${text}`);
      const answer = JSON.parse(text) as AdmissionAnswer;
      if (answer.apiVersion !== 'admission.k8s.io/v1' || answer.kind !== 'AdmissionReview') throw new Error(text);
      return answer.response;
    },
    close: () => server.drain(0, 100),
  };
}

/** One request on a connection of its own. */
export function ask(
  port: number,
  method: string,
  path: string,
  body = '',
  headers: Record<string, string> = {},
  ca: string = CERTIFICATE,
): Promise<Answer> {
  const options = {
    host: '127.0.0.1',
    port,
    method,
    path,
    ca,
    servername: 'sidecar-test',
    // The certificate of these tests names no host in a way that TLS goes by.
    checkServerIdentity: () => undefined,
    headers: { ...(body && { 'content-type': 'application/json' }), ...headers },
    agent: false as const,
  };
  return new Promise((resolve, reject) => {
    const request = httpsRequest(options, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk) => {
        text += chunk;
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, text }));
      response.on('error', reject);
    });
    request.on('error', reject);
    request.end(body);
  });
}

/** The patch of an answer. */
export function patchOf({ patch }: AdmissionAnswer['response']): Operation[] {
  return patch === undefined ? [] : (JSON.parse(Buffer.from(patch, 'base64').toString('utf8')) as Operation[]);
}
