// One test project per kind, told apart by file name (see CONTRIBUTING.md). `tools` are the repository's own checks.
import { readdirSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));

interface Manifest {
  name: string;
  exports?: Record<string, unknown>;
  imports?: Record<string, unknown>;
}

/** The first `types` in an entry of `exports`, however deep its conditions go. */
function typesOf(entry: unknown): string | undefined {
  if (typeof entry !== 'object' || entry === null) return undefined;
  if ('types' in entry && typeof entry.types === 'string') return entry.types;
  return Object.values(entry).map(typesOf).find(Boolean);
}

// Tests run against the sources, so that they need no build; processes started by e2e tests run from dist.
// Each public entry and internal import, as package.json names it, stands for the source that it is compiled from.
const alias = readdirSync(path('./packages')).flatMap((folder) => {
  const manifest = JSON.parse(readFileSync(path(`./packages/${folder}/package.json`), 'utf8')) as Manifest;
  return Object.entries({ ...manifest.exports, ...manifest.imports }).flatMap(([subpath, entry]) => {
    const types = typesOf(entry);
    if (types === undefined) return [];
    const source = types.replace(/^\.\/dist\//, '/src/').replace(/\.d\.ts$/, '.ts');
    const name = subpath.startsWith('#') ? subpath : manifest.name + subpath.slice(1);
    return [{ find: new RegExp(`^${name}$`), replacement: path(`./packages/${folder}${source}`) }];
  });
});

// A fuzz test stops after this many seconds, whatever it has tried by then.
const FUZZ_SECONDS = process.env.FUZZ_SECONDS ?? (process.env.CI ? '30' : '10');

// Vitest leaves one core free; of two, that leaves one.
const PARALLEL = Math.max(2, availableParallelism() - 1);

// Kinds with the same order run beside each other. One file at a time where tests start processes: a port that was free
// when one of them looked for it must still be free when its process listens.
const kind = (name: string, include: string, testTimeout: number, [groupOrder, maxWorkers] = [0, PARALLEL]) => ({
  resolve: { alias },
  test: {
    name,
    include: [include],
    sequence: { groupOrder },
    maxWorkers,
    environment: 'node' as const,
    env: { FUZZ_SECONDS },
    testTimeout,
    hookTimeout: testTimeout,
  },
});

export default defineConfig({
  test: {
    projects: [
      kind('unit', 'packages/*/test/**/*.test.ts', 10_000),
      kind('prop', 'packages/*/test/**/*.prop.ts', 120_000),
      kind('diff', 'packages/*/test/**/*.diff.ts', 240_000),
      kind('e2e', 'packages/*/test/**/*.e2e.ts', 60_000, [2, 1]),
      kind('fuzz', 'packages/*/test/**/*.fuzz.ts', 120_000, [1, PARALLEL]),
      kind('tools', 'tools/test/**/*.test.mjs', 60_000, [2, 1]),
    ],
  },
});
