// apiserver.ts: the few calls that the injector makes to Kubernetes' apiserver, with the Pod's service account. The token is read
// for each call: the kubelet replaces it within the hour.
import { readFileSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { SidecarError } from '../../errors.js';
import type { Environment } from '../../outbound/credentials.js';

const ACCOUNT = '/var/run/secrets/kubernetes.io/serviceaccount';
const CALL_MS = 10_000;
const ANSWER_BYTES_MAX = 4 * 2 ** 20;

/** What is needed to call. */
export interface ApiserverOptions {
  /** `https://10.0.0.1:443`; plain http is for tests. */
  readonly url: string;
  readonly token: () => string;
  readonly ca: () => string | undefined;
}

/** An answer, whatever its status. */
export interface ApiAnswer {
  readonly status: number;
  readonly body: unknown;
}

/** Calls the apiserver; `type` is the body's content type. Rejects when there is no answer. */
export type CallApiserver = (method: string, path: string, body?: unknown, type?: string) => Promise<ApiAnswer>;

/**
 * The apiserver of the cluster that this process is a Pod of.
 *
 * @throws {SidecarError} `ERR_SIDECAR_CONFIG` outside of one
 */
export function clusterApiserver(env: Environment, account = ACCOUNT): CallApiserver {
  const { KUBERNETES_SERVICE_HOST: host, KUBERNETES_SERVICE_PORT: port = '443' } = env;
  if (!host) throw new SidecarError('ERR_SIDECAR_CONFIG', 'KUBERNETES_SERVICE_HOST is missing: this is no Pod');
  return apiserver({
    url: `https://${host.includes(':') ? `[${host}]` : host}:${port}`,
    token: () => readFileSync(`${account}/token`, 'utf8').trim(),
    ca: () => readFileSync(`${account}/ca.crt`, 'utf8'),
  });
}

/** Calls the apiserver at this address. */
export function apiserver({ url, token, ca }: ApiserverOptions): CallApiserver {
  return (method, path, body, type = 'application/json') =>
    new Promise((resolve, reject) => {
      const text = body === undefined ? '' : JSON.stringify(body);
      const headers = {
        authorization: `Bearer ${token()}`,
        accept: 'application/json',
        ...(text && { 'content-type': type, 'content-length': Buffer.byteLength(text) }),
      };
      const address = new URL(path, url);
      const send = address.protocol === 'http:' ? httpRequest : httpsRequest;
      const request = send(address, { method, headers, ca: ca(), agent: false, signal: AbortSignal.timeout(CALL_MS) });
      request.on('error', reject).on('response', (response) => {
        let answer = '';
        response.setEncoding('utf8').on('error', reject);
        response.on('data', (chunk: string) => {
          answer += chunk;
          if (answer.length > ANSWER_BYTES_MAX) request.destroy(new Error('the apiserver answers too much'));
        });
        response.on('end', () => resolve({ status: response.statusCode ?? 0, body: parsed(answer) }));
      });
      request.end(text);
    });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
