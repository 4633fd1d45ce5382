// check-readme.mjs: guards the code in README.md, packages/*/README.md and docs/*.md: people copy it. Fences marked ts
// are type-checked together and each run as a whole program on Node 24 against the built packages; js is run; sh runs
// the lines after `$ ` with `lattice-auth` in PATH, and output shown below a command must be what it prints (`…` stands
// for anything). An `output` fence right after a ts or js fence is compared with what that program prints.
// `no-run` in a fence's first line leaves it at the type or syntax check. No AWS settings of the machine are seen.
// Links in all documents must lead somewhere.
import { spawn, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { commandsOf, fencesOf, matchesOutput } from './document-fences.mjs';
import { brokenLinks } from './document-links.mjs';
import { cacheDir, packages, root } from './workspace.mjs';

const timeoutMs = 60_000;

/** The documents of the tree at `base`. */
export function documents(base) {
  const listed = ['README.md', ...packages(base).map((one) => `${one.folder}/README.md`)];
  const docs = existsSync(join(base, 'docs'))
    ? readdirSync(join(base, 'docs')).filter((name) => name.endsWith('.md'))
    : [];
  return [...listed, ...docs.map((name) => `docs/${name}`)].filter((path) => existsSync(join(base, path)));
}

/** A clean environment: nothing of AWS, no colours, our command in front. */
function environment(bin) {
  const kept = Object.entries(process.env).filter(([name]) => !/^(AWS_|NODE_OPTIONS$|FORCE_COLOR$|npm_)/.test(name));
  const path = [bin, dirname(process.execPath), process.env.PATH ?? ''].join(delimiter);
  return { ...Object.fromEntries(kept), PATH: path, NO_COLOR: '1', COLUMNS: '100', AWS_EC2_METADATA_DISABLED: 'true' };
}

/** A folder whose node_modules has all workspace packages and whatever they depend on, as an installation would. */
function prepareModules(dir, base) {
  const modules = join(dir, 'node_modules');
  const link = (from, to) => {
    if (existsSync(to)) return;
    mkdirSync(dirname(to), { recursive: true });
    symlinkSync(from, to);
  };
  for (const one of packages(base)) {
    link(one.dir, join(modules, one.name));
    for (const name of Object.keys({ ...one.manifest.dependencies, ...one.manifest.devDependencies })) {
      const installed = join(one.dir, 'node_modules', name);
      if (existsSync(installed)) link(installed, join(modules, name));
    }
  }
  if (existsSync(join(root, 'node_modules', '@types')))
    link(join(root, 'node_modules', '@types'), join(modules, '@types'));
}

function prepareCommand(dir, base) {
  const bin = join(dir, 'bin');
  mkdirSync(bin, { recursive: true });
  const cli = packages(base).find((one) => one.manifest.bin);
  for (const [name, target] of Object.entries(cli?.manifest.bin ?? {})) {
    const script = `#!/bin/sh\nexec '${process.execPath}' '${join(cli.dir, target)}' "$@"\n`;
    writeFileSync(join(bin, name), script, { mode: 0o755 });
  }
  return bin;
}

/** One document's fences as programs and shell sessions in a folder of its own, beside a copy of examples/. */
function prepareDocument(path, base, dir) {
  const work = join(dir, path.replaceAll('/', '_').replace(/\.md$/, ''));
  mkdirSync(work, { recursive: true });
  if (existsSync(join(base, 'examples'))) cpSync(join(base, 'examples'), join(work, 'examples'), { recursive: true });
  const fences = fencesOf(readFileSync(join(base, path), 'utf8'));
  return fences.flatMap((fence, index) => {
    const where = `${path}:${fence.line}`;
    const run = !fence.flags.includes('no-run');
    if (fence.language === 'ts' || fence.language === 'js') {
      const file = join(work, `line-${fence.line}.${fence.language}`);
      writeFileSync(file, `${fence.code}\n`);
      const next = fences[index + 1];
      const output = next?.language === 'output' ? next.code.split('\n') : undefined;
      return [{ kind: fence.language, where, work, file, run, output }];
    }
    const commands = fence.language === 'sh' ? commandsOf(fence.code) : [];
    return commands.length > 0 ? [{ kind: 'sh', where, work, commands, run }] : [];
  });
}

function typeCheck(tasks, dir, base) {
  const files = tasks.filter((task) => task.kind === 'ts').map((task) => relative(dir, task.file));
  if (files.length === 0) return [];
  const options = {
    strict: true,
    noEmit: true,
    target: 'ES2023',
    lib: ['ES2023', 'DOM', 'DOM.Iterable'],
    module: 'NodeNext',
    types: ['node'],
    moduleDetection: 'force',
    skipLibCheck: true,
    erasableSyntaxOnly: true,
  };
  writeFileSync(join(dir, 'tsconfig.json'), JSON.stringify({ compilerOptions: options, files }));
  const compiler = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  const done = spawnSync(process.execPath, [compiler, '-p', dir, '--pretty', 'false'], { cwd: dir, encoding: 'utf8' });
  const errors = done.stdout.split('\n').filter((line) => line.includes('error TS'));
  if (errors.length === 0 && done.status !== 0) return [`type check failed: ${done.stdout}${done.stderr}`];
  return errors.map((line) => pointIntoDocument(line, tasks, dir, base));
}

/** `README/line-12.ts(3,5): error …` → `README.md:14: error …`. */
function pointIntoDocument(line, tasks, dir) {
  const [, file, row, text] = /^(.+?)\((\d+),\d+\): (.*)$/.exec(line) ?? [];
  const task = tasks.find((one) => one.file && relative(dir, one.file) === file);
  if (!task) return line;
  const [path, first] = task.where.split(':');
  return `${path}:${Number(first) + Number(row) - 1}: ${text}`;
}

function execute(command, args, options) {
  return new Promise((done) => {
    const child = spawn(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'], timeout: timeoutMs });
    let stdout = '';
    let all = '';
    child.stdout.setEncoding('utf8').on('data', (text) => {
      stdout += text;
      all += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text) => {
      all += text;
    });
    child.on('close', (code, signal) => done({ code: code ?? signal, stdout, all }));
  });
}

const shown = (expected, actual) => `\n    shown:\n${indent(expected)}\n    printed:\n${indent(actual)}`;
const indent = (lines) => lines.map((line) => `      ${line}`).join('\n');

async function runProgram(task, env) {
  const flags = task.run ? [] : ['--check'];
  if (!task.run && task.kind === 'ts') return [];
  const done = await execute(process.execPath, [...flags, task.file], { cwd: task.work, env });
  if (done.code !== 0) return [`${task.where}: ended with ${done.code}\n${indent(done.all.trimEnd().split('\n'))}`];
  const actual = done.stdout.split('\n');
  if (task.output && !matchesOutput(task.output, actual))
    return [`${task.where}: prints something else${shown(task.output, actual)}`];
  return [];
}

async function runShell(task, env) {
  if (!task.run) return [];
  const problems = [];
  for (const { command, output, exitCode } of task.commands) {
    const done = await execute('sh', ['-c', command], { cwd: task.work, env });
    const actual = done.all.split('\n');
    if (done.code !== exitCode) {
      problems.push(`${task.where}: \`${command}\` ended with ${done.code}\n${indent(actual)}`);
    } else if (output.length > 0 && !matchesOutput(output, actual)) {
      problems.push(`${task.where}: \`${command}\` prints something else${shown(output, actual)}`);
    }
  }
  return problems;
}

/** Fences of one document run in order, as a reader would; documents run two at a time. */
async function runDocuments(groups, env) {
  const queue = [...groups];
  const worker = async () => {
    const problems = [];
    for (let tasks = queue.shift(); tasks; tasks = queue.shift()) {
      for (const task of tasks) problems.push(...(await (task.kind === 'sh' ? runShell : runProgram)(task, env)));
    }
    return problems;
  };
  return (await Promise.all([worker(), worker()])).flat();
}

/** Runs all documents of the tree at `base`; resolves to `{ problems, counts }`. */
export async function checkReadme(base = root) {
  const dir = join(cacheDir, `readme-${process.pid}`);
  mkdirSync(dir, { recursive: true });
  try {
    writeFileSync(join(dir, 'package.json'), '{ "type": "module" }');
    prepareModules(dir, base);
    const env = environment(prepareCommand(dir, base));
    const groups = documents(base).map((path) => prepareDocument(path, base, dir));
    const tasks = groups.flat();
    const types = typeCheck(tasks, dir, base);
    const problems = [...brokenLinks(base), ...types, ...(await runDocuments(groups, env))];
    const count = (kind) => tasks.filter((task) => task.kind === kind && task.run).length;
    const unrun = tasks.filter((task) => !task.run).length;
    return { problems, counts: { ts: count('ts'), js: count('js'), sh: count('sh'), unrun } };
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const { problems, counts } = await checkReadme();
  for (const problem of problems) console.error(problem);
  const { ts, js, sh, unrun } = counts;
  const verdict = problems.length === 0 ? 'the documents’ code runs' : `${problems.length} problems in the documents`;
  console.log(`${verdict}: ${ts} ts, ${js} js, ${sh} sh; ${unrun} only checked`);
  process.exitCode = problems.length > 0 ? 1 : 0;
}
