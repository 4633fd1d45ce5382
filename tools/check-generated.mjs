// check-generated.mjs: guards the committed outputs of generators (files named *.generated.*): each package with such
// files has a `generate` script; it is run, and what it writes must be what is committed. The tree is left as it was.
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { filesBelow, packages, root } from './workspace.mjs';

const isGenerated = (path) => /\.generated\.[^/]+$/.test(path);
const contents = (dir) => new Map(filesBelow(dir, isGenerated).map((path) => [path, readFileSync(path, 'utf8')]));

/** Problems of one package, one line each. */
export function checkGenerated(one) {
  const before = contents(one.dir);
  const script = one.manifest.scripts?.generate;
  if (!script)
    return [...before.keys()].map((path) => `${relative(one.dir, path)}: ${one.folder} has no \`generate\` script`);
  const done = spawnSync('sh', ['-c', script], { cwd: one.dir, encoding: 'utf8' });
  if (done.status !== 0) return [`${one.folder}: \`${script}\` failed: ${done.stderr.trim()}`];
  const after = contents(one.dir);
  for (const [path, text] of before) if (after.get(path) !== text) writeFileSync(path, text);
  const changed = [...after.keys()].filter((path) => before.get(path) !== after.get(path));
  return changed.map(
    (path) => `${one.folder}/${relative(one.dir, path)}: not what its generator writes; run \`npm run generate\` there`,
  );
}

if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const problems = packages(root).flatMap(checkGenerated);
  for (const problem of problems) console.error(problem);
  if (problems.length === 0)
    console.log(
      `generated files are current (${packages().flatMap((one) => [...contents(join(one.dir)).keys()]).length})`,
    );
  process.exitCode = problems.length > 0 ? 1 : 0;
}
