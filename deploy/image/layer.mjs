// layer.mjs: a list of files as a compressed layer. Sorted, with one owner and one time, so that equal files are equal bytes.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import tar from 'tar-stream';
import { cacheDir } from '../../tools/workspace.mjs';
import { EPOCH_SECONDS } from './image-config.mjs';

const compress = promisify(gzip);

export const sha256 = (bytes) => `sha256:${createHash('sha256').update(bytes).digest('hex')}`;

/** The layer: `{ blob, digest, diffId, tarBytes, about }`. `cache`: take the compressed form from an earlier build. */
export async function layerOf(entries, about, { cache }) {
  const archive = await tarOf(entries);
  const diffId = sha256(archive);
  const blob = await compressed(archive, diffId, cache);
  return { blob, digest: sha256(blob), diffId, tarBytes: archive.length, about };
}

/** Node's binary takes seconds to compress, and seldom changes. */
async function compressed(archive, diffId, cache) {
  const kept = join(cacheDir, 'image', `${diffId.slice('sha256:'.length)}-zlib${process.versions.zlib}.tar.gz`);
  if (cache && existsSync(kept)) return readFileSync(kept);
  const blob = await compress(archive, { level: 9 });
  mkdirSync(dirname(kept), { recursive: true });
  // Never half a file under this name: another build may be reading.
  writeFileSync(`${kept}.${process.pid}`, blob);
  renameSync(`${kept}.${process.pid}`, kept);
  return blob;
}

/** A tar archive of the entries and the folders above them. */
export async function tarOf(entries) {
  const pack = tar.pack();
  const bytes = buffer(pack);
  for (const one of withFolders(entries)) await add(pack, one);
  pack.finalize();
  return bytes;
}

function withFolders(entries) {
  const all = new Map();
  for (const { path } of entries) {
    for (let dir = posix.dirname(path); dir !== '/'; dir = posix.dirname(dir)) all.set(dir, { path: dir, mode: 0o755 });
  }
  for (const one of entries) all.set(one.path, one);
  return [...all.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
}

function add(pack, { path, content, link, mode }) {
  const type = link !== undefined ? 'symlink' : content === undefined ? 'directory' : 'file';
  const header = {
    name: path.slice(1) + (type === 'directory' ? '/' : ''),
    type,
    linkname: link,
    mode: mode ?? (type === 'symlink' ? 0o777 : 0o644),
    uid: 0,
    gid: 0,
    uname: '',
    gname: '',
    mtime: new Date(EPOCH_SECONDS * 1000),
  };
  return new Promise((resolve, reject) => {
    const done = (error) => (error ? reject(error) : resolve());
    if (type === 'file') pack.entry(header, content, done);
    else pack.entry(header, done);
  });
}
