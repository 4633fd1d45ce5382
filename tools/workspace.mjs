// workspace.mjs: where things are in this repository, asked of the file system once.
// Used by every tool, and by the set-up that runs on the machine's own Node 20 with nothing installed:
// so only Node built-ins here, and nothing newer than Node 20 knows.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository's root folder; everything below is absolute, so that tools work from any directory. */
export const root = fileURLToPath(new URL('..', import.meta.url)).replace(/\/$/, '');

/** Scratch space of the tools: ignored by git, safe to delete at any time. */
export const cacheDir = join(root, '.cache');

/** Machine-readable results of the last run (vitest's JSON, mutation scores): ignored by git. */
export const reportsDir = join(root, 'reports');

/** The Node 24 that the set-up brings. */
export const nodeBinary = join(root, 'node_modules', 'node', 'bin', 'node');

export const readJson = (path) => JSON.parse(readFileSync(path, 'utf8'));

const workspaceAt = (base, folder) => {
  const dir = join(base, folder);
  const manifest = readJson(join(dir, 'package.json'));
  return { folder, dir, name: manifest.name, short: manifest.name.replace('@lattice-auth/', ''), manifest };
};

/** The workspaces below `packages/`, in the order of their names. `base` is another tree in the tools' own tests. */
export function packages(base = root) {
  const parent = join(base, 'packages');
  if (!existsSync(parent)) return [];
  return readdirSync(parent)
    .filter((name) => existsSync(join(parent, name, 'package.json')))
    .sort()
    .map((name) => workspaceAt(base, `packages/${name}`));
}

/** Those that go to the registry. */
export const publishedPackages = (base = root) => packages(base).filter((one) => one.manifest.private !== true);

/** All workspaces: the packages, then `bench`. */
export function workspaces(base = root) {
  const bench = existsSync(join(base, 'bench', 'package.json')) ? [workspaceAt(base, 'bench')] : [];
  return [...packages(base), ...bench];
}

/** Files below `dir` whose path `accept`s, sorted; never looks into installed or built folders. */
export function filesBelow(dir, accept = () => true) {
  if (!existsSync(dir)) return [];
  const skipped = new Set(['node_modules', 'dist', 'dist-test', '.cache', 'coverage', 'reports']);
  const found = [];
  for (const entry of readdirSync(dir, { withFileTypes: true })) {
    const path = join(dir, entry.name);
    if (entry.isDirectory()) {
      if (!skipped.has(entry.name)) found.push(...filesBelow(path, accept));
    } else if (accept(path)) found.push(path);
  }
  return found.sort();
}
