// check-packages.mjs: guards what people install. Packs every published package and looks at the tarball, not at the
// folder: the right files and no others, publint's and attw's opinion, sources within the source maps. Walks all
// production dependencies for their licences (a copyleft one would bind our users). Then installs the tarballs
// together in an empty project, with npm as a user would, and loads every entry there. Needs the registry.
import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { entriesOf } from './public-names.mjs';
import { publishedPackages, readJson } from './workspace.mjs';

const pnpm = ['npx', '-y', 'pnpm@10.34.9'];
const allowedLicences = new Set(['MIT', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', 'ISC', '0BSD']);

/** What a tarball must have, may have, and must not have. */
const required = ['package.json', 'LICENSE', 'README.md', 'dist/index.js', 'dist/index.d.ts'];
const permitted = [
  /^package\.json$/,
  /^(LICENSE|README\.md|CHANGELOG\.md)$/,
  /^dist\/.+\.(js|d\.ts|js\.map|json)$/,
  /^schema\/[^/]+\.schema\.json$/,
];

function run(command, args, options = {}) {
  const done = spawnSync(command, args, { encoding: 'utf8', ...options });
  const output = `${done.stdout ?? ''}${done.stderr ?? ''}`.trim();
  return { ok: done.status === 0, output: done.error ? String(done.error) : output };
}

/** Packs into `dir` and unpacks beside it; the unpacked folder is what is looked at. */
function pack(one, dir) {
  const into = join(dir, one.short);
  mkdirSync(into, { recursive: true });
  const [npx, ...args] = pnpm;
  const done = run(npx, [...args, 'pack', '--pack-destination', into], { cwd: one.dir });
  const tarball = readdirSync(into).find((name) => name.endsWith('.tgz'));
  if (!done.ok || !tarball) throw new Error(`${one.name}: could not be packed\n${done.output}`);
  run('tar', ['-xzf', tarball], { cwd: into });
  return { ...one, tarball: join(into, tarball), unpacked: join(into, 'package') };
}

/** Problems with the files of an unpacked tarball. */
export function checkFiles({ name, unpacked }) {
  const listed = readdirSync(unpacked, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const files = listed.map((entry) => join(entry.parentPath, entry.name).slice(unpacked.length + 1)).sort();
  const missing = required.filter((file) => !files.includes(file)).map((file) => `${name}: has no ${file}`);
  const strange = files.filter((file) => !permitted.some((pattern) => pattern.test(file)));
  const tests = files.filter((file) => /^(dist\/)?(test|tests|fixtures)\/|\.(test|prop|diff|e2e|fuzz)\./.test(file));
  return [
    ...missing,
    ...[...new Set([...strange, ...tests])].map((file) => `${name}: ships ${file}`),
    ...files.filter((file) => file.endsWith('.map')).flatMap((file) => checkMap(name, unpacked, file)),
    ...files.filter((file) => file.endsWith('.js')).flatMap((file) => checkMapLink(name, unpacked, file)),
    ...checkManifest(name, unpacked),
  ];
}

function checkMap(name, unpacked, file) {
  const map = readJson(join(unpacked, file));
  const absent = map.sources.filter((source, index) => {
    const inside = typeof map.sourcesContent?.[index] === 'string';
    return !inside && !existsSync(join(dirname(join(unpacked, file)), source));
  });
  return absent.map((source) => `${name}: ${file} points to ${source}, which is not shipped`);
}

function checkMapLink(name, unpacked, file) {
  const link = /\/\/# sourceMappingURL=(\S+)\s*$/.exec(readFileSync(join(unpacked, file), 'utf8'))?.[1];
  const broken = link && !link.startsWith('data:') && !existsSync(join(unpacked, dirname(file), link));
  return broken ? [`${name}: ${file} names the map ${link}, which is not shipped`] : [];
}

function checkManifest(name, unpacked) {
  const manifest = readJson(join(unpacked, 'package.json'));
  const problems = [];
  if (manifest.license !== 'Apache-2.0') problems.push(`${name}: its licence is \`${manifest.license}\``);
  if (JSON.stringify(manifest.dependencies ?? {}).includes('workspace:'))
    problems.push(`${name}: depends on \`workspace:\``);
  if (!/>=\s*22/.test(manifest.engines?.node ?? '')) problems.push(`${name}: does not ask for Node 22 or newer`);
  for (const script of ['preinstall', 'install', 'postinstall']) {
    if (manifest.scripts?.[script]) problems.push(`${name}: runs \`${script}\` on the user's machine`);
  }
  const licence = join(unpacked, 'LICENSE');
  if (existsSync(licence) && !readFileSync(licence, 'utf8').includes('Apache License'))
    problems.push(`${name}: LICENSE is another`);
  return problems;
}

/** Where `name` is found from a package's real folder, by Node's rule. */
function locate(name, from) {
  for (let dir = from; ; dir = dirname(dir)) {
    const candidate = join(dir, 'node_modules', name);
    if (existsSync(join(candidate, 'package.json'))) return realpathSync(candidate);
    if (dir === dirname(dir)) return undefined;
  }
}

/** Whether every choice that an SPDX expression leaves us includes an allowed one. */
export function isAllowedLicence(licence) {
  const text = typeof licence === 'string' ? licence : (licence?.type ?? '');
  const alternatives = text.replace(/[()]/g, '').split(/\s+OR\s+/);
  return alternatives.some((choice) => choice.split(/\s+AND\s+/).every((each) => allowedLicences.has(each.trim())));
}

/** Licence problems in the production dependencies of a package, found as installed. */
export function checkLicences(one) {
  const seen = new Set();
  const problems = [];
  const visit = (dir, trail) => {
    const manifest = readJson(join(dir, 'package.json'));
    const optional = new Set(Object.keys(manifest.optionalDependencies ?? {}));
    for (const name of Object.keys({ ...manifest.dependencies, ...manifest.optionalDependencies })) {
      const found = locate(name, dir);
      if (!found && !optional.has(name)) problems.push(`${[...trail, name].join(' > ')}: is not installed`);
      if (!found || seen.has(found)) continue;
      seen.add(found);
      const inner = readJson(join(found, 'package.json'));
      const licence = inner.license ?? inner.licenses?.[0];
      if (!isAllowedLicence(licence))
        problems.push(`${[...trail, name].join(' > ')}: licence \`${JSON.stringify(licence)}\``);
      visit(found, [...trail, name]);
    }
  };
  visit(one.dir, [one.name]);
  return { problems, count: seen.size };
}

const attw = fileURLToPath(new URL('dist/index.js', import.meta.resolve('@arethetypeswrong/cli/package.json')));

async function lintTarball(one) {
  const tarball = new Uint8Array(readFileSync(one.tarball)).buffer;
  const { messages, pkg } = await publint({ pack: { tarball }, strict: true, level: 'warning' });
  const types = run(process.execPath, [attw, one.tarball, '--profile', 'esm-only', '--format', 'ascii', '--no-emoji']);
  return [
    ...messages.map((message) => `${one.name}: publint: ${formatMessage(message, pkg, { color: false })}`),
    ...(types.ok ? [] : [`${one.name}: attw\n${types.output}`]),
  ];
}

/** Installs all tarballs in an empty project and loads every entry, and every command's help, from there. */
function tryInstalled(packed, dir) {
  const project = join(dir, 'project');
  mkdirSync(project);
  const files = Object.fromEntries(packed.map((one) => [one.name, `file:${one.tarball}`]));
  // The packages name each other by version, and that version may not be published yet: ours stand in for it.
  const manifest = { name: 'project', private: true, type: 'module', dependencies: files, overrides: files };
  writeFileSync(join(project, 'package.json'), JSON.stringify(manifest));
  const installed = run('npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts', '--loglevel=error'], {
    cwd: project,
  });
  if (!installed.ok) return [`the tarballs do not install together\n${installed.output}`];
  const specifiers = packed.flatMap((one) => entriesOf(one).map(({ subpath }) => one.name + subpath.slice(1)));
  const lines = specifiers.map(
    (name) => `if (Object.keys(await import('${name}')).length === 0) throw new Error('${name} is empty');`,
  );
  writeFileSync(join(project, 'load.js'), lines.join('\n'));
  const loaded = run(process.execPath, ['load.js'], { cwd: project });
  const commands = packed.flatMap((one) => Object.keys(one.manifest.bin ?? {}));
  const failed = commands.map((name) => [name, run(join('node_modules', '.bin', name), ['--help'], { cwd: project })]);
  return [
    ...(loaded.ok ? [] : [`an entry does not load when installed\n${loaded.output}`]),
    ...failed
      .filter(([, done]) => !done.ok)
      .map(([name, done]) => `\`${name} --help\` fails when installed\n${done.output}`),
  ];
}

async function checkAll(dir) {
  const packed = publishedPackages().map((one) => pack(one, dir));
  const licences = packed.map((one) => ({ name: one.name, ...checkLicences(one) }));
  for (const { name, count } of licences) console.log(`${name}: ${count} production dependencies, licences read`);
  return [
    ...packed.flatMap(checkFiles),
    ...licences.flatMap((one) => one.problems),
    ...(await Promise.all(packed.map(lintTarball))).flat(),
    ...tryInstalled(packed, dir),
  ];
}

if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const dir = mkdtempSync(join(tmpdir(), 'lattice-auth-packages-'));
  try {
    const problems = await checkAll(dir);
    for (const problem of problems) console.error(problem);
    console.log(
      problems.length === 0 ? 'the packages are fit to publish' : `${problems.length} problems with the packages`,
    );
    process.exitCode = problems.length === 0 ? 0 : 1;
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}
