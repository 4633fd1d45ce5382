// Every flag of aws-sigv4-proxy, and what it means there. Where the values are ours (loopback), the test says so.
import { expect, test } from 'vitest';
import { ConfigError } from '../../../src/config/config-error.js';
import { loadConfig } from '../../../src/config/load-config.js';
import { defaults, type SidecarConfig } from '../../../src/config/sidecar-config.js';

const names = { command: 'lattice-auth-proxy', version: '0' };

async function load(...argv: string[]): Promise<SidecarConfig> {
  const loaded = await loadConfig(argv, {}, names);
  if (loaded.kind !== 'config') throw new Error('a text instead of a configuration');
  return loaded.config;
}

const outbound = async (...argv: string[]) => (await load(...argv)).outbound;
const signing = async (...argv: string[]) => (await outbound(...argv)).signing;

test('--name and --region: what is signed for', async () => {
  expect(await signing('--name', 'execute-api', '--region', 'eu-west-1')).toEqual({
    ...defaults.outbound.signing,
    service: 'execute-api',
    region: 'eu-west-1',
  });
});

test('--host: everything is sent there, with that Host and server name', async () => {
  expect((await outbound('--host', 'orders.example.com')).destination).toEqual({
    mode: 'upstream',
    target: { connect: 'orders.example.com', serverName: 'orders.example.com', signedHost: 'orders.example.com' },
  });
  expect((await outbound('--host=10.0.0.7:8443')).destination).toEqual({
    mode: 'upstream',
    target: { connect: '10.0.0.7:8443', signedHost: '10.0.0.7:8443' },
  });
});

test('--host with --sign-host: connects to the one, sends and signs the other', async () => {
  const { destination, allow } = await outbound(
    '--host',
    'vpce-1.example.com:443',
    '--sign-host',
    'orders.example.com',
  );
  expect(destination).toEqual({
    mode: 'upstream',
    target: { connect: 'vpce-1.example.com:443', serverName: 'vpce-1.example.com', signedHost: 'orders.example.com' },
  });
  expect(allow).toEqual(['vpce-1.example.com', 'orders.example.com']);
});

test('--sign-host alone is also where to: not wherever a caller says', async () => {
  expect((await outbound('--sign-host', 'orders.example.com')).destination).toEqual(
    (await outbound('--host', 'orders.example.com')).destination,
  );
});

test.each([
  [':8005', { host: '127.0.0.1', port: 8005 }],
  ['8005', { host: '127.0.0.1', port: 8005 }],
  ['0.0.0.0:8005', { host: '0.0.0.0', port: 8005 }],
  ['[::1]:8005', { host: '::1', port: 8005 }],
  ['localhost:8005', { host: 'localhost', port: 8005 }],
])('--port %s: no host is loopback, not everywhere', async (value, listen) => {
  expect((await outbound('--port', value)).listen).toEqual(listen);
});

test('--role-arn', async () => {
  const arn = 'arn:aws:iam::111122223333:role/app';
  expect((await load('--role-arn', arn)).credentials).toEqual({ roleArn: arn });
});

test('--unsigned-payload: what is always done', async () => {
  expect(await signing('--unsigned-payload')).toEqual(defaults.outbound.signing);
});

test('--upstream-url-scheme', async () => {
  expect((await outbound('--upstream-url-scheme', 'http')).upstream.scheme).toBe('http');
});

test('-s, --strip: may be repeated', async () => {
  expect((await signing('-s', 'X-One', '--strip', 'X-Two', '--strip=x-three')).strip).toEqual([
    'x-one',
    'x-two',
    'x-three',
  ]);
});

test('--duplicate-headers: may be repeated', async () => {
  expect(
    (await signing('--duplicate-headers', 'Authorization', '--duplicate-headers', 'X-A')).duplicateHeaders,
  ).toEqual(['authorization', 'x-a']);
});

test('--custom-headers: pairs with commas; a backslash keeps one', async () => {
  expect({ ...(await signing('--custom-headers', 'X-A=1,X-B=a=b,X-C=1\\,2')).customHeaders }).toEqual({
    'X-A': '1',
    'X-B': 'a=b',
    'X-C': '1,2',
  });
});

test('--no-verify-ssl', async () => {
  expect((await outbound('--no-verify-ssl')).upstream.tls).toEqual({ verify: false });
});

test.each([
  ['40s', 40_000],
  ['1m30s', 90_000],
  ['500ms', 500],
  ['1.5h', 5_400_000],
  ['0', 1],
])('--transport.idle-conn-timeout %s', async (value, idleMs) => {
  expect((await outbound('--transport.idle-conn-timeout', value)).pool.idleMs).toBe(idleMs);
});

test('-v, --verbose: all of the log flags', async () => {
  for (const flag of ['-v', '--verbose']) {
    expect((await load(flag)).log).toEqual({ level: 'debug', access: 'all', signing: true });
  }
});

test('--log-failed-requests and --log-signing-process', async () => {
  expect((await load('--log-failed-requests')).log).toEqual({ level: 'info', access: 'failed', signing: false });
  expect((await load('--log-signing-process')).log).toEqual({ level: 'info', access: 'all', signing: true });
});

test.each([
  [['-v', '--log-failed-requests'], 'all'],
  [['--log-failed-requests', '-v'], 'all'],
  [['-v', '--log-failed-requests', '--log.access', 'failed'], 'failed'],
  [['-v', '--log.access', 'off'], 'off'],
])('what -v logs is not made less by a flag that adds to a log there: %j', async (argv, access) => {
  expect((await load(...argv)).log.access).toBe(access);
});

test('a whole command line, as people have it', async () => {
  const argv = ['--unsigned-payload', '--name', 'vpc-lattice-svcs', '--region', 'us-west-2', '--upstream-url-scheme'];
  const config = await load(...argv, 'http', '-v', '--port', ':8080', '--log-failed-requests', '--log-signing-process');
  expect(config.outbound).toMatchObject({ listen: { host: '127.0.0.1', port: 8080 }, upstream: { scheme: 'http' } });
});

test.each([
  [['--port', 'http'], '--port: must be `:port`, `port` or `host:port`, not `http`'],
  [['--port', ':70000'], '--port: `outbound.listen.port` must be at most 65535'],
  [
    ['--transport.idle-conn-timeout', '40'],
    '--transport.idle-conn-timeout: must be a duration such as `40s` or `1m30s`, not `40`',
  ],
  [['--custom-headers', 'x-a'], '--custom-headers: must be `name=value`, several with commas between them'],
  [['--custom-headers', 'x-a=1,x-a=2'], '--custom-headers: has `x-a` twice'],
  [
    ['--upstream-url-scheme', 'ftp'],
    '--upstream-url-scheme: `outbound.upstream.scheme` must be `https` or `http`, not `ftp`',
  ],
  [['--role-arn', 'app'], "--role-arn: `credentials.roleArn` is `app`, which is not a role's ARN"],
  [
    ['--host', 'http://x/'],
    '--host: `outbound.destination.target.connect` is `http://x/`, which is not `host`, `host:port` or `[v6]:port`',
  ],
  [
    ['--host', 'a:99999'],
    '--host: `outbound.destination.target.connect` is `a:99999`, which is not `host`, `host:port` or `[v6]:port`, with a port from 1 to 65535',
  ],
])('what cannot be: %j', async (argv, message) => {
  const failed = load(...argv);
  await expect(failed).rejects.toThrow(ConfigError);
  await expect(failed).rejects.toThrow(message);
});
