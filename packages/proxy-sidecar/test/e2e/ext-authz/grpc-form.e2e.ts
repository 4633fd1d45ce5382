// Envoy's external authorization as gRPC, asked by a real gRPC client: decisions, identities, what Envoy is told of them, and
// calls that are none.

import { writeFileSync } from 'node:fs';
import { type ClientHttp2Session, connect } from 'node:http2';
import { join } from 'node:path';
import { credentials } from '@grpc/grpc-js';
import { signRequest } from '@lattice-auth/sigv4-fetch/core';
import { afterEach, expect, test, vi } from 'vitest';
import { type RunningApp, startApp } from '../../support/app.js';
import { CERTIFICATE, KEY } from '../../support/certificate.js';
import {
  AuthorizationClient,
  type CheckResponseObject,
  checkRequestFields,
  decodeCheckResponse,
  encodeCheckRequest,
  encodeRequest,
} from '../../support/ext-authz/envoy-protocol.js';
import { NETWORK_ARN, orderPolicy, PolicyFolder, SERVICE_ARN, STACK, WEB_ARN } from '../../support/policy-files.js';
import { CREDENTIALS, REGION } from '../../support/sidecar.js';

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0).reverse()) close();
});

type ExtAuthz = NonNullable<Parameters<typeof startApp>[0]['extAuthz']>;

function folder(policy = orderPolicy('GET')): PolicyFolder {
  const made = new PolicyFolder().write({ 'stack.yaml': STACK, 'orders.json': policy });
  closing.push(() => made.remove());
  return made;
}

async function start(
  config: ExtAuthz = {},
  files: PolicyFolder = folder(),
): Promise<{ app: RunningApp; client: AuthorizationClient; port: number }> {
  const app = await startApp({
    outbound: { enabled: false },
    extAuthz: { enabled: true, ...config },
    policies: { stack: files.stack, pollMs: 60_000 },
  });
  closing.push(() => app.close());
  const port = app.ports.extAuthz ?? 0;
  const client = new AuthorizationClient(port);
  closing.push(() => client.close());
  return { app, client, port };
}

const lattice = '169.254.171.9';
const identity = {
  'x-amzn-lattice-identity': `Principal=${WEB_ARN}; Type=AWS_IAM`,
  'x-amzn-lattice-target': `ServiceArn=${SERVICE_ARN}; ServiceNetworkArn=${NETWORK_ARN}`,
  'x-amzn-lattice-network': 'SourceVpcArn=arn:aws:ec2:eu-west-1:111122223333:vpc/vpc-0a1b2c3d',
};
const denial = `AccessDeniedException: User: ${WEB_ARN} is not authorized to perform: vpc-lattice-svcs:Invoke on resource: ${SERVICE_ARN}/orders/7 because no service-based policy allows the vpc-lattice-svcs:Invoke action`;
const everyIdentityHeader = [
  'x-amzn-lattice-identity',
  'x-amzn-lattice-identity-tags',
  'x-amzn-lattice-network',
  'x-amzn-lattice-target',
  'x-amzn-source-vpc',
];

const decisionOf = (answer: CheckResponseObject) =>
  answer.denied_response?.headers?.find(({ header }) => header.key === 'x-lattice-auth-decision')?.header.value;

test('Lattice’s caller may: the request goes on, and Envoy is told whose word it was', async () => {
  const { client, app } = await start();
  const answer = await client.check({ peer: lattice, headers: identity });
  expect(answer.status?.code).toBe(0);
  expect(answer.denied_response).toBeUndefined();
  expect(answer.ok_response?.headers_to_remove).toEqual(['x-lattice-auth-decision']);
  expect(answer.dynamic_metadata).toMatchObject({
    id: '1234567890',
    decision: 'allow',
    effect: 'allow',
    mode: 'enforce',
    principal: WEB_ARN,
    policy: 'orders.json',
    statement: 'MayGET',
    statements: [{ sid: 'MayGET', index: 0 }],
    assumptions: [],
  });
  await vi.waitFor(() => {
    expect(app.lines()).toContainEqual(
      expect.objectContaining({
        log: 'access',
        direction: 'extAuthz',
        requestMethod: 'GET',
        requestPath: '/orders/7',
        responseCode: 200,
        callerPrincipal: WEB_ARN,
        sourceIpPort: `${lattice}:40000`,
        requestId: '1234567890',
        route: 'grpc',
      }),
    );
  });
  expect(await app.metrics('decisions_total')).toEqual([
    'lattice_auth_proxy_decisions_total{direction="extAuthz",mode="enforce",effect="allow",layer="none",reason="allowed"} 1',
  ]);
  expect(await app.metrics('requests_total')).toEqual([
    'lattice_auth_proxy_requests_total{direction="extAuthz",route="grpc",method="GET",code="200"} 1',
  ]);
});

test('a denial is Lattice’s own', async () => {
  const { client } = await start();
  const answer = await client.check({ peer: lattice, headers: identity, method: 'DELETE' });
  expect(answer.status?.code).toBe(7);
  expect(answer.ok_response).toBeUndefined();
  expect(answer.denied_response).toMatchObject({ status: { code: 'Forbidden' }, body: denial });
  expect(decisionOf(answer)).toBe('deny; layer=service; reason=implicitDeny');
  expect(answer.dynamic_metadata).toMatchObject({
    decision: 'deny',
    effect: 'deny',
    deniedBy: 'service',
    reason: 'implicitDeny',
  });
});

test('an identity that anybody else has written is not believed, and the app never sees it', async () => {
  const denying = await start();
  const answer = await denying.client.check({ headers: identity });
  expect(answer.denied_response?.body).toContain('User: anonymous');
  const { client } = await start({ mode: 'shadow' });
  const passed = await client.check({ headers: { ...identity, 'x_amzn_lattice-identity': 'x', 'x-kept': '1' } });
  expect(passed.status?.code).toBe(0);
  expect(passed.dynamic_metadata).toMatchObject({ decision: 'allow', effect: 'deny', mode: 'shadow' });
  expect(passed.ok_response?.headers_to_remove).toEqual([
    ...everyIdentityHeader,
    'x_amzn_lattice-identity',
    'x-lattice-auth-decision',
  ]);
});

test('raw headers: an identity twice is malformed, which is not anonymous', async () => {
  const { client } = await start();
  const rawHeaders = Object.entries(identity);
  expect((await client.check({ peer: lattice, rawHeaders })).status?.code).toBe(0);
  const twice = await client.check({ peer: lattice, rawHeaders: [...rawHeaders, ...rawHeaders] });
  expect(decisionOf(twice)).toBe('error; reason=malformedIdentity');
});

test('service, network and VPC from Envoy’s configuration, over ours', async () => {
  const policy = orderPolicy('GET', { 'vpc-lattice-svcs:SourceVpc': 'vpc-0a1b2c3d' });
  const { client } = await start(
    { service: 'unheard', principals: { 'spiffe://cluster.local/ns/shop/sa/web': 'web' } },
    folder(policy),
  );
  const principal = 'spiffe://cluster.local/ns/shop/sa/web';
  const ask = async (extensions: Record<string, string>) => {
    const answer = await client.check({ principal, extensions });
    return answer.status?.code === 0 ? 'allow' : decisionOf(answer);
  };
  expect(await ask({})).toBe('error; reason=unknownService');
  const named = { 'lattice-auth.service': 'orders', 'lattice-auth.source-vpc': 'front' };
  expect(await ask(named)).toBe('allow');
  expect(
    await ask({ ...named, 'lattice-auth.service': SERVICE_ARN, 'lattice-auth.service-network': NETWORK_ARN }),
  ).toBe('allow');
  expect(await ask({ ...named, 'lattice-auth.source-vpc': 'vpc-0a1b2c3d' })).toBe('allow');
  expect(await ask({ ...named, 'lattice-auth.source-vpc': 'vpc-0b' })).toBe('deny; layer=service; reason=implicitDeny');
  expect(await ask({ ...named, 'lattice-auth.source-vpc': 'nowhere' })).toBe('error; reason=unknownVpc');
  expect(await ask({ ...named, 'lattice-auth.service-network': 'nowhere' })).toBe('error; reason=unknownService');
});

test('a name that the stack does not know turns readiness red, and health checks with it', async () => {
  const { app, client } = await start({ service: 'unheard' });
  expect(await app.ready()).toBe(503);
  expect(await client.health('')).toBe(2);
  const good = await start({ service: 'orders' });
  expect(await good.app.ready()).toBe(200);
  expect(await good.client.health('')).toBe(1);
  expect(await good.client.health('envoy.service.auth.v3.Authorization')).toBe(1);
  await expect(good.client.health('unheard')).rejects.toMatchObject({ code: 5 });
});

test('a certificate that Envoy has verified names a caller only if it is on the list', async () => {
  const { client } = await start({ principals: { 'spiffe://c/ns/shop/sa/web': WEB_ARN } });
  expect((await client.check({ principal: 'spiffe://c/ns/shop/sa/web' })).status?.code).toBe(0);
  for (const principal of ['spiffe://c/ns/shop/sa/other', '__proto__', '']) {
    expect((await client.check({ principal })).denied_response?.body).toContain('User: anonymous');
  }
});

test('a signature is verified; one that does not hold is not outweighed by a certificate', async () => {
  const files = folder();
  const keysFile = join(files.path, 'keys.json');
  writeFileSync(keysFile, JSON.stringify([{ ...CREDENTIALS, principal: 'web' }]));
  const principal = 'spiffe://c/ns/shop/sa/web';
  const { client, app } = await start(
    { verify: { keysFile, region: REGION }, principals: { [principal]: 'web' } },
    files,
  );
  const path = '/orders/a%20b//c?x=%2F&a=1';
  const signed = signRequest(
    { method: 'GET', target: path, headers: [['host', 'orders.example.com']] },
    { credentials: CREDENTIALS, region: REGION, date: new Date() },
  );
  const headers = Object.fromEntries(signed.headers.map(([name, value]) => [name.toLowerCase(), value]));
  expect((await client.check({ path, headers })).status?.code).toBe(0);
  expect((await client.check({ path, rawHeaders: Object.entries(headers) })).status?.code).toBe(0);
  const other = await client.check({ path: '/orders/8', headers, principal });
  expect(other.denied_response?.body).toContain('InvalidSignatureException');
  expect(decisionOf(other)).toBe('deny; layer=signature; reason=InvalidSignatureException');
  expect((await client.check({ path, principal })).status?.code).toBe(0);
  expect(app.text()).not.toContain(headers.authorization?.split('Signature=')[1] ?? 'none');
});

test('the address that Envoy adds to x-forwarded-for is not the caller’s', async () => {
  const policy = JSON.parse(orderPolicy('GET'));
  policy.Statement.Condition.IpAddress = { 'aws:SourceIp': '10.9.9.0/24' };
  const { client } = await start({}, folder(JSON.stringify(policy)));
  const ask = async (forwarded: string) =>
    (await client.check({ peer: lattice, headers: { ...identity, 'x-forwarded-for': forwarded } })).status?.code;
  expect(await ask('10.9.9.9')).toBe(0);
  expect(await ask(`10.9.9.9,${lattice}`)).toBe(0);
  expect(await ask(`10.9.9.9, 10.8.8.8, ${lattice}`)).toBe(7);
  expect(await ask(lattice)).toBe(7);
});

test('the app is told the decision where that is asked for', async () => {
  const { client } = await start({ decisionHeader: true });
  const answer = await client.check({ peer: lattice, headers: { ...identity, 'x-lattice-auth-decision': 'forged' } });
  expect(answer.ok_response).toEqual({
    headers: [
      { header: { key: 'x-lattice-auth-decision', value: 'allow' }, append_action: 'OVERWRITE_IF_EXISTS_OR_ADD' },
    ],
  });
  const shadow = await start({ decisionHeader: true, mode: 'shadow' });
  const told = (await shadow.client.check({})).ok_response?.headers?.[0]?.header.value;
  expect(told).toBe('deny; layer=service; reason=implicitDeny; mode=shadow');
});

test('without policies everything is denied, with the status asked for', async () => {
  const files = new PolicyFolder().write({ 'stack.yaml': '{' });
  closing.push(() => files.remove());
  const { client, app } = await start({ statusOnError: 503 }, files);
  const answer = await client.check({ peer: lattice, headers: identity });
  expect(answer.status?.code).toBe(7);
  expect(answer.denied_response?.status?.code).toBe('ServiceUnavailable');
  expect(decisionOf(answer)).toBe('error; reason=noPolicies');
  expect(await app.ready()).toBe(503);
});

test('a path that cannot be read is denied, and so is what is no request', async () => {
  const { client } = await start();
  for (const path of ['', 'orders', 'http://x/', '/a#b', '/ü', '/a b']) {
    expect(decisionOf(await client.check({ peer: lattice, headers: identity, path }))).toBe(
      'error; reason=unreadableRequest',
    );
  }
  expect(decisionOf(await client.check({ peer: lattice, headers: identity, method: 'CONNECT' }))).toBe(
    'error; reason=unreadableRequest',
  );
  for (const bytes of [Buffer.alloc(0), Buffer.from([0xff]), encodeCheckRequest({ attributes: { request: {} } })]) {
    const answer = decodeCheckResponse(await client.call('/envoy.service.auth.v3.Authorization/Check', bytes));
    expect(decisionOf(answer)).toBe('error; reason=unreadableRequest');
    expect(answer.status?.code).toBe(7);
  }
});

test('in shadow also what cannot be read passes, without an identity', async () => {
  const { client } = await start({ mode: 'shadow' });
  const bytes = await client.call('/envoy.service.auth.v3.Authorization/Check', Buffer.from([0xff]));
  const answer = decodeCheckResponse(bytes);
  expect(answer.status?.code).toBe(0);
  expect(answer.dynamic_metadata).toMatchObject({ decision: 'allow', effect: 'error', reason: 'unreadableRequest' });
  expect(answer.ok_response?.headers_to_remove).toEqual(expect.arrayContaining(everyIdentityHeader));
});

test('large headers are read, a question that is too large is denied', async () => {
  const { client } = await start({ limits: { ...limitsOf(), bodyBytes: 200_000 } });
  const large = Object.fromEntries(Array.from({ length: 100 }, (_, index) => [`x-${index}`, 'a'.repeat(1_000)]));
  expect((await client.check({ peer: lattice, headers: { ...identity, ...large } })).status?.code).toBe(0);
  const tooLarge = await client.check({ peer: lattice, headers: identity, body: 'a'.repeat(200_000) });
  expect(decisionOf(tooLarge)).toBe('error; reason=unreadableRequest');
});

function limitsOf() {
  return {
    headerBytes: 61_440,
    headerCount: 200,
    connections: 100,
    inFlight: 100,
    streamsPerConnection: 100,
    bodyBytes: 1_048_576,
  };
}

test('many calls at once on one connection, each with its own answer', async () => {
  const { client } = await start();
  const calls = Array.from({ length: 300 }, (_, index) => {
    const method = index % 2 === 0 ? 'GET' : 'PUT';
    return client.check({ peer: lattice, headers: identity, method, path: `/orders/${index}` });
  });
  for (const [index, answer] of (await Promise.all(calls)).entries()) {
    expect(answer.status?.code).toBe(index % 2 === 0 ? 0 : 7);
    if (index % 2 === 1) expect(answer.denied_response?.body).toContain(`/orders/${index} `);
  }
});

test('over TLS, with a client’s certificate asked for', async () => {
  const files = folder();
  const certFile = join(files.path, 'cert.pem');
  const keyFile = join(files.path, 'key.pem');
  writeFileSync(certFile, CERTIFICATE);
  writeFileSync(keyFile, KEY);
  const { port } = await start({ tls: { certFile, keyFile, clientCaFile: certFile } }, files);
  const pem = Buffer.from(CERTIFICATE);
  const options = { 'grpc.ssl_target_name_override': 'sidecar-test' };
  const known = new AuthorizationClient(port, credentials.createSsl(pem, Buffer.from(KEY), pem), options);
  const stranger = new AuthorizationClient(port, credentials.createSsl(pem), options);
  closing.push(
    () => known.close(),
    () => stranger.close(),
  );
  expect((await known.check({ peer: lattice, headers: identity })).status?.code).toBe(0);
  await expect(stranger.check({ peer: lattice, headers: identity })).rejects.toMatchObject({ code: 14 });
});

// ---- calls that are none, on bare HTTP/2 ---------------------------------------------------------------------------

const CHECK = {
  ':method': 'POST',
  ':path': '/envoy.service.auth.v3.Authorization/Check',
  'content-type': 'application/grpc',
  te: 'trailers',
};

function session(port: number): ClientHttp2Session {
  const made = connect(`http://127.0.0.1:${port}`);
  made.on('error', () => undefined);
  closing.push(() => made.destroy());
  return made;
}

interface RawAnswer {
  readonly status: number;
  readonly grpcStatus: string | undefined;
  readonly body: Buffer;
}

function raw(
  http2: ClientHttp2Session,
  headers: Record<string, string>,
  chunks: readonly Buffer[],
): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const stream = http2.request(headers);
    const parts: Buffer[] = [];
    let status = 0;
    let grpcStatus: string | undefined;
    const note = (fields: Record<string, unknown>) => {
      if (fields['grpc-status'] !== undefined) grpcStatus = String(fields['grpc-status']);
    };
    stream.on('response', (fields) => {
      status = fields[':status'] ?? 0;
      note(fields);
    });
    stream.on('trailers', note);
    stream.on('data', (chunk: Buffer) => parts.push(chunk));
    stream.on('error', reject);
    stream.on('close', () => resolve({ status, grpcStatus, body: Buffer.concat(parts) }));
    for (const chunk of chunks) stream.write(chunk);
    stream.end();
  });
}

const frame = (message: Buffer, flag = 0) => {
  const prefix = Buffer.from([flag, 0, 0, 0, 0]);
  prefix.writeUInt32BE(message.length, 1);
  return Buffer.concat([prefix, message]);
};
const good = frame(encodeRequest({ peer: lattice, headers: identity }));
const answerIn = ({ body }: RawAnswer) => decodeCheckResponse(body.subarray(5));

test('a message in many pieces', async () => {
  const { port } = await start();
  const bytes = [...good].map((byte) => Buffer.from([byte]));
  const answer = await raw(session(port), CHECK, bytes);
  expect(answer).toMatchObject({ status: 200, grpcStatus: '0' });
  expect(answerIn(answer).status?.code).toBe(0);
});

test.each([
  ['half a message', [good.subarray(0, -1)]],
  ['half a prefix', [good.subarray(0, 3)]],
  ['nothing', []],
  ['two messages', [good, good]],
  ['a length beyond the limit', [Buffer.from([0, 0xff, 0xff, 0xff, 0xff])]],
  ['a flag that there is not', [frame(Buffer.alloc(0), 7)]],
])('%s is denied, and never a failed call', async (_what, chunks) => {
  const { port } = await start();
  const answer = await raw(session(port), CHECK, chunks);
  expect(answer).toMatchObject({ status: 200, grpcStatus: '0' });
  expect(answerIn(answer).status?.code).toBe(7);
  expect(decisionOf(answerIn(answer))).toBe('error; reason=unreadableRequest');
});

test('what is compressed is not implemented', async () => {
  const { port, app } = await start();
  const answer = await raw(session(port), { ...CHECK, 'grpc-encoding': 'gzip' }, [frame(Buffer.from('x'), 1)]);
  expect(answer).toMatchObject({ status: 200, grpcStatus: '12', body: Buffer.alloc(0) });
  expect(await app.metrics('errors_total')).toEqual([
    'lattice_auth_proxy_errors_total{direction="extAuthz",code="ERR_SIDECAR_REQUEST"} 1',
  ]);
});

test.each([
  ['another content type', { 'content-type': 'application/json' }, 415],
  ['gRPC with JSON', { 'content-type': 'application/grpc+json' }, 415],
  ['no `te`', { te: '' }, 400],
  ['another method of HTTP', { ':method': 'PUT' }, 405],
  ['another method of the service', { ':path': '/envoy.service.auth.v3.Authorization/Checks' }, 404],
  ['another version of the service', { ':path': '/envoy.service.auth.v2.Authorization/Check' }, 404],
  ['a query', { ':path': '/envoy.service.auth.v3.Authorization/Check?a' }, 404],
  ['watching health', { ':path': '/grpc.health.v1.Health/Watch' }, 404],
])('%s is refused with a status that is no yes', async (_what, headers, status) => {
  const { port } = await start();
  const sent = Object.fromEntries(Object.entries({ ...CHECK, ...headers }).filter(([, value]) => value !== ''));
  expect(await raw(session(port), sent, [good])).toMatchObject({ status, grpcStatus: undefined });
});

test('a gRPC client takes an unknown method for unimplemented', async () => {
  const { client } = await start();
  await expect(client.call('/envoy.service.auth.v3.Authorization/Other', Buffer.alloc(0))).rejects.toMatchObject({
    code: 12,
  });
});

test('a question that does not come in time ends without one', async () => {
  const { port } = await start({ timeouts: { requestMs: 50, keepAliveMs: 60_000 } });
  const stream = session(port).request(CHECK);
  stream.on('error', () => undefined);
  const answered = new Promise((resolve) => stream.on('response', (headers) => resolve(headers['grpc-status'])));
  stream.write(good.subarray(0, 10));
  expect(await answered).toBe('4');
});

test('more at once than allowed is told to come again', async () => {
  const { port } = await start({ limits: { ...limitsOf(), inFlight: 1 } });
  const http2 = session(port);
  const waiting = http2.request(CHECK);
  waiting.on('error', () => undefined);
  waiting.write(good.subarray(0, 10));
  await vi.waitFor(async () => {
    expect(await raw(http2, CHECK, [good])).toMatchObject({ status: 200, grpcStatus: '14' });
  });
  waiting.end(good.subarray(10));
  await vi.waitFor(async () => expect(await raw(http2, CHECK, [good])).toMatchObject({ grpcStatus: '0' }));
});

test('the fields of the question that are not read change nothing', async () => {
  const { client } = await start();
  const fields = checkRequestFields({ peer: lattice, headers: identity }) as { attributes: object };
  Object.assign(fields.attributes, { route_metadata_context: { filter_metadata: {} } });
  const answer = await client.call('/envoy.service.auth.v3.Authorization/Check', encodeCheckRequest(fields));
  expect(decodeCheckResponse(answer).status?.code).toBe(0);
});
