// HTTP/2 answers that come before the end of a large request, on either side: the answer arrives whole, and no stream stays
// behind. Node waits for what it has still to write even on a stream that the other side has reset without an error.
import { connect, createServer, type ServerHttp2Stream } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test, vi } from 'vitest';
import type { RequestJudge } from '../../src/http/exchange.js';
import { HOST, type Rig, type RigOptions, startRig } from '../support/sidecar.js';

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0).reverse()) close();
});

/** More than a stream's window, with much or with little waiting to be written behind it. */
const LARGE = Buffer.alloc(600_000, 120);
const LITTLE_MORE = Buffer.alloc(70_000, 120);
const NO_ERROR = 0;

async function startUpstream(handler: (stream: ServerHttp2Stream) => void): Promise<number> {
  const server = createServer();
  server.on('stream', (stream) => {
    stream.on('error', () => undefined);
    handler(stream);
  });
  const sessions = new Set<{ destroy(): void }>();
  server.on('session', (session) => sessions.add(session));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => {
    server.close();
    for (const session of sessions) session.destroy();
  });
  return (server.address() as AddressInfo).port;
}

async function rigFor(port: number, options: RigOptions = {}): Promise<Rig> {
  const config = { upstream: { scheme: 'http', protocol: 'h2', tls: { verify: true } } } as const;
  const rig = await startRig(port, { ...options, config });
  closing.push(() => rig.close());
  return rig;
}

interface Answer {
  readonly status: number;
  readonly text: string;
  readonly closed: boolean;
}

/** Sends all of the body at once, ended or not; resolves when the stream has closed, or half a second after its answer ended. */
function upload(port: number, body: Buffer, ended = true): Promise<Answer> {
  const session = connect(`http://127.0.0.1:${port}`);
  session.on('error', () => undefined);
  closing.push(() => session.destroy());
  return new Promise((resolve) => {
    const stream = session.request({ ':method': 'POST', ':authority': HOST, ':path': '/a' });
    let [status, text] = [0, ''];
    const done = (closed: boolean) => resolve({ status, text, closed });
    stream.on('response', (headers) => {
      status = Number(headers[':status']);
    });
    stream.setEncoding('utf8').on('data', (chunk) => {
      text += chunk;
    });
    stream.on('error', () => undefined);
    stream.on('close', () => done(true));
    stream.on('end', () => setTimeout(() => done(false), 500));
    stream.write(body);
    if (ended) stream.end();
  });
}

const openStreams = (rig: Rig) =>
  [...rig.upstreams.all()].map((origin) => origin.stats()).map(({ open, idle }) => open - idle);

const denying: RequestJudge = {
  judge: () => ({ kind: 'deny', status: 403, headers: ['content-type', 'text/plain'], body: 'not you' }),
};

test('a refusal before the end of a large request: the answer arrives, and the stream ends', async () => {
  const rig = await rigFor(await startUpstream(() => undefined), { judge: denying });
  expect(await upload(rig.port, LARGE)).toEqual({ status: 403, text: 'not you', closed: true });
  const [exchange] = await rig.ended(1);
  expect(exchange).toMatchObject({ status: 403, errorCode: 'ERR_SIDECAR_DENIED' });
});

test('a request that does not end after its refusal is stopped, without an error', async () => {
  const rig = await rigFor(await startUpstream(() => undefined), { judge: denying });
  const session = connect(`http://127.0.0.1:${rig.port}`);
  closing.push(() => session.destroy());
  const stream = session.request({ ':method': 'POST', ':authority': HOST, ':path': '/a' });
  const closed = new Promise<number | undefined>((resolve) => stream.on('close', () => resolve(stream.rstCode)));
  stream.resume().write('x');
  await rig.ended(1);
  expect(await closed).toBe(NO_ERROR);
});

test.each([
  [LARGE, true],
  [LARGE, false],
  [LITTLE_MORE, true],
])('an upstream that answers early and resets: no stream is left over', async (body, ended) => {
  const port = await startUpstream((stream) => {
    stream.respond({ ':status': 413 });
    stream.end('too large', () => stream.close(NO_ERROR));
  });
  const rig = await rigFor(port);
  expect(await upload(rig.port, body, ended)).toMatchObject({ status: 413, text: 'too large' });
  await rig.ended(1);
  await vi.waitFor(() => expect(openStreams(rig)).toEqual([0]), { timeout: 3_000 });
});

test.each([LARGE, LITTLE_MORE])(
  'an upstream that answers early and never reads on: no stream is left over',
  async (body) => {
    const port = await startUpstream((stream) => {
      stream.pause();
      stream.respond({ ':status': 200 });
      stream.end('enough');
    });
    const rig = await rigFor(port);
    expect(await upload(rig.port, body)).toMatchObject({ status: 200, text: 'enough' });
    await rig.ended(1);
    await vi.waitFor(() => expect(openStreams(rig)).toEqual([0]), { timeout: 3_000 });
  },
);
