// The looks into a tarball and at licences, each seen to fail; packing and installing are left to the check itself.
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { checkFiles, checkLicences, isAllowedLicence } from '../check-packages.mjs';
import { plant } from './planted-tree.mjs';

const manifest = { name: 'p', license: 'Apache-2.0', engines: { node: '>=22' } };
const map = { sources: ['../src/index.ts'], sourcesContent: ['x'] };
const tarball = {
  'package.json': manifest,
  LICENSE: 'Apache License',
  'README.md': '# p',
  'dist/index.js': 'export {};\n//# sourceMappingURL=index.js.map',
  'dist/index.js.map': map,
  'dist/index.d.ts': 'export {};',
};
const problemsOf = (extra) => checkFiles({ name: 'p', unpacked: plant({ ...tarball, ...extra }) }).join('\n');

test('a sound tarball passes', () => {
  expect(problemsOf({})).toBe('');
});

test.each([
  ['a test', { 'dist/test/a.js': '' }, 'ships dist/test/a.js'],
  ['a test beside its source', { 'dist/a.test.js': '' }, 'ships dist/a.test.js'],
  ['a source', { 'src/index.ts': '' }, 'ships src/index.ts'],
  ['a build record', { 'dist/.tsbuildinfo': '' }, 'ships dist/.tsbuildinfo'],
  ['a map to nowhere', { 'dist/index.js.map': { sources: ['../src/index.ts'] } }, 'points to ../src/index.ts'],
  ['a missing map', { 'dist/a.js': '//# sourceMappingURL=a.js.map' }, 'names the map a.js.map'],
  ['another licence', { LICENSE: 'All rights reserved' }, 'LICENSE is another'],
  ['an install script', { 'package.json': { ...manifest, scripts: { postinstall: 'x' } } }, 'runs `postinstall`'],
  ['an unresolved workspace', { 'package.json': { ...manifest, dependencies: { a: 'workspace:*' } } }, '`workspace:`'],
  ['an older Node', { 'package.json': { ...manifest, engines: { node: '>=18' } } }, 'does not ask for Node 22'],
])('%s is found', (_, extra, expected) => {
  expect(problemsOf(extra)).toContain(expected);
});

test('licences are read through the whole production tree', () => {
  const installed = (license, dependencies = {}) => ({ name: 'x', license, dependencies });
  const base = plant({
    'p/package.json': { name: 'p', dependencies: { a: '1', gone: '1' }, devDependencies: { dev: '1' } },
    'p/node_modules/a/package.json': installed('MIT', { b: '1' }),
    'p/node_modules/b/package.json': installed('AGPL-3.0-only'),
    'p/node_modules/dev/package.json': installed('AGPL-3.0-only'),
  });
  const { problems, count } = checkLicences({ name: 'p', dir: join(base, 'p') });
  expect(problems).toEqual(['p > a > b: licence `"AGPL-3.0-only"`', 'p > gone: is not installed']);
  expect(count).toBe(2);
});

test.each([
  ['MIT', true],
  ['(MIT OR GPL-3.0)', true],
  ['MIT AND AGPL-3.0', false],
  ['(Apache-2.0 AND BSD-3-Clause)', true],
  [undefined, false],
  ['UNLICENSED', false],
])('licence %s: %s', (licence, allowed) => {
  expect(isAllowedLicence(licence)).toBe(allowed);
});
