// The outbound listener over TLS: ALPN chooses between HTTP/1.1 and HTTP/2, callers show a certificate where one is asked
// for, a new certificate is taken from its files while the process runs, and a caller that never ends its handshake holds
// up no end.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type ClientHttp2Session, connect as connectHttp2 } from 'node:http2';
import { request as httpsRequest } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ConnectionOptions, connect as connectTls, type TLSSocket } from 'node:tls';
import { afterEach, expect, test, vi } from 'vitest';
import { defaults } from '../../src/config/sidecar-config.js';
import { Listener } from '../../src/http/listener.js';
import { type RunningApp, startApp } from '../support/app.js';
import { CERTIFICATE, KEY, OTHER_CERTIFICATE, OTHER_KEY } from '../support/certificate.js';
import { HOST } from '../support/sidecar.js';
import { startUpstream, type TestUpstream } from '../support/upstream.js';
import { open } from '../support/wire.js';

const LOOK_MS = 10_000;
const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0).reverse()) close();
  vi.useRealTimers();
});

interface Setup {
  readonly app: RunningApp;
  readonly upstream: TestUpstream;
  readonly port: number;
  write(name: 'tls.crt' | 'tls.key', text: string): void;
}

async function start(options: { clientCa?: string } = {}): Promise<Setup> {
  const folder = mkdtempSync(join(tmpdir(), 'sidecar-tls-'));
  const write = (name: string, text: string) => writeFileSync(join(folder, name), text);
  closing.push(() => rmSync(folder, { recursive: true }));
  write('tls.crt', CERTIFICATE);
  write('tls.key', KEY);
  if (options.clientCa !== undefined) write('ca.crt', options.clientCa);
  const upstream = await startUpstream((request, response) => {
    response.setHeader('x-seen', request.headers.host ?? '');
    request.pipe(response);
  });
  closing.push(() => upstream.close());
  const app = await startApp({
    outbound: {
      tls: {
        certFile: join(folder, 'tls.crt'),
        keyFile: join(folder, 'tls.key'),
        clientCaFile: options.clientCa === undefined ? undefined : join(folder, 'ca.crt'),
      },
      upstream: { scheme: 'http', protocol: 'h1', tls: { verify: true } },
      destination: { mode: 'upstream', target: { connect: `127.0.0.1:${upstream.port}`, signedHost: HOST } },
    },
  });
  closing.push(() => app.close());
  return { app, upstream, port: app.ports.outbound ?? 0, write };
}

/** Believes the certificates of these tests; they name no host. */
const trusting = { ca: [CERTIFICATE, OTHER_CERTIFICATE], checkServerIdentity: () => undefined };

interface Answer {
  readonly status: number;
  readonly seen: unknown;
  readonly body: string;
}

function askH1(port: number, body: string, options: ConnectionOptions = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const to = { ...trusting, ...options, host: '127.0.0.1', port, method: 'POST', path: '/a', agent: false };
    const request = httpsRequest(to, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk) => {
        text += chunk;
      });
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, seen: response.headers['x-seen'], body: text }),
      );
    });
    request.on('error', reject).end(body);
  });
}

function askH2(port: number, body: string, options: ConnectionOptions = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const session: ClientHttp2Session = connectHttp2(`https://127.0.0.1:${port}`, { ...trusting, ...options });
    closing.push(() => session.destroy());
    session.on('error', reject);
    const stream = session.request({ ':method': 'POST', ':path': '/a' });
    let head: Record<string, unknown> = {};
    let text = '';
    stream.on('response', (headers) => {
      head = headers;
    });
    stream.setEncoding('utf8').on('data', (chunk) => {
      text += chunk;
    });
    stream.on('error', reject);
    stream.on('close', () => {
      if (head[':status'] === undefined) reject(new Error('no answer'));
      else resolve({ status: Number(head[':status']), seen: head['x-seen'], body: text });
    });
    stream.end(body);
  });
}

/** A handshake: what came of it, and the name on the certificate. */
function shake(port: number, options: ConnectionOptions): Promise<{ alpn: unknown; name: unknown; socket: TLSSocket }> {
  return new Promise((resolve, reject) => {
    const socket = connectTls({ ...trusting, ...options, host: '127.0.0.1', port });
    closing.push(() => socket.destroy());
    socket.once('error', reject);
    socket.once('secureConnect', () => {
      resolve({ alpn: socket.alpnProtocol, name: socket.getPeerCertificate().subject.CN, socket });
    });
  });
}

test('ALPN says which protocol; without it, it is HTTP/1.1; both are signed and sent on', async () => {
  const { port, app } = await start();
  expect((await shake(port, { ALPNProtocols: ['h2', 'http/1.1'] })).alpn).toBe('h2');
  expect((await shake(port, { ALPNProtocols: ['http/1.1'] })).alpn).toBe('http/1.1');
  expect((await shake(port, {})).alpn).toBe(false);
  await expect(shake(port, { ALPNProtocols: ['spdy/3'] })).rejects.toThrow();
  const body = 'x'.repeat(200_000);
  expect(await askH1(port, body)).toEqual({ status: 200, seen: HOST, body });
  expect(await askH2(port, body)).toEqual({ status: 200, seen: HOST, body });
  await vi.waitFor(() => {
    const access = app.lines().filter(({ log }) => log === 'access');
    expect(access.map(({ protocol }) => protocol)).toHaveLength(2);
  });
});

test('plain text on it gets no answer, and harms nobody', async () => {
  const { port, upstream } = await start();
  const socket = await open(port);
  const closed = new Promise((resolve) => socket.on('error', () => undefined).once('close', resolve));
  socket.resume().on('end', () => socket.end());
  socket.write('GET / HTTP/1.1\r\nHost: a\r\n\r\n');
  await closed;
  expect(upstream.connections()).toBe(0);
  expect((await askH1(port, 'x')).status).toBe(200);
});

test.each([
  ['http/1.1', askH1],
  ['h2', askH2],
] as const)('client certificates, %s: none and a foreign one are refused, the right one passes', async (_, ask) => {
  const { port, upstream } = await start({ clientCa: CERTIFICATE });
  await expect(ask(port, 'x')).rejects.toThrow();
  await expect(ask(port, 'x', { cert: OTHER_CERTIFICATE, key: OTHER_KEY })).rejects.toThrow();
  expect(upstream.connections()).toBe(0);
  expect((await ask(port, 'x', { cert: CERTIFICATE, key: KEY })).body).toBe('x');
});

test('a new certificate counts for new connections; half of a pair changes nothing; open connections stay', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  const { app, port, write } = await start({ clientCa: CERTIFICATE });
  const own = { cert: CERTIFICATE, key: KEY };
  const before = await shake(port, { ...own, ALPNProtocols: ['http/1.1'] });
  expect(before.name).toBe('sidecar-test');
  write('tls.crt', OTHER_CERTIFICATE);
  vi.advanceTimersByTime(LOOK_MS);
  expect((await shake(port, own)).name).toBe('sidecar-test');
  expect(app.lines().map(({ message }) => message)).toContain('the new certificate of a listener cannot be used');
  write('tls.key', OTHER_KEY);
  vi.advanceTimersByTime(LOOK_MS);
  expect((await shake(port, own)).name).toBe('sidecar-test-renewed');
  expect(app.lines().map(({ message }) => message)).toContain('the certificate of a listener is renewed');
  expect(app.text()).not.toContain('PRIVATE KEY');
  // Callers are still asked for a certificate, and the protocol is still agreed on.
  await expect(askH1(port, 'x')).rejects.toThrow();
  expect((await askH2(port, 'x', own)).body).toBe('x');
  const answer = new Promise<string>((resolve) => before.socket.once('data', (data) => resolve(String(data))));
  before.socket.write('GET /a HTTP/1.1\r\nHost: a\r\n\r\n');
  expect(await answer).toContain('HTTP/1.1 200');
});

test('a handshake that never ends counts as a connection, and does not hold up the end', async () => {
  const { limits, timeouts } = defaults.outbound;
  const listener = new Listener({
    listen: { host: '127.0.0.1', port: 0 },
    tls: { cert: CERTIFICATE, key: KEY },
    limits,
    timeouts,
    handle: () => undefined,
  });
  closing.push(() => listener.destroy());
  const socket = await open(await listener.open());
  closing.push(() => socket.destroy());
  const closed = new Promise((resolve) => socket.on('error', () => undefined).once('close', resolve));
  socket.resume().on('end', () => socket.end());
  await vi.waitFor(() => expect(listener.connections).toBe(1));
  const startedAtMs = performance.now();
  await listener.drain(50);
  await closed;
  expect(performance.now() - startedAtMs).toBeLessThan(3_000);
});
