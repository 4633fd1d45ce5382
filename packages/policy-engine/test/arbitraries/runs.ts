// How much the randomized tests try, and from which seed: RUNS and SEED in the environment override both.
import fc from 'fast-check';

export const SEED = Number(process.env.SEED ?? Date.now() % 2 ** 31);

/** Runs of one test: `local` on a desk, `ci` where CI is set, RUNS where that is set. */
function runs(local: number, ci: number): number {
  return Number(process.env.RUNS ?? (process.env.CI ? ci : local));
}

/** The parameters of one assertion. fast-check prints seed and path of a failure; the title carries the seed too. */
export const parameters = (local: number, ci: number) => ({ seed: SEED, numRuns: runs(local, ci) });

/** One of the values, the earlier ones likelier the higher their weight. */
export function weighted<T>(...choices: readonly (readonly [weight: number, arbitrary: fc.Arbitrary<T>])[]) {
  return fc.oneof(...choices.map(([weight, arbitrary]) => ({ weight, arbitrary })));
}

/** True in about `percent` of a hundred. */
export const chance = (percent: number) => fc.integer({ min: 0, max: 99 }).map((drawn) => drawn >= 100 - percent);
