// Every recipe of docs/recipes.md against a server that checks signatures, over HTTP/1.1 and HTTP/2.
import { readdirSync, readFileSync } from 'node:fs';
import {
  createServer as createHttp2Server,
  type Http2Server,
  type Http2Session,
  type ServerHttp2Stream,
} from 'node:http2';
import type { AddressInfo } from 'node:net';
import { create, createFileRegistry } from '@bufbuild/protobuf';
import {
  FileDescriptorProtoSchema,
  FileDescriptorSetSchema,
  file_google_protobuf_struct,
} from '@bufbuild/protobuf/wkt';
import { createClient } from '@connectrpc/connect';
import { createConnectTransport, createGrpcTransport } from '@connectrpc/connect-node';
import { Client, credentials as grpcCredentials } from '@grpc/grpc-js';
import * as undici from 'undici';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { verifyRequest } from '../../src/core.js';
import { axiosClient } from '../recipes/axios.js';
import { signingInterceptor as connectInterceptor } from '../recipes/connect.js';
import { callOnEmulator } from '../recipes/emulator.js';
import { signEveryFetch } from '../recipes/global-fetch.js';
import { gotClient } from '../recipes/got.js';
import { signingInterceptor as grpcInterceptor } from '../recipes/grpc-js.js';
import { kyClient } from '../recipes/ky.js';
import { openapiClient } from '../recipes/openapi-fetch.js';
import { signingAgent } from '../recipes/undici.js';
import { CREDENTIALS, type LatticeServer, REGION, startLatticeServer, verified } from '../support/lattice-server.js';

let server: LatticeServer;
beforeAll(async () => {
  server = await startLatticeServer();
});
afterAll(() => server.close());
beforeEach(() => {
  server.received.length = 0;
  server.answer = undefined;
});
const options = { credentials: CREDENTIALS, region: REGION, hosts: ['127.0.0.1'], retry: { baseDelayMs: 1 } };
const last = () => server.received.at(-1);

/** Awkward in every way that clients are known to change after signing. */
const TARGET = "/a b/c|d/[1]/é?q=x y&list=1&list=2&e=&s=a'b!";

function failOnce(): void {
  server.answer = (request, response) =>
    server.received.length > 1 ? verified(request, response) : void response.writeHead(503).end();
}

describe('ky', () => {
  const client = kyClient(options);
  test('query, JSON and an error', async () => {
    expect(await client.put(server.origin + TARGET, { json: { a: 1 } }).json()).toMatchObject({
      kind: 'signed',
      bytes: 7,
    });
    await client.get(server.origin, { searchParams: { q: 'x y+z' } });
    expect(last()).toMatchObject({ target: '/?q=x%20y%2Bz', verification: { kind: 'signed' } });
  });
  test('our retries', async () => {
    failOnce();
    expect((await client.get(server.origin)).status).toBe(200);
    expect(server.received).toHaveLength(2);
  });
});

describe('axios', () => {
  const client = axiosClient(options);
  test('params, JSON, bytes', async () => {
    const { data } = await client.post(server.origin + TARGET, { a: 1 }, { params: { z: 'x y+z' } });
    expect(data).toMatchObject({ kind: 'signed', bytes: 7 });
    await client.put(server.origin, Buffer.from([1, 2, 3, 4]).subarray(1, 3));
    expect(last()).toMatchObject({ body: Buffer.from([2, 3]), verification: { kind: 'signed' } });
  });
  test('our retries, of a body too', async () => {
    failOnce();
    expect((await client.put(server.origin, { a: 1 })).status).toBe(200);
    expect(last()?.body.toString()).toBe('{"a":1}');
  });
});

describe('got', () => {
  const client = gotClient(options);
  test('query, JSON, and its own retries', async () => {
    expect(await client.put(server.origin + TARGET, { json: { a: 1 } }).json()).toMatchObject({
      kind: 'signed',
      bytes: 7,
    });
    await client.get(server.origin, { searchParams: { q: 'x y+z' } });
    expect(last()).toMatchObject({ target: '/?q=x%20y%2Bz', verification: { kind: 'signed' } });
    server.received.length = 0;
    failOnce();
    await client.get(server.origin, {
      retry: { limit: 1, calculateDelay: ({ computedValue }) => computedValue && 1_100 },
    });
    expect(server.received.map(({ verification }) => verification.kind)).toEqual(['signed', 'signed']);
    expect(server.received[0]?.headers['x-amz-date']).not.toBe(server.received[1]?.headers['x-amz-date']);
  });
  test('a redirect is signed; one that leaves the list fails before it leaks', async () => {
    const foreign = await startLatticeServer({ hostname: 'localhost' });
    server.answer = (request, response) => {
      if (request.target === '/in') response.writeHead(302, { location: '/to' }).end();
      else if (request.target === '/out')
        response.writeHead(302, { location: `http://localhost:${foreign.port}/` }).end();
      else return verified(request, response);
    };
    expect(await client.get(`${server.origin}/in`).json()).toMatchObject({ kind: 'signed', target: '/to' });
    await expect(client.get(`${server.origin}/out`)).rejects.toThrow('not on the list of hosts');
    expect(foreign.received).toHaveLength(0);
    await foreign.close();
  });
});

test('openapi-fetch', async () => {
  interface Paths {
    '/orders/{id}': {
      put: {
        parameters: { path: { id: string }; query?: { expand?: string[] } };
        requestBody: { content: { 'application/json': { amount: number } } };
        responses: { 200: { content: { 'application/json': { kind: string; target: string; bytes: number } } } };
      };
    };
  }
  const client = openapiClient<Paths>(server.origin, options);
  const { data } = await client.PUT('/orders/{id}', {
    params: { path: { id: 'a/b c' }, query: { expand: ['x y', 'z+'] } },
    body: { amount: 1 },
  });
  expect(data).toMatchObject({ kind: 'signed', bytes: 12 });
});

test('undici, with its retries and redirects', async () => {
  const dispatcher = signingAgent({ credentials: CREDENTIALS, region: REGION, hosts: ['127.0.0.1'] });
  server.answer = (request, response) => {
    if (server.received.length === 1) response.writeHead(503).end();
    else if (request.target !== '/to') response.writeHead(307, { location: '/to' }).end();
    else return verified(request, response);
  };
  const { body } = await undici.request(`${server.origin}/from`, { dispatcher, method: 'PUT', body: 'again' });
  expect(await body.json()).toMatchObject({ kind: 'signed', target: '/to', bytes: 5 });
  await dispatcher.close();
});

test('global fetch', async () => {
  const before = undici.getGlobalDispatcher();
  signEveryFetch({ credentials: CREDENTIALS, region: REGION, hosts: ['127.0.0.1'] });
  try {
    expect(await (await fetch(server.origin + TARGET)).json()).toMatchObject({ kind: 'signed' });
    expect(await (await undici.fetch(server.origin)).json()).toMatchObject({ kind: 'signed' });
    const foreign = await fetch(`http://localhost:${server.port}/`);
    expect(await foreign.json()).toMatchObject({ kind: 'anonymous' });
  } finally {
    await undici.getGlobalDispatcher().close();
    undici.setGlobalDispatcher(before);
  }
});

test('an emulator', async () => {
  const url = 'https://orders-0123456789abcdef0.7d67968.vpc-lattice-svcs.eu-west-1.on.aws/orders';
  server.secrets.set(CREDENTIALS.accessKeyId, { secretAccessKey: CREDENTIALS.secretAccessKey });
  expect(await (await callOnEmulator(url, server.origin)).json()).toMatchObject({ kind: 'signed', target: '/orders' });
  server.secrets.set(CREDENTIALS.accessKeyId, CREDENTIALS);
});

describe('RPC', () => {
  const file = create(FileDescriptorProtoSchema, {
    name: 'parking.proto',
    package: 'api',
    syntax: 'proto3',
    dependency: ['google/protobuf/struct.proto'],
    service: [
      {
        name: 'Parking',
        method: [{ name: 'GetRates', inputType: '.google.protobuf.Struct', outputType: '.google.protobuf.Struct' }],
      },
    ],
  });
  const files = create(FileDescriptorSetSchema, { file: [file_google_protobuf_struct.proto, file] });
  const service = createFileRegistry(files).getService('api.Parking');
  if (service === undefined) throw new Error('the service is not in its file');

  let grpc: Http2Server;
  const kinds: string[] = [];
  beforeAll(async () => {
    grpc = createHttp2Server();
    grpc.on('session', (session) => void sessions.add(session));
    grpc.on('stream', (stream: ServerHttp2Stream, headers, _flags, rawHeaders: string[]) => {
      const pairs = rawHeaders.flatMap((name, i) => (i % 2 === 0 ? [[name, rawHeaders[i + 1] ?? ''] as const] : []));
      const lookup = (id: string) => (id === CREDENTIALS.accessKeyId ? CREDENTIALS : undefined);
      const raw = {
        method: String(headers[':method']),
        target: String(headers[':path']),
        headers: pairs.filter(([name]) => name === ':authority' || !name.startsWith(':')),
      };
      const verification = verifyRequest(raw, { lookup, now: Date.now(), service: 'vpc-lattice-svcs', region: REGION });
      kinds.push(verification.kind);
      stream.respond({ ':status': 200, 'content-type': 'application/grpc+proto' }, { waitForTrailers: true });
      stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': '0' }));
      stream.end(Buffer.from([0, 0, 0, 0, 0]));
    });
    await new Promise<void>((resolve) => grpc.listen(0, '127.0.0.1', resolve));
  });
  const sessions = new Set<Http2Session>();
  afterAll(async () => {
    for (const session of sessions) session.destroy();
    await new Promise<void>((resolve) => grpc.close(() => resolve()));
  });
  beforeEach(() => {
    kinds.length = 0;
  });
  const grpcHost = () => `127.0.0.1:${(grpc.address() as AddressInfo).port}`;

  test('connect, its own protocol over HTTP/1.1', async () => {
    server.answer = (request, response) => {
      expect(request).toMatchObject({ target: '/api.Parking/GetRates', verification: { kind: 'signed' } });
      response.writeHead(200, { 'content-type': 'application/json' }).end('{"rate":2}');
    };
    const transport = createConnectTransport({
      baseUrl: server.origin,
      httpVersion: '1.1',
      useBinaryFormat: false,
      interceptors: [connectInterceptor(options)],
    });
    const client = createClient(service, transport) as unknown as { getRates(request: object): Promise<unknown> };
    expect(await client.getRates({ a: 1 })).toMatchObject({ fields: { rate: { kind: { value: 2 } } } });
  });

  test('connect, gRPC over HTTP/2', async () => {
    const transport = createGrpcTransport({
      baseUrl: `http://${grpcHost()}`,
      interceptors: [connectInterceptor(options)],
    });
    const client = createClient(service, transport) as unknown as { getRates(request: object): Promise<unknown> };
    await client.getRates({});
    expect(kinds).toEqual(['signed']);
  });

  test('grpc-js', async () => {
    const client = new Client(grpcHost(), grpcCredentials.createInsecure(), {
      interceptors: [grpcInterceptor(`http://${grpcHost()}`, options)],
    });
    const identity = (bytes: Buffer) => bytes;
    await new Promise((resolve, reject) => {
      client.makeUnaryRequest('/api.Parking/GetRates', identity, identity, Buffer.alloc(0), (error, answer) =>
        error === null ? resolve(answer) : reject(error),
      );
    });
    expect(kinds).toEqual(['signed']);
    client.close();
  });
});

test('the documentation shows these recipes, word for word', () => {
  const directory = new URL('../recipes/', import.meta.url);
  const documentation = readFileSync(new URL('../../../../docs/recipes.md', import.meta.url), 'utf8');
  for (const name of readdirSync(directory)) {
    expect(documentation, name).toContain(readFileSync(new URL(name, directory), 'utf8').trim());
  }
});
