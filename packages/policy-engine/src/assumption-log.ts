// The assumptions that the tests of a statement have used so far (docs/evaluation.md, TRI-4). Most are dropped again as soon
// as the test's value is known, and an array that shrinks gives its memory back: this one keeps it (bench engine: a third
// less memory for each request).
import type { AssumptionId } from './assumptions.js';

/** Like an array that is only pushed to and cut back. */
export class AssumptionLog {
  /** Assign to it to drop what lies behind. */
  length = 0;
  readonly #ids = new Array<AssumptionId>(4);

  push(id: AssumptionId): void {
    this.#ids[this.length++] = id;
  }

  /** A copy of what was pushed from `start` on. */
  slice(start: number): AssumptionId[] {
    return this.#ids.slice(start, this.length);
  }

  /** `list` and what was pushed and is not in it; the same list when there is nothing to add. */
  addedTo(list: readonly AssumptionId[]): readonly AssumptionId[] {
    let all = list;
    for (let index = 0; index < this.length; index++) {
      const id = this.#ids[index] as AssumptionId;
      if (!all.includes(id)) all = all.length === 0 ? [id] : [...all, id];
    }
    return all;
  }

  /** Puts `ids` in the place of what was pushed from `start` on. */
  replace(start: number, ids: readonly AssumptionId[]): void {
    this.length = start;
    for (const id of ids) this.push(id);
  }
}
