// check-boundaries.mjs: guards the arrows of ARCHITECTURE.md. Imports go downwards only, so that the engine stays
// usable in a browser, the signer knows nothing of policies, and nobody reaches into another package's files.
// Fails on: a workspace import or dependency without an arrow, an import that leaves its package or is not declared,
// an import cycle, a folder of the engine that looks back; and, in the engine's bundle, on any import left over, any
// global that is not the language's own, and anything that reads a clock, rolls dice or evaluates text.
import { existsSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { freeNames, importsOf } from './module-imports.mjs';
import { filesBelow, root, workspaces } from './workspace.mjs';

/** Who may import whom: `cli → {local-lattice, proxy-sidecar} → stack → policy-engine`, and `→ sigv4-fetch`. */
const arrows = {
  'policy-engine': [],
  'sigv4-fetch': [],
  stack: ['policy-engine'],
  'proxy-sidecar': ['stack', 'policy-engine', 'sigv4-fetch'],
  'local-lattice': ['stack', 'policy-engine', 'sigv4-fetch'],
  cli: ['local-lattice', 'proxy-sidecar', 'stack', 'policy-engine', 'sigv4-fetch'],
  bench: ['cli', 'local-lattice', 'proxy-sidecar', 'stack', 'policy-engine', 'sigv4-fetch'],
};

/** Inside the engine: parse → compile → evaluate; all may use model, match and condition. Folder → folders it may not see. */
const engineFolders = {
  match: ['parse', 'compile', 'evaluate', 'lattice', 'explain', 'lint'],
  condition: ['parse', 'compile', 'evaluate', 'lattice', 'explain', 'lint'],
  parse: ['compile', 'evaluate', 'lattice', 'explain', 'lint'],
  compile: ['evaluate', 'lattice', 'explain', 'lint'],
};

/** Packages that must run anywhere: bundled for no platform in particular. */
const pure = ['policy-engine'];

/** The language's own globals (ES2023); everything else comes from a platform. */
const languageGlobals = new Set(
  `Array ArrayBuffer AggregateError BigInt BigInt64Array BigUint64Array Boolean DataView Date Error EvalError
  Float32Array Float64Array Infinity Int16Array Int32Array Int8Array JSON Map Math NaN Number Object Promise Proxy
  RangeError ReferenceError Reflect RegExp Set String Symbol SyntaxError TypeError URIError Uint16Array Uint32Array
  Uint8Array Uint8ClampedArray WeakMap WeakRef WeakSet arguments decodeURI decodeURIComponent encodeURI
  encodeURIComponent isFinite isNaN parseFloat parseInt undefined`.split(/\s+/),
);

/** What a pure decision must not do, as it reads in a bundle. */
const forbiddenText = [
  [/\bDate\.now\b|\bnew Date\(\)|\bnew Date\b(?!\s*\()/, 'reads the clock'],
  [/\bMath\.random\b/, 'rolls dice'],
  [/\beval\s*\(|\bFunction\s*\(|\bimport\s*\(/, 'evaluates text or loads code'],
];

/** The one file that loads what a stack names: a handler of Lambda's is the user's module, which no text here can name. */
const loadsUserModules = 'packages/local-lattice/src/targets/lambda-module-target.ts';

const packageOf = (specifier) => specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
const isRelative = (specifier) => specifier.startsWith('.');
const isBuiltin = (specifier) => specifier.startsWith('node:') || builtinModules.includes(specifier);

/** The source behind `./x.js`: the file that TypeScript would take. */
function sourceOf(from, specifier) {
  const target = resolve(dirname(from), specifier);
  const candidates = [target.replace(/\.js$/, '.ts'), target.replace(/\.mjs$/, '.mts'), target];
  return candidates.find((path) => existsSync(path)) ?? target;
}

function checkManifest(one, names) {
  const allowed = new Set((arrows[one.short] ?? []).map((short) => `@lattice-auth/${short}`));
  const kinds = ['dependencies', 'devDependencies', 'peerDependencies', 'optionalDependencies'];
  const wanted = kinds.flatMap((kind) => Object.keys(one.manifest[kind] ?? {}));
  return wanted
    .filter((name) => names.has(name) && !allowed.has(name))
    .map((name) => `${one.folder}/package.json: depends on ${name}, and there is no such arrow`);
}

function checkImport(one, file, specifier, names) {
  const where = relative(join(one.dir, '..', '..'), file);
  const { manifest } = one;
  if (specifier === '<computed>' && where === loadsUserModules) return undefined;
  if (specifier === '<computed>') return `${where}: loads a module by a name that no tool can read`;
  if (isRelative(specifier)) {
    const target = sourceOf(file, specifier);
    return target.startsWith(one.dir + sep) ? undefined : `${where}: \`${specifier}\` leaves its package`;
  }
  if (isBuiltin(specifier)) {
    const tested = !file.startsWith(join(one.dir, 'src') + sep);
    return pure.includes(one.short) && !tested
      ? `${where}: imports \`${specifier}\`; this package has no platform`
      : undefined;
  }
  if (specifier.startsWith('#')) return undefined;
  const name = packageOf(specifier);
  if (name === manifest.name) return undefined;
  if (names.has(name) && !(arrows[one.short] ?? []).includes(name.replace('@lattice-auth/', ''))) {
    return `${where}: imports ${name}, and there is no such arrow`;
  }
  const inSource = file.startsWith(join(one.dir, 'src') + sep) && manifest.private !== true;
  const declared = { ...manifest.dependencies, ...manifest.peerDependencies, ...manifest.optionalDependencies };
  const known = inSource ? declared : { ...declared, ...manifest.devDependencies, vitest: '', 'fast-check': '' };
  return name in known ? undefined : `${where}: imports \`${name}\`, which ${one.folder}/package.json does not declare`;
}

function checkEngineFolder(one, file, specifier) {
  if (one.short !== 'policy-engine' || !isRelative(specifier)) return undefined;
  const folderOf = (path) => relative(join(one.dir, 'src'), path).split(sep)[0];
  const target = folderOf(sourceOf(file, specifier));
  if (!engineFolders[folderOf(file)]?.includes(target)) return undefined;
  return `${relative(join(one.dir, '..', '..'), file)}: looks back at \`${target}\``;
}

/** Every cycle in a graph of `file → files it loads`, each once, as a list of files. */
export function findCycles(graph) {
  const cycles = [];
  const state = new Map();
  const visit = (file, trail) => {
    if (state.get(file) === 'done') return;
    if (state.get(file) === 'open') {
      cycles.push([...trail.slice(trail.indexOf(file)), file]);
      return;
    }
    state.set(file, 'open');
    for (const next of graph.get(file) ?? []) visit(next, [...trail, file]);
    state.set(file, 'done');
  };
  for (const file of graph.keys()) visit(file, []);
  return cycles;
}

function checkSources(one, names) {
  const problems = [];
  const graph = new Map();
  for (const file of filesBelow(one.dir, (path) => /\.(ts|mts|js|mjs)$/.test(path) && !path.endsWith('.d.ts'))) {
    const imports = importsOf(file);
    for (const { specifier } of imports) {
      problems.push(checkImport(one, file, specifier, names), checkEngineFolder(one, file, specifier));
    }
    // Types vanish when compiled: a circle of types loads nothing twice.
    const loaded = imports.filter((each) => !each.typeOnly && isRelative(each.specifier));
    graph.set(
      file,
      loaded.map((each) => sourceOf(file, each.specifier)),
    );
  }
  const short = (file) => relative(one.dir, file);
  const cycles = findCycles(graph).map((cycle) => `${one.folder}: import cycle ${cycle.map(short).join(' → ')}`);
  return [...problems.filter(Boolean), ...cycles];
}

/** Bundles the package for no platform and looks at what is left: nothing but the language may be. */
async function checkPure(one) {
  const entry = join(one.dir, 'src', 'index.ts');
  const options = { entryPoints: [entry], bundle: true, write: false, format: 'esm', platform: 'neutral' };
  const marked = {
    ...options,
    target: 'es2023',
    metafile: true,
    logLevel: 'silent',
    legalComments: 'none',
    minifyWhitespace: true,
  };
  let bundle;
  try {
    bundle = await build(marked);
  } catch (error) {
    return error.errors.map((each) => `${one.folder}: does not bundle for a neutral platform: ${each.text}`);
  }
  const text = bundle.outputFiles[0].text;
  const left = Object.values(bundle.metafile.outputs).flatMap((output) => output.imports.map((each) => each.path));
  const globals = freeNames('bundle.js', text).filter((name) => !languageGlobals.has(name));
  return [
    ...left.map((path) => `${one.folder}: the bundle still imports \`${path}\``),
    ...globals.map((name) => `${one.folder}: uses the global \`${name}\`, which not every platform has`),
    ...forbiddenText.filter(([pattern]) => pattern.test(text)).map(([, what]) => `${one.folder}: the bundle ${what}`),
  ];
}

/** All violations in the tree at `base`, one line each. */
export async function checkBoundaries(base = root) {
  const all = workspaces(base);
  const names = new Set(all.map((one) => one.name));
  const unknown = all.filter((one) => !(one.short in arrows)).map((one) => `${one.folder}: has no row in \`arrows\``);
  const listed = all.flatMap((one) => [...checkManifest(one, names), ...checkSources(one, names)]);
  const bundled = await Promise.all(all.filter((one) => pure.includes(one.short)).map(checkPure));
  return [...unknown, ...listed, ...bundled.flat()];
}

if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const problems = await checkBoundaries();
  for (const problem of problems) console.error(problem);
  console.log(problems.length === 0 ? 'boundaries hold' : `${problems.length} boundary violations`);
  process.exitCode = problems.length === 0 ? 0 : 1;
}
