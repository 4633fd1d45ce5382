// node-release.mjs: brings one Node release from the npm registry into .cache/node/<version> and prints the
// path of its binary. Guards nothing; serves the suite's runs on Node 22 and 26, and machines for which the npm
// package `node` has no build of our version. Usage: node tools/node-release.mjs 22.23.3
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { machineEnvironment } from './run-command.mjs';
import { cacheDir } from './workspace.mjs';

/** The registry's name for one platform's build; the publisher of `node-*` had to use another one on Apple silicon. */
export function releasePackage(platform = process.platform, arch = process.arch) {
  const prefix = platform === 'darwin' && arch === 'arm64' ? 'node-bin' : 'node';
  return `${prefix}-${platform}-${arch}`;
}

/** Installs `version` once and returns the path of its `node`. */
export function nodeRelease(version) {
  const name = releasePackage();
  const prefix = join(cacheDir, 'node', version);
  const binary = join(prefix, 'node_modules', name, 'bin', 'node');
  if (!existsSync(binary)) {
    mkdirSync(prefix, { recursive: true });
    const args = ['install', '--yes', '--no-save', '--no-audit', '--no-fund', '--loglevel=error'];
    const done = spawnSync('npm', [...args, '--prefix', prefix, `${name}@${version}`], {
      stdio: ['ignore', 2, 2],
      env: machineEnvironment(),
    });
    if (done.status !== 0 || !existsSync(binary)) throw new Error(`could not install \`${name}@${version}\``);
  }
  return binary;
}

if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  try {
    console.log(nodeRelease(process.argv[2]));
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  }
}
