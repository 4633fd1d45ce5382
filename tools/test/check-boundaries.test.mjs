// Each rule of check-boundaries.mjs is broken once in a planted tree, and must be reported by name.
import { expect, test } from 'vitest';
import { checkBoundaries } from '../check-boundaries.mjs';
import { manifest, plant } from './planted-tree.mjs';

const engine = { 'packages/policy-engine/package.json': manifest('policy-engine') };
const clean = {
  ...engine,
  'packages/policy-engine/src/index.ts': "export { a } from './a.js';",
  'packages/policy-engine/src/a.ts': 'export const a = (x: readonly number[]): number => Math.max(...x.map(Number));',
  'packages/stack/package.json': manifest('stack', { dependencies: { '@lattice-auth/policy-engine': 'workspace:*' } }),
  'packages/stack/src/index.ts':
    "import { readFileSync } from 'node:fs';\nexport * from '@lattice-auth/policy-engine';\nexport const read = readFileSync;",
};
const problemsOf = (extra) => checkBoundaries(plant({ ...clean, ...extra }));

test('a tree that keeps the rules has no violation', async () => {
  expect(await problemsOf({})).toEqual([]);
});

test.each([
  [
    'an upward import',
    { 'packages/policy-engine/src/up.ts': "import { read } from '@lattice-auth/stack';\nexport const r = read;" },
    /imports @lattice-auth\/stack, and there is no such arrow/,
  ],
  [
    'an upward type import',
    { 'packages/policy-engine/src/up.ts': "export type R = import('@lattice-auth/stack').R;" },
    /imports @lattice-auth\/stack/,
  ],
  [
    'a sideways dependency',
    {
      'packages/stack/package.json': manifest('stack', {
        dependencies: { '@lattice-auth/policy-engine': '1', '@lattice-auth/sigv4-fetch': '1' },
      }),
      'packages/sigv4-fetch/package.json': manifest('sigv4-fetch'),
    },
    /depends on @lattice-auth\/sigv4-fetch/,
  ],
  [
    'a reach into another package',
    { 'packages/stack/src/reach.ts': "export { a } from '../../policy-engine/src/a.js';" },
    /leaves its package/,
  ],
  [
    'an undeclared dependency',
    { 'packages/stack/src/yaml.ts': "export { parse } from 'yaml';" },
    /imports `yaml`, which packages\/stack\/package.json does not declare/,
  ],
  [
    'a dev dependency in the source',
    {
      'packages/stack/package.json': manifest('stack', {
        dependencies: { '@lattice-auth/policy-engine': '1' },
        devDependencies: { yaml: '2' },
      }),
      'packages/stack/src/yaml.ts': "export { parse } from 'yaml';",
    },
    /imports `yaml`/,
  ],
  [
    'a node: import in the engine',
    { 'packages/policy-engine/src/n.ts': "import { join } from 'node:path';\nexport const n = join;" },
    /imports `node:path`; this package has no platform/,
  ],
  [
    'a built-in without its prefix',
    { 'packages/policy-engine/src/index.ts': "export { join } from 'path';" },
    /does not bundle|still imports|no platform/,
  ],
  [
    'a global of a platform',
    { 'packages/policy-engine/src/index.ts': "export const u = (): unknown => new URL('x:');" },
    /uses the global `URL`/,
  ],
  [
    'a call of process',
    { 'packages/policy-engine/src/index.ts': 'export const u = (): unknown => process.env;' },
    /uses the global `process`/,
  ],
  [
    'the clock',
    { 'packages/policy-engine/src/index.ts': 'export const now = (): number => Date.now();' },
    /reads the clock/,
  ],
  [
    'a new Date without a time',
    { 'packages/policy-engine/src/index.ts': 'export const now = (): Date => new Date();' },
    /reads the clock/,
  ],
  ['dice', { 'packages/policy-engine/src/index.ts': 'export const r = (): number => Math.random();' }, /rolls dice/],
  [
    'code from text',
    { 'packages/policy-engine/src/index.ts': "export const f = (): unknown => new Function('return 1');" },
    /evaluates text|global `Function`/,
  ],
  [
    'a computed import',
    { 'packages/stack/src/c.ts': 'export const load = (x: string): Promise<unknown> => import(x);' },
    /by a name that no tool can read/,
  ],
  [
    'an import cycle',
    {
      'packages/stack/src/x.ts': "import { y } from './y.js';\nexport const x = (): unknown => y;",
      'packages/stack/src/y.ts': "import { x } from './x.js';\nexport const y = x;",
    },
    /import cycle src\/x.ts → src\/y.ts → src\/x.ts/,
  ],
  [
    'a folder that looks back',
    {
      'packages/policy-engine/src/match/m.ts': "export { p } from '../parse/p.js';",
      'packages/policy-engine/src/parse/p.ts': 'export const p = 1;',
    },
    /looks back at `parse`/,
  ],
  ['a package nobody placed', { 'packages/extra/package.json': manifest('extra') }, /has no row in `arrows`/],
])('%s is a violation', async (_, extra, expected) => {
  expect((await problemsOf(extra)).join('\n')).toMatch(expected);
});

test('the one file that loads what a stack names may do so', async () => {
  const load = 'export const load = (x: string): Promise<unknown> => import(x);';
  const file = 'packages/local-lattice/src/targets/lambda-module-target.ts';
  expect((await problemsOf({ [file]: load })).join('\n')).not.toMatch(/no tool can read/);
});

test('what only looks like an import is none', async () => {
  const text = '// import x from "@lattice-auth/cli"\nexport const t = `import y from "@lattice-auth/cli"`;';
  expect(await problemsOf({ 'packages/stack/src/t.ts': text })).toEqual([]);
});

test('a circle of types alone is no cycle', async () => {
  const files = {
    'packages/stack/src/x.ts': "import type { Y } from './y.js';\nexport interface X { y: Y }",
    'packages/stack/src/y.ts': "import type { X } from './x.js';\nexport interface Y { x: X }",
  };
  expect(await problemsOf(files)).toEqual([]);
});
