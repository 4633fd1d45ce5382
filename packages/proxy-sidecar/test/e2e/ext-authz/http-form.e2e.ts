// Envoy's external authorization as HTTP, with real sockets: what Envoy sends for it, what it takes for a yes, and what a caller
// could make of paths and headers.
import { writeFileSync } from 'node:fs';
import { connect } from 'node:http2';
import { join } from 'node:path';
import { signRequest } from '@lattice-auth/sigv4-fetch/core';
import { afterEach, expect, test, vi } from 'vitest';
import { type Answer, ask, type RunningApp, startApp } from '../../support/app.js';
import { encodeRequest } from '../../support/ext-authz/envoy-protocol.js';
import { NETWORK_ARN, orderPolicy, PolicyFolder, SERVICE_ARN, STACK, WEB_ARN } from '../../support/policy-files.js';
import { CREDENTIALS, REGION } from '../../support/sidecar.js';
import { send } from '../../support/wire.js';

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0).reverse()) close();
});

type ExtAuthz = NonNullable<Parameters<typeof startApp>[0]['extAuthz']>;
const http = { pathPrefix: '/check', peerHeader: 'X-Lattice-Auth-Peer', metadataHeaders: false };

async function start(
  config: ExtAuthz = {},
  policy = orderPolicy('GET'),
): Promise<RunningApp & { port: number; files: PolicyFolder }> {
  const files = new PolicyFolder().write({ 'stack.yaml': STACK, 'orders.json': policy });
  closing.push(() => files.remove());
  writeFileSync(join(files.path, 'keys.json'), JSON.stringify([{ ...CREDENTIALS, principal: 'web' }]));
  const app = await startApp({
    outbound: { enabled: false },
    extAuthz: {
      enabled: true,
      http,
      verify: { keysFile: join(files.path, 'keys.json'), region: REGION },
      ...config,
    },
    policies: { stack: files.stack, pollMs: 60_000 },
  });
  closing.push(() => app.close());
  return { ...app, port: app.ports.extAuthz ?? 0, files };
}

/** As Envoy sends it: the request's own head, its path behind the prefix, no body. */
function check(port: number, method: string, path: string, headers: Record<string, string> = {}): Promise<Answer> {
  return ask(port, method, `/check${path}`, { host: 'orders.example.com', 'content-length': '0', ...headers });
}

const identity = {
  'x-lattice-auth-peer': '169.254.171.9',
  'x-amzn-lattice-identity': `Principal=${WEB_ARN}; Type=AWS_IAM`,
  'x-amzn-lattice-target': `ServiceArn=${SERVICE_ARN}; ServiceNetworkArn=${NETWORK_ARN}`,
};
const removed = [
  'x-amzn-lattice-identity',
  'x-amzn-lattice-identity-tags',
  'x-amzn-lattice-network',
  'x-amzn-lattice-target',
  'x-amzn-source-vpc',
  'x-lattice-auth-decision',
].join(', ');

test('a caller of Lattice’s may, or may not, in Lattice’s words', async () => {
  const { port, lines, metrics } = await start();
  const allowed = await check(port, 'GET', '/orders/7?a=1', identity);
  expect(allowed).toMatchObject({ status: 200, body: '' });
  expect(allowed.headers['x-envoy-auth-headers-to-remove']).toBe('x-lattice-auth-decision');
  expect(allowed.headers['x-lattice-auth-decision']).toBeUndefined();
  const denied = await check(port, 'DELETE', '/orders/7', identity);
  expect(denied.status).toBe(403);
  expect(denied.headers['x-lattice-auth-decision']).toBe('deny; layer=service; reason=implicitDeny');
  expect(denied.body).toBe(
    `AccessDeniedException: User: ${WEB_ARN} is not authorized to perform: vpc-lattice-svcs:Invoke on resource: ${SERVICE_ARN}/orders/7 because no service-based policy allows the vpc-lattice-svcs:Invoke action`,
  );
  await vi.waitFor(() => {
    expect(lines()).toContainEqual(
      expect.objectContaining({
        direction: 'extAuthz',
        route: 'http',
        requestMethod: 'DELETE',
        requestPath: '/orders/7',
        responseCode: 403,
      }),
    );
  });
  expect((await metrics('decisions_total')).length).toBe(2);
});

test('without Envoy’s word on its peer, no identity is believed', async () => {
  const { port } = await start();
  const { 'x-lattice-auth-peer': _peer, ...bare } = identity;
  expect((await check(port, 'GET', '/orders/7', bare)).body).toContain('User: anonymous');
  for (const peer of ['10.0.0.1', '', '169.254.171.9, 10.0.0.1', 'localhost']) {
    expect((await check(port, 'GET', '/orders/7', { ...bare, 'x-lattice-auth-peer': peer })).status).toBe(403);
  }
  const twice = await send(
    port,
    `GET /check/orders/7 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n${[
      ...Object.entries(identity),
      ['x-lattice-auth-peer', '169.254.171.8'],
    ]
      .map(([name, value]) => `${name}: ${value}\r\n`)
      .join('')}\r\n`,
  );
  expect(twice).toContain('HTTP/1.1 403');
  const deaf = await start({ http: { pathPrefix: '/check', metadataHeaders: false } });
  expect((await check(deaf.port, 'GET', '/orders/7', identity)).status).toBe(403);
});

test('Envoy’s own address is not the caller’s', async () => {
  const policy = JSON.parse(orderPolicy('GET'));
  policy.Statement.Condition.IpAddress = { 'aws:SourceIp': ['10.9.9.0/24', '10.0.0.0/24'] };
  const { port } = await start({}, JSON.stringify(policy));
  const status = async (forwarded: string) =>
    (await check(port, 'GET', '/orders/7', { ...identity, 'x-forwarded-for': forwarded })).status;
  // With `use_remote_address` Envoy adds its peer; its client for questions adds Envoy.
  expect(await status('10.9.9.9,169.254.171.9,10.0.0.5')).toBe(200);
  expect(await status('10.9.9.9,10.0.0.5')).toBe(200);
  expect(await status('10.9.9.9,10.8.8.8,169.254.171.9,10.0.0.5')).toBe(403);
  // What a caller has written through Lattice, and nothing of Lattice's.
  expect(await status('10.9.9.9,169.254.171.9,10.8.8.8,10.0.0.5')).toBe(403);
  expect(await status('10.0.0.5')).toBe(403);
});

test('a signature is verified on the path without the prefix', async () => {
  const { port } = await start();
  const path = '/orders/a%20b?x=%2F';
  const signed = signRequest(
    { method: 'GET', target: path, headers: [['host', 'orders.example.com']] },
    { credentials: CREDENTIALS, region: REGION, date: new Date() },
  );
  const headers = Object.fromEntries(signed.headers);
  const allowed = await check(port, 'GET', path, headers);
  expect(allowed.status).toBe(200);
  expect(allowed.headers['x-envoy-auth-headers-to-remove']).toBe(removed);
  const other = await check(port, 'GET', '/orders/8', headers);
  expect(other.body).toContain('InvalidSignatureException');
});

test('keys are read again when their file changes; what cannot be used turns readiness red', async () => {
  const { files } = await start();
  const keysFile = join(files.path, 'keys.json');
  writeFileSync(keysFile, '[]');
  const keyed = await startApp({
    outbound: { enabled: false },
    extAuthz: { enabled: true, http, verify: { keysFile, region: REGION } },
    policies: { stack: files.stack, pollMs: 20 },
  });
  closing.push(() => keyed.close());
  const signed = () =>
    signRequest(
      { method: 'GET', target: '/orders/7', headers: [['host', 'orders.example.com']] },
      { credentials: CREDENTIALS, region: REGION, date: new Date() },
    ).headers;
  const status = async () =>
    (await check(keyed.ports.extAuthz ?? 0, 'GET', '/orders/7', Object.fromEntries(signed()))).status;
  expect(await status()).toBe(403);
  writeFileSync(keysFile, JSON.stringify([{ ...CREDENTIALS, principal: 'web' }]));
  await vi.waitFor(async () => expect(await status()).toBe(200), 5_000);
  writeFileSync(keysFile, '{');
  await vi.waitFor(async () => expect(await keyed.ready()).toBe(503), 5_000);
  expect(await status()).toBe(200);
  expect(keyed.text()).not.toContain(CREDENTIALS.secretAccessKey);
});

test('which policy and statement decided, where that is asked for', async () => {
  const { port } = await start({ http: { ...http, metadataHeaders: true }, decisionHeader: true });
  const { headers } = await check(port, 'GET', '/orders/7', { ...identity, 'x-request-id': 'req-7' });
  expect(headers).toMatchObject({
    'x-lattice-auth-decision': 'allow',
    'x-lattice-auth-id': 'req-7',
    'x-lattice-auth-effect': 'allow',
    'x-lattice-auth-policy': 'orders.json',
    'x-lattice-auth-statement': 'MayGET',
  });
  const denied = await check(port, 'PUT', '/orders/7', identity);
  expect(denied.headers).toMatchObject({
    'x-lattice-auth-denied-by': 'service',
    'x-lattice-auth-reason': 'implicitDeny',
  });
});

test('in shadow everything passes', async () => {
  const { port } = await start({ mode: 'shadow', decisionHeader: true });
  const answer = await check(port, 'DELETE', '/orders/7');
  expect(answer.status).toBe(200);
  expect(answer.headers['x-lattice-auth-decision']).toBe('deny; layer=service; reason=implicitDeny; mode=shadow');
});

test('what cannot be decided has the status asked for', async () => {
  const { port } = await start({ statusOnError: 503, service: 'unheard' });
  const answer = await check(port, 'GET', '/orders/7');
  expect(answer.status).toBe(503);
  expect(answer.headers['x-lattice-auth-decision']).toBe('error; reason=unknownService');
});

test('methods without a body in the answer, and bodies that Envoy was told to send along', async () => {
  const { port } = await start({}, orderPolicy('HEAD'));
  expect(await check(port, 'HEAD', '/orders/7', identity)).toMatchObject({ status: 200, body: '' });
  expect(await check(port, 'HEAD', '/orders/7')).toMatchObject({ status: 403, body: '' });
  const posting = await start({}, orderPolicy('POST'));
  const body = 'x'.repeat(10_000);
  const head = Object.entries(identity).map(([name, value]) => `${name}: ${value}\r\n`);
  const post = (length: number) =>
    send(
      posting.port,
      `POST /check/orders HTTP/1.1\r\nHost: a\r\nConnection: close\r\n${head.join('')}Content-Length: ${length}\r\n\r\n${body}`,
    );
  expect(await post(body.length)).toContain('HTTP/1.1 200');
});

test.each(['/', '/check', '/checks/orders', '/chec', '/orders/7', '/other/check/orders'])(
  '%s is no question: 404',
  async (path) => {
    const { port, metrics } = await start({ mode: 'shadow' });
    expect((await ask(port, 'GET', path, identity)).status).toBe(404);
    expect(await metrics('errors_total')).toEqual([
      'lattice_auth_proxy_errors_total{direction="extAuthz",code="ERR_SIDECAR_NO_ROUTE"} 1',
    ]);
  },
);

test('OPTIONS * is a question, other paths without a slash are none', async () => {
  const { port } = await start({}, orderPolicy('OPTIONS'));
  const raw = async (line: string) =>
    send(
      port,
      `${line} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n${Object.entries(identity)
        .map(([name, value]) => `${name}: ${value}\r\n`)
        .join('')}\r\n`,
    );
  expect(await raw('OPTIONS /check*')).toMatch(/^HTTP\/1\.1 (?:200|403)/);
  expect(await raw('GET /check*')).toContain('error; reason=unreadableRequest');
  expect(await raw('GET /check?a')).toContain('HTTP/1.1 404');
});

test('no path of a caller’s is one of gRPC’s: behind the prefix it is a path, without it only gRPC is answered', async () => {
  const { port } = await start();
  const path = '/envoy.service.auth.v3.Authorization/Check';
  const forged = encodeRequest({ peer: '169.254.171.9', headers: identity });
  const session = connect(`http://127.0.0.1:${port}`);
  closing.push(() => session.destroy());
  const post = (target: string, headers: Record<string, string>) =>
    new Promise<number>((resolve, reject) => {
      const stream = session.request({ ':method': 'POST', ':path': target, ':authority': 'a', ...headers });
      stream.on('response', (fields) => resolve(fields[':status'] ?? 0));
      stream.on('error', reject).resume();
      stream.end(forged);
    });
  expect(await post(`/check${path}`, { 'content-type': 'application/grpc', te: 'trailers' })).toBe(403);
  // An Envoy that was told no prefix, and forwards what it does by default.
  expect(await post(path, {})).toBe(415);
  expect((await ask(port, 'POST', path, { 'content-type': 'application/grpc', te: 'trailers' })).status).toBe(405);
});
