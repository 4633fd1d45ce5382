// app-port.ts: does the app take connections? For readiness: what Lattice delivers to a sidecar without its app is lost. Asked by
// connecting, when somebody asks us, and not more often than once a second.
import { connect } from 'node:net';
import type { CheckResult } from '../admin/health.js';
import { parseAddress } from '../outbound/address.js';

const FRESH_MS = 1_000;
/** The app is on this machine, or on the next one. */
const CONNECT_MS = 500;
/**
 * For so long the app need not be there yet, unless it was: Kubernetes starts the app after a sidecar that is an init container, once
 * its startup probe, which is as a rule the same question, was answered with yes.
 */
const START_MS = 30_000;

/** The port of the app. */
export class AppPort {
  readonly #host: string;
  readonly #port: number;
  readonly #since = performance.now();
  #looking: Promise<void> | undefined;
  #lookedAtMs = Number.NEGATIVE_INFINITY;
  #problem: string | undefined;
  #reachedOnce = false;

  constructor(address: string) {
    const { host, port = 80 } = parseAddress(address);
    this.#host = host;
    this.#port = port;
  }

  /** Resolves when what is known is no older than a second. */
  async look(): Promise<void> {
    if (performance.now() - this.#lookedAtMs < FRESH_MS) return;
    this.#looking ??= this.#connect().then((problem) => {
      this.#lookedAtMs = performance.now();
      this.#looking = undefined;
      this.#problem = problem;
      this.#reachedOnce ||= problem === undefined;
    });
    await this.#looking;
  }

  /** What the last look saw. */
  check(nowMs = performance.now()): CheckResult {
    if (this.#problem === undefined) return { ok: true };
    const starting = !this.#reachedOnce && nowMs - this.#since < START_MS;
    return { ok: starting, detail: `${this.#host}:${this.#port}: ${this.#problem}${starting ? ', not yet' : ''}` };
  }

  #connect(): Promise<string | undefined> {
    return new Promise((resolve) => {
      const socket = connect({ host: this.#host, port: this.#port, timeout: CONNECT_MS });
      const done = (problem: string | undefined) => {
        socket.destroy();
        resolve(problem);
      };
      socket.on('connect', () => done(undefined));
      socket.on('timeout', () => done(`no connection within ${CONNECT_MS} ms`));
      socket.on('error', (error: NodeJS.ErrnoException) => done(error.code ?? error.name));
    });
  }
}
