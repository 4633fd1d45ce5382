// One test project per kind, told apart by file name (see CONTRIBUTING.md).
import { defineConfig } from 'vitest/config';

const source = (name: string) => new URL(`./packages/${name}/src/`, import.meta.url).pathname;

// Tests run against the sources, so that they need no build; processes started by e2e tests run from dist.
const alias = [
  { find: /^@lattice-auth\/(policy-engine|stack|sigv4-fetch|cli)$/, replacement: `${source('$1')}index.ts` },
  { find: /^@lattice-auth\/sigv4-fetch\/(.+)$/, replacement: `${source('sigv4-fetch')}$1.ts` },
];

const kind = (name: string, suffix: string, testTimeout: number) => ({
  resolve: { alias },
  test: {
    name,
    include: [`packages/*/test/**/*.${suffix}.ts`],
    environment: 'node' as const,
    testTimeout,
    hookTimeout: testTimeout,
  },
});

export default defineConfig({
  test: {
    projects: [
      kind('unit', 'test', 10_000),
      kind('prop', 'prop', 120_000),
      kind('diff', 'diff', 240_000),
      kind('e2e', 'e2e', 60_000),
      kind('fuzz', 'fuzz', 120_000),
    ],
  },
});
