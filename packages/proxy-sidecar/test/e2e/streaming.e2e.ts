// Bodies on their way: nothing is collected, whoever is slow slows the other, events arrive as they are sent, connections
// that switch protocols stay open, and every byte comes out as it went in.
import { createHash } from 'node:crypto';
import { createServer, request as httpRequest, type IncomingMessage } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import fc from 'fast-check';
import { afterEach, expect, test } from 'vitest';
import { type Rig, startRig } from '../support/sidecar.js';
import { startScript, startUpstream, type TestUpstream, untilHead } from '../support/upstream.js';
import { open, readAll } from '../support/wire.js';

const RUNS = Number(process.env.RUNS ?? 40);
const SEED = Number(process.env.SEED ?? Date.now());

let rig: Rig;
let upstream: TestUpstream;
afterEach(() => {
  rig?.close();
  upstream?.close();
});

const tick = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

test('server-sent events arrive as they are sent', async () => {
  upstream = await startUpstream(async (_request, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    for (let i = 0; i < 4; i++) {
      response.write(`data: ${i}\n\n`);
      await tick(60);
    }
    response.end();
  });
  rig = await startRig(upstream.port);
  const times: number[] = [];
  await new Promise<void>((resolve) => {
    httpRequest({ port: rig.port, agent: false }, (response) => {
      response.on('data', () => times.push(performance.now()));
      response.on('end', () => resolve());
    }).end();
  });
  expect(times).toHaveLength(4);
  expect((times[3] ?? 0) - (times[0] ?? 0)).toBeGreaterThan(120);
});

test('headers arrive before the first byte of a body that is long in coming', async () => {
  upstream = await startUpstream((_request, response) => response.writeHead(200, { 'x-early': '1' }).flushHeaders());
  rig = await startRig(upstream.port);
  const socket = await open(rig.port);
  socket.write('GET / HTTP/1.1\r\nHost: a\r\n\r\n');
  expect(await readAll(socket, 'x-early')).toContain('200 OK');
  socket.destroy();
});

test('a slow reader slows the upstream, and the sidecar keeps little', async () => {
  let written = 0;
  upstream = await startUpstream((_request, response) => {
    const chunk = Buffer.alloc(65_536);
    const more = () => {
      while (written < 200_000_000 && !response.destroyed) {
        written += chunk.length;
        if (!response.write(chunk)) {
          response.once('drain', more);
          return;
        }
      }
    };
    more();
  });
  rig = await startRig(upstream.port);
  const socket = await open(rig.port);
  socket.pause();
  socket.write('GET / HTTP/1.1\r\nHost: a\r\n\r\n');
  await tick(300);
  const soFar = written;
  await tick(200);
  // What the kernel's buffers on two connections take, and not a byte more as long as nobody reads.
  expect(written).toBe(soFar);
  expect(written).toBeLessThan(40_000_000);
  socket.destroy();
});

test('a slow upstream slows the caller', async () => {
  upstream = await startScript(async (socket) => {
    await untilHead(socket);
    socket.pause();
  });
  rig = await startRig(upstream.port);
  const socket = await open(rig.port);
  socket.write('PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 200000000\r\n\r\n');
  const chunk = Buffer.alloc(65_536);
  let written = 0;
  const more = () => {
    while (written < 200_000_000 && !socket.destroyed) {
      written += chunk.length;
      if (!socket.write(chunk)) {
        socket.once('drain', more);
        return;
      }
    }
  };
  more();
  await tick(500);
  expect(written).toBeLessThan(40_000_000);
  socket.destroy();
});

test('bytes in are bytes out, however they are cut', async () => {
  upstream = await startUpstream((request, response) => {
    const length = request.headers['content-length'];
    response.writeHead(200, length === undefined ? {} : { 'content-length': length });
    request.pipe(response);
  });
  rig = await startRig(upstream.port);
  const chunks = fc.array(fc.uint8Array({ minLength: 1, maxLength: 5_000 }), { minLength: 0, maxLength: 12 });
  await fc.assert(
    fc.asyncProperty(chunks, fc.boolean(), fc.boolean(), async (list, chunked, pauses) => {
      const parts = list.map((part) => Buffer.from(part));
      const whole = Buffer.concat(parts);
      const got = await new Promise<Buffer>((resolve, reject) => {
        const headers = chunked ? { 'transfer-encoding': 'chunked' } : { 'content-length': String(whole.length) };
        const request = httpRequest({ port: rig.port, method: 'PUT', headers, agent: false }, (response) => {
          const received: Buffer[] = [];
          response.on('data', (chunk: Buffer) => received.push(chunk));
          response.on('end', () => resolve(Buffer.concat(received)));
          response.on('error', reject);
        });
        request.on('error', reject);
        void (async () => {
          for (const part of parts) {
            request.write(part);
            if (pauses) await tick(0);
          }
          request.end();
        })();
      });
      expect(got.equals(whole)).toBe(true);
    }),
    { numRuns: RUNS, seed: SEED },
  );
  expect(rig.problems).toEqual([]);
}, 60_000);

test('header values keep every byte', async () => {
  upstream = await startUpstream((request, response) => {
    response.writeHead(200, ['x-back', request.rawHeaders[request.rawHeaders.indexOf('X-There') + 1] ?? '']).end();
  });
  rig = await startRig(upstream.port);
  const socket = await open(rig.port);
  const answer = readAll(socket);
  socket.write('GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nX-There: caf\xe9 \x80\xff end\r\n\r\n', 'latin1');
  expect(await answer).toContain('x-back: caf\xe9 \x80\xff end\r\n');
});

test('a large body goes through whole', async () => {
  const hash = createHash('sha256');
  const sent = createHash('sha256');
  upstream = await startUpstream((request, response) => {
    request.on('data', (chunk: Buffer) => hash.update(chunk));
    request.on('end', () => response.end('done'));
  });
  rig = await startRig(upstream.port);
  await new Promise<void>((resolve, reject) => {
    const request = httpRequest({ port: rig.port, method: 'POST', agent: false }, (response) => {
      response.resume().on('end', () => resolve());
    });
    request.on('error', reject);
    const chunk = Buffer.alloc(100_003, 'abcdefghij');
    let left = 300;
    const more = () => {
      while (left-- > 0) {
        sent.update(chunk);
        if (!request.write(chunk)) {
          request.once('drain', more);
          return;
        }
      }
      request.end();
    };
    more();
  });
  expect(hash.digest('hex')).toBe(sent.digest('hex'));
});

test('a WebSocket upgrade passes, bytes flow both ways, and closing closes', async () => {
  const server = createServer();
  server.on('upgrade', (request: IncomingMessage, socket: Socket, head: Buffer) => {
    expect(request.headers.authorization).toContain('AWS4-HMAC-SHA256');
    socket.write(
      'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: x\r\n\r\nhello ',
    );
    socket.write(head);
    socket.on('data', (chunk) => socket.write(`[${chunk}]`));
    socket.on('end', () => socket.end());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  rig = await startRig((server.address() as AddressInfo).port);
  const socket = await open(rig.port);
  socket.write(
    'GET /ws HTTP/1.1\r\nHost: a\r\nConnection: keep-alive, Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: k\r\n\r\nfirst',
  );
  expect(await readAll(socket, 'first')).toMatch(/^HTTP\/1\.1 101 [\s\S]*Upgrade: websocket[\s\S]*hello /i);
  const echoed = readAll(socket, '[ping]');
  socket.write('ping');
  await echoed;
  socket.end();
  const [exchange] = await rig.ended(1);
  expect(exchange).toMatchObject({ status: 101, errorCode: undefined });
  server.close();
});

test('an upgrade that the upstream refuses is an answer like any other', async () => {
  upstream = await startUpstream((_request, response) => response.writeHead(426).end('no'));
  rig = await startRig(upstream.port);
  const socket = await open(rig.port);
  const answer = readAll(socket);
  socket.write('GET /ws HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n');
  expect(await answer).toMatch(/^HTTP\/1\.1 426 [\s\S]*no/);
});

test('a request that would rather be HTTP/2 is answered in HTTP/1.1, with its body', async () => {
  upstream = await startUpstream((request, response) => {
    expect(request.headers.upgrade).toBeUndefined();
    request.pipe(response);
  });
  rig = await startRig(upstream.port);
  const ask = async (head: string, body: string) => {
    const socket = await open(rig.port);
    const answer = readAll(socket, body === '' ? '\r\n\r\n' : undefined);
    socket.write(
      `${head} / HTTP/1.1\r\nHost: a\r\nConnection: close, Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABk\r\n`,
    );
    socket.write(`Content-Length: ${body.length}\r\n\r\n${body}`);
    const text = await answer;
    socket.destroy();
    return text;
  };
  expect(await ask('GET', '')).toMatch(/^HTTP\/1\.1 200 /);
  // Before Node 24.9 the parser takes it for a switch, and the body for what comes after: then it is refused, not cut.
  expect(await ask('POST', 'the body')).toMatch(/^HTTP\/1\.1 (?:200 [\s\S]*the body|400 )/);
});

test('a WebSocket request with a body is refused', async () => {
  upstream = await startUpstream((_request, response) => response.end());
  rig = await startRig(upstream.port);
  const socket = await open(rig.port);
  const answer = readAll(socket, '"error"');
  socket.write(
    'POST / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nContent-Length: 3\r\n\r\nabc',
  );
  expect(await answer).toMatch(/^HTTP\/1\.1 400 /);
  expect(upstream.connections()).toBe(0);
});
