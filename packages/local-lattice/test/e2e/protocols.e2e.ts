// protocols.e2e.ts — what passes between client and target: gRPC, trailers, large bodies, slow readers, callers that leave,
// targets that fail.

import { createPublicKey } from 'node:crypto';
import { createServer as createHttp, get as httpGet, request as httpRequest } from 'node:http';
import { connect as connectHttp2 } from 'node:http2';
import { connect, createServer as createTcp } from 'node:net';
import { connect as connectTls, createServer as createTls } from 'node:tls';
import { Client, credentials, Metadata, Server, ServerCredentials, type ServiceError, status } from '@grpc/grpc-js';
import { afterEach, expect, test } from 'vitest';
import { type LocalLattice, type LocalLatticeOptions, startLocalLattice } from '../../src/index.js';
import { createAuthority, createLeaf, readKey } from '../../src/tls/certificate.js';
import { ORDERS_HOST, type OrdersStack, ordersStack } from '../support/stacks.js';
import { listening, startHttp2Upstream, startUpstream, type Told, type Upstream } from '../support/upstream.js';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function start(stack: OrdersStack, options?: LocalLatticeOptions): Promise<LocalLattice> {
  const lattice = await startLocalLattice(ordersStack(stack), options);
  closing.push(() => lattice.close());
  return lattice;
}

async function upstream(listener?: Parameters<typeof startUpstream>[0]): Promise<Upstream> {
  const started = await startUpstream(listener);
  closing.push(() => started.close());
  return started;
}

const OPEN = { service: { authType: 'NONE', authPolicy: undefined } };

test('gRPC: unary, both streams, status and trailers, over h2c and TLS', async () => {
  const server = new Server();
  const method = (path: string, requestStream: boolean, responseStream: boolean) => ({
    path,
    requestStream,
    responseStream,
    requestSerialize: (value: Buffer) => value,
    requestDeserialize: (value: Buffer) => value,
    responseSerialize: (value: Buffer) => value,
    responseDeserialize: (value: Buffer) => value,
  });
  server.addService(
    {
      echo: method('/test.Orders/Echo', false, false),
      fail: method('/test.Orders/Fail', false, false),
      chat: method('/test.Orders/Chat', true, true),
    },
    {
      echo: (call: { request: Buffer }, reply: (e: null, v: Buffer, t: Metadata) => void) => {
        const trailer = new Metadata();
        trailer.set('x-trailer', 'there');
        reply(null, call.request, trailer);
      },
      fail: (_call: unknown, reply: (e: Partial<ServiceError>) => void) =>
        reply({ code: status.FAILED_PRECONDITION, details: 'not today' }),
      chat: (call: NodeJS.ReadWriteStream) => {
        call.on('data', (chunk: Buffer) => call.write(Buffer.concat([Buffer.from('>'), chunk])));
        call.on('end', () => call.end());
      },
    } as never,
  );
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(error) : resolve(bound),
    );
  });
  closing.push(async () => server.forceShutdown());
  const lattice = await start({
    targets: [{ url: `http://127.0.0.1:${port}` }],
    group: { protocolVersion: 'GRPC' },
    service: { authPolicy: undefined, authType: 'NONE' },
  });
  const options = { 'grpc.default_authority': ORDERS_HOST, 'grpc.ssl_target_name_override': ORDERS_HOST };
  const same = (value: Buffer) => value;
  for (const [url, security] of [
    [lattice.httpUrl, credentials.createInsecure()],
    [lattice.httpsUrl, credentials.createSsl(Buffer.from(lattice.ca))],
  ] as const) {
    const client = new Client(new URL(url ?? '').host, security, options);
    const trailers = await new Promise((resolve, reject) => {
      const call = client.makeUnaryRequest('/test.Orders/Echo', same, same, Buffer.from('hi'), (error, value) =>
        error ? reject(error) : expect(String(value)).toBe('hi'),
      );
      call.on('status', (ended) => resolve(ended.metadata.get('x-trailer')));
    });
    expect(trailers).toEqual(['there']);
    const failure = await new Promise<ServiceError | null>((resolve) =>
      client.makeUnaryRequest('/test.Orders/Fail', same, same, Buffer.from(''), resolve),
    );
    expect([failure?.code, failure?.details]).toEqual([status.FAILED_PRECONDITION, 'not today']);
    const chat = client.makeBidiStreamRequest('/test.Orders/Chat', same, same);
    const heard: string[] = [];
    for (const word of ['one', 'two']) {
      chat.write(Buffer.from(word));
      heard.push(String(await new Promise((resolve) => chat.once('data', resolve))));
    }
    chat.end();
    await new Promise((resolve) => chat.resume().on('end', resolve));
    expect(heard).toEqual(['>one', '>two']);
    client.close();
  }
  expect(lattice.seen.at(-1)).toMatchObject({ protocol: 'HTTP/2', method: 'POST', question: { protocol: 'grpc' } });
});

test('a gRPC caller that is denied gets HTTP 403', async () => {
  const lattice = await start({});
  const client = new Client(new URL(lattice.httpUrl).host, credentials.createInsecure(), {
    'grpc.default_authority': ORDERS_HOST,
  });
  const same = (value: Buffer) => value;
  const failure = await new Promise<ServiceError | null>((resolve) =>
    client.makeUnaryRequest('/test.Orders/Echo', same, same, Buffer.from('hi'), resolve),
  );
  client.close();
  expect(failure?.code).toBe(status.PERMISSION_DENIED);
  expect(lattice.seen.at(-1)).toMatchObject({ status: 403, decision: { decision: 'deny' } });
});

test('HTTP/2 targets, with trailers and a body', async () => {
  const target = await startHttp2Upstream((stream) => {
    stream.respond({ ':status': 201, 'x-a': '1' }, { waitForTrailers: true });
    stream.on('wantTrailers', () => stream.sendTrailers({ 'x-end': 'yes' }));
    stream.pipe(stream);
  });
  closing.push(() => target.close());
  const lattice = await start({ ...OPEN, targets: [{ url: target.url }], group: { protocolVersion: 'HTTP2' } });
  const session = connectHttp2(lattice.httpUrl);
  const stream = session.request({ ':method': 'POST', ':path': '/x', ':authority': ORDERS_HOST });
  const answer = new Promise<unknown[]>((resolve) => {
    const got: unknown[] = [];
    stream.on('response', (headers) => got.push(headers[':status'], headers['x-a']));
    stream.on('data', (chunk) => got.push(String(chunk)));
    stream.on('trailers', (trailers) => got.push(trailers['x-end']));
    stream.on('end', () => resolve(got));
  });
  stream.end('body');
  expect(await answer).toEqual([201, '1', 'body', 'yes']);
  await new Promise<void>((resolve) => session.close(resolve));
});

test('64 MiB there and back, both sides of different speed', async () => {
  const target = await upstream((request, response) => void request.pipe(response));
  const lattice = await start({ ...OPEN, targets: [{ url: target.url }] });
  const piece = Buffer.alloc(1 << 20, 'x');
  const { port } = new URL(lattice.httpUrl);
  let got = 0;
  await new Promise<void>((resolve, reject) => {
    const request = httpRequest({ port, method: 'PUT', headers: { host: ORDERS_HOST } }, (response) => {
      response.on('data', (chunk: Buffer) => {
        got += chunk.length;
        if (got % 8 === 0) {
          response.pause();
          setTimeout(() => response.resume(), 1);
        }
      });
      response.on('end', resolve);
    });
    request.on('error', reject);
    let left = 64;
    const write = (): void => {
      while (left > 0) {
        left -= 1;
        if (!request.write(piece)) return void request.once('drain', write);
      }
      request.end();
    };
    write();
  });
  expect(got).toBe(64 << 20);
  expect(lattice.seen.at(-1)).toMatchObject({ bytesReceived: 64 << 20, bytesSent: 64 << 20 });
});

test('a caller that leaves is no longer served', async () => {
  let onLeft: () => void = () => undefined;
  const left = new Promise<void>((resolve) => {
    onLeft = resolve;
  });
  const target = await upstream((_request, response) => {
    response.writeHead(200);
    response.write('first');
    response.on('close', () => onLeft());
  });
  const lattice = await start({ ...OPEN, targets: [{ url: target.url }] });
  const { port } = new URL(lattice.httpUrl);
  const request = httpGet({ port, headers: { host: ORDERS_HOST } }, (response) => {
    response.on('error', () => undefined);
    response.once('data', () => request.destroy());
  });
  request.on('error', () => undefined);
  await left;
  await expect.poll(() => lattice.seen.at(-1)).toMatchObject({ status: undefined, refusal: 'the client went away' });
});

test('Expect: 100-continue is answered once the request may go on, and not before', async () => {
  const target = await upstream();
  const lattice = await start({ targets: [{ url: target.url }] });
  const { port } = new URL(lattice.httpUrl);
  const talk = (path: string) =>
    new Promise<string[]>((resolve) => {
      const events: string[] = [];
      const headers = { host: ORDERS_HOST, expect: '100-continue', 'content-length': '4' };
      const request = httpRequest({ port, method: 'POST', path, headers }, (response) => {
        events.push(String(response.statusCode));
        response.resume().on('end', () => resolve(events));
      });
      request.on('continue', () => {
        events.push('continue');
        request.end('body');
      });
      request.flushHeaders();
    });
  expect(await talk('/public')).toEqual(['continue', '200']);
  expect(await talk('/private')).toEqual(['403']);
});

test('answers of several kinds pass as they are', async () => {
  const target = await upstream((request, response) => {
    switch (request.url) {
      case '/hints':
        response.writeEarlyHints({ link: '</a.css>; rel=preload' });
        response.end('after');
        break;
      case '/cookies':
        response
          .writeHead(200, [
            ['Set-Cookie', 'a=1'],
            ['set-cookie', 'b=2'],
          ] as never)
          .end();
        break;
      case '/none':
        response.writeHead(204).end();
        break;
      case '/trailers':
        response.writeHead(200, { trailer: 'x-sum' });
        response.write('body');
        response.addTrailers({ 'x-sum': '7' });
        response.end();
        break;
      default:
        response.writeHead(200, { 'content-length': '5', connection: 'close, x-gone', 'x-gone': '1' });
        response.end(request.method === 'HEAD' ? undefined : 'hello');
    }
  });
  const lattice = await start({ ...OPEN, targets: [{ url: target.url }] });
  const { port } = new URL(lattice.httpUrl);
  const call = (path: string, method = 'GET') =>
    new Promise<{ status: number | undefined; raw: string[]; body: string; trailers: unknown; hints: unknown }>(
      (resolve) => {
        let hints: unknown;
        const request = httpRequest({ port, path, method, headers: { host: ORDERS_HOST } }, (response) => {
          let body = '';
          response.on('data', (chunk) => {
            body += chunk;
          });
          response.on('end', () => {
            const { statusCode, rawHeaders, trailers } = response;
            resolve({ status: statusCode, raw: rawHeaders, body, trailers, hints });
          });
        });
        request.on('information', (information) => {
          hints = [information.statusCode, information.headers.link];
        });
        request.end();
      },
    );
  expect(await call('/hints')).toMatchObject({ body: 'after', hints: [103, '</a.css>; rel=preload'] });
  const cookies = await call('/cookies');
  expect(cookies.raw.filter((_, i) => cookies.raw[i - 1]?.toLowerCase() === 'set-cookie')).toEqual(['a=1', 'b=2']);
  expect(await call('/none')).toMatchObject({ status: 204, body: '' });
  expect(await call('/trailers')).toMatchObject({ body: 'body', trailers: { 'x-sum': '7' } });
  const head = await call('/', 'HEAD');
  expect(head).toMatchObject({ status: 200, body: '' });
  expect(head.raw.map((text) => text.toLowerCase())).not.toContain('x-gone');
  expect(await call('/')).toMatchObject({ body: 'hello' });
});

test('targets that fail: 502, 503, 504', async () => {
  const gone = await startUpstream();
  await gone.close();
  const resets = await listening(createTcp((socket) => void socket.once('data', () => socket.destroy())));
  const talksNonsense = await listening(
    createTcp((socket) => void socket.on('data', () => socket.end('nonsense\r\n\r\n'))),
  );
  const silent = await listening(createHttp(() => undefined));
  closing.push(
    () => resets.close(),
    () => talksNonsense.close(),
    () => silent.close(),
  );
  const statusFor = async (url: string | undefined) => {
    const targets = url === undefined ? [] : [{ url }];
    const lattice = await start({ ...OPEN, targets }, { timeouts: { idleMs: 300 } });
    const response = await lattice.fetchAs('anonymous')(`http://${ORDERS_HOST}/`);
    return [response.status, await response.text(), response.headers.get('x-lattice-local')];
  };
  expect(await statusFor(gone.url)).toEqual([502, 'Bad Gateway', null]);
  expect(await statusFor(resets.url)).toEqual([502, 'Bad Gateway', null]);
  expect(await statusFor(talksNonsense.url)).toEqual([502, 'Bad Gateway', null]);
  expect(await statusFor(silent.url)).toEqual([504, 'Gateway Timeout', null]);
  expect(await statusFor(undefined)).toEqual([503, expect.stringContaining('no targets here'), 'no-target']);
});

test('an answer that breaks off breaks off', async () => {
  const target = await upstream((_request, response) => {
    response.writeHead(200, { 'content-length': '100' });
    response.write('some');
    setTimeout(() => response.destroy(), 20);
  });
  const lattice = await start({ ...OPEN, targets: [{ url: target.url }] });
  const response = await lattice.fetchAs('anonymous')(`http://${ORDERS_HOST}/`);
  await expect(response.text()).rejects.toThrow();
});

function passThroughStack(url: string, effect: 'Allow' | 'Deny'): OrdersStack {
  const Statement = { Effect: effect, Principal: '*', Action: 'vpc-lattice-svcs:Connect', Resource: '*' };
  return {
    service: {
      customDomain: 'db.example.com',
      authPolicy: { Version: '2012-10-17', Statement },
      listeners: { tls: { protocol: 'TLS_PASSTHROUGH', port: 5_432, defaultAction: { forward: 'main' } } },
    },
    group: { protocol: 'TCP' },
    targets: [{ url }],
  };
}

test('TLS passthrough goes by name, to the target’s own certificate', async () => {
  const authority = createAuthority('test authority', new Date());
  const key = readKey(authority.key);
  const issuer = { name: 'test authority', key, publicKey: createPublicKey(key) };
  const leaf = createLeaf(issuer, ['db.example.com'], new Date());
  const server = await listening(
    createTls({ cert: leaf.certificate, key: leaf.key }, (socket) => {
      socket.on('error', () => undefined);
      socket.on('data', (chunk) => socket.end(`you said ${chunk}`));
    }),
  );
  closing.push(() => server.close());
  const talk = (lattice: LocalLattice) =>
    new Promise<string>((resolve) => {
      const port = Number(new URL(lattice.httpsUrl ?? '').port);
      const options = { port, host: '127.0.0.1', servername: 'db.example.com', ca: authority.certificate };
      let said = '';
      const socket = connectTls(options, () => socket.write('hello'));
      socket.on('data', (chunk) => {
        said += chunk;
      });
      socket.on('error', () => undefined);
      socket.on('close', () => resolve(said));
    });
  const allowing = await start(passThroughStack(server.url, 'Allow'));
  expect(await talk(allowing)).toBe('you said hello');
  await expect
    .poll(() => allowing.seen.at(-1))
    .toMatchObject({ protocol: 'TLS', principal: 'anonymous', decision: { decision: 'allow' }, service: 'orders' });
  const denying = await start(passThroughStack(server.url, 'Deny'));
  expect(await talk(denying)).toBe('');
  expect(denying.seen.at(-1)).toMatchObject({ protocol: 'TLS', decision: { decision: 'deny', deniedBy: 'service' } });
});

test('a ClientHello in pieces, and bytes that are none', async () => {
  const server = await listening(createTcp((socket) => void socket.on('data', () => socket.end('reached'))));
  closing.push(() => server.close());
  const lattice = await start(passThroughStack(server.url, 'Allow'));
  const port = Number(new URL(lattice.httpsUrl ?? '').port);
  const hello = await new Promise<Buffer>((resolve) => {
    const catcher = createTcp((socket) => {
      socket.once('data', (chunk) => {
        socket.destroy();
        catcher.close();
        resolve(chunk);
      });
    });
    catcher.listen(0, '127.0.0.1', () => {
      const { port: at } = catcher.address() as { port: number };
      connectTls({ port: at, host: '127.0.0.1', servername: 'db.example.com' }).on('error', () => undefined);
    });
  });
  const send = (pieces: readonly Buffer[]) =>
    new Promise<string>((resolve) => {
      let said = '';
      const socket = connect(port, '127.0.0.1', async () => {
        for (const piece of pieces) {
          socket.write(piece);
          await new Promise((wake) => setTimeout(wake, 2));
        }
      });
      socket.on('data', (chunk) => {
        said += chunk;
      });
      socket.on('error', () => undefined);
      socket.on('close', () => resolve(said));
    });
  expect(await send([hello.subarray(0, 1), hello.subarray(1, 40), hello.subarray(40)])).toBe('reached');
  expect(await send([Buffer.from([22, 3, 1, 0, 4, 1, 0, 0, 0])])).not.toBe('reached');
});

test('weights hold exactly', async () => {
  const [one, two] = [await upstream((_q, r) => void r.end('one')), await upstream((_q, r) => void r.end('two'))];
  const lattice = await start({
    service: {
      authType: 'NONE',
      authPolicy: undefined,
      listeners: {
        http: {
          protocol: 'HTTP',
          defaultAction: {
            forward: [
              { targetGroup: 'a', weight: 3 },
              { targetGroup: 'b', weight: 1 },
            ],
          },
        },
      },
    },
    more: {
      targetGroups: { a: { type: 'IP', protocol: 'HTTP', port: 80 }, b: { type: 'IP', protocol: 'HTTP', port: 80 } },
      local: {
        defaultVpc: 'front',
        targetGroups: { a: { targets: [{ url: one.url }] }, b: { targets: [{ url: two.url }] } },
      },
    },
  });
  const call = lattice.fetchAs('anonymous');
  const counts = { one: 0, two: 0 };
  for (let i = 0; i < 40; i += 1) {
    counts[(await (await call(`http://${ORDERS_HOST}/`)).text()) as 'one' | 'two'] += 1;
  }
  expect(counts).toEqual({ one: 30, two: 10 });
});

test('rules by priority, and fixed responses', async () => {
  const target = await upstream();
  const listeners = {
    http: {
      protocol: 'HTTP',
      defaultAction: { fixedResponse: 404 },
      rules: {
        last: { priority: 20, match: { path: { prefix: '/a' } }, action: { fixedResponse: 500 } },
        first: { priority: 10, match: { path: { exact: '/A/b' } }, action: { forward: 'main' } },
      },
    },
  };
  const lattice = await start({
    targets: [{ url: target.url }],
    service: { authType: 'NONE', authPolicy: undefined, listeners },
  });
  const call = lattice.fetchAs('anonymous');
  const answer = async (path: string) => {
    const response = await call(`http://${ORDERS_HOST}${path}`);
    const text = await response.text();
    return [response.status, text.startsWith('{') ? (JSON.parse(text) as Told).url : text, lattice.seen.at(-1)?.rule];
  };
  expect(await answer('/a/B?q')).toEqual([200, '/a/B?q', 'first']);
  expect(await answer('/A/c')).toEqual([500, 'Internal Server Error', 'last']);
  expect(await answer('/b')).toEqual([404, 'Not Found', 'default']);
});
