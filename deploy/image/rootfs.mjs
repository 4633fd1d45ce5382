// rootfs.mjs: every file of the image, as two lists: `base` changes with Node and Debian, `app` with each release of ours.
// An entry is a file `{ path, content, mode }`, a folder `{ path, mode }` or a link `{ path, link }`.
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { root } from '../../tools/workspace.mjs';
import { bundleProgram, ownVersion } from './bundle.mjs';
import { certificateAuthorities, librariesOf, licencesOf, versionOf } from './debian.mjs';
import { strippedElf } from './elf.mjs';
import { NODE_FLAGS, UID } from './image-config.mjs';
import { nodeBuild } from './node-build.mjs';
import { bundledLicences } from './notices.mjs';
import { spdxDocument } from './sbom.mjs';

const beside = (name) => fileURLToPath(new URL(name, import.meta.url));
const text = (path, content) => ({ path, content: Buffer.from(content) });

/** Both lists, and the list of what is in them. */
export async function rootfs({ arch, sysroot }) {
  const node = nodeBuild(arch);
  const binary = strippedElf(readFileSync(node.binary));
  const libraries = librariesOf(binary, arch, sysroot);
  const debian = [...new Set(libraries.map(({ from }) => from)), 'ca-certificates'].sort();
  const { text: bundle, packages } = await bundleProgram();
  const version = ownVersion();
  const contents = {
    version,
    node: node.version,
    debian: debian.map((name) => ({ name, version: versionOf(name, arch, sysroot) })),
    npm: packages,
  };
  const sbom = spdxDocument(contents, arch);
  return {
    version,
    sbom,
    base: base({ binary, libraries, node, debian, sysroot }),
    app: app({ bundle, packages, sbom, node, arch }),
  };
}

function base({ binary, libraries, node, debian, sysroot }) {
  return [
    { path: '/usr/bin/node', content: binary, mode: 0o755 },
    ...libraries,
    { path: '/etc/ssl/certs/ca-certificates.crt', content: certificateAuthorities(sysroot) },
    // Where Node's OpenSSL looks for the system's authorities (`--use-system-ca`).
    { path: '/etc/ssl/cert.pem', link: 'certs/ca-certificates.crt' },
    text(
      '/etc/passwd',
      `root:x:0:0:root:/:/sbin/nologin\nnonroot:x:${UID}:${UID}:nonroot:/home/nonroot:/sbin/nologin\n`,
    ),
    text('/etc/group', `root:x:0:\nnonroot:x:${UID}:\n`),
    text('/etc/nsswitch.conf', 'hosts: files dns\n'),
    { path: '/home/nonroot', mode: 0o755 },
    { path: '/tmp', mode: 0o1777 },
    { path: '/usr/share/doc/nodejs/LICENSE', content: readFileSync(node.licence) },
    ...licencesOf(debian, sysroot),
  ];
}

function app({ bundle, packages, sbom, node, arch }) {
  const cache = codeCache(bundle, node.binary, arch);
  return [
    { path: '/app/lattice-auth.cjs', content: bundle },
    ...(cache === undefined ? [] : [{ path: '/app/lattice-auth.cache', content: cache }]),
    { path: '/app/start.cjs', content: readFileSync(beside('start.cjs')) },
    { path: '/usr/share/doc/lattice-auth/LICENSE', content: readFileSync(join(root, 'LICENSE')) },
    text('/usr/share/doc/lattice-auth/licences.txt', bundledLicences(packages)),
    text('/usr/share/doc/lattice-auth/sbom.spdx.json', `${JSON.stringify(sbom, undefined, 1)}\n`),
  ];
}

/** What V8 makes of the bundle; undefined for another processor, whose Node cannot be run here. */
function codeCache(bundle, node, arch) {
  if (arch !== process.arch || process.platform !== 'linux') return undefined;
  const dir = mkdtempSync(join(tmpdir(), 'lattice-auth-image-'));
  try {
    const [source, cache] = [join(dir, 'bundle'), join(dir, 'cache')];
    writeFileSync(source, bundle);
    const run = (flags, task) => {
      const { status, stderr } = spawnSync(
        node,
        [...NODE_FLAGS, ...flags, beside('code-cache.cjs'), task, source, cache],
        {
          encoding: 'utf8',
          env: {},
        },
      );
      if (status !== 0) throw new Error(`the bundle could not be compiled\n${stderr}`);
    };
    // Nothing is forgotten again while it runs, whenever the garbage collector comes by.
    run(['--hash-seed=1', '--no-flush-bytecode'], 'make');
    run([], 'check');
    return readFileSync(cache);
  } finally {
    rmSync(dir, { recursive: true });
  }
}

/** Writes the files into a folder: for `podman build` and `buildah bud` with the Containerfile. */
export function writeRootfs(entries, dir) {
  rmSync(dir, { recursive: true, force: true });
  for (const { path, content, link, mode } of entries) {
    const target = join(dir, path);
    mkdirSync(dirname(target), { recursive: true, mode: 0o755 });
    if (link !== undefined) symlinkSync(link, target);
    else if (content === undefined) mkdirSync(target, { recursive: true });
    else writeFileSync(target, content);
    // After the fact: what is asked for at creation is subject to the umask.
    if (link === undefined) chmodSync(target, mode ?? 0o644);
  }
}
