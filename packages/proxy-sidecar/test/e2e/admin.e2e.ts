// The admin listener over real sockets: probes, metrics, configuration, and who may stop the sidecar.
import { request as httpRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import { networkInterfaces } from 'node:os';
import { afterEach, expect, test } from 'vitest';
import { Health } from '../../src/admin/health.js';
import { type AdminServer, openAdminServer } from '../../src/admin/server.js';
import { defaults, type SidecarConfig } from '../../src/config/sidecar-config.js';
import { createMetrics, type Metrics } from '../../src/metrics/metrics.js';

const open: { server: AdminServer; metrics: Metrics }[] = [];
afterEach(async () => {
  for (const { server, metrics } of open.splice(0)) {
    metrics.close();
    await server.close();
  }
});

interface Opened {
  readonly port: number;
  readonly health: Health;
  stops: number;
}

async function openWith(admin: Partial<SidecarConfig['admin']> = {}): Promise<Opened> {
  const health = new Health();
  const metrics = createMetrics({ version: '0' });
  const config = { ...defaults, admin: { ...defaults.admin, listen: { host: '127.0.0.1', port: 0 }, ...admin } };
  const opened = { port: 0, health, stops: 0 };
  const stop = () => {
    opened.stops += 1;
  };
  const server = await openAdminServer({
    config,
    report: () => health.report(),
    families: () => [metrics.families()],
    shutdown: stop,
  });
  open.push({ server, metrics });
  return Object.assign(opened, { port: (server.address as AddressInfo).port });
}

interface Got {
  readonly status: number;
  readonly headers: Record<string, unknown>;
  readonly body: string;
}

function ask(
  port: number,
  method: string,
  path: string,
  headers: Record<string, string> = {},
  host = '127.0.0.1',
): Promise<Got> {
  return new Promise((resolve, reject) => {
    const request = httpRequest({ host, port, method, path, headers }, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (text) => {
        body += text;
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }));
    });
    request.on('error', reject).end();
  });
}

test('/live answers, /ready says what is wrong and turns red while stopping', async () => {
  const { port, health } = await openWith();
  let ok = true;
  health.add('policies', () => (ok ? { ok } : { ok, detail: 'stack.yaml:1:1: no' }));
  expect((await ask(port, 'GET', '/live')).status).toBe(200);
  expect(await ask(port, 'GET', '/ready')).toMatchObject({ status: 200 });
  ok = false;
  const red = await ask(port, 'GET', '/ready?verbose');
  expect(red.status).toBe(503);
  expect(JSON.parse(red.body)).toEqual({
    ready: false,
    checks: [{ name: 'policies', ok: false, detail: 'stack.yaml:1:1: no' }],
  });
  ok = true;
  health.drain();
  expect((await ask(port, 'GET', '/ready')).status).toBe(503);
  expect((await ask(port, 'GET', '/live')).status).toBe(200);
});

test('/metrics in the text format, /config without secrets', async () => {
  const { port } = await openWith();
  const metrics = await ask(port, 'GET', '/metrics');
  expect(metrics.headers['content-type']).toMatch(/^text\/plain; version=0\.0\.4/);
  expect(metrics.body).toContain('# TYPE lattice_auth_proxy_requests_total counter');
  const config = JSON.parse((await ask(port, 'GET', '/config')).body);
  expect(config.outbound.listen).toEqual({ host: '127.0.0.1', port: 8080 });
});

test('from another address there are probes and metrics, no configuration and no shutdown', async () => {
  const opened = await openWith({ listen: { host: '0.0.0.0', port: 0 } });
  const own = Object.values(networkInterfaces()).flat();
  const other = own.find((one) => one?.internal === false && one.family === 'IPv4')?.address;
  if (other === undefined)
    return console.warn('NOTICE: this machine has loopback only: /config is not asked for from elsewhere');
  for (const path of ['/live', '/ready', '/metrics']) {
    expect((await ask(opened.port, 'GET', path, {}, other)).status).toBe(200);
  }
  const config = await ask(opened.port, 'GET', '/config', {}, other);
  expect(config).toMatchObject({ status: 403, body: 'not from here\n' });
  expect((await ask(opened.port, 'GET', '/config', { host: '127.0.0.1' }, other)).status).toBe(403);
  expect((await ask(opened.port, 'POST', '/shutdown', {}, other)).status).toBe(403);
  expect(opened.stops).toBe(0);
  expect((await ask(opened.port, 'GET', '/config')).status).toBe(200);
});

test('POST /shutdown from this machine', async () => {
  const opened = await openWith();
  expect((await ask(opened.port, 'POST', '/shutdown')).status).toBe(202);
  expect((await ask(opened.port, 'POST', '/shutdown', { host: 'localhost:9901' })).status).toBe(202);
  expect(opened.stops).toBe(2);
});

test.each([
  ['a name that somebody points here', 'POST', { host: 'evil.example.com' }, 403],
  ['a page that posts across sites', 'POST', { origin: 'https://evil.example.com' }, 403],
  ['a page that says where it is', 'POST', { 'sec-fetch-site': 'cross-site' }, 403],
  ['an image on a page', 'GET', {}, 405],
])('no shutdown by %s', async (_, method, headers, status) => {
  const opened = await openWith();
  expect((await ask(opened.port, method, '/shutdown', headers)).status).toBe(status);
  expect(opened.stops).toBe(0);
});

test('no shutdown where it is turned off, no configuration by name', async () => {
  const opened = await openWith({ shutdown: false });
  expect((await ask(opened.port, 'POST', '/shutdown')).status).toBe(403);
  expect(opened.stops).toBe(0);
  expect((await ask(opened.port, 'GET', '/config', { host: 'evil.example.com' })).status).toBe(403);
});

test('other paths and methods', async () => {
  const { port } = await openWith();
  expect((await ask(port, 'GET', '/constructor')).status).toBe(404);
  expect((await ask(port, 'POST', '/ready')).status).toBe(405);
  expect(await ask(port, 'HEAD', '/ready')).toMatchObject({ status: 200, body: '' });
});

test('a port that is taken is an error with a code', async () => {
  const { port } = await openWith();
  await expect(openWith({ listen: { host: '127.0.0.1', port } })).rejects.toMatchObject({ code: 'ERR_SIDECAR_LISTEN' });
});
