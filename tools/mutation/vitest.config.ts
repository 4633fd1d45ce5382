// The tests that mutants of the engine must survive to be worth a look: the examples of evaluation. Not those of parsing and
// linting, which use the same leaves for other ends, and not the properties, which find most mutants by chance and slowly:
// what only they see deserves a row of its own.
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  root: fileURLToPath(new URL('../..', import.meta.url)),
  test: {
    include: [
      'packages/policy-engine/test/unit/{condition,match,evaluate,regressions,rules}/**/*.test.ts',
      'packages/policy-engine/test/unit/*.test.ts',
    ],
    testTimeout: 20_000,
  },
});
