// check-exports.mjs: guards the public names of each published package. A name that goes away or turns from a value
// into a type breaks somebody; a name that appears by accident must be kept for ever. The names stand in
// tools/exports/<package>.txt, in review's sight; `--update` writes them anew. The built modules are also loaded, as
// what the types promise must be there at run time, and nothing else.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { entriesOf, publicNames } from './public-names.mjs';
import { publishedPackages, root } from './workspace.mjs';

/** Lines such as `. value parsePolicy` and `./core type RawRequest`, sorted within each entry. */
export function listNames(one) {
  return entriesOf(one).flatMap(({ subpath, types }) => {
    const names = [...publicNames(types)].map(([name, kind]) => `${subpath} ${kind} ${name}`);
    return names.sort();
  });
}

/** Files that `exports` names and the build did not make. */
export function missingFiles(one) {
  const files = entriesOf(one).flatMap(({ types, module }) => [types, module]);
  return files
    .filter((file) => !existsSync(file))
    .map((file) => `${one.name}: ${relative(one.dir, file)} is not built`);
}

/** What the declarations promise and the module lacks, or the other way round. */
export async function compareWithModules(one) {
  const problems = [];
  for (const { subpath, types, module } of entriesOf(one)) {
    const declared = new Set([...publicNames(types)].filter(([, kind]) => kind === 'value').map(([name]) => name));
    const present = new Set(Object.keys(await import(pathToFileURL(module).href)));
    const where = join(one.name, subpath);
    for (const name of declared) if (!present.has(name)) problems.push(`${where}: \`${name}\` is typed but not there`);
    for (const name of present) if (!declared.has(name)) problems.push(`${where}: \`${name}\` is there but not typed`);
  }
  return problems;
}

/** Lines to add and to remove, to get from the snapshot to what is built. */
export function difference(snapshot, built) {
  const before = new Set(snapshot);
  const after = new Set(built);
  return [
    ...snapshot.filter((line) => !after.has(line)).map((line) => `- ${line}`),
    ...built.filter((line) => !before.has(line)).map((line) => `+ ${line}`),
  ];
}

async function checkPackage(one, update) {
  const missing = missingFiles(one);
  if (missing.length > 0) return missing;
  const path = join(root, 'tools', 'exports', `${one.short}.txt`);
  const built = listNames(one);
  if (update) {
    mkdirSync(join(root, 'tools', 'exports'), { recursive: true });
    writeFileSync(path, `${built.join('\n')}\n`);
  }
  const snapshot = existsSync(path) ? readFileSync(path, 'utf8').split('\n').filter(Boolean) : [];
  const changed = difference(snapshot, built).map((line) => `${one.name}: ${line}`);
  return [...changed, ...(await compareWithModules(one))];
}

if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const update = process.argv.includes('--update');
  const problems = (await Promise.all(publishedPackages().map((one) => checkPackage(one, update)))).flat();
  for (const problem of problems) console.error(problem);
  if (problems.length > 0) console.error('\nmeant? then `npm run check -- exports --update`, and a changeset for it');
  else console.log('public names are as recorded');
  process.exitCode = problems.length > 0 ? 1 : 0;
}
