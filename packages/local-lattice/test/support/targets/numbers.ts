// numbers.ts — how many cases properties try, and the seed: RUNS and SEED from the environment.
export const RUNS = Number(process.env.RUNS ?? 200);
/** A failure prints it. */
export const SEED = process.env.SEED === undefined ? Date.now() % 2 ** 31 : Number(process.env.SEED);
