// namespaces.ts: two network namespaces with a cable between them: a pod's, and one in which Lattice's addresses are.
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';

/** Addresses of the fake Lattice; both are in the ranges that are redirected. */
export const LATTICE_V4 = '169.254.171.10';
export const LATTICE_V6 = 'fd00:ec2:80::a';
/** The pod, and a machine that isn't Lattice. */
export const POD_V4 = '10.213.7.2';
export const OTHER_V4 = '10.213.7.1';

/** Why there can be no such namespaces here; undefined when there can. */
export function whyNoNamespaces(): string | undefined {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return 'network namespaces are made as root, on Linux';
  const missing = [
    ['ip', '-V'],
    ['iptables', '--version'],
    ['setpriv', '--version'],
  ].filter(([command = '', flag = '']) => spawnSync(command, [flag]).status !== 0);
  if (missing.length > 0)
    return `not installed: ${missing.map(([name]) => name).join(', ')} (tools/install-test-tools.sh)`;
  const name = `lattice-try-${process.pid}`;
  const made = spawnSync('ip', ['netns', 'add', name], { encoding: 'utf8' });
  if (made.status !== 0) return `no network namespace can be made: ${made.stderr.trim()}`;
  const tables = spawnSync('ip', ['netns', 'exec', name, 'iptables', '-t', 'nat', '-S'], { encoding: 'utf8' });
  spawnSync('ip', ['netns', 'del', name]);
  return tables.status === 0 ? undefined : `no packet filter in a namespace: ${tables.stderr.trim()}`;
}

/** A program in a namespace. */
export interface Running {
  readonly output: () => string;
  /** Resolves when the output has this text. */
  said(text: string): Promise<void>;
  stop(): Promise<number | null>;
}

/** The two namespaces; `close` when done. */
export class PodNetwork {
  readonly pod = `lattice-pod-${process.pid}`;
  readonly lattice = `lattice-far-${process.pid}`;

  /** `hosts` are names that both resolve, as the pod's DNS would have it. */
  constructor(hosts: Readonly<Record<string, string>>) {
    for (const name of [this.pod, this.lattice]) {
      ip('netns', 'add', name);
      ip('-n', name, 'link', 'set', 'lo', 'up');
    }
    const lines = ['127.0.0.1 localhost', ...Object.entries(hosts).map(([name, address]) => `${address} ${name}`)];
    // `ip netns exec` puts the files of this folder in the place of those in /etc.
    mkdirSync(this.#etc(), { recursive: true });
    writeFileSync(`${this.#etc()}/hosts`, `${lines.join('\n')}\n`);
    ip('-n', this.pod, 'link', 'add', 'cable', 'type', 'veth', 'peer', 'name', 'cable', 'netns', this.lattice);
    this.#address(this.pod, 'cable', `${POD_V4}/24`, 'fd00:213:7::2/64');
    this.#address(this.lattice, 'cable', `${OTHER_V4}/24`, 'fd00:213:7::1/64');
    this.#address(this.lattice, 'lo', `${LATTICE_V4}/32`, `${LATTICE_V6}/128`);
    for (const name of [this.pod, this.lattice]) ip('-n', name, 'link', 'set', 'cable', 'up');
    ip('-n', this.pod, 'route', 'add', 'default', 'via', OTHER_V4);
    ip('-n', this.pod, '-6', 'route', 'add', 'default', 'via', 'fd00:213:7::1');
  }

  /** Runs a program to its end as root; returns what it prints. */
  run(namespace: string, ...command: string[]): string {
    return execFileSync('ip', ['netns', 'exec', namespace, ...command], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  }

  /** Starts a program as a user. */
  start(
    namespace: string,
    uid: number,
    command: readonly string[],
    env: Readonly<Record<string, string>> = {},
  ): Running {
    const child = spawn('ip', ['netns', 'exec', namespace, ...asUser(uid), ...command], {
      env: { PATH: process.env.PATH, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let text = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk) => {
        text += chunk;
      });
    }
    const exit = new Promise<number | null>((resolve) => child.on('exit', resolve));
    return {
      output: () => text,
      async said(wanted) {
        for (let left = 2_000; left > 0 && !text.includes(wanted); left -= 1) {
          if (child.exitCode !== null) break;
          await new Promise((resolve) => setTimeout(resolve, 5));
        }
        if (!text.includes(wanted)) throw new Error(`\`${wanted}\` was not said: ${text}`);
      },
      stop() {
        child.kill('SIGTERM');
        return exit;
      },
    };
  }

  close(): void {
    for (const name of [this.pod, this.lattice]) spawnSync('ip', ['netns', 'del', name]);
    rmSync(this.#etc(), { recursive: true, force: true });
  }

  #etc(): string {
    return `/etc/netns/${this.pod}`;
  }

  #address(namespace: string, device: string, v4: string, v6: string): void {
    ip('-n', namespace, 'addr', 'add', v4, 'dev', device);
    // Without asking whether another one has it, which takes a second.
    ip('-n', namespace, '-6', 'addr', 'add', v6, 'dev', device, 'nodad');
  }
}

/** A user with this number and no rights but one: to read the programs, which may lie in a folder of root's own. */
function asUser(uid: number): string[] {
  const caps = ['--inh-caps=-all,+dac_read_search', '--ambient-caps=-all,+dac_read_search'];
  return ['setpriv', `--reuid=${uid}`, `--regid=${uid}`, '--clear-groups', ...caps, '--no-new-privs'];
}

function ip(...args: string[]): void {
  execFileSync('ip', args, { stdio: ['ignore', 'pipe', 'pipe'] });
}
