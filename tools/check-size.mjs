// check-size.mjs: guards what a user's bundle pays. Bundles what one imports, minified, and weighs it compressed;
// fails above the budget and prints every size, so that growth is seen in review before it hurts.
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { packages, root } from './workspace.mjs';

const brotli = (bytes) => brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length;
const gzip = (bytes) => gzipSync(bytes, { level: 9 }).length;

const engine = '@lattice-auth/policy-engine';
const core = '@lattice-auth/sigv4-fetch/core';
/** Loaded only when first used, or there anyway in a program that calls AWS. */
const callersOwn = ['undici', '@aws-sdk/*', '@smithy/*', 'node:*'];

/** What somebody imports, for which platform, and how heavy it may be. Without `max` the size is only shown. */
const budgets = [
  {
    what: 'engine: parse, compile, authorize',
    from: engine,
    names: ['parsePolicy', 'compilePolicy', 'authorizeLattice'],
    weigh: brotli,
    max: 20_000,
  },
  {
    what: 'engine: and explain',
    from: engine,
    names: ['parsePolicy', 'compilePolicy', 'createAuthorizer'],
    weigh: brotli,
    max: 21_500,
  },
  { what: 'engine: everything', from: engine, weigh: brotli },
  // 7 kB were wanted; the diagnosis of refused signatures and SigV4A are the rest (docs/performance.md).
  { what: 'sigv4-fetch/core', from: core, platform: 'node', external: ['node:*'], weigh: gzip, max: 8_600 },
  {
    what: 'sigv4-fetch/core: signRequest',
    from: core,
    names: ['signRequest'],
    platform: 'node',
    external: ['node:*'],
    weigh: gzip,
    max: 4_000,
  },
  { what: 'sigv4-fetch/core in a browser', from: core, platform: 'browser', weigh: gzip },
  {
    what: 'sigv4-fetch',
    from: '@lattice-auth/sigv4-fetch',
    platform: 'node',
    external: callersOwn,
    weigh: gzip,
    max: 12_000,
  },
];

/** Where workspace packages are found from: the command depends on all of them. */
const resolveDir = () => packages().find((one) => one.short === 'cli').dir;

async function bundle({ from, names, platform = 'neutral', external = [] }) {
  const contents = names ? `export { ${names.join(', ')} } from '${from}';` : `export * from '${from}';`;
  const result = await build({
    stdin: { contents, resolveDir: resolveDir(), loader: 'js' },
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    target: 'es2023',
    platform,
    external,
    // A lazily loaded module is not part of what the caller pays at once.
    splitting: true,
    outdir: join(root, '.cache', 'size'),
    legalComments: 'none',
    logLevel: 'silent',
  });
  const entry = result.outputFiles.find((file) => file.path.endsWith('stdin.js'));
  const eager = new Set([entry.path, ...staticChunks(result.outputFiles, entry)]);
  return Buffer.concat(result.outputFiles.filter((file) => eager.has(file.path)).map((file) => file.contents));
}

/** The chunks that the entry imports statically, through any number of others. */
function staticChunks(files, file, seen = new Set()) {
  for (const [, name] of file.text.matchAll(/(?:from|import)"\.\/([^"]+)"/g)) {
    const chunk = files.find((one) => one.path.endsWith(`/${name}`));
    if (!chunk || seen.has(chunk.path)) continue;
    seen.add(chunk.path);
    staticChunks(files, chunk, seen);
  }
  return seen;
}

/** One row of the report: `{ line, ok }`. */
export async function weighOne(budget) {
  const { what, weigh, max } = budget;
  try {
    const size = weigh(await bundle(budget));
    const ok = max === undefined || size <= max;
    const limit = max === undefined ? '' : ` of ${(max / 1000).toFixed(1)}${ok ? '' : '  TOO LARGE'}`;
    return { ok, line: `${what.padEnd(34)} ${(size / 1000).toFixed(2).padStart(6)} kB ${weigh.name}${limit}` };
  } catch (error) {
    return { ok: false, line: `${what.padEnd(34)} does not bundle: ${error.errors?.[0]?.text ?? error.message}` };
  }
}

if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const rows = await Promise.all(budgets.map(weighOne));
  for (const { line } of rows) console.log(line);
  process.exitCode = rows.every((row) => row.ok) ? 0 : 1;
}
