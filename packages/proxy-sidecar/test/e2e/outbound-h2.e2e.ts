// Outbound over HTTP/2: gRPC's shapes (trailers, answers that are trailers only, resets), h2c and TLS with ALPN, and every
// mix of protocols on the two sides.
import {
  type ClientHttp2Session,
  connect,
  constants,
  createSecureServer,
  createServer,
  type Http2SecureServer,
  type Http2Server,
  type IncomingHttpHeaders,
  type ServerHttp2Stream,
} from 'node:http2';
import { createServer as createHttps } from 'node:https';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { defaults } from '../../src/config/sidecar-config.js';
import { CERTIFICATE, KEY } from '../support/certificate.js';
import { HOST, type Rig, type RigOptions, startRig } from '../support/sidecar.js';
import { startScript, startUpstream, untilHead, verify } from '../support/upstream.js';
import { send } from '../support/wire.js';

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0).reverse()) close();
});

type Handler = (stream: ServerHttp2Stream, headers: IncomingHttpHeaders, raw: string[]) => void;

async function startH2(handler: Handler, tls = false): Promise<number> {
  const server: Http2Server | Http2SecureServer = tls
    ? createSecureServer({ key: KEY, cert: CERTIFICATE, allowHTTP1: false })
    : createServer();
  server.on('stream', ((stream: ServerHttp2Stream, headers: IncomingHttpHeaders, _flags: number, raw: string[]) => {
    stream.on('error', () => undefined);
    const verification = verify(String(headers[':method']), String(headers[':path']), raw);
    if (verification.kind === 'signed') handler(stream, headers, raw);
    else {
      stream.respond({ ':status': 403 });
      stream.end(JSON.stringify(verification));
    }
  }) as never);
  const sessions = new Set<{ destroy(): void }>();
  server.on('session', (session) => {
    sessions.add(session);
    session.on('error', () => undefined);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => {
    server.close();
    for (const session of sessions) session.destroy();
  });
  return (server.address() as AddressInfo).port;
}

async function rigFor(
  port: number,
  protocol: 'h1' | 'h2' | 'auto',
  scheme: 'http' | 'https' = 'http',
  options: RigOptions = {},
) {
  const rig: Rig = await startRig(port, {
    ...options,
    config: { ...options.config, upstream: { scheme, protocol, tls: { verify: false } } },
  });
  closing.push(() => rig.close());
  return rig;
}

function client(port: number): ClientHttp2Session {
  const session = connect(`http://127.0.0.1:${port}`);
  session.on('error', () => undefined);
  closing.push(() => session.destroy());
  return session;
}

interface Answer {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  readonly trailers: IncomingHttpHeaders;
  readonly rstCode: number;
}

function ask(session: ClientHttp2Session, headers: Record<string, string | string[]>, body?: string): Promise<Answer> {
  return new Promise((resolve) => {
    const stream = session.request(
      { ':method': 'POST', ':authority': HOST, ...headers },
      { endStream: body === undefined },
    );
    let received: IncomingHttpHeaders = {};
    let trailers: IncomingHttpHeaders = {};
    let text = '';
    stream.on('response', (value) => {
      received = value;
    });
    stream.on('trailers', (value) => {
      trailers = value;
    });
    stream.on('data', (chunk: Buffer) => {
      text += chunk.toString();
    });
    stream.on('error', () => undefined);
    stream.on('close', () => resolve({ headers: received, body: text, trailers, rstCode: stream.rstCode ?? 0 }));
    if (body !== undefined) stream.end(body);
  });
}

test('a gRPC call passes: te, content type, body and trailers', async () => {
  const seen: IncomingHttpHeaders[] = [];
  const port = await startH2((stream, headers) => {
    seen.push(headers);
    stream.respond({ ':status': 200, 'content-type': 'application/grpc' }, { waitForTrailers: true });
    stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': '0', 'grpc-message': 'fine' }));
    stream.pipe(stream);
  });
  const rig = await rigFor(port, 'h2');
  const answer = await ask(
    client(rig.port),
    { ':path': '/shop.Orders/Get', te: 'trailers', 'content-type': 'application/grpc' },
    'framed message',
  );
  expect(answer.body).toBe('framed message');
  expect(answer.trailers['grpc-status']).toBe('0');
  expect(seen[0]).toMatchObject({ te: 'trailers', 'content-type': 'application/grpc', ':authority': HOST });
  const [exchange] = await rig.ended(1);
  expect(exchange).toMatchObject({ protocol: 'h2', upstreamProtocol: 'h2', status: 200 });
});

test('an answer of trailers only stays one', async () => {
  const port = await startH2((stream) => {
    stream.respond({ ':status': 200, 'grpc-status': '7', 'grpc-message': 'no' }, { endStream: true });
  });
  const rig = await rigFor(port, 'h2');
  const answer = await ask(client(rig.port), { ':path': '/a' }, 'x');
  expect(answer.headers['grpc-status']).toBe('7');
  expect(answer.body).toBe('');
});

test('streams both ways at once', async () => {
  const port = await startH2((stream) => {
    stream.respond({ ':status': 200 });
    stream.on('data', (chunk: Buffer) => stream.write(`echo ${chunk}`));
    stream.on('end', () => stream.end());
  });
  const rig = await rigFor(port, 'h2');
  const stream = client(rig.port).request({ ':method': 'POST', ':path': '/', ':authority': HOST });
  const got = () => new Promise<string>((resolve) => stream.once('data', (chunk: Buffer) => resolve(chunk.toString())));
  for (const word of ['one', 'two', 'three']) {
    const next = got();
    stream.write(word);
    expect(await next).toBe(`echo ${word}`);
  }
  stream.end();
});

test('a reset by the caller reaches the upstream', async () => {
  let reset: (code: number) => void = () => undefined;
  const resets = new Promise<number>((resolve) => {
    reset = resolve;
  });
  const port = await startH2((stream) => {
    stream.respond({ ':status': 200 });
    stream.write('begun');
    stream.on('close', () => reset(stream.rstCode ?? -1));
  });
  const rig = await rigFor(port, 'h2');
  const stream = client(rig.port).request({ ':method': 'POST', ':path': '/', ':authority': HOST });
  stream.on('error', () => undefined);
  stream.once('data', () => stream.close(constants.NGHTTP2_CANCEL));
  expect(await resets).not.toBe(constants.NGHTTP2_NO_ERROR);
  const [exchange] = await rig.ended(1);
  expect(exchange?.errorCode).toBe('ERR_SIDECAR_CALLER_GONE');
});

test('a reset by the upstream in the middle does not look like an end', async () => {
  const port = await startH2((stream) => {
    stream.respond({ ':status': 200 });
    stream.write('half');
    setTimeout(() => stream.destroy(new Error('broken')), 20);
  });
  const rig = await rigFor(port, 'h2');
  const answer = await ask(client(rig.port), { ':path': '/' });
  expect(answer.rstCode).not.toBe(0);
  const [exchange] = await rig.ended(1);
  expect(exchange?.errorCode).toBe('ERR_SIDECAR_UPSTREAM_RESET');
});

test('HTTP/2 in, HTTP/1.1 out, with trailers', async () => {
  const upstream = await startUpstream((request, response) => {
    response.writeHead(200, { trailer: 'x-sum' });
    request.on('data', (chunk) => response.write(chunk));
    request.on('end', () => {
      response.addTrailers({ 'x-sum': 'abc', 'x-cookies': String(request.headers.cookie) });
      response.end();
    });
  });
  closing.push(() => upstream.close());
  const rig = await rigFor(upstream.port, 'h1');
  const answer = await ask(client(rig.port), { ':path': '/a?b=c', cookie: ['a=1', 'b=2'] }, 'hello');
  expect([answer.headers[':status'], answer.body, answer.trailers['x-sum']]).toEqual([200, 'hello', 'abc']);
  expect(answer.trailers['x-cookies']).toBe('a=1; b=2');
});

test('HTTP/1.1 in, HTTP/2 out', async () => {
  const port = await startH2((stream) => {
    stream.respond({ ':status': 201, 'x-kind': 'h2', 'set-cookie': ['a=1', 'b=2'] });
    stream.end('body');
  });
  const rig = await rigFor(port, 'h2');
  const answer = await send(
    rig.port,
    'GET / HTTP/1.1\r\nHost: a\r\nConnection: close, upgrade\r\nKeep-Alive: 3\r\n\r\n',
  );
  expect(answer).toMatch(/^HTTP\/1\.1 201 /);
  expect(answer).toContain('body');
  expect(answer.match(/set-cookie/g)).toHaveLength(2);
});

test('HTTP/1.1 in with a body that is said to be empty, HTTP/2 out: it ends', async () => {
  const port = await startH2((stream) => {
    stream.resume().on('end', () => {
      stream.respond({ ':status': 200 });
      stream.end('ended');
    });
  });
  const rig = await rigFor(port, 'h2');
  const answer = await send(rig.port, 'POST / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
  expect(answer).toContain('ended');
});

test('over TLS, ALPN chooses HTTP/2 where the upstream has it', async () => {
  const port = await startH2((stream) => {
    stream.respond({ ':status': 200 });
    stream.end('over h2');
  }, true);
  const rig = await rigFor(port, 'auto', 'https');
  const answers = await Promise.all(
    [1, 2, 3].map(() => send(rig.port, 'GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n')),
  );
  for (const answer of answers) expect(answer).toContain('over h2');
  expect((await rig.ended(3)).map(({ upstreamProtocol }) => upstreamProtocol)).toEqual(['h2', 'h2', 'h2']);
  expect([...rig.upstreams.all()][0]?.stats().connected).toBe(1);
});

test('over TLS, ALPN falls back to HTTP/1.1', async () => {
  const server = createHttps({ key: KEY, cert: CERTIFICATE }, (_request, response) => response.end('over h1'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => server.closeAllConnections());
  closing.push(() => server.close());
  const rig = await rigFor((server.address() as AddressInfo).port, 'auto', 'https');
  expect(await send(rig.port, 'GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n')).toContain('over h1');
});

test('a certificate that is not trusted is refused, and nothing of why gets out', async () => {
  const port = await startH2((stream) => stream.respond({ ':status': 200 }, { endStream: true }), true);
  const rig = await startRig(port, {
    config: { upstream: { scheme: 'https', protocol: 'auto', tls: { verify: true } } },
  });
  closing.push(() => rig.close());
  const answer = await send(rig.port, 'GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n');
  expect(answer).toMatch(/^HTTP\/1\.1 502 /);
  expect(answer).toContain('ERR_SIDECAR_UPSTREAM_TLS');
  expect(answer).not.toMatch(/self|127\.0\.0\.1|certificate/i);
});

test('what HTTP/1.1 may say and HTTP/2 may not passes all the same, in both directions', async () => {
  const port = await startH2((stream) => {
    stream.respond({ ':status': 200 });
    stream.end('fine');
  });
  const toH2 = await rigFor(port, 'h2');
  const twice = 'Content-Type: a/b\r\nContent-Type: c/d\r\nHTTP2-Settings: x\r\nUser-Agent: a\r\nUser-Agent: b\r\n';
  expect(await send(toH2.port, `GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n${twice}\r\n`)).toContain('fine');
  const script = await startScript(async (socket) => {
    await untilHead(socket);
    socket.write(`HTTP/1.1 200 OK\r\n${twice}Keep-Alive: 5\r\nContent-Length: 4\r\n\r\nfine`);
  });
  closing.push(() => script.close());
  const fromH1 = await rigFor(script.port, 'h1');
  expect((await ask(client(fromH1.port), { ':path': '/' })).body).toBe('fine');
});

test('a caller over HTTP/2 that stops sending is told so', async () => {
  const upstream = await startUpstream(() => undefined);
  closing.push(() => upstream.close());
  const timeouts = { ...defaults.outbound.timeouts, idleMs: 100 };
  const rig = await rigFor(upstream.port, 'h1', 'http', { config: { timeouts } });
  const stream = client(rig.port).request({ ':method': 'POST', ':path': '/', ':authority': HOST });
  stream.on('error', () => undefined);
  stream.write('begun');
  const status = await new Promise((resolve) => stream.on('response', (headers) => resolve(headers[':status'])));
  expect(status).toBe(408);
  stream.destroy();
});
