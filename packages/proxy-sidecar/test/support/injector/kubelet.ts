// kubelet.ts: a Pod's containers as processes on this machine, in the order in which a kubelet starts and stops them, with its
// probes. Images are commands; what a container has mounted, its arguments name by the folder's path on this machine.
import { type ChildProcess, spawn } from 'node:child_process';
import { request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

interface Probe {
  readonly httpGet: { readonly path: string; readonly port: number };
  readonly periodSeconds: number;
  readonly timeoutSeconds: number;
  readonly failureThreshold: number;
}

interface RunnableContainer {
  readonly name: string;
  readonly image: string;
  readonly args?: readonly string[];
  readonly env?: readonly { readonly name: string; readonly value?: string }[];
  readonly volumeMounts?: readonly { readonly name: string; readonly mountPath: string }[];
  readonly restartPolicy?: string;
  readonly startupProbe?: Probe;
  readonly readinessProbe?: Probe;
  readonly livenessProbe?: Probe;
}

export interface RunnablePod {
  readonly spec: {
    readonly initContainers?: readonly RunnableContainer[];
    readonly containers: readonly RunnableContainer[];
    readonly terminationGracePeriodSeconds?: number;
  };
}

/** What an image is here: a program and its first arguments. */
export type Images = Readonly<Record<string, readonly string[]>>;

/** Volume → folder. */
export type Folders = Readonly<Record<string, string>>;

/** An address of the machine that is not 127.0.0.1, as a Pod's is not for the kubelet. */
const POD_IP = '127.0.0.2';

interface Running {
  readonly container: RunnableContainer;
  readonly child: ChildProcess;
  readonly exit: Promise<number | null>;
  output: string;
}

/** A Pod that runs. */
export class Kubelet {
  readonly #images: Images;
  readonly #pod: RunnablePod;
  readonly #folders: Folders;
  readonly #running: Running[] = [];
  /** What happened, in order. */
  readonly events: string[] = [];

  constructor(pod: RunnablePod, images: Images, folders: Folders = {}) {
    this.#pod = pod;
    this.#folders = folders;
    this.#images = images;
  }

  /** Starts all containers; resolves when the main ones have been started. */
  async start(): Promise<void> {
    for (const container of this.#pod.spec.initContainers ?? []) {
      const running = this.#run(container);
      if (container.restartPolicy === 'Always') await this.#untilStarted(running);
      else await this.#completed(running);
    }
    for (const container of this.#pod.spec.containers) this.#run(container);
  }

  /** All containers that have a readiness probe pass it, and those with a liveness probe that. */
  async probe(): Promise<boolean> {
    const probes = this.#running.flatMap(({ container }) => [container.readinessProbe, container.livenessProbe]);
    const results = await Promise.all(probes.filter((one) => one !== undefined).map(passesInTime));
    return results.every(Boolean);
  }

  /** What a container has written so far. */
  output(name: string): string {
    return this.#running.find(({ container }) => container.name === name)?.output ?? '';
  }

  /** The exit code of a container, once it has ended. */
  async exitOf(name: string): Promise<number | null> {
    return (await this.#running.find(({ container }) => container.name === name)?.exit) ?? null;
  }

  /** TERM to the main containers; when they have ended, to the sidecars, the last one first; KILL at the end of the grace. */
  async stop(): Promise<Record<string, number | null>> {
    const grace = setTimeout(() => this.kill(), (this.#pod.spec.terminationGracePeriodSeconds ?? 30) * 1_000);
    const main = this.#running.filter(({ container }) => this.#pod.spec.containers.includes(container));
    const sidecars = this.#running.filter(({ container }) => container.restartPolicy === 'Always').reverse();
    for (const one of main) this.#terminate(one);
    await Promise.all(main.map(({ exit }) => exit));
    for (const one of sidecars) {
      this.#terminate(one);
      await one.exit;
    }
    clearTimeout(grace);
    const codes = this.#running.map(async ({ container, exit }) => [container.name, await exit] as const);
    return Object.fromEntries(await Promise.all(codes));
  }

  /** Ends what is left, for a test that failed. */
  kill(): void {
    for (const { child } of this.#running) child.kill('SIGKILL');
  }

  #run(container: RunnableContainer): Running {
    const [command = '', ...first] = this.#images[container.image] ?? [];
    const env = Object.fromEntries((container.env ?? []).map(({ name, value = '' }) => [name, value]));
    const args = (container.args ?? []).map((text) => this.#mounted(container, text));
    const child = spawn(command, [...first, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    const exit = new Promise<number | null>((resolve) => {
      child.on('exit', (code) => {
        this.events.push(`${container.name} ended with ${code}`);
        resolve(code);
      });
    });
    const running: Running = { container, child, exit, output: '' };
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        running.output += text;
      });
    }
    this.#running.push(running);
    this.events.push(`${container.name} started`);
    return running;
  }

  /** A text with paths of mounts as they are on this machine. */
  #mounted({ volumeMounts = [] }: RunnableContainer, text: string): string {
    return volumeMounts.reduce(
      (at, { name, mountPath }) => at.replaceAll(mountPath, this.#folders[name] ?? mountPath),
      text,
    );
  }

  async #untilStarted({ container, child, output }: Running): Promise<void> {
    const probe = container.startupProbe;
    for (let failures = 0; probe !== undefined; failures++) {
      if (await passes(probe)) break;
      if (failures >= probe.failureThreshold || child.exitCode !== null) {
        throw new Error(`${container.name} did not start: ${output}`);
      }
      await sleep(probe.periodSeconds * 1_000);
    }
    this.events.push(`${container.name} passed its startup probe`);
  }

  async #completed(running: Running): Promise<void> {
    const code = await running.exit;
    if (code !== 0) throw new Error(`${running.container.name} ended with ${code}: ${running.output}`);
  }

  #terminate({ container, child }: Running): void {
    if (child.exitCode !== null) return;
    this.events.push(`${container.name} told to end`);
    child.kill('SIGTERM');
  }
}

/** Not failing as often in a row as makes a difference. */
async function passesInTime(probe: Probe): Promise<boolean> {
  for (let attempt = 0; attempt < probe.failureThreshold; attempt++) {
    if (await passes(probe)) return true;
    await sleep(100);
  }
  return false;
}

/** From 200 to 399, in time. */
function passes({ httpGet: { path, port }, timeoutSeconds }: Probe): Promise<boolean> {
  return new Promise((resolve) => {
    const options = { host: POD_IP, port, path, agent: false, timeout: timeoutSeconds * 1_000 };
    const asked = request({ ...options, headers: { 'user-agent': 'kube-probe/1.35' } }, (response) => {
      response.resume();
      resolve((response.statusCode ?? 0) >= 200 && (response.statusCode ?? 0) < 400);
    });
    asked.on('timeout', () => asked.destroy()).on('error', () => resolve(false));
    asked.end();
  });
}
