// Inbound over HTTP/2 without TLS, as gRPC services have it: Lattice's identity decides, what is allowed keeps its trailers,
// what is refused never reaches the app, and both can happen on one connection at once.
import { type ClientHttp2Session, connect, createServer, type IncomingHttpHeaders } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test, vi } from 'vitest';
import { type RunningApp, startApp } from '../support/app.js';
import { NETWORK_ARN, orderPolicy, PolicyFolder, SERVICE_ARN, STACK, WEB_ARN } from '../support/policy-files.js';

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0).reverse()) close();
});

const AUTHORITY = 'orders.example.com';
const fromLattice = {
  'x-amzn-lattice-identity': `Principal=${WEB_ARN}; Type=AWS_IAM`,
  'x-amzn-lattice-target': `ServiceArn=${SERVICE_ARN}; ServiceNetworkArn=${NETWORK_ARN}`,
  'x-amzn-lattice-network': 'SourceVpcArn=arn:aws:ec2:eu-west-1:111122223333:vpc/vpc-0a1b2c3d',
};
const grpc = { ':method': 'POST', 'content-type': 'application/grpc', te: 'trailers' };

/** An app that echoes, and says in trailers how it went; `/orders.Orders/Refuse` answers with trailers only. */
async function startGrpcApp(): Promise<{ port: number; seen: IncomingHttpHeaders[] }> {
  const seen: IncomingHttpHeaders[] = [];
  const server = createServer();
  server.on('stream', (stream, headers) => {
    seen.push(headers);
    stream.on('error', () => undefined);
    const head = { ':status': 200, 'content-type': 'application/grpc' };
    if (headers[':path'] === '/orders.Orders/Refuse') {
      stream.respond({ ...head, 'grpc-status': '5', 'grpc-message': 'no such order' }, { endStream: true });
      return;
    }
    stream.respond(head, { waitForTrailers: true });
    stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': '0', 'x-rows': '3' }));
    stream.pipe(stream);
  });
  const sessions = new Set<{ destroy(): void }>();
  server.on('session', (session) => sessions.add(session));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => {
    server.close();
    for (const session of sessions) session.destroy();
  });
  return { port: (server.address() as AddressInfo).port, seen };
}

async function start(): Promise<{ app: RunningApp; seen: IncomingHttpHeaders[]; session: ClientHttp2Session }> {
  const folder = new PolicyFolder().write({ 'stack.yaml': STACK, 'orders.json': orderPolicy('POST') });
  closing.push(() => folder.remove());
  const { port, seen } = await startGrpcApp();
  const app = await startApp({
    outbound: { enabled: false },
    inbound: { enabled: true, app: `127.0.0.1:${port}`, appProtocol: 'h2', trustedPeers: ['127.0.0.1'] },
    policies: { stack: folder.stack, pollMs: 60_000 },
  });
  closing.push(() => app.close());
  const session = connect(`http://127.0.0.1:${app.ports.inbound}`);
  session.on('error', () => undefined);
  closing.push(() => session.destroy());
  return { app, seen, session };
}

interface Answer {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  readonly trailers: IncomingHttpHeaders;
  readonly rstCode: number;
}

function ask(session: ClientHttp2Session, headers: Record<string, string>, body?: string): Promise<Answer> {
  return new Promise((resolve) => {
    const stream = session.request({ ':authority': AUTHORITY, ...headers }, { endStream: body === undefined });
    const answer = { headers: {}, body: '', trailers: {} };
    stream.on('response', (value) => Object.assign(answer.headers, value));
    stream.on('trailers', (value) => Object.assign(answer.trailers, value));
    stream.setEncoding('utf8').on('data', (chunk) => {
      answer.body += chunk;
    });
    stream.on('error', () => undefined);
    stream.on('close', () => resolve({ ...answer, rstCode: stream.rstCode ?? 0 }));
    if (body !== undefined) stream.end(body);
  });
}

test('an allowed call passes whole: identity, body, trailers', async () => {
  const { app, seen, session } = await start();
  const body = 'framed '.repeat(40_000);
  const answer = await ask(session, { ...grpc, ...fromLattice, ':path': '/orders.Orders/Get' }, body);
  expect(answer.headers).toMatchObject({ ':status': 200, 'content-type': 'application/grpc' });
  expect(answer.body === body).toBe(true);
  expect(answer.trailers).toMatchObject({ 'grpc-status': '0', 'x-rows': '3' });
  expect(answer.rstCode).toBe(0);
  expect(seen[0]).toMatchObject({ ...grpc, ...fromLattice, ':authority': AUTHORITY, ':path': '/orders.Orders/Get' });
  await vi.waitFor(() =>
    expect(app.lines()).toContainEqual(
      expect.objectContaining({ log: 'access', direction: 'inbound', responseCode: 200, callerPrincipal: WEB_ARN }),
    ),
  );
});

test('an answer of trailers only stays one', async () => {
  const { session } = await start();
  const answer = await ask(session, { ...grpc, ...fromLattice, ':path': '/orders.Orders/Refuse' }, 'x');
  expect(answer.headers).toMatchObject({ ':status': 200, 'grpc-status': '5', 'grpc-message': 'no such order' });
  expect([answer.body, answer.trailers]).toEqual(['', {}]);
});

test('a refused call gets Lattice’s answer, and the app never hears of it', async () => {
  const { app, seen, session } = await start();
  const denied = await ask(session, { ...fromLattice, ':method': 'GET', ':path': '/orders/7' });
  expect(denied.headers).toMatchObject({ ':status': 403 });
  expect(denied.headers['x-lattice-auth-decision']).toBe('deny; layer=service; reason=implicitDeny');
  expect(denied.body).toContain(`User: ${WEB_ARN} is not authorized to perform: vpc-lattice-svcs:Invoke`);
  const nobody = await ask(session, { ...grpc, ':path': '/orders.Orders/Get' }, 'x'.repeat(300_000));
  expect(nobody.headers[':status']).toBe(403);
  expect(nobody.body).toContain('User: anonymous is not authorized');
  expect(nobody.rstCode).toBe(0);
  expect(seen).toEqual([]);
  await vi.waitFor(() =>
    expect(app.lines()).toContainEqual(
      expect.objectContaining({ direction: 'inbound', responseCode: 403, authDeniedReason: 'Service' }),
    ),
  );
});

test('identities differ by stream, not by connection', async () => {
  const { seen, session } = await start();
  const calls = Array.from({ length: 40 }, (_, i) => {
    const identity = i % 2 === 0 ? fromLattice : {};
    return ask(session, { ...grpc, ...identity, ':path': '/orders.Orders/Get', 'x-nth': String(i) }, `body ${i}`);
  });
  const answers = await Promise.all(calls);
  answers.forEach(({ headers, body, trailers }, i) => {
    expect(headers[':status']).toBe(i % 2 === 0 ? 200 : 403);
    if (i % 2 === 0) expect([body, trailers['grpc-status']]).toEqual([`body ${i}`, '0']);
  });
  expect(seen.every((headers) => Number(headers['x-nth']) % 2 === 0)).toBe(true);
  expect(seen).toHaveLength(20);
});
