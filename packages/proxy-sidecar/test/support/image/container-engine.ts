// container-engine.ts: podman with runc, on a store of its own in a temporary folder, so that nothing of the machine's
// containers and images is touched, and nothing is left behind.
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

// Lower limits than podman's own, which a machine with low hard limits refuses; runc works with any version of cgroups.
const CONFIG = `
[engine]
runtime = "runc"
cgroup_manager = "cgroupfs"
events_logger = "file"
[containers]
default_ulimits = ["nofile=4096:4096", "nproc=4096:4096"]
log_driver = "k8s-file"
netns = "host"
`;

/** Why the image can't be built here; undefined when it can. */
export function whyNoImage(): string | undefined {
  if (process.platform !== 'linux') return 'it is built from the files of a Linux';
  const files = ['/usr/share/ca-certificates/mozilla', '/usr/share/doc/libc6/copyright'];
  const missing = files.filter((path) => !existsSync(path));
  return missing.length === 0 ? undefined : `it takes libraries and authorities from Debian: no ${missing.join(', ')}`;
}

/** Why containers can't be run here; undefined when they can. */
export function whyNoContainers(): string | undefined {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return 'containers are run as root, on Linux';
  const missing = ['podman', 'runc', 'conmon'].filter((name) => spawnSync(name, ['--version']).status !== 0);
  return missing.length === 0 ? undefined : `not installed: ${missing.join(', ')} (tools/install-test-tools.sh)`;
}

/** As much as a sidecar gets: read-only, without any capability, 128 MiB. */
export const CONFINED: readonly string[] = [
  '--network=host',
  '--read-only',
  '--cap-drop=all',
  '--security-opt=no-new-privileges',
  '--memory=128m',
  '--memory-swap=128m',
];

/** A container under way. */
export interface Container {
  readonly name: string;
  /** Its process, as this machine numbers it. */
  readonly pid: number;
  logs(): string;
  /** Runs a program of the image in it. */
  exec(...command: string[]): { readonly status: number | null; readonly output: string };
  /** As `podman stop`: SIGTERM, and SIGKILL when time is up. Resolves to the exit code. */
  stop(seconds: number): Promise<number>;
}

/** An engine; `close` when done. */
export class ContainerEngine {
  readonly #dir = mkdtempSync(join(tmpdir(), 'lattice-auth-podman-'));
  readonly #env = { ...process.env, CONTAINERS_CONF: join(this.#dir, 'containers.conf') };
  readonly #names: string[] = [];

  constructor() {
    writeFileSync(this.#env.CONTAINERS_CONF, CONFIG);
  }

  /** Loads an archive, and returns the id of its image. */
  load(archive: string, tag: string): string {
    this.#podman('load', '--quiet', '--input', archive);
    return this.#podman('image', 'inspect', '--format', '{{.Id}}', tag).trim();
  }

  /** Where the files of an image are to be seen. */
  mount(tag: string): string {
    return this.#podman('image', 'mount', tag).trim();
  }

  /** Starts a container. */
  start(options: readonly string[], image: string, args: readonly string[]): Container {
    const name = `lattice-auth-${process.pid}-${this.#names.length}`;
    this.#names.push(name);
    this.#podman('run', '--detach', '--pull=never', `--name=${name}`, ...options, image, ...args);
    return {
      name,
      pid: Number(this.#podman('inspect', '--format', '{{.State.Pid}}', name)),
      logs: () => this.#podman('logs', name),
      exec: (...command) => {
        const done = spawnSync('podman', [...this.#store(), 'exec', name, ...command], {
          env: this.#env,
          encoding: 'utf8',
        });
        return { status: done.status, output: done.stdout + done.stderr };
      },
      stop: async (seconds) => {
        await this.#inBackground('stop', `--time=${seconds}`, name);
        return Number(this.#podman('inspect', '--format', '{{.State.ExitCode}}', name));
      },
    };
  }

  /** Runs a container to its end. */
  run(options: readonly string[], image: string, args: readonly string[], input = '') {
    const command = ['run', '--rm', '--interactive', '--pull=never', ...options, image, ...args];
    const done = spawnSync('podman', [...this.#store(), ...command], { env: this.#env, encoding: 'utf8', input });
    return { status: done.status, stdout: done.stdout, stderr: done.stderr };
  }

  /** Ends its containers, and removes its store. */
  close(): void {
    for (const name of this.#names)
      spawnSync('podman', [...this.#store(), 'rm', '--force', '--time=0', name], { env: this.#env });
    spawnSync('podman', [...this.#store(), 'image', 'unmount', '--all'], { env: this.#env });
    // The driver mounts its folder on itself, and leaves it so.
    const overlay = join(this.#dir, 'root', 'overlay');
    if (existsSync(overlay)) spawnSync('umount', [overlay]);
    rmSync(this.#dir, { recursive: true, force: true });
  }

  #store(): string[] {
    return ['--root', join(this.#dir, 'root'), '--runroot', join(this.#dir, 'run')];
  }

  #podman(...args: string[]): string {
    return execFileSync('podman', [...this.#store(), ...args], {
      env: this.#env,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  }

  #inBackground(...args: string[]): Promise<void> {
    return new Promise((resolve, reject) => {
      const child = spawn('podman', [...this.#store(), ...args], { env: this.#env, stdio: 'ignore' });
      child.on('error', reject).on('exit', (code) => (code === 0 ? resolve() : reject(new Error(`podman: ${code}`))));
    });
  }
}

/** A line of `/proc/<pid>/status`. */
export function statusOf(pid: number, field: string): string {
  const line = readFileSync(`/proc/${pid}/status`, 'utf8')
    .split('\n')
    .find((one) => one.startsWith(`${field}:`));
  return line?.slice(field.length + 1).trim() ?? '';
}

/** What the kernel has counted for the memory of a process's control group, in bytes; either version of cgroups. */
export function memoryOf(pid: number): { readonly limit: number; readonly peak: number; readonly anonymous: number } {
  const groups = readFileSync(`/proc/${pid}/cgroup`, 'utf8').split('\n');
  const first = groups.find((line) => line.split(':')[1] === 'memory');
  const dir =
    first === undefined ? `/sys/fs/cgroup${groups[0]?.split(':')[2]}` : `/sys/fs/cgroup/memory${first.split(':')[2]}`;
  const number = (file: string) => Number(readFileSync(join(dir, file), 'utf8'));
  const stat = (name: string) =>
    Number(new RegExp(`^${name} (\\d+)$`, 'm').exec(readFileSync(join(dir, 'memory.stat'), 'utf8'))?.[1]);
  return first === undefined
    ? { limit: number('memory.max'), peak: number('memory.peak'), anonymous: stat('anon') }
    : {
        limit: number('memory.limit_in_bytes'),
        peak: number('memory.max_usage_in_bytes'),
        anonymous: stat('total_rss'),
      };
}

/** For how long a process was ready to run, and others ran; 0 where the kernel doesn't count it. */
export function waitedMs(pid: number): number {
  const path = `/proc/${pid}/schedstat`;
  return existsSync(path) ? Number(readFileSync(path, 'utf8').split(' ')[1]) / 1e6 : 0;
}
