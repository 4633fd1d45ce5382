// The tests that mutants of the engine must survive to be worth a look: its unit tests and a short property run, with a
// fixed seed, so that the same mutant gets the same verdict twice.
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  root: fileURLToPath(new URL('../..', import.meta.url)),
  test: {
    include: ['packages/policy-engine/test/**/*.{test,prop}.ts'],
    env: { RUNS: process.env.RUNS ?? '50', SEED: process.env.SEED ?? '20260101' },
    testTimeout: 20_000,
  },
});
