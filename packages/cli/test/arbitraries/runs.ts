// runs.ts: how much the randomized tests try, and from which seed: RUNS and SEED in the environment override both.

/** The seed of this process, so that all properties of a run can be repeated with one number. */
export const SEED = Number(process.env.SEED ?? Date.now() % 2 ** 31);

/** Settings of a property. */
export const runs = (local: number) => ({ seed: SEED, numRuns: Number(process.env.RUNS ?? local) });
