// bundle.mjs — puts the compiled modules of each entry together, in dist/bundle: Node opens a handful of files instead of
// seventy, and an import takes a third of the time (bench/signing). What is loaded on demand stays a file of its own.
// Bundlers are given the single modules (the condition `module` in package.json), of which they can leave more out.
import { rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));

rmSync(`${root}/dist/bundle`, { recursive: true, force: true });
await build({
  absWorkingDir: root,
  entryPoints: ['index', 'core', 'undici', 'denial'].map((entry) => `dist/${entry}.js`),
  outdir: 'dist/bundle',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'es2023',
  // Dependencies, and the hasher, which is another one where there is no Node.
  packages: 'external',
  external: ['#hasher'],
  sourcemap: 'linked',
  logLevel: 'warning',
});
