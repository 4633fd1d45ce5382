// build.mjs: `tsc -b` when a source changed, nothing when none did. The compiler's own up-to-date check is quick, but
// starting it is not free and `npm start` is to feel immediate: a stamp over names, sizes and times of all sources
// decides. Also removes outputs whose source has gone, which tsc leaves behind and a tarball would carry along.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { withLock } from './lock.mjs';
import { runCommand } from './run-command.mjs';
import { installKey } from './setup.mjs';
import { cacheDir, filesBelow, packages, root } from './workspace.mjs';

const stampPath = (scope) => join(cacheDir, `build-${scope}.json`);

/** `packages`: what is published. `all`: the tests too, type-checked only. */
const scopes = {
  packages: { folders: ['src'], projects: () => packages().map((one) => join(one.folder, 'tsconfig.json')) },
  all: { folders: ['src', 'test'], projects: () => ['tsconfig.json'] },
};

function sourceFiles(scope) {
  const configs = filesBelow(root, (path) => /tsconfig[^/]*\.json$/.test(path));
  return [
    ...configs,
    ...packages().flatMap((one) => scopes[scope].folders.flatMap((f) => filesBelow(join(one.dir, f)))),
    ...bundled().map((one) => join(one.dir, 'scripts', 'bundle.mjs')),
  ];
}

function sourcesKey(scope) {
  const hash = createHash('sha256').update(installKey());
  for (const path of sourceFiles(scope)) {
    const { mtimeMs, size } = statSync(path);
    hash.update(`${relative(root, path)} ${mtimeMs} ${size}\n`);
  }
  return hash.digest('hex');
}

/** Packages whose compiled modules are put together in dist/bundle, by a script of theirs. */
const bundled = () => packages().filter((one) => existsSync(join(one.dir, 'scripts', 'bundle.mjs')));

const isCurrent = (scope, key) => {
  const stamp = stampPath(scope);
  const built =
    packages().every((one) => existsSync(join(one.dir, 'dist', 'index.js'))) &&
    bundled().every((one) => existsSync(join(one.dir, 'dist', 'bundle', 'index.js')));
  return built && existsSync(stamp) && readFileSync(stamp, 'utf8') === key;
};

/** Compiles what changed with the given Node; resolves to the compiler's exit code. */
export async function build(scope, node) {
  if (isCurrent(scope, sourcesKey(scope))) return 0;
  return withLock(join(cacheDir, 'workspace.lock'), async () => {
    const key = sourcesKey(scope);
    if (isCurrent(scope, key)) return 0;
    const started = Date.now();
    for (const one of packages()) removeOrphans(one.dir);
    const compiler = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
    const code = await runCommand(node, [compiler, '-b', ...scopes[scope].projects()], { cwd: root });
    if (code !== 0) return code;
    for (const one of bundled()) {
      const failed = await runCommand(node, [join(one.dir, 'scripts', 'bundle.mjs')], { cwd: root });
      if (failed !== 0) return failed;
    }
    mkdirSync(dirname(stampPath(scope)), { recursive: true });
    writeFileSync(stampPath(scope), key);
    process.stderr.write(`built in ${((Date.now() - started) / 1000).toFixed(1)} s\n`);
    return 0;
  });
}

/** Deletes compiled files in dist/ that no file in src/ accounts for. Returns their paths. */
export function removeOrphans(packageDir) {
  const dist = join(packageDir, 'dist');
  if (!existsSync(dist)) return [];
  const removed = [];
  for (const file of readdirSync(dist, { recursive: true })) {
    const stem = /^(.+?)(\.d\.ts|\.js)(\.map)?$/.exec(file)?.[1];
    // What a package's own script makes is that script's to replace: without it, nothing could be imported meanwhile.
    if (!stem || stem.startsWith(`bundle${sep}`)) continue;
    const sources = ['.ts', '.js', '.d.ts'].map((ending) => join(packageDir, 'src', stem + ending));
    if (sources.some((path) => existsSync(path))) continue;
    rmSync(join(dist, file));
    removed.push(file);
  }
  return removed;
}
