// tasks.mjs: what `npm start`, `npm test` and the other scripts do, as a table: what must be installed, what must be
// built, and then the commands, run one after another on the Node that the set-up brought.
import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { build } from './build.mjs';
import { runCommand } from './run-command.mjs';
import { ensureInstalled, ensureMutationTools, SetupError } from './setup.mjs';
import { cacheDir, reportsDir, root } from './workspace.mjs';

const tool = (name) => join(root, 'tools', `${name}.mjs`);
const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');

/** Where the vitest run of `npm test` leaves its counts, for .ci/run. */
const testReport = join(reportsDir, 'test.json');

const tasks = {
  start: {
    about: 'the main job: who may call what, and why not',
    install: 'base',
    build: 'packages',
    run: startCommands,
  },
  test: { about: 'all tests, then the code in the READMEs', install: 'base', build: 'all', run: testCommands },
  build: { about: 'compile all packages and type-check their tests', install: 'base', build: 'all', run: () => [] },
  check: { about: 'static checks; names of checks as arguments', install: 'all', build: 'all', run: checkCommands },
  image: {
    about: 'the container image: `npm run image -- --help`',
    install: 'base',
    build: 'packages',
    run: imageCommands,
  },
  bench: { about: 'benchmarks: `npm run bench -- engine`', install: 'all', build: 'packages', run: benchCommands },
  mutation: { about: 'mutation tests of the engine', install: 'base', build: 'packages', run: mutationCommands },
};

function startCommands(args) {
  return [[tool('start'), ...args]];
}

/** With arguments, only vitest runs, and gets them: `npm test -- --project unit packages/stack`. */
function testCommands(args) {
  mkdirSync(reportsDir, { recursive: true });
  rmSync(testReport, { force: true });
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${testReport}`];
  const run = [vitest, 'run', ...reporters, ...args];
  return args.length > 0 ? [run] : [run, [tool('check-readme')]];
}

function checkCommands(args) {
  return [[tool('check'), ...args]];
}

function imageCommands(args) {
  return [[join(root, 'deploy', 'image', 'build.mjs'), ...args]];
}

/** Benchmarks are not compiled: Node strips the types of bench/src/<name>.bench.ts, against the packages' dist. */
function benchCommands([name, ...args]) {
  const folder = join(root, 'bench', 'src');
  const ending = '.bench.ts';
  const names = existsSync(folder) ? readdirSync(folder).filter((file) => file.endsWith(ending)) : [];
  if (!name || !names.includes(name + ending)) {
    const known = names.map((file) => file.slice(0, -ending.length)).join(', ') || 'none yet';
    throw new SetupError(`which benchmark? usage: npm run bench -- <name>; there are: ${known}`);
  }
  return [[join(folder, name + ending), ...args]];
}

async function mutationCommands(args) {
  await ensureMutationTools();
  return [
    [join(root, 'tools', 'mutation', 'node_modules', '@stryker-mutator', 'core', 'bin', 'stryker.js'), 'run', ...args],
  ];
}

/** Programs that a task starts find the same Node, and the installed tools, first in PATH. */
function taskEnvironment(node) {
  const path = [dirname(node), join(root, 'node_modules', '.bin'), process.env.PATH ?? ''].join(delimiter);
  return { ...process.env, PATH: path, NODE_COMPILE_CACHE: join(cacheDir, 'compile') };
}

/** Runs one task; resolves to the exit code of the first command that failed, or 0. */
export async function runTask(name, args) {
  const task = tasks[name];
  if (!task) {
    const lines = Object.entries(tasks).map(([known, { about }]) => `  ${known.padEnd(9)} ${about}`);
    process.stderr.write(`usage: node tools/run.mjs <task> [arguments]\n\n${lines.join('\n')}\n`);
    return 64;
  }
  try {
    const node = await ensureInstalled(task.install);
    const code = await build(task.build, node);
    return code === 0 ? await runAll(await task.run(args), node) : code;
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    process.stderr.write(`${error.message}\n`);
    return 1;
  }
}

/** All commands run, so that one red test does not hide a broken README; an interrupt ends the row. */
async function runAll(commands, node) {
  let first = 0;
  for (const command of commands) {
    const code = await runCommand(node, command, { cwd: root, env: taskEnvironment(node) });
    if (first === 0) first = code;
    if (code === 130 || code === 143) break;
  }
  return first;
}
