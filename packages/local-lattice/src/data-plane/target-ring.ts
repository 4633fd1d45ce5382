// target-ring.ts — the targets of a group: in turn, those that are healthy. When none is, all of them get requests, as
// with AWS's other load balancers: a health check that is wrong must not be an outage.
import type { Target } from '../model.js';

/** Targets in turn. */
export class TargetRing {
  readonly targets: readonly Target[];
  #at: number;

  constructor(targets: readonly Target[], seed = 0) {
    this.targets = targets;
    this.#at = targets.length === 0 ? 0 : seed % targets.length;
  }

  next(): Target | undefined {
    const { targets } = this;
    for (let tried = 0; tried < targets.length; tried += 1) {
      const target = this.#turn();
      if (target?.healthy) return target;
    }
    return this.#turn();
  }

  #turn(): Target | undefined {
    const target = this.targets[this.#at];
    this.#at = (this.#at + 1) % Math.max(1, this.targets.length);
    return target;
  }
}
