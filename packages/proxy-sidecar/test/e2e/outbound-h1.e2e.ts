// Outbound over HTTP/1.1, with real sockets: what comes out is what went in, and signed.
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { afterEach, expect, test } from 'vitest';
import { HOST, type Rig, type RigOptions, startRig } from '../support/sidecar.js';
import { startUpstream, type TestUpstream } from '../support/upstream.js';
import { send } from '../support/wire.js';

let rig: Rig;
let upstream: TestUpstream;
afterEach(() => {
  rig?.close();
  upstream?.close();
});

async function start(handler: Parameters<typeof startUpstream>[0], options?: RigOptions): Promise<void> {
  upstream = await startUpstream(handler);
  rig = await startRig(upstream.port, options);
}

function ask(
  path: string,
  {
    method = 'GET',
    headers = {},
    body,
  }: { method?: string; headers?: Record<string, string>; body?: Buffer | string } = {},
): Promise<{ response: IncomingMessage; body: Buffer }> {
  return new Promise((resolve, reject) => {
    const request = httpRequest({ port: rig.port, path, method, headers, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => resolve({ response, body: Buffer.concat(chunks) }));
      response.on('error', reject);
    });
    request.on('error', reject);
    request.end(body);
  });
}

test('a GET is signed for the host that is sent, and the answer comes back', async () => {
  const seen: IncomingMessage[] = [];
  await start((request, response) => {
    seen.push(request);
    response.writeHead(200, 'Fine', { 'X-Case': 'kept', 'set-cookie': ['a=1', 'b=2'] }).end('hello');
  });
  const { response, body } = await ask('/orders?open=true&a=b%2Fc');
  expect(body.toString()).toBe('hello');
  expect(response.statusMessage).toBe('Fine');
  expect(response.rawHeaders).toContain('X-Case');
  expect(response.headers['set-cookie']).toEqual(['a=1', 'b=2']);
  expect(seen[0]?.headers.host).toBe(HOST);
  expect(seen[0]?.headers['x-amzn-requestid']).toMatch(/^[0-9a-f-]{36}$/);
  expect(seen[0]?.url).toBe('/orders?open=true&a=b%2Fc');
  const [exchange] = await rig.ended(1);
  expect(exchange).toMatchObject({ status: 200, upstreamStatus: 200, bytesOut: 5, route: 'default', authority: HOST });
  expect(rig.problems).toEqual([]);
});

test('bodies go both ways, with a length and without', async () => {
  await start((request, response) => {
    response.setHeader('x-framing', `${request.headers['content-length']} ${request.headers['transfer-encoding']}`);
    request.pipe(response);
  });
  const known = await ask('/', { method: 'POST', body: 'some text', headers: { 'content-length': '9' } });
  expect(known.body.toString()).toBe('some text');
  expect(known.response.headers['x-framing']).toBe('9 undefined');
  const large = Buffer.alloc(3_000_000, 'abcdefg');
  const streamed = await ask('/', { method: 'PUT', body: large, headers: { 'transfer-encoding': 'chunked' } });
  expect(streamed.body.equals(large)).toBe(true);
  expect(streamed.response.headers['x-framing']).toBe('undefined chunked');
});

test('connections are used again', async () => {
  await start((_request, response) => response.end('x'));
  for (let i = 0; i < 5; i++) await ask('/');
  expect(upstream.connections()).toBe(1);
});

test('HEAD, 204 and 304 have no body and keep their headers', async () => {
  await start((request, response) => {
    const status = request.url === '/204' ? 204 : request.url === '/304' ? 304 : 200;
    response.writeHead(status, request.method === 'HEAD' ? { 'content-length': '1234' } : { etag: '"x"' }).end();
  });
  const head = await ask('/', { method: 'HEAD' });
  expect(head.response.headers['content-length']).toBe('1234');
  const none = await ask('/204');
  expect([none.response.statusCode, none.body.length, none.response.headers['transfer-encoding']]).toEqual([
    204,
    0,
    undefined,
  ]);
  expect((await ask('/304')).response.headers.etag).toBe('"x"');
  expect(upstream.connections()).toBe(1);
});

test('what is left of another signature is replaced, and headers of the connection are not sent on', async () => {
  let seen: string[] = [];
  await start((request, response) => {
    seen = request.rawHeaders;
    response.end();
  });
  const stale = {
    authorization: 'AWS4-HMAC-SHA256 x',
    'x-amz-date': '20200101T000000Z',
    'x-amz-security-token': 'old',
  };
  const hop = {
    connection: 'close, x-private, x-amz-meta-gone',
    'x-private': '1',
    'proxy-authorization': 'Basic eA==',
  };
  const { response } = await ask('/', {
    headers: { ...stale, ...hop, 'x-amz-meta-gone': '1', 'x-amz-meta-kept': '2', 'keep-alive': 'timeout=3' },
  });
  expect(response.statusCode).toBe(200);
  const names = seen.filter((_, i) => i % 2 === 0).map((name) => name.toLowerCase());
  expect(names).toContain('x-amz-meta-kept');
  for (const gone of ['x-private', 'proxy-authorization', 'x-amz-meta-gone', 'keep-alive', 'connection']) {
    expect(names).not.toContain(gone);
  }
  expect(names.filter((name) => name === 'x-amz-date')).toHaveLength(1);
  expect(seen).not.toContain('old');
});

test('`Connection: x-amz-date` does not take the signature apart', async () => {
  await start((_request, response) => response.end('signed'));
  const answer = await send(
    rig.port,
    'GET / HTTP/1.1\r\nHost: a\r\nConnection: close, x-amz-date, authorization, host\r\nx-amz-date: 20200101T000000Z\r\n\r\n',
  );
  expect(answer).toContain('200 OK');
  expect(answer).toContain('signed');
});

test('trailers pass in both directions', async () => {
  let got: unknown;
  await start((request, response) => {
    request.resume().on('end', () => {
      got = request.trailers;
      response.writeHead(200, { trailer: 'x-sum' });
      response.write('body');
      response.addTrailers({ 'x-sum': 'abc' });
      response.end();
    });
  });
  const answer = await send(
    rig.port,
    'POST / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nTransfer-Encoding: chunked\r\nTrailer: x-in\r\n\r\n3\r\nabc\r\n0\r\nx-in: 1\r\n\r\n',
  );
  expect(answer).toContain('\r\n0\r\nx-sum: abc\r\n\r\n');
  expect(got).toEqual({ 'x-in': '1' });
});

test("interim responses pass, and `Expect: 100-continue` is the upstream's to answer", async () => {
  await start((request, response) => {
    if (request.headers.expect !== undefined) {
      response.writeEarlyHints({ link: '</a.css>; rel=preload' });
      response.writeContinue();
    }
    request.pipe(response);
  });
  const order: string[] = [];
  const body = await new Promise<string>((resolve, reject) => {
    const request = httpRequest(
      { port: rig.port, method: 'POST', agent: false, headers: { expect: '100-continue', 'content-length': '4' } },
      (response) => response.on('data', (chunk: Buffer) => resolve(chunk.toString())),
    );
    request.on('information', (info) => order.push(String(info.statusCode)));
    request.on('continue', () => request.end('data'));
    request.on('error', reject);
    request.flushHeaders();
  });
  expect(body).toBe('data');
  expect(order).toContain('103');
});

test('an upstream that refuses with `Expect` in hand is heard at once', async () => {
  await start((_request, response) => response.writeHead(417).end());
  const answer = await send(
    rig.port,
    'POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 1000\r\n\r\n',
    '\r\n\r\n',
  );
  expect(answer).toMatch(/^HTTP\/1\.1 417 /);
});

test('an answer before the end of the request reaches the caller', async () => {
  await start((_request, response) => {
    response.writeHead(413, { connection: 'close' }).end('too much');
  });
  const answer = await send(
    rig.port,
    `POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100000000\r\n\r\n${'x'.repeat(100_000)}`,
  );
  expect(answer).toMatch(/^HTTP\/1\.1 413 /);
  expect(answer).toContain('too much');
});

test("absolute-form targets go where they say, by an HTTP proxy's rules", async () => {
  let seen = '';
  await start((request, response) => {
    seen = `${request.headers.host} ${request.url}`;
    response.end();
  });
  rig.close();
  const { port } = upstream;
  rig = await startRig(port, {
    config: { destination: { mode: 'routes', routes: [{ name: 'orders', host: HOST, connect: `127.0.0.1:${port}` }] } },
  });
  const answer = await send(
    rig.port,
    `GET http://${HOST}/a?b=c HTTP/1.1\r\nHost: elsewhere\r\nConnection: close\r\n\r\n`,
  );
  expect(answer).toContain('200 OK');
  expect(seen).toBe(`${HOST} /a?b=c`);
});
