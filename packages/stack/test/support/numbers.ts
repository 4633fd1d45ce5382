// numbers.ts — RUNS and SEED from the environment, for properties.

/** How many cases a property tries. */
export const RUNS = Number(process.env.RUNS ?? 300);

/** The seed: given, or another one each time; a failure prints it. */
export const SEED = process.env.SEED === undefined ? Date.now() % 2 ** 31 : Number(process.env.SEED);
