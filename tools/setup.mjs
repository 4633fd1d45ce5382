// setup.mjs: brings what the repository needs on a machine that has only Node >= 20 and npm: pnpm (through npx),
// then, by pnpm and the lockfile, Node 24, the compiler and the test runner. Done once per lockfile: a stamp inside
// node_modules remembers what was installed, so that later runs make no call to npx or pnpm at all.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withLock } from './lock.mjs';
import { nodeRelease } from './node-release.mjs';
import { machineEnvironment, runCommand } from './run-command.mjs';
import { cacheDir, nodeBinary, root, workspaces } from './workspace.mjs';

const pnpmVersion = '10.34.9';
/** The npm package `node` does not exist for macOS in every version; and its install script can fail. Then this one is fetched. */
const fallbackNode = process.platform === 'darwin' ? '26.10.0' : '24.21.0';
const stampPath = join(root, 'node_modules', '.lattice-auth-setup.json');
const mutationDir = join(root, 'tools', 'mutation');

/** What can be installed. `base` leaves the benchmarks' peers out (cedar-wasm, aws-crt and others: 70 MB). */
const levels = {
  base: {
    what: 'Node 24, TypeScript, vitest and the packages’ dependencies',
    args: ['--filter', '!@lattice-auth/bench'],
  },
  all: { what: 'everything, the benchmarks’ peers too', args: [] },
};

export class SetupError extends Error {
  name = 'SetupError';
}

/** Changes whenever an install could: the lockfile, the workspace's settings, every manifest, and the platform. */
export function installKey() {
  const files = ['pnpm-lock.yaml', 'pnpm-workspace.yaml', 'package.json'];
  const manifests = workspaces().map((one) => join(one.folder, 'package.json'));
  const hash = createHash('sha256').update(`${pnpmVersion} ${process.platform} ${process.arch}`);
  for (const file of [...files, ...manifests]) hash.update(`\0${file}\0`).update(readFileSync(join(root, file)));
  return hash.digest('hex');
}

function readStamp() {
  try {
    return JSON.parse(readFileSync(stampPath, 'utf8'));
  } catch {
    return {};
  }
}

/** The Node to run everything on, when `level` is already installed; otherwise undefined. */
function installedNode(level, key) {
  const stamp = readStamp();
  const covers = stamp.level === 'all' || stamp.level === level;
  return stamp.key === key && covers && existsSync(stamp.node) ? stamp.node : undefined;
}

/** Installs what `level` needs, if it is not there yet. Resolves to the path of the Node binary to use. */
export async function ensureInstalled(level) {
  const ready = installedNode(level, installKey());
  if (ready) return ready;
  const waiting = (pid) => say(`another process (${pid}) is setting up or building here; waiting for it`);
  return withLock(join(cacheDir, 'workspace.lock'), () => install(level), waiting);
}

async function install(wanted) {
  // Another process may have done it while we waited. What was installed once stays: `all` never falls back to `base`.
  const key = installKey();
  const ready = installedNode(wanted, key);
  if (ready) return ready;
  const level = readStamp().level === 'all' ? 'all' : wanted;
  const started = Date.now();
  say('setting up (once; again only when dependencies change)');
  say(`fetching pnpm ${pnpmVersion}, and by it ${levels[level].what}`);
  await pnpmInstall(level, started);
  const node = await usableNode();
  writeFileSync(stampPath, `${JSON.stringify({ key, level, node })}\n`);
  say(`set up in ${elapsed(started)}`);
  return node;
}

async function pnpmInstall(level, started) {
  const pnpm = ['-y', `pnpm@${pnpmVersion}`];
  const install = ['install', '--frozen-lockfile', '--reporter=append-only', '--config.confirmModulesPurge=false'];
  const log = [];
  let last = Date.now();
  const onLine = (line) => {
    log.push(line);
    if (!isProgress(line)) return;
    last = Date.now();
    say(`  ${elapsed(started).padStart(7)}  ${line.trim()}`);
  };
  const beat = setInterval(() => {
    if (Date.now() - last > 4_900) say(`  ${elapsed(started).padStart(7)}  still fetching`);
  }, 5_000);
  try {
    const env = machineEnvironment();
    // npx puts node_modules/.bin first too: a `node` there whose binary never arrived would stop pnpm from starting.
    if (!existsSync(nodeBinary)) rmSync(join(root, 'node_modules', '.bin', 'node'), { force: true });
    const code = await runCommand('npx', [...pnpm, ...install, ...levels[level].args], { cwd: root, env, onLine });
    if (code === 130 || code === 143) throw new SetupError('set-up interrupted; run the command again to go on');
    if (code !== 0) throw failure(log);
  } catch (error) {
    if (error.code === 'ENOENT')
      throw new SetupError('`npx` was not found; install Node 20 or newer together with npm');
    throw error;
  } finally {
    clearInterval(beat);
  }
}

const isProgress = (line) =>
  /^(Progress:|Packages:|Done in|Lockfile|Scope:)/.test(line) || / preinstall: (added|Done)/.test(line);

/** Says what probably went wrong, after the end of what pnpm said about it. */
export function failure(log) {
  const tail = log.filter((line) => !/^npm warn|^Progress:|preinstall: npm warn/.test(line)).slice(-15);
  const text = log.join('\n');
  let hint = 'the messages above are from pnpm';
  if (/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|ECONNRESET|ENETUNREACH|META_FETCH_FAIL/.test(text)) {
    hint =
      'the npm registry could not be reached: the first run needs a network (or a proxy set for npm), later ones do not';
  } else if (/OUTDATED_LOCKFILE/.test(text)) {
    hint = `pnpm-lock.yaml does not fit a package.json: run \`npx -y pnpm@${pnpmVersion} install\` and commit the lockfile`;
  } else if (/ENOSPC/.test(text)) {
    hint = 'the disk is full: an installation takes about 460 MB';
  } else if (/EACCES|EPERM/.test(text)) {
    hint = 'a folder could not be written: check who owns this clone and the home folder’s caches';
  }
  return new SetupError(`${tail.join('\n')}\n\nset-up failed: ${hint}`);
}

/** The Node 24 of the npm package `node`; else the machine's own if new enough; else a release fetched for it. */
async function usableNode() {
  if ((await versionOf(nodeBinary)) >= 24) return nodeBinary;
  if ((await versionOf(process.execPath)) >= 24) return process.execPath;
  say(`Node 24 did not come with the install on ${process.platform} ${process.arch}: fetching Node ${fallbackNode}`);
  try {
    return nodeRelease(fallbackNode);
  } catch (error) {
    const hint = 'is `ignore-scripts` set for npm? Otherwise install Node 24 and run the command again';
    throw new SetupError(`set-up failed: no Node 24 could be brought (${error.message}); ${hint}`);
  }
}

async function versionOf(binary) {
  if (!existsSync(binary)) return 0;
  let version = '';
  const onLine = (line) => {
    version += line;
  };
  await runCommand(binary, ['--version'], { onLine });
  return Number.parseInt(version.replace('v', ''), 10) || 0;
}

/** Installs the mutation tester beside its own lockfile; see tools/mutation/README.md for why it is apart. */
export async function ensureMutationTools() {
  const stamp = join(mutationDir, 'node_modules', '.lattice-auth-setup');
  const lock = readFileSync(join(mutationDir, 'package-lock.json'));
  const key = createHash('sha256').update(lock).digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === key) return;
  say('fetching the mutation tester (Stryker) into tools/mutation');
  const flags = ['--legacy-peer-deps', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  const code = await runCommand('npm', ['ci', '--prefix', mutationDir, ...flags], {
    cwd: mutationDir,
    env: machineEnvironment(),
  });
  if (code !== 0) throw new SetupError('set-up failed: the mutation tester could not be installed (see npm above)');
  mkdirSync(join(mutationDir, 'node_modules'), { recursive: true });
  writeFileSync(stamp, key);
}

const elapsed = (started) => `${((Date.now() - started) / 1000).toFixed(1)} s`;

/** To stderr: a task's own output (a table, JSON) stays clean. */
const say = (text) => process.stderr.write(`${text}\n`);
