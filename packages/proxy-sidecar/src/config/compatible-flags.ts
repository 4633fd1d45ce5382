// compatible-flags.ts: the flags of aws-sigv4-proxy, each with what it means there, as settings of ours. Where we differ on
// purpose (loopback, allow-list, secrets in logs) docs/sidecar.md says so.
import { pairsFrom, SettingValueError } from './settings.js';
import { quote } from './wording.js';

/** One of these flags. */
export interface CompatibleFlag {
  /** As commander takes it: `-s, --strip <header>`. */
  readonly flags: string;
  readonly description: string;
  /** Values of a repeated flag are collected. */
  readonly repeats?: boolean;
  /** Settings that it stands for; what is given later on the command line wins. */
  settings(value: string): readonly (readonly [path: readonly string[], value: unknown])[];
}

const signing = (name: string) => ['outbound', 'signing', name];

export const COMPATIBLE_FLAGS: readonly CompatibleFlag[] = [
  flag('--name <service>', 'signing name; default vpc-lattice-svcs', (name) => [[signing('service'), name]]),
  flag('--region <region>', 'region to sign for; a list with commas or `*` signs with SigV4A', (region) => [
    [signing('region'), region.includes(',') ? region.split(',') : region],
  ]),
  flag('--port <address>', 'where to listen: `:8080` or `8080` (loopback), or `0.0.0.0:8080` (everywhere)', listen),
  flag('--role-arn <arn>', 'role to assume', (arn) => [[['credentials', 'roleArn'], arn]]),
  flag('--unsigned-payload', 'accepted: payloads are never signed, as Lattice wants it', () => [
    [signing('payload'), 'unsigned'],
  ]),
  flag('--upstream-url-scheme <scheme>', '`https` or `http`', (scheme) => [
    [['outbound', 'upstream', 'scheme'], scheme],
  ]),
  {
    ...flag('-s, --strip <header>', 'request header that is not sent on', (names) => [
      [signing('strip'), headers(names)],
    ]),
    repeats: true,
  },
  {
    ...flag('--duplicate-headers <header>', 'request header to send a second time as x-original-<name>', (names) => [
      [signing('duplicateHeaders'), headers(names)],
    ]),
    repeats: true,
  },
  flag('--custom-headers <name=value,…>', 'headers for requests that do not have them; `\\,` is a comma', (text) => [
    [signing('customHeaders'), pairsFrom(text)],
  ]),
  flag('--no-verify-ssl', 'take any certificate of upstreams', () => [
    [['outbound', 'upstream', 'tls', 'verify'], false],
  ]),
  flag(
    '--transport.idle-conn-timeout <duration>',
    'close upstream connections idle for so long, such as `40s`',
    (text) => [[['outbound', 'pool', 'idleMs'], Math.max(1, durationMs(text))]],
  ),
  flag('-v, --verbose', 'more messages, and all that the two flags below log', () => [
    [['log', 'level'], 'debug'],
    [['log', 'access'], 'all'],
    [['log', 'signing'], true],
  ]),
  flag('--log-failed-requests', 'log requests answered with 400 and more only', () => [[['log', 'access'], 'failed']]),
  flag('--log-signing-process', 'log what is signed, without tokens', () => [[['log', 'signing'], true]]),
];

function flag(flags: string, description: string, settings: CompatibleFlag['settings']): CompatibleFlag {
  return { flags, description, settings };
}

/** Names of headers, from however many times the flag was given: values are joined by line breaks. */
function headers(names: string): string[] {
  return names.split('\n').map((name) => name.toLowerCase());
}

function listen(address: string): readonly (readonly [readonly string[], unknown])[] {
  const found = /^(?:(?<host>[^:[\]]+|\[[0-9a-fA-F:.]+\])?:)?(?<port>\d{1,5})$/.exec(address);
  if (found === null)
    throw new SettingValueError(`must be \`:port\`, \`port\` or \`host:port\`, not ${quote(address)}`);
  const { host, port } = found.groups ?? {};
  const onPort = [['outbound', 'listen', 'port'], Number(port)] as const;
  if (host === undefined) return [onPort];
  return [onPort, [['outbound', 'listen', 'host'], host.replace(/^\[(.*)\]$/, '$1')]];
}

const UNIT_MS: Readonly<Record<string, number>> = { ns: 1e-6, us: 1e-3, µs: 1e-3, ms: 1, s: 1e3, m: 6e4, h: 3.6e6 };

/** A duration as Go writes it: `40s`, `1m30s`, `500ms`. */
function durationMs(text: string): number {
  if (text === '0') return 0;
  if (!/^(?:\d{1,9}(?:\.\d{1,9})?(?:ns|us|µs|ms|s|m|h)){1,8}$/.test(text)) {
    throw new SettingValueError(`must be a duration such as \`40s\` or \`1m30s\`, not ${quote(text)}`);
  }
  const parts = text.matchAll(/([\d.]+)(ns|us|µs|ms|s|m|h)/g);
  const total = [...parts].reduce((sum, [, amount, unit]) => sum + Number(amount) * (UNIT_MS[unit ?? ''] ?? 0), 0);
  return Math.round(total);
}

/**
 * Where requests go, from `--host` and `--sign-host`: the first is whom to connect to, the second the `Host` that is sent and
 * signed. Each alone is also the other: nobody's requests are sent, signed for one host, to wherever a caller says.
 */
export function destinationOf(
  connect: string | undefined,
  signHost: string | undefined,
): Record<string, unknown> | undefined {
  const host = connect ?? signHost;
  if (host === undefined) return undefined;
  const name = /^(?:\[.*\]|[0-9.]+)(?::\d+)?$/.test(host) ? undefined : host.replace(/:\d+$/, '');
  const serverName = name === undefined ? {} : { serverName: name };
  return { mode: 'upstream', target: { connect: host, ...serverName, signedHost: signHost ?? host } };
}
