// Callers and upstreams that mean no good, or are broken: nothing hangs, nothing crashes, nothing is sent twice, nothing
// half-way looks whole, and who is refused learns no more than a code.
import { once } from 'node:events';
import { connect as connectHttp2, constants } from 'node:http2';
import { afterEach, describe, expect, test } from 'vitest';
import { defaults, type OutboundConfig } from '../../src/config/sidecar-config.js';
import { HOST, type Rig, type RigOptions, startRig } from '../support/sidecar.js';
import { startScript, startUpstream, type TestUpstream, untilHead } from '../support/upstream.js';
import { open, readAll, send } from '../support/wire.js';

let rig: Rig;
let upstream: TestUpstream;
afterEach(() => {
  rig?.close();
  upstream?.close();
});

const timeouts = { ...defaults.outbound.timeouts };

async function echo(config: Partial<OutboundConfig> = {}, options: RigOptions = {}): Promise<void> {
  upstream = await startUpstream((request, response) => request.pipe(response));
  rig = await startRig(upstream.port, { ...options, config: { ...config } });
}

async function stillServes(): Promise<void> {
  expect(await send(rig.port, 'GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n')).toMatch(/^HTTP\/1\.1 200 /);
}

describe('requests that could be read in two ways are refused, and nothing goes upstream', () => {
  const body = '0\r\n\r\n';
  const cases: Record<string, string> = {
    'length and chunked': `POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n${body}`,
    'chunked and length': `POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n${body}`,
    'two lengths': 'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabcd',
    'the same length twice': 'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nContent-Length: 3\r\n\r\nabc',
    'a list of lengths': 'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3, 3\r\n\r\nabc',
    'a signed length': 'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: +3\r\n\r\nabc',
    'another encoding': `POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip, chunked\r\n\r\n${body}`,
    'an encoding with a tab': `POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding:\tchunked\t, x\r\n\r\n${body}`,
    'chunked twice': `POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n${body}`,
    'a space before the colon': `POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding : chunked\r\n\r\n${body}`,
    'a folded header': 'GET / HTTP/1.1\r\nHost: a\r\nX-A: b\r\n c\r\n\r\n',
    'a bare line feed': 'GET / HTTP/1.1\nHost: a\n\n',
    'a bare carriage return': 'GET / HTTP/1.1\r\nHost: a\r\nX-A: b\rX-B: c\r\n\r\n',
    'a null in a value': 'GET / HTTP/1.1\r\nHost: a\r\nX-A: b\0c\r\n\r\n',
    'a null in the target': 'GET /a\0b HTTP/1.1\r\nHost: a\r\n\r\n',
    'two hosts': 'GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n',
    'no host': 'GET / HTTP/1.1\r\nX: y\r\n\r\n',
    'a host with a path': 'GET / HTTP/1.1\r\nHost: a/b\r\n\r\n',
    'a host with a user': 'GET / HTTP/1.1\r\nHost: u@a\r\n\r\n',
    'bytes beyond ASCII in the target': 'GET /\xff\xfe HTTP/1.1\r\nHost: a\r\n\r\n',
    'a fragment': 'GET /a#b HTTP/1.1\r\nHost: a\r\n\r\n',
    CONNECT: 'CONNECT a:443 HTTP/1.1\r\nHost: a:443\r\n\r\n',
    TRACE: 'TRACE / HTTP/1.1\r\nHost: a\r\n\r\n',
    'another scheme': 'GET ftp://a/b HTTP/1.1\r\nHost: a\r\n\r\n',
    'no HTTP at all': '\x16\x03\x01\x02\x00\x01\x00\r\n\r\n',
  };
  for (const [name, text] of Object.entries(cases)) {
    test(name, async () => {
      await echo();
      const answer = await send(rig.port, text, '"error"');
      expect(answer).toMatch(/^HTTP\/1\.1 4\d\d /);
      expect(answer).not.toContain(' 403 ');
      expect(upstream.connections()).toBe(0);
      await stillServes();
    });
  }
});

test('chunks that lie about their size end the request, and what follows is not taken for another', async () => {
  const seen: string[] = [];
  upstream = await startUpstream((request, response) => {
    seen.push(request.url ?? '');
    request.on('error', () => undefined);
    request.resume().on('end', () => response.end());
  });
  rig = await startRig(upstream.port);
  const socket = await open(rig.port);
  const answer = readAll(socket);
  socket.write(
    'POST /first HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabcdef\r\nGET /second HTTP/1.1\r\nHost: a\r\n\r\n',
  );
  await answer;
  expect(seen.filter((url) => url === '/second')).toEqual([]);
  await stillServes();
});

test('a head that is too large is refused with 431', async () => {
  await echo();
  expect(await send(rig.port, `GET / HTTP/1.1\r\nHost: a\r\nX: ${'x'.repeat(70_000)}\r\n\r\n`)).toMatch(
    /^HTTP\/1\.1 431 /,
  );
  const many = Array.from({ length: 300 }, (_, i) => `x-${i}: 1\r\n`).join('');
  expect(await send(rig.port, `GET / HTTP/1.1\r\nHost: a\r\n${many}\r\n`, '"error"')).toMatch(/^HTTP\/1\.1 431 /);
  await stillServes();
});

test('a head that comes a byte at a time is not waited for', async () => {
  await echo({ timeouts: { ...timeouts, requestHeadMs: 500 } });
  const socket = await open(rig.port);
  const ended = readAll(socket);
  const text = 'GET / HTTP/1.1\r\nHost: a\r\nX-Slow: 1';
  let sent = 0;
  const timer = setInterval(() => socket.write(text[sent++ % text.length] ?? 'x'), 40);
  const answer = await ended;
  clearInterval(timer);
  expect(answer === '' || answer.startsWith('HTTP/1.1 408')).toBe(true);
  const silent = await open(rig.port);
  await readAll(silent);
  await stillServes();
}, 15_000);

test('a body that stops coming is not waited for', async () => {
  await echo({ timeouts: { ...timeouts, idleMs: 200 } });
  const answer = await send(rig.port, 'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nabc', '"error"');
  // The upstream has begun to answer: then the answer is cut; otherwise the caller is told.
  expect(answer === '' || !answer.includes('200 OK') || !answer.endsWith('abc0\r\n\r\n')).toBe(true);
  const [exchange] = await rig.ended(1);
  expect(exchange?.errorCode).toMatch(/TIMEOUT/);
  await stillServes();
});

test('a caller that closes its half is gone: to wait for it would keep requests of callers that died', async () => {
  let closed: () => void = () => undefined;
  const cancelled = new Promise<void>((resolve) => {
    closed = resolve;
  });
  upstream = await startUpstream((_request, response) => response.on('close', closed));
  rig = await startRig(upstream.port);
  const socket = await open(rig.port);
  const answer = readAll(socket);
  socket.write('GET / HTTP/1.1\r\nHost: a\r\n\r\n');
  setTimeout(() => socket.end(), 30);
  expect(await answer).toBe('');
  await cancelled;
  expect((await rig.ended(1))[0]?.errorCode).toBe('ERR_SIDECAR_CALLER_GONE');
});

test('a caller that goes away cancels upstream, before and during the answer', async () => {
  const closed: string[] = [];
  upstream = await startUpstream((request, response) => {
    response.on('close', () => closed.push(request.url ?? ''));
    if (request.url === '/during') response.write('begun');
  });
  rig = await startRig(upstream.port);
  for (const path of ['/before', '/during']) {
    const socket = await open(rig.port);
    socket.write(`GET ${path} HTTP/1.1\r\nHost: a\r\n\r\n`);
    await new Promise((resolve) => setTimeout(resolve, 50));
    socket.resetAndDestroy();
  }
  const exchanges = await rig.ended(2);
  expect(exchanges.map(({ errorCode }) => errorCode)).toEqual(['ERR_SIDECAR_CALLER_GONE', 'ERR_SIDECAR_CALLER_GONE']);
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(closed).toEqual(['/before', '/during']);
});

describe('upstreams that break', () => {
  const head = 'HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n';
  const stages: Record<string, { answer: string; status: RegExp }> = {
    'at once': { answer: '', status: /^HTTP\/1\.1 502 / },
    'in the status line': { answer: 'HTTP/1.1 20', status: /^HTTP\/1\.1 502 / },
    'in the head': { answer: 'HTTP/1.1 200 OK\r\nContent-Le', status: /^HTTP\/1\.1 502 / },
    'after the head': { answer: head, status: /^(?:$|HTTP\/1\.1 200 )/ },
    'in the body': { answer: `${head}12345`, status: /^(?:$|HTTP\/1\.1 200 )/ },
    'in a chunk': {
      answer: 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab',
      status: /^HTTP\/1\.1 200 /,
    },
  };
  for (const [stage, { answer, status }] of Object.entries(stages)) {
    for (const how of ['end', 'reset'] as const) {
      test(`${stage}, by ${how}`, async () => {
        upstream = await startScript(async (socket) => {
          await untilHead(socket);
          socket.write(answer);
          setTimeout(() => (how === 'end' ? socket.end() : socket.resetAndDestroy()), 30);
        });
        rig = await startRig(upstream.port);
        const text = await send(
          rig.port,
          'POST / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: 2\r\n\r\nxx',
        );
        expect(text).toMatch(status);
        expect(text.endsWith('0\r\n\r\n')).toBe(false);
        expect(text).not.toMatch(/ECONN|127\.0\.0\.1|socket/);
        const [exchange] = await rig.ended(1);
        expect(exchange?.errorCode).toMatch(/^ERR_SIDECAR_UPSTREAM_/);
        expect(upstream.connections()).toBe(1); // a POST is not sent again
      });
    }
  }

  const nonsense: Record<string, string> = {
    'no HTTP': 'SSH-2.0-OpenSSH_9.6\r\n\r\n',
    'two lengths': 'HTTP/1.1 200 OK\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabcd',
    'length and chunked': 'HTTP/1.1 200 OK\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
    'a folded header': 'HTTP/1.1 200 OK\r\nX-A: b\r\n c\r\nContent-Length: 0\r\n\r\n',
    'a header that is none': 'HTTP/1.1 200 OK\r\nno colon\r\nContent-Length: 0\r\n\r\n',
    'a switch nobody asked for': 'HTTP/1.1 101 Switching\r\nUpgrade: x\r\n\r\n',
    'a head without end': `HTTP/1.1 200 OK\r\n${'X-A: b\r\n'.repeat(20_000)}`,
    'too many interim answers': 'HTTP/1.1 103 x\r\n\r\n'.repeat(100),
  };
  for (const [name, answer] of Object.entries(nonsense)) {
    test(`answers with ${name}`, async () => {
      upstream = await startScript(async (socket) => {
        await untilHead(socket);
        socket.write(answer);
      });
      rig = await startRig(upstream.port);
      const text = await send(rig.port, 'GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n');
      expect(text).toMatch(/HTTP\/1\.1 502 /);
      expect(text).toContain('ERR_SIDECAR_UPSTREAM_PROTOCOL');
    });
  }

  test('bytes after an answer are never taken for the answer to the next request', async () => {
    upstream = await startScript(async (socket) => {
      await untilHead(socket);
      socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nokHTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nforged');
    });
    rig = await startRig(upstream.port);
    for (let i = 0; i < 3; i++) {
      const text = await send(rig.port, 'GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n');
      expect(text).toContain('\r\n\r\nok');
      expect(text).not.toContain('forged');
    }
    expect(upstream.connections()).toBe(3);
  });
});

test('a request on a connection that dies before the first byte is sent once more, if that is safe', async () => {
  const heads: string[] = [];
  upstream = await startScript((socket, nth) => {
    let served = 0;
    socket.on('data', (chunk: Buffer) => {
      heads.push(chunk.toString('latin1').split(' ', 1)[0] ?? '');
      if (nth === 1 && served++ > 0) socket.resetAndDestroy();
      else socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok');
    });
  });
  rig = await startRig(upstream.port);
  const get = () => send(rig.port, 'GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n');
  await get();
  expect(await get()).toContain('ok');
  expect(heads).toEqual(['GET', 'GET', 'GET']);
  expect((await rig.ended(2)).map(({ retries }) => retries)).toEqual([0, 1]);
});

test('timeouts: connecting, waiting for an answer, in the middle of one, in all', async () => {
  upstream = await startScript(async (socket, nth) => {
    await untilHead(socket);
    if (nth > 1) socket.write('HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n123');
  });
  rig = await startRig(upstream.port, {
    config: { timeouts: { ...timeouts, headersMs: 100, idleMs: 150, totalMs: 5_000 } },
  });
  const first = await send(rig.port, 'GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n');
  expect(first).toMatch(/^HTTP\/1\.1 504 /);
  const second = await send(rig.port, 'GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n');
  expect(second).toContain('200 OK');
  const [, cut] = await rig.ended(2);
  expect(cut?.errorCode).toBe('ERR_SIDECAR_UPSTREAM_TIMEOUT');
});

test('hosts that are not on the allow-list are refused before a credential is touched', async () => {
  let asked = 0;
  upstream = await startUpstream((_request, response) => response.end());
  rig = await startRig(upstream.port, {
    config: { destination: { mode: 'host' }, allow: ['ok.example.com'] },
    credentials: () => {
      asked++;
      return Promise.reject(new Error('none'));
    },
  });
  for (const host of [
    '169.254.169.254',
    'evil.example.com',
    'ok.example.com.evil.com',
    `${HOST}.evil.com`,
    'localhost',
  ]) {
    const answer = await send(rig.port, `GET / HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`);
    expect(answer).toMatch(/^HTTP\/1\.1 403 /);
    expect(answer).toContain('ERR_SIDECAR_DESTINATION');
  }
  expect(asked).toBe(0);
  const allowed = await send(rig.port, 'GET / HTTP/1.1\r\nHost: ok.example.com\r\nConnection: close\r\n\r\n');
  expect(allowed).toMatch(/^HTTP\/1\.1 503 /);
  expect(asked).toBe(1);
});

test('HTTP/2 callers that reset every stream at once do not wear it out', async () => {
  await echo();
  const session = connectHttp2(`http://127.0.0.1:${rig.port}`);
  session.on('error', () => undefined);
  for (let i = 0; i < 500 && !session.destroyed; i++) {
    const stream = session.request({ ':path': `/${i}`, ':authority': HOST });
    stream.on('error', () => undefined);
    stream.close(constants.NGHTTP2_CANCEL);
  }
  await Promise.race([once(session, 'close'), new Promise((resolve) => setTimeout(resolve, 300))]);
  session.destroy();
  await stillServes();
  expect(rig.problems).toEqual([]);
});

test('a denied request opens no connection', async () => {
  upstream = await startUpstream((_request, response) => response.end());
  rig = await startRig(upstream.port, {
    judge: {
      judge: () => ({
        kind: 'deny',
        status: 403,
        headers: ['content-type', 'text/plain'],
        body: 'AccessDeniedException: no',
      }),
    },
  });
  const answer = await send(rig.port, 'GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n');
  expect(answer).toMatch(/^HTTP\/1\.1 403 /);
  expect(answer).toContain('AccessDeniedException: no');
  expect(upstream.connections()).toBe(0);
});

test('a judge that fails refuses', async () => {
  upstream = await startUpstream((_request, response) => response.end());
  for (const judge of [
    () => Promise.reject(new Error('x')),
    () => {
      throw new Error('x');
    },
  ]) {
    rig = await startRig(upstream.port, { judge: { judge } });
    const answer = await send(rig.port, 'GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n');
    expect(answer).toContain('ERR_SIDECAR_DECISION');
    rig.close();
  }
  expect(upstream.connections()).toBe(0);
});
