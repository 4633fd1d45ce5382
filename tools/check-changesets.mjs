// check-changesets.mjs: guards the release notes. A changeset that names a package wrongly or says nothing is only
// noticed on release day; a package that was never released needs one, or its first release would have no notes.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { publishedPackages, readJson, root } from './workspace.mjs';

const bumps = new Set(['major', 'minor', 'patch']);

/** `{ releases: [name, bump][], summary }` of a changeset's text; undefined without front matter. */
export function readChangeset(text) {
  const match = /^---\r?\n([\s\S]*?)\r?\n---\r?\n([\s\S]*)$/.exec(text);
  if (!match) return undefined;
  const lines = match[1].split(/\r?\n/).filter((line) => line.trim() !== '');
  const releases = lines.map((line) => /^\s*["']?([^"':]+)["']?\s*:\s*(\S+)\s*$/.exec(line)?.slice(1) ?? [line, '']);
  return { releases, summary: match[2].trim() };
}

function checkOne(file, text, names) {
  const changeset = readChangeset(text);
  if (!changeset) return [`${file}: has no front matter`];
  const problems = changeset.releases.flatMap(([name, bump]) => [
    ...(names.has(name) ? [] : [`${file}: \`${name}\` is not a published package`]),
    ...(bumps.has(bump) ? [] : [`${file}: \`${bump}\` is not major, minor or patch`]),
  ]);
  if (changeset.summary.length < 20) problems.push(`${file}: says too little for a user to understand`);
  // A decision that changes for an unchanged policy can let people in: it is always a major.
  const breaking = /decision-breaking/i.test(changeset.summary);
  const minor = changeset.releases.filter(([, bump]) => bump !== 'major');
  if (breaking && minor.length === changeset.releases.length) problems.push(`${file}: decision-breaking, but no major`);
  return problems;
}

/** Problems of the folder .changeset in the tree at `base`. */
export function checkChangesets(base = root) {
  const dir = join(base, '.changeset');
  if (!existsSync(join(dir, 'config.json'))) return ['.changeset/config.json: missing'];
  readJson(join(dir, 'config.json'));
  const published = publishedPackages(base);
  const names = new Set(published.map((one) => one.name));
  const files = readdirSync(dir).filter((name) => name.endsWith('.md') && name !== 'README.md');
  const texts = files.map((name) => [`.changeset/${name}`, readFileSync(join(dir, name), 'utf8')]);
  const announced = new Set(texts.flatMap(([, text]) => readChangeset(text)?.releases.map(([name]) => name) ?? []));
  const silent = published.filter((one) => one.manifest.version === '0.0.0' && !announced.has(one.name));
  return [
    ...texts.flatMap(([file, text]) => checkOne(file, text, names)),
    ...silent.map((one) => `${one.name}: was never released and has no changeset`),
  ];
}

if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const problems = checkChangesets();
  for (const problem of problems) console.error(problem);
  if (problems.length === 0) console.log('changesets are sound');
  process.exitCode = problems.length > 0 ? 1 : 0;
}
