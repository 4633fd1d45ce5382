// bundle.mjs: the program as one file of CommonJS, with all that it depends on, and which packages those are. The bytes
// depend on the sources and the installed packages alone: paths in it are relative to the repository.
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { build } from 'esbuild';
import { readJson, root } from '../../tools/workspace.mjs';

const ENTRY = 'packages/proxy-sidecar/dist/container/main.js';

const signing = join(root, 'packages/sigv4-fetch/dist/credentials');

/**
 * Modules of which the program uses these names only. Said here, since what is loaded on demand is taken whole otherwise:
 * the signing fetch brings undici along, the SDK its Cognito client. A name that is missing fails the build.
 */
const narrowed = {
  '@aws-sdk/credential-providers': { names: ['fromNodeProviderChain', 'fromTemporaryCredentials'] },
  '@lattice-auth/sigv4-fetch': { names: ['createCredentialSource'], file: join(signing, 'credential-source.js') },
  '../fetch/on-demand.js': { names: ['defaultChain'], file: join(signing, 'default-chain.js') },
};

const narrowing = {
  name: 'narrowing',
  setup(bundler) {
    const names = Object.keys(narrowed).map((name) => name.replaceAll(/[/.-]/g, '\\$&'));
    bundler.onResolve({ filter: new RegExp(`^(?:${names.join('|')})$`) }, ({ path, resolveDir, pluginData }) =>
      pluginData?.whole ? undefined : { path, namespace: 'narrowed', pluginData: { resolveDir } },
    );
    bundler.onResolve({ filter: /^whole:/ }, ({ path, resolveDir, kind }) =>
      bundler.resolve(path.slice('whole:'.length), { resolveDir, kind, pluginData: { whole: true } }),
    );
    bundler.onLoad({ filter: /./, namespace: 'narrowed' }, ({ path, pluginData }) => {
      const { names: used, file } = narrowed[path];
      return { contents: `export { ${used} } from '${file ?? `whole:${path}`}';`, resolveDir: pluginData.resolveDir };
    });
  },
};

/** The image has no package.json to read the version from. */
const versionInside = {
  name: 'version-inside',
  setup(bundler) {
    bundler.onLoad({ filter: /proxy-sidecar[/\\]dist[/\\]version\.js$/ }, () => ({
      contents: `export const ownVersion = () => ${JSON.stringify(ownVersion())};`,
    }));
  },
};

/** The version of the sidecar's package, which is the image's. */
export function ownVersion() {
  return readJson(join(root, 'packages/proxy-sidecar/package.json')).version;
}

/** Bundles; resolves to the text and the packages in it, sorted: `{ name, version, license, dir }`. */
export async function bundleProgram() {
  if (!existsSync(join(root, ENTRY))) throw new Error(`there is no ${ENTRY}: run \`npm run build\` first`);
  const { outputFiles, metafile, warnings } = await build({
    absWorkingDir: root,
    entryPoints: [ENTRY],
    bundle: true,
    write: false,
    metafile: true,
    outfile: 'lattice-auth.cjs',
    platform: 'node',
    format: 'cjs',
    target: 'node24',
    // ES modules where a package has both: what is not used of them is left out.
    mainFields: ['module', 'main'],
    // Names are kept: a stack trace in a log is to be read.
    minifyWhitespace: true,
    minifySyntax: true,
    legalComments: 'none',
    supported: { 'dynamic-import': false },
    plugins: [narrowing, versionInside],
    logLevel: 'warning',
  });
  if (warnings.length > 0) throw new Error('the bundle has warnings: see above');
  const [output] = Object.values(metafile.outputs);
  const inputs = Object.entries(output.inputs).filter(([, { bytesInOutput }]) => bytesInOutput > 0);
  return { text: Buffer.from(outputFiles[0].contents), packages: packagesOf(inputs.map(([path]) => path)) };
}

function packagesOf(paths) {
  const found = new Map();
  for (const path of paths.filter((one) => !one.startsWith('narrowed:'))) {
    const one = packageAbove(dirname(join(root, path)));
    if (one.name !== undefined) found.set(`${one.name}@${one.version}`, one);
  }
  return [...found.values()].sort((a, b) => (`${a.name}@${a.version}` < `${b.name}@${b.version}` ? -1 : 1));
}

/** The package that a folder belongs to: the nearest manifest with a version. */
function packageAbove(dir) {
  for (let at = dir; at !== dirname(at); at = dirname(at)) {
    const path = join(at, 'package.json');
    const manifest = existsSync(path) ? readJson(path) : {};
    if (manifest.version !== undefined) {
      const { name, version, license } = manifest;
      return { name, version, license, dir: at };
    }
  }
  return {};
}
