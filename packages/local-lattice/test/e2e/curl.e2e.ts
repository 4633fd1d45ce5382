// curl.e2e.ts — the ways in which curl reaches a data plane: --connect-to, --resolve, as a proxy, over HTTP/2, from an address
// that stands for a VPC; and curl's own signatures.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type LocalLattice, startLocalLattice } from '../../src/index.js';
import { curl } from '../support/run.js';
import { ORDERS_HOST, ordersStack } from '../support/stacks.js';
import { headerOf, startUpstream, type Told, type Upstream } from '../support/upstream.js';

let upstream: Upstream;
let lattice: LocalLattice;
let folder: string;
let ca: string;
let http: string;
let https: string;
// Below the ports that connections get by themselves.
const vpcPort = 10_000 + (process.pid % 20_000);

beforeAll(async () => {
  upstream = await startUpstream();
  const local = {
    defaultVpc: 'front',
    vpcHeader: 'X-Local-Vpc',
    vpcs: { far: { address: '127.7.7.7', port: vpcPort } },
  };
  lattice = await startLocalLattice(ordersStack({ targets: [{ url: upstream.url }], local }));
  folder = mkdtempSync(join(tmpdir(), 'local-lattice-'));
  ca = join(folder, 'ca.pem');
  writeFileSync(ca, lattice.ca);
  http = new URL(lattice.httpUrl).host;
  https = new URL(lattice.httpsUrl ?? '').host;
});

afterAll(async () => {
  await lattice.close();
  await upstream.close();
  rmSync(folder, { recursive: true });
});

const told = ({ stdout }: { stdout: string }): Told => JSON.parse(stdout) as Told;

function signed(): string[] {
  const { accessKeyId, secretAccessKey } = lattice.credentialsOf('web');
  return [
    '--aws-sigv4',
    'aws:amz:eu-west-1:vpc-lattice-svcs',
    '-u',
    `${accessKeyId}:${secretAccessKey}`,
    '-H',
    'x-amz-content-sha256: UNSIGNED-PAYLOAD',
  ];
}

describe('without a signature', () => {
  const url = `http://${ORDERS_HOST}/public`;

  test('--connect-to', async () => {
    expect(told(await curl(['--connect-to', `::${http}`, url])).url).toBe('/public');
  });

  test('--resolve', async () => {
    const [, port] = http.split(':');
    const at = `http://${ORDERS_HOST}:${port}/public`;
    expect(told(await curl(['--resolve', `${ORDERS_HOST}:${port}:127.0.0.1`, at])).url).toBe('/public');
  });

  test('HTTP_PROXY', async () => {
    const answer = told(await curl([`${url}?a=1`], { http_proxy: lattice.httpUrl }));
    expect(answer.url).toBe('/public?a=1');
    expect(headerOf(answer, 'proxy-connection')).toEqual([]);
  });

  test('HTTPS_PROXY: a tunnel, and TLS in it', async () => {
    const answer = told(
      await curl(['--cacert', ca, `https://${ORDERS_HOST}/public`], { https_proxy: lattice.httpUrl }),
    );
    expect(headerOf(answer, 'x-forwarded-proto')).toEqual(['https']);
  });

  test('a tunnel, and plain HTTP in it', async () => {
    const answer = told(await curl(['--proxytunnel', '-x', lattice.httpUrl, url]));
    expect(headerOf(answer, 'x-forwarded-proto')).toEqual(['http']);
  });

  test('no proxy to anywhere else', async () => {
    const ran = await curl(['-i', '-x', lattice.httpUrl, 'http://example.org/']);
    expect(ran.stdout).toMatch(/^HTTP\/1.1 404 /);
    expect(ran.stdout).toMatch(/x-lattice-local: no-service/);
    const tunnel = await curl(['--proxytunnel', '-x', lattice.httpUrl, 'http://example.org/']);
    expect(tunnel.stderr).toMatch(/404/);
  });

  test.each([
    ['HTTP/2 without TLS', ['--http2-prior-knowledge'], 'http', '2'],
    ['HTTP/2 with TLS', ['--http2'], 'https', '2'],
    ['HTTP/1.1 with TLS', ['--http1.1'], 'https', '1.1'],
  ])('%s', async (_name, flags, scheme, version) => {
    const to = scheme === 'http' ? http : https;
    const ran = await curl([
      ...flags,
      '--cacert',
      ca,
      '--connect-to',
      `::${to}`,
      '-w',
      '\n%{http_version}',
      `${scheme}://${ORDERS_HOST}/public`,
    ]);
    const [body = '', used] = ran.stdout.split('\n');
    expect(used).toBe(version);
    expect(told({ stdout: body }).method).toBe('GET');
  });
});

describe('signed by curl', () => {
  // Parameters in order: this curl signs them as they come, which AWS refuses.
  test.each([
    ['http', `http://${ORDERS_HOST}/orders/7?a=1&b=2`],
    ['https', `https://${ORDERS_HOST}/orders/7`],
    ['the custom domain', 'https://orders.example.com/orders'],
  ])('%s', async (_name, url) => {
    const to = url.startsWith('https') ? https : http;
    const ran = await curl([...signed(), '--cacert', ca, '--connect-to', `::${to}`, url]);
    expect(headerOf(told(ran), 'x-amzn-lattice-identity')[0]).toMatch(/SessionName=pod-1/);
  });

  test('with a wrong secret', async () => {
    const { accessKeyId } = lattice.credentialsOf('web');
    const flags = signed().with(3, `${accessKeyId}:wrong`);
    const ran = await curl([...flags, '-i', '--connect-to', `::${http}`, `http://${ORDERS_HOST}/public`]);
    expect(ran.stdout).toMatch(/^HTTP\/1.1 403 /);
    expect(ran.stdout).toMatch(/\r\n\r\nInvalidSignatureException: The request signature we calculated/);
    expect(lattice.seen.at(-1)?.refusal).toMatch(/signature/);
  });
});

describe('which VPC', () => {
  const url = `http://${ORDERS_HOST}/public`;
  const status = async (flags: readonly string[], to = http) =>
    (await curl(['-i', '--connect-to', `::${to}`, ...flags, url])).stdout.split(/\r?\n/)[0];

  test('by its address', async () => {
    expect(await status(['--interface', '127.7.7.7'])).toBe('HTTP/1.1 504 Gateway Timeout');
    expect(await status([])).toBe('HTTP/1.1 200 OK');
  });

  test('by an address that was allotted', async () => {
    await curl(['--interface', '127.0.1.1', '--connect-to', `::${http}`, url]);
    expect(lattice.seen.at(-1)).toMatchObject({ vpc: 'front', sourceAddress: '127.0.1.1' });
  });

  test('by its port', async () => {
    expect(await status([], `127.0.0.1:${vpcPort}`)).toBe('HTTP/1.1 504 Gateway Timeout');
  });

  test('by the header, which goes no further', async () => {
    expect(await status(['-H', 'x-local-vpc: far'])).toBe('HTTP/1.1 504 Gateway Timeout');
    expect(await status(['-H', 'x-local-vpc: vpc-0e4f5a6b'])).toBe('HTTP/1.1 504 Gateway Timeout');
    expect(await status(['-H', 'x-local-vpc: nowhere'])).toBe('HTTP/1.1 400 Bad Request');
    const ran = await curl(['-H', 'x-local-vpc: front', '--connect-to', `::${http}`, url]);
    expect(headerOf(told(ran), 'x-local-vpc')).toEqual([]);
  });
});

test('what only Lattice says can not be said by a client', async () => {
  const forged = [
    'x-amzn-lattice-identity: Principal=root',
    'X-Amzn-Lattice-Identity-Tags: principal=root',
    'x_amzn_lattice_identity: Principal=root',
    'x-amzn-source-vpc: vpc-forged',
    'x-forwarded-for: 1.2.3.4',
    'x_forwarded_for: 1.2.3.4',
    'Connection: x-amzn-lattice-target',
  ].flatMap((line) => ['-H', line]);
  const answer = told(await curl([...forged, '--connect-to', `::${http}`, `http://${ORDERS_HOST}/public`]));
  expect(headerOf(answer, 'x-amzn-lattice-identity')).toEqual([]);
  expect(headerOf(answer, 'x-amzn-lattice-identity-tags')).toEqual([]);
  expect(headerOf(answer, 'x_amzn_lattice_identity')).toEqual([]);
  expect(headerOf(answer, 'x_forwarded_for')).toEqual([]);
  expect(headerOf(answer, 'x-amzn-source-vpc')).toEqual(['vpc-0a1b2c3d']);
  expect(headerOf(answer, 'x-forwarded-for')).toEqual(['127.0.0.1']);
  expect(headerOf(answer, 'x-amzn-lattice-target')).toHaveLength(1);
});
