// Requests that are judged, through the whole sidecar: what is refused opens no connection, policies count from the moment
// their file has changed, shadow compares, inbound believes Lattice only; and all of it shows in log and metrics.
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test, vi } from 'vitest';
import { ask, type RunningApp, startApp } from '../support/app.js';
import { HOST, NETWORK_ARN, orderPolicy, PolicyFolder, SERVICE_ARN, STACK, WEB_ARN } from '../support/policy-files.js';
import { CREDENTIALS } from '../support/sidecar.js';
import { startUpstream, type TestUpstream } from '../support/upstream.js';
import { send } from '../support/wire.js';

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0).reverse()) close();
});

const soon = { timeout: 5_000, interval: 20 };
const plain = { scheme: 'http', protocol: 'h1', tls: { verify: true } } as const;

function folderWith(method: string): PolicyFolder {
  const folder = new PolicyFolder().swap({ 'stack.yaml': STACK, 'orders.json': orderPolicy(method) });
  closing.push(() => folder.remove());
  return folder;
}

async function latticeOf(handler: Parameters<typeof startUpstream>[0]): Promise<TestUpstream> {
  const upstream = await startUpstream(handler);
  closing.push(() => upstream.close());
  return upstream;
}

async function outboundApp(
  upstream: TestUpstream,
  preflight: 'off' | 'shadow' | 'enforce',
  stack: string | undefined,
  more: Parameters<typeof startApp>[0] = {},
): Promise<RunningApp> {
  const destination = {
    mode: 'upstream',
    target: { connect: `127.0.0.1:${upstream.port}`, signedHost: HOST },
  } as const;
  const app = await startApp({
    outbound: { preflight, destination, upstream: plain, ...more.outbound },
    policies: { stack, caller: 'web', pollMs: 60_000 },
    log: { ...more.log },
  });
  closing.push(() => app.close());
  return app;
}

const get = (app: RunningApp, method = 'GET', path = '/orders/7', headers: Record<string, string> = {}) =>
  ask(app.ports.outbound ?? 0, method, path, headers);

const denial = `AccessDeniedException: User: ${WEB_ARN} is not authorized to perform: vpc-lattice-svcs:Invoke on resource: ${SERVICE_ARN}/orders/7 because no service-based policy allows the vpc-lattice-svcs:Invoke action`;

test('preflight enforce: a denial costs no connection and is Lattice’s own; a new policy counts at once', async () => {
  const folder = folderWith('PUT');
  const upstream = await latticeOf((_request, response) => response.end('hello'));
  const app = await outboundApp(upstream, 'enforce', folder.stack);
  const denied = await get(app);
  expect(denied).toMatchObject({ status: 403, body: denial });
  expect(denied.headers['x-lattice-auth-decision']).toBe('deny; layer=service; reason=implicitDeny');
  expect(upstream.connections()).toBe(0);
  expect((await get(app, 'PUT')).body).toBe('hello');
  folder.swap({ 'stack.yaml': STACK, 'orders.json': orderPolicy('GET') });
  await vi.waitFor(async () => expect((await get(app)).status).toBe(200), soon);
  expect((await get(app, 'PUT')).status).toBe(403);
  expect(app.lines()).toContainEqual(
    expect.objectContaining({
      log: 'access',
      responseCode: 403,
      authDeniedReason: 'Service',
      callerPrincipal: WEB_ARN,
      decision: expect.objectContaining({ mode: 'enforce', effect: 'deny', layer: 'service', reason: 'implicitDeny' }),
    }),
  );
  expect((await app.metrics('decisions_total')).join('\n')).toContain(
    'direction="outbound",mode="enforce",effect="deny",layer="service",reason="implicitDeny"',
  );
});

test('a bad policy turns readiness red; the last good one goes on deciding', async () => {
  const folder = folderWith('GET');
  const upstream = await latticeOf((_request, response) => response.end('hello'));
  const app = await outboundApp(upstream, 'enforce', folder.stack);
  await vi.waitFor(async () => expect(await app.ready()).toBe(200), soon);
  folder.swap({ 'stack.yaml': STACK, 'orders.json': '{"Statement": {"Effect": "Alow"}}' });
  await vi.waitFor(async () => expect(await app.ready()).toBe(503), soon);
  expect((await get(app)).status).toBe(200);
  expect((await get(app, 'DELETE')).status).toBe(403);
  expect(await app.metrics('policies_usable')).toEqual(['lattice_auth_proxy_policies_usable 0']);
  folder.swap({ 'stack.yaml': STACK, 'orders.json': orderPolicy('DELETE') });
  await vi.waitFor(async () => expect(await app.ready()).toBe(200), soon);
  expect((await get(app, 'DELETE')).status).toBe(200);
});

test('without policies that can be read, enforce refuses everything', async () => {
  const folder = folderWith('GET');
  folder.swap({ 'stack.yaml': '{', 'orders.json': '{' });
  const upstream = await latticeOf((_request, response) => response.end('hello'));
  const app = await outboundApp(upstream, 'enforce', folder.stack);
  const refused = await get(app);
  expect(refused.status).toBe(403);
  expect(refused.headers['x-lattice-auth-decision']).toBe('error; reason=noPolicies');
  expect(upstream.connections()).toBe(0);
  expect(await app.ready()).toBe(503);
});

test('preflight shadow: everything goes out; what Lattice answers is compared', async () => {
  const folder = folderWith('GET');
  const upstream = await latticeOf((request, response) => {
    const isDenied = request.headers['x-deny'] !== undefined;
    response.writeHead(isDenied ? 403 : 200).end(isDenied ? denial : 'hello');
  });
  const app = await outboundApp(upstream, 'shadow', folder.stack);
  expect((await get(app)).body).toBe('hello');
  expect((await get(app, 'GET', '/orders/7', { 'x-deny': 'yes' })).body).toBe(denial);
  expect((await get(app, 'PUT')).status).toBe(200);
  expect((await get(app, 'PUT', '/orders/7', { 'x-deny': 'yes' })).status).toBe(403);
  await vi.waitFor(async () => {
    expect((await app.metrics('preflight_agreement_total')).sort()).toEqual([
      'lattice_auth_proxy_preflight_agreement_total{outcome="agree"} 2',
      'lattice_auth_proxy_preflight_agreement_total{outcome="allowedButDenied"} 1',
      'lattice_auth_proxy_preflight_agreement_total{outcome="deniedButAllowed"} 1',
    ]);
  }, soon);
  const differences = app.lines().filter(({ message }) => message === 'Lattice decided otherwise');
  expect(differences.map(({ outcome }) => outcome)).toEqual(['allowedButDenied', 'deniedButAllowed']);
});

interface AppBehind {
  readonly port: number;
  readonly seen: IncomingMessage[];
  upgrades: number;
}

async function appBehind(): Promise<AppBehind> {
  const seen: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    seen.push(request);
    request.pipe(response);
  });
  const behind = { port: 0, seen, upgrades: 0 };
  server.on('upgrade', (_request, socket) => {
    behind.upgrades += 1;
    socket.end('HTTP/1.1 101 Switching Protocols\r\nconnection: Upgrade\r\nupgrade: websocket\r\n\r\nhello');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => {
    server.close();
    server.closeAllConnections();
  });
  return Object.assign(behind, { port: (server.address() as AddressInfo).port });
}

async function inboundApp(
  behind: AppBehind,
  more: Partial<NonNullable<Parameters<typeof startApp>[0]['inbound']>>,
): Promise<RunningApp> {
  const folder = folderWith('GET');
  const app = await startApp({
    outbound: { enabled: false },
    inbound: { enabled: true, app: `127.0.0.1:${behind.port}`, ...more },
    policies: { stack: folder.stack, pollMs: 60_000 },
  });
  closing.push(() => app.close());
  return app;
}

const fromLattice = {
  'x-amzn-lattice-identity': `Principal=${WEB_ARN}; Type=AWS_IAM`,
  'x-amzn-lattice-target': `ServiceArn=${SERVICE_ARN}; ServiceNetworkArn=${NETWORK_ARN}`,
  'x-amzn-lattice-network': 'SourceVpcArn=arn:aws:ec2:eu-west-1:111122223333:vpc/vpc-0a1b2c3d',
};

test('inbound: a believed peer’s identity decides, and reaches the app', async () => {
  const behind = await appBehind();
  const app = await inboundApp(behind, { trustedPeers: ['127.0.0.0/8'] });
  const port = app.ports.inbound ?? 0;
  expect((await ask(port, 'GET', '/orders/7', fromLattice)).status).toBe(200);
  expect(behind.seen[0]?.headers).toMatchObject(fromLattice);
  const denied = await ask(port, 'DELETE', '/orders/7', fromLattice);
  expect(denied).toMatchObject({ status: 403, body: denial });
  expect(behind.seen).toHaveLength(1);
  expect((await ask(port, 'GET', '/orders/7')).body).toContain('User: anonymous is not authorized');
  expect(app.lines()).toContainEqual(
    expect.objectContaining({ direction: 'inbound', callerPrincipal: 'anonymous', authDeniedReason: 'Service' }),
  );
});

test('inbound: nobody else’s identity is believed, or reaches the app', async () => {
  const behind = await appBehind();
  const enforcing = await inboundApp(behind, {});
  expect((await ask(enforcing.ports.inbound ?? 0, 'GET', '/orders/7', fromLattice)).status).toBe(403);
  expect(behind.seen).toHaveLength(0);
  for (const mode of ['shadow', 'off'] as const) {
    const app = await inboundApp(behind, { mode });
    const headers = { ...fromLattice, X_Amzn_Lattice_Identity: 'Principal=x', 'x-kept': 'yes' };
    expect((await ask(app.ports.inbound ?? 0, 'GET', '/orders/7', headers)).status).toBe(200);
    const seen = behind.seen.at(-1)?.headers ?? {};
    expect(Object.keys(seen).filter((name) => name.includes('lattice'))).toEqual([]);
    expect(seen['x-kept']).toBe('yes');
  }
});

test('inbound: a caller cannot take its identity out by naming it in Connection', async () => {
  const behind = await appBehind();
  const app = await inboundApp(behind, { trustedPeers: ['127.0.0.1'] });
  const headers = { ...fromLattice, connection: 'close, X-Amzn-Lattice-Identity, x-dropped', 'x-dropped': 'yes' };
  expect((await ask(app.ports.inbound ?? 0, 'GET', '/orders/7', headers)).status).toBe(200);
  expect(behind.seen[0]?.headers).toMatchObject(fromLattice);
  expect(behind.seen[0]?.headers['x-dropped']).toBeUndefined();
});

test('inbound: a switch of protocols is judged like any request', async () => {
  const behind = await appBehind();
  const app = await inboundApp(behind, { trustedPeers: ['127.0.0.1'] });
  const upgrade = { connection: 'Upgrade', upgrade: 'websocket' };
  const port = app.ports.inbound ?? 0;
  expect((await ask(port, 'GET', '/orders/7', { ...upgrade })).status).toBe(403);
  expect(behind.upgrades).toBe(0);
  const answer = await send(port, requestText({ ...fromLattice, ...upgrade }), 'HTTP/1.1 101');
  expect(answer).toContain('HTTP/1.1 101');
  expect(behind.upgrades).toBe(1);
});

function requestText(headers: Record<string, string>): string {
  const lines = Object.entries({ host: 'orders.example.com', ...headers }).map(([name, value]) => `${name}: ${value}`);
  return `GET /orders/7 HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`;
}

test('trace context is passed on untouched, and stands in the log', async () => {
  const seen: IncomingMessage[] = [];
  const upstream = await latticeOf((request, response) => {
    seen.push(request);
    response.end();
  });
  const app = await outboundApp(upstream, 'off', undefined);
  const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
  const tracestate = 'vendor=a,other=b';
  await get(app, 'GET', '/', { traceparent, tracestate });
  expect(seen[0]?.headers).toMatchObject({ traceparent, tracestate });
  await vi.waitFor(
    () => expect(app.lines()).toContainEqual(expect.objectContaining({ log: 'access', traceparent })),
    soon,
  );
});

test.each(['header', 'query'] as const)(
  'all output at the loudest, signature in the %s: no secret, no token, no signature',
  async (placement) => {
    const signatures: string[] = [];
    const upstream = await latticeOf((request, response) => {
      const text = `${request.url} ${request.headers.authorization}`;
      signatures.push(...[...text.matchAll(/Signature=([0-9a-f]{64})/g)].map(([, signature = '']) => signature));
      response.writeHead(500).end();
    });
    const { signing } = (await import('../../src/config/sidecar-config.js')).defaults.outbound;
    const log = { level: 'debug', access: 'all', signing: true } as const;
    const app = await outboundApp(upstream, 'off', undefined, {
      log,
      outbound: { signing: { ...signing, placement } },
    });
    await get(app, 'POST', `/a?X-Amz-Security-Token=${CREDENTIALS.sessionToken}&b=${CREDENTIALS.secretAccessKey}`);
    await get(app, 'GET', '/b', {
      authorization: `Bearer ${CREDENTIALS.sessionToken}`,
      'user-agent': CREDENTIALS.secretAccessKey,
    });
    expect(signatures.length).toBeGreaterThanOrEqual(1);
    await vi.waitFor(() => expect(app.lines().filter(({ log: kind }) => kind === 'access')).toHaveLength(2), soon);
    expect(app.lines().filter(({ message }) => message === 'signed').length).toBeGreaterThanOrEqual(1);
    const { body: metrics } = await ask(app.ports.admin ?? 0, 'GET', '/metrics');
    const { body: config } = await ask(app.ports.admin ?? 0, 'GET', '/config');
    const secrets = [CREDENTIALS.secretAccessKey, CREDENTIALS.sessionToken, ...signatures];
    for (const secret of secrets) {
      for (const text of [app.text(), metrics, config]) {
        expect(text).not.toContain(secret);
        expect(text).not.toContain(encodeURIComponent(secret));
      }
    }
  },
);
