// Bytes that are nearly HTTP, on the outbound listener, with an upstream that answers in bytes that are nearly HTTP: nothing
// crashes, nothing stays in flight, and afterwards the listener serves as before.
import type { Socket } from 'node:net';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { defaults } from '../../src/config/sidecar-config.js';
import { type Rig, startRig } from '../support/sidecar.js';
import { startScript, type TestUpstream } from '../support/upstream.js';
import { open, send } from '../support/wire.js';

const SECONDS = Number(process.env.FUZZ_SECONDS ?? 5);
const SEED = Number(process.env.SEED ?? Date.now());

let rig: Rig;
let upstream: TestUpstream;
let answer = Buffer.alloc(0);
const GOOD = Buffer.from('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok');

beforeAll(async () => {
  upstream = await startScript((socket: Socket) => socket.on('data', () => socket.write(answer)));
  const timeouts = { ...defaults.outbound.timeouts, headersMs: 150, idleMs: 150, requestHeadMs: 300, totalMs: 500 };
  rig = await startRig(upstream.port, { config: { timeouts } });
});
afterAll(() => {
  rig.close();
  upstream.close();
});

const pieces = [
  ...[
    'GET ',
    'POST ',
    'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
    '/',
    '/a?b=c',
    'http://x/',
    ' HTTP/1.1\r\n',
    ' HTTP/1.0\r\n',
  ],
  ...[
    'Host: a\r\n',
    'Content-Length: 3\r\n',
    'Content-Length: 99999999999999999999\r\n',
    'Transfer-Encoding: chunked\r\n',
  ],
  ...[
    'Connection: close\r\n',
    'Connection: upgrade\r\nUpgrade: websocket\r\n',
    'Upgrade: h2c\r\n',
    'Expect: 100-continue\r\n',
  ],
  ...[
    '\r\n',
    '\r\n\r\n',
    '\n',
    '\r',
    '\0',
    ': ',
    'abc',
    '3\r\nabc\r\n',
    '0\r\n\r\n',
    'ffffffffff\r\n',
    'x-amz-date: x\r\n',
  ],
  ...['HTTP/1.1 200 OK\r\n', 'HTTP/1.1 101 X\r\n', 'HTTP/1.1 100 X\r\n\r\n', 'HTTP/1.1 304 X\r\n', 'Set-Cookie: é\r\n'],
  ...['\x00\x00\x04\x04\x00\x00\x00\x00\x00', '\x00\x00\x00\x04\x00\x00\x00\x00\x00', '\x16\x03\x01'],
];
const bytes = fc
  .array(
    fc.oneof(
      { weight: 6, arbitrary: fc.constantFrom(...pieces) },
      { weight: 1, arbitrary: fc.string({ maxLength: 8 }) },
    ),
    {
      maxLength: 14,
    },
  )
  .map((list) => Buffer.from(list.join(''), 'latin1'));

test('no bytes on either side crash it, or keep it from its work', async () => {
  const until = performance.now() + SECONDS * 1_000;
  let tried = 0;
  await fc.assert(
    fc.asyncProperty(bytes, bytes, fc.nat(40), async (asked, answered, at) => {
      if (performance.now() > until) return;
      tried++;
      answer = answered;
      const socket = await open(rig.port);
      socket.on('error', () => undefined);
      socket.resume();
      socket.write(asked.subarray(0, at));
      socket.write(asked.subarray(at));
      await new Promise((resolve) => setTimeout(resolve, 2));
      socket.destroy();
      if (tried % 50 !== 0) return;
      answer = GOOD;
      for (const origin of rig.upstreams.all()) origin.retire();
      expect(await send(rig.port, 'GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n')).toMatch(
        /^HTTP\/1\.1 (?:200|50\d) /,
      );
    }),
    { numRuns: 1_000_000, interruptAfterTimeLimit: SECONDS * 1_000, markInterruptAsFailure: false, seed: SEED },
  );
  await new Promise((resolve) => setTimeout(resolve, 1_200));
  answer = GOOD;
  expect(await send(rig.port, 'GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n')).toMatch(/^HTTP\/1\.1 200 /);
  expect(rig.problems).toEqual([]);
  expect(tried).toBeGreaterThan(50);
});
