// The smaller checks, each seen to fail: release notes, generated files, public names.
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { checkChangesets, readChangeset } from '../check-changesets.mjs';
import { compareWithModules, difference, listNames, missingFiles } from '../check-exports.mjs';
import { checkGenerated } from '../check-generated.mjs';
import { packages, readJson } from '../workspace.mjs';
import { manifest, plant } from './planted-tree.mjs';

const notes = (front, text) => `---\n${front}\n---\n\n${text}\n`;
const said = 'Something that a user can understand.';
const withNotes = (text, version = '1.0.0') =>
  checkChangesets(
    plant({
      'packages/stack/package.json': { ...manifest('stack'), version },
      '.changeset/config.json': {},
      ...(text ? { '.changeset/quick-fox.md': text } : {}),
    }),
  ).join('\n');

test('sound release notes pass', () => {
  expect(withNotes(notes("'@lattice-auth/stack': minor", said), '0.0.0')).toBe('');
  expect(readChangeset(notes('"@lattice-auth/stack": patch', said))?.releases).toEqual([
    ['@lattice-auth/stack', 'patch'],
  ]);
});

test.each([
  ['no front matter', said, '1.0.0', /no front matter/],
  ['an unknown package', notes("'@lattice-auth/stak': minor", said), '1.0.0', /`@lattice-auth\/stak` is not/],
  ['an unknown bump', notes("'@lattice-auth/stack': medium", said), '1.0.0', /`medium` is not/],
  ['nothing said', notes("'@lattice-auth/stack': minor", 'Fix.'), '1.0.0', /says too little/],
  [
    'a quiet change of decisions',
    notes("'@lattice-auth/stack': minor", `**Decision-breaking**: ${said}`),
    '1.0.0',
    /no major/,
  ],
  ['a first release without notes', '', '0.0.0', /was never released/],
])('%s is found', (_, text, version, expected) => {
  expect(withNotes(text, version)).toMatch(expected);
});

const generated = (script, text) => {
  const base = plant({
    'packages/p/package.json': manifest('p', script ? { scripts: { generate: script } } : {}),
    'packages/p/src/a.generated.ts': text,
  });
  return checkGenerated(packages(base)[0]).join('\n');
};

test('a generated file must be what its generator writes', () => {
  const script = "printf 'one' > src/a.generated.ts";
  expect(generated(script, 'one')).toBe('');
  expect(generated(script, 'two')).toMatch(/a.generated.ts: not what its generator writes/);
  expect(generated('exit 4', 'one')).toMatch(/failed/);
  expect(generated(undefined, 'one')).toMatch(/no `generate` script/);
});

test('public names are read through re-exports, and compared with the module', async () => {
  const exports = {
    '.': { types: './dist/index.d.ts', default: './dist/index.js' },
    './package.json': './package.json',
  };
  const base = plant({
    'packages/p/package.json': manifest('p', { exports, type: 'module' }),
    'packages/p/dist/index.d.ts':
      "export * from './a.js';\nexport { type T, v as w } from './b.js';\nexport declare const x: 1, y: 2;\nexport type { U } from './b.js';",
    'packages/p/dist/a.d.ts': 'export declare function f(): void;\nexport interface I {}\nexport declare class C {}',
    'packages/p/dist/index.js': 'export const f = 1, C = 2, w = 3, x = 4, z = 5;',
  });
  const one = packages(base)[0];
  expect(readJson(join(one.dir, 'package.json')).type).toBe('module');
  const names = ['. type I', '. type T', '. type U', '. value C', '. value f', '. value w', '. value x', '. value y'];
  expect(listNames(one)).toEqual(names);
  expect(await compareWithModules(one)).toEqual([
    '@lattice-auth/p: `y` is typed but not there',
    '@lattice-auth/p: `z` is there but not typed',
  ]);
  expect(missingFiles(one)).toEqual([]);
  expect(missingFiles({ ...one, dir: join(one.dir, 'gone') })[0]).toMatch(/index.d.ts is not built/);
  expect(difference(['a', 'b'], ['b', 'c'])).toEqual(['- a', '+ c']);
});
