// Where settings come from, which of them wins, and what is said about those that cannot be.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { ConfigError } from '../../../src/config/config-error.js';
import { loadConfig } from '../../../src/config/load-config.js';
import { flagOf, SETTINGS, variableOf } from '../../../src/config/settings.js';
import { defaults, type SidecarConfig } from '../../../src/config/sidecar-config.js';

const folder = mkdtempSync(join(tmpdir(), 'sidecar-config-'));
afterAll(() => rmSync(folder, { recursive: true }));

const names = { command: 'lattice-auth-proxy', version: '1.2.3' };
let files = 0;

function fileWith(text: string): string {
  files += 1;
  const path = join(folder, `sidecar-${files}.yaml`);
  writeFileSync(path, text);
  return path;
}

async function load(argv: readonly string[] = [], env: Record<string, string> = {}): Promise<SidecarConfig> {
  const loaded = await loadConfig(argv, env, names);
  if (loaded.kind !== 'config') throw new Error('a text instead of a configuration');
  return loaded.config;
}

/** What is wrong, without the folder that the file happens to be in. */
async function problemsOf(argv: readonly string[], env: Record<string, string> = {}): Promise<string[]> {
  try {
    await loadConfig(argv, env, names);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    expect(error.code).toBe('ERR_SIDECAR_CONFIG');
    return error.problems.map(({ where, message }) => `${where.replace(/^.*sidecar-\d+/, 'sidecar')}: ${message}`);
  }
  return [];
}

const problemsIn = (text: string) => problemsOf(['--config', fileWith(text)]);

test('nothing said gives the defaults', async () => {
  expect(await load()).toEqual(defaults);
});

test('flags win over the environment, the environment over the file, the file over the defaults', async () => {
  const file = fileWith(`
log: { level: error, access: failed, signing: true }
outbound:
  timeouts: { connectMs: 1, headersMs: 2, idleMs: 3 }
`);
  const env = {
    LATTICE_AUTH_PROXY_CONFIG: file,
    LATTICE_AUTH_PROXY_LOG_ACCESS: 'off',
    LATTICE_AUTH_PROXY_LOG_LEVEL: 'warn',
    LATTICE_AUTH_PROXY_OUTBOUND_TIMEOUTS_HEADERS_MS: '20',
    LATTICE_AUTH_PROXY_OUTBOUND_TIMEOUTS_IDLE_MS: '30',
  };
  const config = await load(['--log.level', 'debug', '--outbound.timeouts.idle-ms=300'], env);
  expect(config.log).toEqual({ level: 'debug', access: 'off', signing: true });
  expect(config.outbound.timeouts).toEqual({ ...defaults.outbound.timeouts, connectMs: 1, headersMs: 20, idleMs: 300 });
});

test('JSON is read as well', async () => {
  expect(
    (await load(['-c', fileWith('{ "$schema": "x", "admin": { "listen": { "port": 15021 } } }')])).admin.listen,
  ).toEqual({
    host: '127.0.0.1',
    port: 15021,
  });
});

test('an empty file, and keys of the user’s own, say nothing', async () => {
  expect(await load(['-c', fileWith('')])).toEqual(defaults);
  expect(await load(['-c', fileWith('x-team: orders\n')])).toEqual(defaults);
});

test('every setting has a flag and a variable, each its own', async () => {
  expect(new Set(SETTINGS.map(flagOf)).size).toBe(SETTINGS.length);
  expect(new Set(SETTINGS.map(variableOf)).size).toBe(SETTINGS.length);
  expect(SETTINGS.length).toBeGreaterThan(100);
});

test.each([
  ['a mistyped key', 'outbond: {}\n', 'sidecar.yaml:1:1: unknown setting `outbond`; did you mean `outbound`?'],
  [
    'a mistyped key further down',
    'outbound:\n  timeouts:\n    conectMs: 5\n',
    'sidecar.yaml:3:5: unknown setting `outbound.timeouts.conectMs`; did you mean `connectMs`?',
  ],
  [
    'a mistyped choice',
    'outbound:\n  preflight: shadw\n',
    'sidecar.yaml:2:14: `outbound.preflight` must be `off`, `shadow` or `enforce`, not `shadw`; did you mean `shadow`?',
  ],
  [
    'another type',
    'admin:\n  listen: { port: "9901" }\n',
    'sidecar.yaml:2:19: `admin.listen.port` must be a whole number, not text',
  ],
  ['too much', 'workers: 65\n', 'sidecar.yaml:1:10: `workers` must be at most 64'],
  [
    'a key that is missing',
    'inbound:\n  tls: { certFile: a.pem }\n',
    'sidecar.yaml:2:8: `inbound.tls` lacks `keyFile`',
  ],
  [
    'a malformed host',
    'outbound: { allow: ["a b"] }\n',
    'sidecar.yaml:1:21: `outbound.allow.0` is `a b`, which is not a host name, or `*.example.com`',
  ],
  [
    'no YAML',
    'outbound: {\n',
    'sidecar.yaml:2:1: flow map in block collection must be sufficiently indented and end with a }',
  ],
  ['a list', '- a\n', 'sidecar.yaml:1:1: must be a mapping'],
  ['a key twice', 'workers: 1\nworkers: 2\n', 'sidecar.yaml:2:1: map keys must be unique'],
  ['a key that is no text', '8080: x\n', 'sidecar.yaml:1:1: `8080` is not text: put it in quotes'],
])('a file with %s: the place and the words', async (_, text, message) => {
  expect((await problemsIn(text))[0]?.replace(/sidecar:/, 'sidecar.yaml:')).toBe(message);
});

test('a secret is not quoted in an error', async () => {
  const [problem] = await problemsIn('outbound: { signing: { customHeaders: { x-key: "geheim\\u0001" } } }\n');
  expect(problem).toBe('sidecar.yaml:1:48: `outbound.signing.customHeaders.x-key` is not a header value');
});

test('all that is wrong is said at once', async () => {
  expect(await problemsIn('workers: 0\nlog: { level: loud }\n')).toHaveLength(2);
});

test.each([
  ['ENOENT', 'no-such-file.yaml', 'no such file'],
  ['a folder', '.', 'not a file'],
])('a file that cannot be read: %s', async (_, path, message) => {
  expect(await problemsOf(['--config', path])).toEqual([`${path}: ${message}`]);
});

test('a variable and a flag are named', async () => {
  const problems = await problemsOf(['--outbound.limits.header-bytes', '1'], {
    LATTICE_AUTH_PROXY_WORKERS: 'two',
    LATTICE_AUTH_PROXY_ADMIN_ENABLED: 'yes',
  });
  expect(problems).toEqual([
    'LATTICE_AUTH_PROXY_WORKERS: `workers` must be a whole number',
    'LATTICE_AUTH_PROXY_ADMIN_ENABLED: `admin.enabled` must be `true` or `false`',
    '--outbound.limits.header-bytes: `outbound.limits.headerBytes` must be at least 1024',
  ]);
});

test('variables that nobody meant for us are warned about, those of Kubernetes are not', async () => {
  const env = {
    LATTICE_AUTH_PROXY_LOG_LEVL: 'debug',
    LATTICE_AUTH_PROXY_SERVICE_HOST: '10.0.0.1',
    LATTICE_AUTH_PROXY_PORT_8080_TCP_ADDR: '10.0.0.1',
    LATTICE_AUTH_PROXY_PORT: 'tcp://10.0.0.1:8080',
  };
  const loaded = await loadConfig([], env, names);
  expect(loaded.kind === 'config' && loaded.warnings).toEqual([
    'LATTICE_AUTH_PROXY_LOG_LEVL: no setting has this name; did you mean `LATTICE_AUTH_PROXY_LOG_LEVEL`?',
  ]);
});

test('lists, numbers and pairs in one text', async () => {
  const config = await load(['--outbound.retries.statuses', '502,503', '--outbound.signing.region', '*'], {
    LATTICE_AUTH_PROXY_OUTBOUND_ALLOW: 'a.example.com, *.B.example.com',
    LATTICE_AUTH_PROXY_OUTBOUND_SIGNING_CUSTOM_HEADERS: 'x-a=1=2,X-b=c\\,d',
  });
  expect(config.outbound.retries.statuses).toEqual([502, 503]);
  expect(config.outbound.allow).toEqual(['a.example.com', '*.b.example.com']);
  expect({ ...config.outbound.signing.customHeaders }).toEqual({ 'x-a': '1=2', 'X-b': 'c,d' });
  expect(config.outbound.signing.region).toBe('*');
});

test.each([
  [['--prot', ':80'], 'command line: unknown option `--prot`; did you mean --port?'],
  [['extra'], 'command line: too many arguments. Expected 0 arguments but got 1: extra.; see --help'],
  [['--name'], 'command line: option `--name <service>` argument missing; see --help'],
])('a command line that is none: %j', async (argv, message) => {
  expect(await problemsOf(argv)).toEqual([message]);
});

test('help and version are texts', async () => {
  const help = await loadConfig(['--help'], {}, names);
  expect(help.kind === 'help' && help.text).toContain('--outbound.timeouts.connect-ms');
  expect(await loadConfig(['--version'], {}, names)).toEqual({ kind: 'help', text: '1.2.3\n' });
});

test('--check-config is told apart', async () => {
  expect(await loadConfig(['--check-config'], {}, names)).toMatchObject({ kind: 'config', checkOnly: true });
});

test.each([
  [
    'outbound: { destination: { mode: upstream } }',
    '`outbound.destination` has mode `upstream` and needs `target.connect`',
  ],
  ['outbound: { destination: { mode: routes } }', '`outbound.destination` has mode `routes` and needs `routes`'],
  ['outbound: { preflight: enforce }', '`outbound.preflight` is `enforce` and needs `policies.stack`'],
  [
    'inbound: { enabled: true }',
    '`inbound.mode` is `enforce` and needs `policies.stack` or `policies.inbound`, or `inbound.mode: off`',
  ],
  [
    'inbound: { trustedPeers: [10.0.0.0/33] }',
    '`inbound.trustedPeers.0` is `10.0.0.0/33`, which is not an address or a CIDR block',
  ],
  ['admin: { listen: { port: 8080 } }', '`admin.listen` is `127.0.0.1:8080`, as `outbound.listen` is'],
  [
    'extAuthz: { principals: { "": web } }',
    '`extAuthz.principals` must not name anybody for a peer without a certificate',
  ],
  ['outbound: { enabled: false }', '`outbound.enabled` is false, as are `inbound.enabled` and `extAuthz.enabled`'],
  [
    'outbound: { signing: { customHeaders: { X-Amz-Date: x } } }',
    '`outbound.signing.customHeaders` must not have `X-Amz-Date`, which the sidecar sets itself',
  ],
  [
    'outbound: { destination: { mode: routes, routes: [{ name: a }, { name: a }] } }',
    '`outbound.destination.routes.1.name` is `a`, as that of another route',
  ],
])('what does not go together: %s', async (text, message) => {
  expect((await problemsIn(text))[0]?.replace(/^\S+ /, '')).toBe(message);
});

test('a destination that the operator names may be signed for', async () => {
  const file = fileWith(`
outbound:
  destination:
    mode: routes
    routes:
      - { name: orders, host: Orders.example.com, connect: "10.0.0.7:8443", signedHost: "orders.internal:9000" }
      - { name: rest }
`);
  const { allow, destination } = (await load(['-c', file])).outbound;
  expect(allow).toEqual(['10.0.0.7', 'orders.internal:9000'.replace(':9000', ''), 'orders.example.com']);
  expect(destination.mode === 'routes' && destination.routes.map(({ name }) => name)).toEqual(['orders', 'rest']);
});

test('what is less safe than it could be is said', async () => {
  const argv = ['--port', '0.0.0.0:8080', '--no-verify-ssl', '--upstream-url-scheme', 'http', '--name', 's3'];
  const loaded = await loadConfig(argv, {}, names);
  expect(loaded.kind === 'config' && loaded.warnings).toHaveLength(4);
});

test('AWS’s own variables give the session name and the region of STS', async () => {
  const env = { AWS_ROLE_SESSION_NAME: 'n'.repeat(70), AWS_DEFAULT_REGION: 'eu-west-1' };
  expect((await load([], env)).credentials).toEqual({ sessionName: 'n'.repeat(64), stsRegion: 'eu-west-1' });
});
