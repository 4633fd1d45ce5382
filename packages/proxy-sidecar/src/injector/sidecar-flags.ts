// sidecar-flags.ts: a wish as the command line of `lattice-auth-proxy`. Flags win over a configuration file, so that what the
// probes and the rules of transparent mode rest on is as written here.
import type { Wish } from './annotations.js';

/** Where the sidecar listens, in an injected Pod. */
export interface Ports {
  readonly outbound: number;
  readonly admin: number;
  readonly inbound: number;
}

/** Where ConfigMaps appear in the sidecar. */
export const CONFIG_FOLDER = '/etc/lattice-auth/config';
export const POLICIES_FOLDER = '/etc/lattice-auth/policies';

/** Not 8080 and not 8005: apps are often there, and a Pod has one network. */
const DEFAULT_PORTS: Ports = { outbound: 9900, admin: 9901, inbound: 9902 };

/** Kubernetes' own default. */
const GRACE_SECONDS = 30;
const DRAIN_MS = 25_000;

/** The ports that a wish comes to. */
export function portsOf(wish: Wish): Ports {
  return {
    outbound: Number(wish.port ?? DEFAULT_PORTS.outbound),
    admin: Number(wish['admin-port'] ?? DEFAULT_PORTS.admin),
    inbound: Number(wish['inbound-port'] ?? DEFAULT_PORTS.inbound),
  };
}

/** What else the command line depends on. */
interface Surroundings {
  readonly ipFamily: 'IPv4' | 'IPv6';
  readonly graceSeconds: number | undefined;
}

/** The arguments of the sidecar's container. */
export function sidecarFlags(wish: Wish, { ipFamily, graceSeconds }: Surroundings): string[] {
  const ports = portsOf(wish);
  const everywhere = ipFamily === 'IPv4' ? '0.0.0.0' : '::';
  // Redirected IPv6 arrives at ::1, whatever its address was.
  const loopback = ipFamily === 'IPv6' && wish.transparent === 'true' ? '::1' : '127.0.0.1';
  const mode = wish.mode ?? 'outbound';
  return [
    'proxy',
    ...(wish.config === undefined ? [] : [`--config=${CONFIG_FOLDER}/sidecar.yaml`]),
    // The kubelet asks from outside the Pod. /config and /shutdown are for loopback all the same.
    `--admin.listen.host=${everywhere}`,
    `--admin.listen.port=${ports.admin}`,
    ...(mode === 'inbound' ? ['--outbound.enabled=false'] : outbound(wish, loopback, ports)),
    ...(mode === 'outbound' ? [] : inbound(wish, everywhere, ports)),
    ...policies(wish),
    ...each(wish, [
      ['role-arn', '--role-arn'],
      ['log-level', '--log.level'],
      ['access-log', '--log.access'],
    ]),
    ...drain(graceSeconds ?? GRACE_SECONDS),
  ];
}

function outbound(wish: Wish, host: string, ports: Ports): string[] {
  return [
    `--outbound.listen.host=${host}`,
    `--outbound.listen.port=${ports.outbound}`,
    ...each(wish, [
      ['host', '--host'],
      ['sign-host', '--sign-host'],
      ['name', '--name'],
      ['region', '--region'],
      ['scheme', '--upstream-url-scheme'],
      ['allow', '--outbound.allow'],
      ['preflight', '--preflight'],
      ['caller', '--caller'],
    ]),
  ];
}

function inbound(wish: Wish, host: string, ports: Ports): string[] {
  return [
    '--inbound.enabled=true',
    `--inbound.listen.host=${host}`,
    `--inbound.listen.port=${ports.inbound}`,
    `--inbound.app=127.0.0.1:${wish['app-port']}`,
    ...each(wish, [
      ['app-protocol', '--inbound.app-protocol'],
      ['inbound-mode', '--inbound.mode'],
    ]),
  ];
}

function policies(wish: Wish): string[] {
  if (wish.policies === undefined) return [];
  const own = wish['inbound-policies']?.split(',').map((name) => `${POLICIES_FOLDER}/${name}`);
  const withStack = wish.stack !== undefined || own === undefined;
  return [
    ...(withStack ? [`--stack=${POLICIES_FOLDER}/${wish.stack ?? 'stack.yaml'}`] : []),
    ...(own === undefined ? [] : [`--policies.inbound=${own.join(',')}`]),
  ];
}

/** A Pod that is given little time to end must have drained by then. */
function drain(graceSeconds: number): string[] {
  const deadlineMs = Math.max(500, graceSeconds * 1_000 - 5_000);
  if (deadlineMs >= DRAIN_MS) return [];
  return [`--drain.deadline-ms=${deadlineMs}`, `--drain.linger-ms=${Math.min(1_000, deadlineMs / 2)}`];
}

function each(wish: Wish, flags: readonly (readonly [name: keyof Wish, flag: string])[]): string[] {
  return flags.flatMap(([name, flag]) => {
    const value = wish[name];
    return value === undefined ? [] : [`${flag}=${value}`];
  });
}
