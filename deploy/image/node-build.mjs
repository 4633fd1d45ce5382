// node-build.mjs: the build of Node that goes into the image: the npm package of its platform, in the version that the
// repository pins, as installed here or, for another processor, fetched into .cache once.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { machineEnvironment } from '../../tools/run-command.mjs';
import { cacheDir, readJson, root } from '../../tools/workspace.mjs';

/** Version, binary and licence of Node for `arch`. */
export function nodeBuild(arch) {
  const version = readJson(join(root, 'package.json')).optionalDependencies.node;
  const name = `node-linux-${arch}`;
  const prefix = join(cacheDir, 'node', version);
  const places = [join(root, 'node_modules/node/node_modules', name), join(prefix, 'node_modules', name)];
  const dir = places.find((place) => existsSync(join(place, 'bin/node'))) ?? fetched(name, version, prefix);
  return { version, binary: join(dir, 'bin/node'), licence: join(dir, 'LICENSE') };
}

function fetched(name, version, prefix) {
  mkdirSync(prefix, { recursive: true });
  const quiet = ['--no-save', '--no-audit', '--no-fund', '--ignore-scripts', '--loglevel=error'];
  // By force: it isn't to run here.
  const args = ['install', '--yes', '--force', ...quiet, '--prefix', prefix, `${name}@${version}`];
  const done = spawnSync('npm', args, { stdio: ['ignore', 2, 2], env: machineEnvironment() });
  const dir = join(prefix, 'node_modules', name);
  if (done.status !== 0 || !existsSync(join(dir, 'bin/node'))) {
    throw new Error(`could not install \`${name}@${version}\` from the npm registry`);
  }
  return dir;
}
