// policy-store.ts: the policies in force. They are read when the sidecar starts and whenever their files change; what cannot be
// used is reported, turns readiness red, and leaves the last good ones in force. Without any good ones nothing is decided,
// which in enforce mode is a denial.
import type { CheckResult } from '../admin/health.js';
import type { Logger } from '../log/logger.js';
import { type FileWatch, watchFiles } from './file-watch.js';
import { fingerprint, type PolicySet, type ReadPolicies, readPolicies, type Wanted } from './policy-set.js';

/** Files that change while they are read are read again, this many times. */
const READS_MAX = 5;
const PROBLEMS_SHOWN_MAX = 20;

/** Numbers for the metrics. */
export interface PolicyNumbers {
  readonly usable: boolean;
  readonly loadedAt: Date | undefined;
  readonly reloads: number;
  readonly failures: number;
}

/** Keeps the policies in step with their files. */
export class PolicyStore {
  readonly #wanted: Wanted;
  readonly #logger: Logger;
  #set: PolicySet | undefined;
  #problems: readonly string[] = ['not read yet'];
  #loadedAt: Date | undefined;
  #reloads = 0;
  #failures = 0;
  #files: readonly string[] = [];
  #seen = '';
  #watch: FileWatch | undefined;
  #reading: Promise<void> | undefined;
  #again = false;

  /** Reads nothing yet: {@link start} does. */
  constructor(wanted: Wanted, logger: Logger) {
    this.#wanted = wanted;
    this.#logger = logger;
  }

  /** The last good policies. The same object until they change. */
  get current(): PolicySet | undefined {
    return this.#set;
  }

  /** What is wrong with the files as they are; empty when they are in force. */
  get problems(): readonly string[] {
    return this.#problems;
  }

  get numbers(): PolicyNumbers {
    const usable = this.#problems.length === 0;
    return { usable, loadedAt: this.#loadedAt, reloads: this.#reloads, failures: this.#failures };
  }

  /** Reads the files and follows them from then on. Resolves also when they cannot be used. */
  async start(): Promise<void> {
    this.#watch = watchFiles(this.#wanted.files.pollMs, () => void this.refresh());
    await this.refresh();
  }

  /** Reads the files if they have changed; calls that come meanwhile are one more. */
  refresh(): Promise<void> {
    this.#again = true;
    this.#reading ??= this.#readWhileAsked().finally(() => {
      this.#reading = undefined;
    });
    return this.#reading;
  }

  async #readWhileAsked(): Promise<void> {
    while (this.#again) {
      this.#again = false;
      const now = this.#files.length === 0 ? '' : await fingerprint(this.#files);
      if (now !== '' && now === this.#seen) continue;
      await this.#read();
    }
  }

  async #read(): Promise<void> {
    let known = this.#files.length > 0 ? this.#files : namedFiles(this.#wanted);
    for (let reads = 1; ; reads += 1) {
      const before = await fingerprint(known);
      const result = await readPolicies(this.#wanted);
      const after = await fingerprint(result.files);
      // INVARIANT: what is put in force stood in all files at one time: a swap in between is a mix of two versions.
      if ((before === after && sameFiles(known, result.files)) || reads >= READS_MAX) {
        this.#seen = after;
        this.#take(result);
        return;
      }
      known = result.files;
    }
  }

  #take(result: ReadPolicies): void {
    this.#files = result.files;
    this.#watch?.follow(result.files);
    this.#reloads += 1;
    if (result.kind === 'unusable') {
      this.#failures += 1;
      this.#problems = result.problems.slice(0, PROBLEMS_SHOWN_MAX);
      const kept = this.#set === undefined ? 'there are none in force' : 'the last good ones stay in force';
      this.#logger.error(`policies cannot be used; ${kept}`, { problems: this.#problems });
      return;
    }
    this.#set = result.set;
    this.#problems = [];
    this.#loadedAt = new Date();
    this.#logger.info('policies are in force', { files: result.files });
  }

  /** For readiness. */
  check(): CheckResult {
    if (this.#problems.length === 0) return { ok: true };
    return { ok: false, detail: this.#problems[0] };
  }

  close(): void {
    this.#watch?.close();
  }
}

function namedFiles({ files: { stack, inbound } }: Wanted): string[] {
  return [...(stack === undefined ? [] : [stack]), ...inbound];
}

function sameFiles(some: readonly string[], others: readonly string[]): boolean {
  return some.length === others.length && some.every((file, index) => file === others[index]);
}
