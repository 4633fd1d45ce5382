// debian.mjs: what the image takes from Debian: shared libraries, certificate authorities, licences. From this machine, or
// from a folder that is another one's root (`--sysroot`): that is how an image for another processor is built.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readElf } from './elf.mjs';

const TRIPLES = { x64: 'x86_64-linux-gnu', arm64: 'aarch64-linux-gnu' };

/** Debian's package of each library that Node is linked to. */
const PACKAGES = [
  [/^(ld-linux.*|lib(c|m|dl|rt|pthread)\.so\..*)$/, 'libc6'],
  [/^libstdc\+\+\.so/, 'libstdc++6'],
  [/^libgcc_s\.so/, 'libgcc-s1'],
  [/^libatomic\.so/, 'libatomic1'],
];

const COMMON_LICENSES = 'usr/share/common-licenses';

/** Libraries that a program needs, and what they need in turn: `{ path, content, mode, from }`, the loader at its own path. */
export function librariesOf(program, arch, sysroot) {
  const { loader, needed } = readElf(program);
  const found = new Map([[loader, entry(loader, loader, arch, sysroot)]]);
  const waiting = [...needed];
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    const path = `/lib/${TRIPLES[arch]}/${name}`;
    if (found.has(path) || loader.endsWith(`/${name}`)) continue;
    const library = entry(path, libraryPath(name, arch, sysroot), arch, sysroot);
    found.set(path, library);
    waiting.push(...readElf(library.content).needed);
  }
  return [...found.values()];
}

function libraryPath(name, arch, sysroot) {
  const folders = [`/lib/${TRIPLES[arch]}`, `/usr/lib/${TRIPLES[arch]}`];
  const folder = folders.find((one) => existsSync(join(sysroot, one, name)));
  if (folder === undefined) throw new Error(`no \`${name}\` for ${arch} in ${folders.join(', ')} below \`${sysroot}\``);
  return `${folder}/${name}`;
}

function entry(path, source, arch, sysroot) {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const from = PACKAGES.find(([pattern]) => pattern.test(name))?.[1];
  if (from === undefined) throw new Error(`which Debian package is \`${name}\` of? add it to deploy/image/debian.mjs`);
  // Packages that are only unpacked have no links from /lib to /usr/lib.
  const file = [source, `/usr${source}`].map((one) => join(sysroot, one)).find((one) => existsSync(one));
  if (file === undefined) throw new Error(`no \`${source}\` below \`${sysroot}\``);
  const content = readFileSync(file);
  const { machine } = readElf(content);
  if (machine !== arch) throw new Error(`\`${file}\` is for ${machine}, not for ${arch}`);
  return { path, content, mode: 0o755, from };
}

/**
 * Mozilla's authorities as Debian packages them, in one file. Not /etc/ssl/certs/ca-certificates.crt, which also has
 * whatever the owner of the machine trusts besides.
 */
export function certificateAuthorities(sysroot) {
  const folder = join(sysroot, 'usr/share/ca-certificates/mozilla');
  if (!existsSync(folder)) throw new Error(`no \`${folder}\`: install Debian's package ca-certificates`);
  const files = readdirSync(folder).filter((name) => name.endsWith('.crt'));
  const certificates = files.sort().map((name) => readFileSync(join(folder, name), 'latin1').trim());
  return Buffer.from(`${certificates.join('\n')}\n`, 'latin1');
}

/** Copyright files of Debian packages, and the licences that they only name. */
export function licencesOf(packages, sysroot) {
  const copyrights = packages.map((name) => {
    const path = `usr/share/doc/${name}/copyright`;
    if (!existsSync(join(sysroot, path))) throw new Error(`no \`/${path}\`: the image must carry it`);
    return { path: `/${path}`, content: readFileSync(join(sysroot, path)) };
  });
  const named = copyrights.flatMap(({ content }) => [
    ...content.toString('utf8').matchAll(/\/usr\/share\/common-licenses\/([A-Za-z]+(?:-\d+(?:\.\d+)?)?)/g),
  ]);
  const names = [...new Set(named.map((match) => match[1]))].filter((name) =>
    existsSync(join(sysroot, COMMON_LICENSES, name)),
  );
  const texts = names.map((name) => ({
    path: `/${COMMON_LICENSES}/${name}`,
    content: readFileSync(join(sysroot, COMMON_LICENSES, name)),
  }));
  return [...copyrights, ...texts];
}

/** The version of an installed package; undefined where there is no dpkg to ask, or only unpacked files. */
export function versionOf(name, arch, sysroot) {
  const debianArch = arch === 'x64' ? 'amd64' : arch;
  // biome-ignore lint/suspicious/noTemplateCurlyInString: the placeholder is dpkg's
  const args = [`--admindir=${join(sysroot, 'var/lib/dpkg')}`, '-W', '-f=${Version}\n'];
  for (const full of [`${name}:${debianArch}`, name]) {
    const done = spawnSync('dpkg-query', [...args, full], { encoding: 'utf8' });
    if (done.status === 0 && done.stdout.trim() !== '') return done.stdout.split('\n', 1)[0];
  }
  return undefined;
}
