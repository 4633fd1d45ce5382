// transparent-rules.ts: the packet filter rules of transparent mode: TCP from the pod to Lattice's link-local ranges is
// redirected to the sidecar, except what the sidecar itself sends, told by its user id. One list, from which the init
// container's script is made and with which the rules are tested in a network namespace.
import { isIP } from 'node:net';

/** What the rules depend on. */
export interface TransparentOptions {
  /** Port that the sidecar's outbound listener has on loopback. */
  readonly port: number;
  /** User id of the sidecar. No other container of the pod may have it: its traffic would pass unsigned. */
  readonly uid: number;
  /** Ranges that are redirected. Default: {@link LATTICE_RANGES}. */
  readonly ranges?: readonly string[];
  /** Ports left alone. Default: 443, since TLS that the app speaks itself cannot be signed for. */
  readonly exceptPorts?: readonly number[];
}

/** Where Lattice's services are, seen from a VPC. */
const LATTICE_RANGES: readonly string[] = ['169.254.171.0/24', 'fd00:ec2:80::/64'];

/** The chain that holds the rules. */
export const CHAIN = 'LATTICE_AUTH';

/**
 * The rules as commands, to be run in this order in a namespace that has none of them yet.
 *
 * @example
 * for (const [command, ...args] of transparentRules({ port: 8080, uid: 65532 })) spawnSync(command, args);
 */
export function transparentRules(options: TransparentOptions): string[][] {
  return [...familyRules('iptables', 4, options), ...familyRules('ip6tables', 6, options)];
}

function familyRules(
  command: string,
  family: 4 | 6,
  { port, uid, ranges = LATTICE_RANGES, exceptPorts = [443] }: TransparentOptions,
): string[][] {
  const own = ranges.filter((range) => isIP(range.split('/', 1)[0] ?? '') === family);
  if (own.length === 0) return [];
  const nat = (...rest: (string | number)[]) => [command, '-w', '5', '-t', 'nat', ...rest.map(String)];
  return [
    nat('-N', CHAIN),
    nat('-A', CHAIN, '-m', 'owner', '--uid-owner', uid, '-j', 'RETURN'),
    ...exceptPorts.map((except) => nat('-A', CHAIN, '-p', 'tcp', '--dport', except, '-j', 'RETURN')),
    nat('-A', CHAIN, '-p', 'tcp', '-j', 'REDIRECT', '--to-ports', port),
    // Last, so that a chain that could not be filled never has traffic.
    ...own.map((range) => nat('-A', 'OUTPUT', '-p', 'tcp', '-d', range, '-j', CHAIN)),
  ];
}

/**
 * The same rules as a script for `sh -c`. It may run again in the same namespace (a pod's init containers do, when the pod
 * is restarted on its node), and leaves IPv6 alone where the kernel has no such table: there is then nothing to redirect.
 */
export function transparentScript(options: TransparentOptions): string {
  const v4 = familyRules('iptables', 4, options).map(repeatable);
  const v6 = familyRules('ip6tables', 6, options).map(repeatable);
  const lines = ['set -eu', ...v4];
  if (v6.length > 0)
    lines.push('if ip6tables -w 5 -t nat -S >/dev/null 2>&1; then', ...v6.map((line) => `  ${line}`), 'fi');
  return `${lines.join('\n')}\n`;
}

/** A rule as a line that has the same effect when it is there already. */
function repeatable(rule: readonly string[]): string {
  const line = rule.join(' ');
  if (rule.includes('-N')) return `${line} 2>/dev/null || ${line.replace(' -N ', ' -F ')}`;
  if (rule.includes('OUTPUT')) return `${line.replace(' -A ', ' -C ')} 2>/dev/null || ${line}`;
  return line;
}
