// fake-apiserver.ts: as much of an apiserver as the injector calls: one Secret and one webhook configuration, with a
// resourceVersion that grows with each write, and refusals of writes that rest on an older one.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { Operation } from 'fast-json-patch';
import { patched } from './apply-patch.js';

interface Stored {
  readonly metadata: { readonly resourceVersion?: string };
  readonly data?: Record<string, string>;
}

export interface FakeApiserver {
  readonly url: string;
  /** Path → object. */
  readonly objects: Map<string, Stored>;
  /** Requests, such as `PUT /api/…`. */
  readonly calls: string[];
  /** Called before each write: another replica, or a refusal. */
  beforeWrite: () => number | undefined;
  close(): void;
}

export const TOKEN = 'token-of-the-service-account';
export const SECRET = '/api/v1/namespaces/mesh/secrets/lattice-auth-tls';
export const WEBHOOK = '/apis/admissionregistration.k8s.io/v1/mutatingwebhookconfigurations/lattice-auth';

/** Starts it, with a webhook configuration and no Secret; over TLS if it is given a certificate for `localhost`. */
export async function startApiserver(tls?: {
  readonly certificate: string;
  readonly key: string;
}): Promise<FakeApiserver> {
  const webhook = { metadata: { name: 'lattice-auth', resourceVersion: '1' }, webhooks: [{ clientConfig: {} }] };
  const objects = new Map<string, Stored>([[WEBHOOK, webhook]]);
  const calls: string[] = [];
  let version = 1;
  const store = (path: string, object: Stored) => {
    version++;
    const stored = { ...object, metadata: { ...object.metadata, resourceVersion: String(version) } };
    objects.set(path, stored);
    return stored;
  };
  const write = (method: string, path: string, body: unknown): [number, unknown] => {
    const now = objects.get(path);
    if (method === 'POST') {
      const created = body as Stored & { metadata: { name: string } };
      const own = `${path}/${created.metadata.name}`;
      return objects.has(own) ? [409, undefined] : [201, store(own, created)];
    }
    if (now === undefined) return [404, undefined];
    if (method === 'PUT') {
      const next = body as Stored;
      return next.metadata.resourceVersion === now.metadata.resourceVersion
        ? [200, store(path, next)]
        : [409, undefined];
    }
    try {
      return [200, store(path, patched(now, body as Operation[]) as unknown as Stored)];
    } catch {
      return [422, undefined];
    }
  };
  const answer = async (request: IncomingMessage): Promise<[number, unknown]> => {
    const { method = '', url = '' } = request;
    calls.push(`${method} ${url}`);
    if (request.headers.authorization !== `Bearer ${TOKEN}`) return [401, undefined];
    const body = await text(request);
    if (method === 'GET') return objects.has(url) ? [200, objects.get(url)] : [404, undefined];
    const refused = api.beforeWrite();
    return refused === undefined ? write(method, url, JSON.parse(body)) : [refused, undefined];
  };
  const serve = async (request: IncomingMessage, response: ServerResponse) => {
    const [status, body] = await answer(request);
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(body ?? { kind: 'Status', code: status }));
  };
  const server =
    tls === undefined ? createServer(serve) : createTlsServer({ cert: tls.certificate, key: tls.key }, serve);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const api: FakeApiserver = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    objects,
    calls,
    beforeWrite: () => undefined,
    close: () => server.close(),
  };
  return api;
}
