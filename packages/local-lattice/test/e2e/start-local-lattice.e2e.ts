// start-local-lattice.e2e.ts — the library call: many at once, reloaded, explained when a test fails, and gone when
// closed.
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { type AddressInfo, connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type LocalLattice, type LocalLatticeOptions, startLocalLattice } from '../../src/index.js';
import { ORDERS_HOST, type OrdersStack, ordersStack } from '../support/stacks.js';
import { startUpstream, type Upstream } from '../support/upstream.js';

let upstream: Upstream;
let folder: string;
const open: LocalLattice[] = [];
beforeAll(async () => {
  upstream = await startUpstream();
  folder = mkdtempSync(join(tmpdir(), 'local-lattice-'));
});
afterEach(async () => {
  await Promise.all(open.splice(0).map((lattice) => lattice.close()));
});
afterAll(async () => {
  await upstream.close();
  rmSync(folder, { recursive: true });
});

async function start(stack: OrdersStack = {}, options?: LocalLatticeOptions): Promise<LocalLattice> {
  const lattice = await startLocalLattice(ordersStack({ targets: [{ url: upstream.url }], ...stack }), options);
  open.push(lattice);
  return lattice;
}

test('many at once are strangers to each other', async () => {
  const all = await Promise.all(Array.from({ length: 8 }, () => start()));
  const calls = all.map((lattice) => lattice.fetchAs('web')(`https://${ORDERS_HOST}/orders`));
  for (const response of await Promise.all(calls)) expect(response.status).toBe(200);
  for (const lattice of all) expect(lattice.seen).toHaveLength(1);
});

test('expectations hold, or fail with the explanation', async () => {
  const lattice = await start();
  await lattice.expectAllowed({ as: 'web', to: 'orders', path: '/orders' });
  await lattice.expectDenied(
    { as: 'spy', to: 'orders', path: '/orders' },
    { deniedBy: 'identity', reason: 'implicitDeny' },
  );
  await lattice.expectDenied({ as: 'anonymous', to: `http://${ORDERS_HOST}`, path: '/x' });
  await expect(lattice.expectAllowed({ as: 'spy', to: 'orders', path: '/orders' })).rejects.toMatchObject({
    code: 'ERR_LOCAL_EXPECTATION',
    message: expect.stringMatching(/should have been allowed, and was denied by identity[\s\S]*✗ identity/),
  });
  await lattice.expectAllowed({ as: 'web', to: 'orders', path: 'orders' });
  expect(lattice.seen.at(-1)?.target).toBe('/orders');
  await expect(lattice.expectDenied({ as: 'web', to: 'orders' })).rejects.toThrow(/and was allowed/);
  await expect(lattice.expectDenied({ as: 'spy', to: 'orders' }, { deniedBy: 'service' })).rejects.toThrow(
    /should have been denied by service, and was denied by identity/,
  );
  await expect(lattice.expectAllowed({ as: 'web', to: 'orders', vpc: 'far' })).rejects.toThrow(
    /answered 504 before any policy was asked: not connected: VPC `far`/,
  );
});

test('names that the stack does not have are refused', async () => {
  const lattice = await start();
  for (const call of [
    () => lattice.fetchAs('nobody'),
    () => lattice.fetchAs('web', { vpc: 'nowhere' }),
    () => lattice.urlOf('nothing'),
    () => lattice.credentialsOf('anonymous'),
  ]) {
    expect(call).toThrow(expect.objectContaining({ code: 'ERR_LOCAL_REFERENCE' }));
  }
});

test('URLs name the listener: scheme, and the port when it is not the usual one', async () => {
  const listeners = { own: { protocol: 'HTTP', port: 8_080, defaultAction: { forward: 'main' } } };
  const lattice = await start({ service: { customDomain: undefined, listeners } });
  expect(lattice.urlOf('orders')).toBe(`http://${ORDERS_HOST}:8080`);
  expect(lattice.httpsUrl).toBeUndefined();
  await lattice.expectAllowed({ as: 'web', to: 'orders' });
  expect(lattice.seen.at(-1)?.question?.port).toBe(8_080);
  const https = await lattice.fetchAs('web')(`https://${ORDERS_HOST}/`);
  expect(https.headers.get('x-lattice-local')).toBe('no-listener');
});

test('a stack file is read again; one that is broken changes nothing', async () => {
  const file = join(folder, 'stack.json');
  const write = (authType: string) =>
    writeFileSync(
      file,
      JSON.stringify(ordersStack({ targets: [{ url: upstream.url }], service: { authType, customDomain: undefined } })),
    );
  write('AWS_IAM');
  const lattice = await startLocalLattice(file);
  open.push(lattice);
  const heard: (string | undefined)[] = [];
  lattice.onReload((problem) => heard.push(problem));
  const status = async () => (await lattice.fetchAs('anonymous')(`http://${ORDERS_HOST}/orders`)).status;
  expect(await status()).toBe(403);
  write('NONE');
  await lattice.reload();
  expect(await status()).toBe(200);
  writeFileSync(file, '{');
  await expect(lattice.reload()).rejects.toThrow();
  expect(await status()).toBe(200);
  expect(heard).toEqual([undefined, expect.stringMatching(/./)]);
  await lattice.reload(ordersStack({ targets: [{ url: upstream.url }] }));
  expect(await status()).toBe(403);
});

test('a reload that can not have its ports changes nothing; one that gives up a port closes it', async () => {
  const taken = createServer().listen(0, '127.0.0.1');
  await once(taken, 'listening');
  const port = (taken.address() as AddressInfo).port;
  const lattice = await start({ service: { authType: 'NONE', authPolicy: undefined } });
  const status = async () => (await lattice.fetchAs('anonymous')(`http://${ORDERS_HOST}/orders`)).status;
  const withPort = ordersStack({ targets: [{ url: upstream.url }], local: { vpcs: { front: { port } } } });
  await expect(lattice.reload(withPort)).rejects.toMatchObject({ code: 'ERR_LOCAL_LISTEN' });
  expect(await status()).toBe(200);
  taken.close();
  await once(taken, 'close');
  await lattice.reload(withPort);
  expect(await status()).toBe(403);
  const opens = () =>
    new Promise((resolve) => {
      const socket = connect(port, '127.0.0.1');
      socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
      socket.once('connect', () => socket.destroy());
    });
  expect(await opens()).toBe(true);
  await lattice.reload(ordersStack({ targets: [{ url: upstream.url }] }));
  expect(await opens()).toBe(false);
});

test('a request of two reloads ago keeps its target', async () => {
  const slow = await startUpstream((_request, response) => void setTimeout(() => response.end('slow'), 300));
  const both = { targets: [{ url: slow.url }] };
  const lattice = await start(both);
  const answer = lattice.fetchAs('web')(`http://${ORDERS_HOST}/orders`);
  await new Promise((resolve) => setTimeout(resolve, 50));
  await lattice.reload(ordersStack({ ...both, more: { description: 'the same targets' } }));
  await lattice.reload(ordersStack({ targets: [{ url: upstream.url }] }));
  expect(await (await answer).text()).toBe('slow');
  await slow.close();
});

test('of reloads at the same time the last one stays', async () => {
  const lattice = await start();
  const next = (authType: string) => {
    return lattice.reload(ordersStack({ targets: [{ url: upstream.url }], service: { authType } }));
  };
  await Promise.all([next('NONE'), next('AWS_IAM'), next('NONE')]);
  expect(lattice.stack.services.orders?.authType).toBe('NONE');
});

test('a request that is on its way ends by the stack that it began with', async () => {
  const slow = await startUpstream((_request, response) => void setTimeout(() => response.end('slow'), 150));
  const lattice = await start({ targets: [{ url: slow.url }] });
  const answer = lattice.fetchAs('web')(`http://${ORDERS_HOST}/orders`);
  await new Promise((resolve) => setTimeout(resolve, 50));
  await lattice.reload(ordersStack({ targets: [{ url: upstream.url }] }));
  expect(await (await answer).text()).toBe('slow');
  await slow.close();
});

test('closing waits for what is on its way', async () => {
  const slow = await startUpstream((_request, response) => void setTimeout(() => response.end('slow'), 150));
  const lattice = await start({ targets: [{ url: slow.url }] });
  const { port } = new URL(lattice.httpUrl);
  const answer = new Promise<string>((resolve, reject) => {
    const request = httpRequest({ port, path: '/public', headers: { host: ORDERS_HOST } }, (response) => {
      let text = '';
      response.on('data', (chunk) => {
        text += chunk;
      });
      response.on('end', () => resolve(text));
    });
    request.on('error', reject);
    request.end();
  });
  await new Promise((resolve) => setTimeout(resolve, 50));
  await lattice.close();
  expect(await answer).toBe('slow');
  expect(() => lattice.fetchAs('web')).toThrow(expect.objectContaining({ code: 'ERR_LOCAL_CLOSED' }));
  await slow.close();
});

test('with a time of its own, signatures of that time hold', async () => {
  const lattice = await start({}, { now: new Date('2020-01-01T00:00:00Z') });
  await lattice.expectAllowed({ as: 'web', to: 'orders' });
  expect(lattice.seen.at(-1)?.question?.time).toEqual(new Date('2020-01-01T00:00:00Z'));
});

test('the control port answers to this machine’s names only', async () => {
  const lattice = await start();
  const { port } = new URL(lattice.controlUrl);
  const status = (host: string, path = '/healthz') =>
    new Promise((resolve) => {
      httpRequest({ port, path, headers: { host } }, (response) => {
        response.resume();
        resolve(response.statusCode);
      }).end();
    });
  expect(await status(`localhost:${port}`)).toBe(200);
  expect(await status(`127.0.0.1:${port}`)).toBe(200);
  expect(await status(`evil.example.com:${port}`)).toBe(421);
  expect(await status('localhost', '/ca.pem')).toBe(200);
  expect(await (await fetch(`${lattice.controlUrl}/ca.pem`)).text()).toBe(lattice.ca);
});

test('the access log, in Lattice’s keys', async () => {
  const file = join(folder, 'access.log');
  const lattice = await start({}, { accessLog: file });
  await lattice.expectAllowed({ as: 'web', to: 'orders', path: '/orders?x=1' });
  await lattice.expectDenied({ as: 'spy', to: 'orders', path: '/orders' });
  await lattice.expectDenied({ as: 'anonymous', to: `http://${ORDERS_HOST}`, path: '/orders' });
  await lattice.fetchAs('web', { vpc: 'far' })(`http://${ORDERS_HOST}/orders`);
  const forged = { authorization: 'AWS4-HMAC-SHA256 Credential=x' };
  await lattice.fetchAs('anonymous')(`http://${ORDERS_HOST}/orders`, { headers: forged });
  await lattice.close();
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
  const arn = 'arn:aws:sts::111122223333:assumed-role/web/';
  expect(lines.map((line) => JSON.parse(line) as unknown)).toMatchObject([
    {
      serviceNetworkArn: 'arn:aws:vpc-lattice:eu-west-1:111122223333:servicenetwork/sn-0123456789abcdef0',
      resolvedUser: `${arn}pod-1`,
      listenerType: 'HTTP',
      authDeniedReason: '-',
      failureReason: '-',
      sourceVpcId: 'vpc-0a1b2c3d',
      targetIpPort: `127.0.0.1:${upstream.port}`,
      requestPath: '/orders?x=1',
      protocol: 'HTTP/1.1',
      responseCode: 200,
      callerPrincipal: `${arn}pod-1`,
      callerPrincipalOrgID: 'o-a1b2c3d4e5',
    },
    { authDeniedReason: 'Identity', failureReason: 'ClientAccessDenied', responseCode: 403, targetIpPort: '-' },
    { authDeniedReason: 'Service', resolvedUser: 'Anonymous', callerPrincipal: '-', requestToTargetDuration: 0 },
    { authDeniedReason: '-', resolvedUser: 'Unknown', failureReason: 'ClientAccessDenied', responseCode: 403 },
  ]);
});

test('processes that start at once and share a folder have one CA, which is there', async () => {
  const index = fileURLToPath(new URL('../../dist/index.js', import.meta.url));
  const shared = join(folder, 'shared-ca');
  const program = `
    import { startLocalLattice } from ${JSON.stringify(index)};
    const lattice = await startLocalLattice(${JSON.stringify(ordersStack())}, { caFolder: ${JSON.stringify(shared)} });
    process.stdout.write(lattice.ca);
    await lattice.close();
  `;
  const run = () => promisify(execFile)(process.execPath, ['--input-type=module', '-e', program]);
  const all = await Promise.all(Array.from({ length: 4 }, run));
  expect(new Set(all.map(({ stdout }) => stdout))).toEqual(new Set([readFileSync(join(shared, 'ca.pem'), 'utf8')]));
  expect(readdirSync(shared).sort()).toEqual(['ca-key.pem', 'ca.pem']);
});

test('a folder or a log that can not be written ends the start', async () => {
  const file = join(folder, 'a-file');
  writeFileSync(file, '');
  for (const options of [{ caFolder: join(file, 'ca') }, { accessLog: join(file, 'access.log') }]) {
    await expect(start({}, options)).rejects.toMatchObject({ code: 'ERR_LOCAL_FILE' });
  }
});

test('after close a process ends by itself', async () => {
  const index = fileURLToPath(new URL('../../dist/index.js', import.meta.url));
  const stack = JSON.stringify(ordersStack({ targets: [{ url: upstream.url }], more: {} }));
  const program = `
    import { startLocalLattice } from ${JSON.stringify(index)};
    const lattice = await startLocalLattice(${stack});
    for (const url of [lattice.urlOf('orders'), 'http://${ORDERS_HOST}']) await lattice.fetchAs('web')(url);
    console.log(lattice.seen.length);
    await lattice[Symbol.asyncDispose]();
  `;
  const file = join(folder, 'program.mjs');
  writeFileSync(file, program);
  const ran = await new Promise<{ stdout: string; stderr: string; error: unknown }>((resolve) => {
    execFile(process.execPath, [file], { timeout: 8_000 }, (error, stdout, stderr) =>
      resolve({ stdout, stderr, error }),
    );
  });
  expect(ran).toEqual({ stdout: '2\n', stderr: '', error: null });
});
