// build.mjs: `npm run image`: builds the container image without a container engine, a daemon or root, and says what it is
// on standard output, as one line of JSON. docs/image.md has the options' reasons.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { cacheDir } from '../../tools/workspace.mjs';
import { imageArchive } from './archive.mjs';
import { layerOf } from './layer.mjs';
import { rootfs, writeRootfs } from './rootfs.mjs';

const USAGE = `usage: npm run image -- [options]
  --arch x64|arm64   processor; default: this one. Another one needs --sysroot
  --sysroot DIR      Debian's files for that processor; default: this machine's
  --out FILE         the archive; default: .cache/image/lattice-auth-ARCH.tar
  --tag NAME:TAG     name in the archive; default: localhost/lattice-auth:latest
  --rootfs DIR       writes the files there instead, for the Containerfile
  --fresh            compresses anew what an earlier build has compressed
`;

const options = {
  arch: { type: 'string', default: process.arch },
  sysroot: { type: 'string' },
  out: { type: 'string' },
  tag: { type: 'string', default: 'localhost/lattice-auth:latest' },
  rootfs: { type: 'string' },
  fresh: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
};

/** What was asked for. Throws with one line that says what can't be. */
function wishes(argv) {
  const { values } = parseArgs({ args: argv, options, strict: true });
  if (values.arch !== 'x64' && values.arch !== 'arm64')
    throw new Error(`no image for \`${values.arch}\`: x64 or arm64`);
  const native = values.arch === process.arch && process.platform === 'linux';
  if (!native && values.sysroot === undefined && !values.help) {
    throw new Error(`libraries for linux/${values.arch} are not on this machine: give a folder with them as --sysroot`);
  }
  if (!/^[a-z0-9./_-]+:[\w.-]+$/.test(values.tag)) throw new Error(`\`${values.tag}\` is not \`name:tag\``);
  return { ...values, sysroot: resolve(values.sysroot ?? '/') };
}

async function buildImage({ arch, sysroot, out, tag, fresh }) {
  const { version, sbom, base, app } = await rootfs({ arch, sysroot });
  const cache = !fresh;
  const layers = [
    await layerOf(base, 'Node and what it needs', { cache }),
    await layerOf(app, 'lattice-auth', { cache }),
  ];
  const { bytes, digest, config } = await imageArchive({ arch, version, layers, tag });
  const archive = resolve(out ?? join(cacheDir, 'image', `lattice-auth-${arch}.tar`));
  mkdirSync(dirname(archive), { recursive: true });
  writeFileSync(archive, bytes);
  writeFileSync(archive.replace(/(\.tar)?$/, '.spdx.json'), `${JSON.stringify(sbom, undefined, 1)}\n`);
  return {
    archive,
    tag,
    digest,
    version,
    config,
    compressedBytes: layers.reduce((sum, { blob }) => sum + blob.length, 0),
    layers: layers.map(({ about, digest: of, blob, tarBytes }) => ({
      about,
      digest: of,
      bytes: blob.length,
      tarBytes,
    })),
  };
}

async function main(argv) {
  const wish = wishes(argv);
  if (wish.help) return USAGE;
  if (wish.arch !== process.arch)
    process.stderr.write('another processor: without V8 code cache, so it starts slower\n');
  if (wish.rootfs === undefined) return `${JSON.stringify(await buildImage(wish))}\n`;
  const { base, app } = await rootfs(wish);
  writeRootfs([...base, ...app], resolve(wish.rootfs));
  return `${JSON.stringify({ rootfs: resolve(wish.rootfs) })}\n`;
}

try {
  process.stdout.write(await main(process.argv.slice(2)));
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
