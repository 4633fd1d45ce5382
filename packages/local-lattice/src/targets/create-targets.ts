// create-targets.ts — the targets of a stack's groups. Those that a reload leaves as they were stay as they are, processes
// and connections included; the others are closed.
import { dirname } from 'node:path';
import type { LocalTarget, Stack, TargetGroup } from '@lattice-auth/stack';
import { TargetRing } from '../data-plane/target-ring.js';
import type { Target } from '../model.js';
import type { TargetFactory, TargetParts, TargetTimeouts } from './target-parts.js';

/** What makes which kind. */
export type TargetFactories = Readonly<Record<LocalTarget['kind'], TargetFactory>>;

/** The targets of one data plane over all of its stacks. */
export class Targets {
  readonly #factories: TargetFactories;
  readonly #timeouts: TargetTimeouts;
  readonly #log: (line: string) => void;
  #known = new Map<string, Target>();

  constructor(factories: TargetFactories, timeouts: TargetTimeouts, log: (line: string) => void) {
    this.#factories = factories;
    this.#timeouts = timeouts;
    this.#log = log;
  }

  /** Makes what another stack needs, and keeps what it has in common with the one before. */
  use(stack: Stack, seed: number): { ringOf: (group: TargetGroup) => TargetRing; closeOthers: () => Promise<void> } {
    const before = this.#known;
    const now = new Map<string, Target>();
    const rings = new Map<string, TargetRing>();
    for (const group of Object.values(stack.targetGroups)) {
      const local = Object.hasOwn(stack.local.targetGroups, group.name)
        ? stack.local.targetGroups[group.name]
        : undefined;
      const targets = (local?.targets ?? []).map((each, index) => {
        const healthCheck = local?.healthCheck;
        const { lambdaEventVersion, protocolVersion } = group;
        const key = JSON.stringify([
          stack.file,
          group.name,
          index,
          each,
          healthCheck,
          lambdaEventVersion,
          protocolVersion,
        ]);
        const target = before.get(key) ?? this.#make({ stack, group, local: each, healthCheck });
        now.set(key, target);
        return target;
      });
      rings.set(group.name, new TargetRing(targets, seed));
    }
    this.#known = now;
    const none = new TargetRing([]);
    return {
      ringOf: ({ name }) => rings.get(name) ?? none,
      closeOthers: () => closeAll([...before].filter(([key]) => !now.has(key)).map(([, target]) => target)),
    };
  }

  async close(): Promise<void> {
    const all = [...this.#known.values()];
    this.#known = new Map();
    await closeAll(all);
  }

  #make(parts: Pick<TargetParts, 'stack' | 'group' | 'local' | 'healthCheck'>): Target {
    const { local, stack } = parts;
    const all = { ...parts, folder: dirname(stack.file), timeouts: this.#timeouts, log: this.#log };
    return this.#factories[local.kind](all);
  }
}

async function closeAll(targets: readonly Target[]): Promise<void> {
  await Promise.allSettled(targets.map((target) => target.close()));
}
