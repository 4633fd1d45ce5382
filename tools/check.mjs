// check.mjs: `npm run check`: all static checks, or those named: `npm run check -- biome exports`. Each is timed; one
// that fails does not hide the next. Options after the names go to a single named check: `-- exports --update`.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { root } from './workspace.mjs';

const tool = (name) => [process.execPath, join(root, 'tools', `check-${name}.mjs`)];

/** Name → what it guards, and the command. `packages` needs the registry and some time: only when named. */
const checks = {
  biome: { guards: 'format and lint', command: ['biome', 'check', '--error-on-warnings', '.'] },
  boundaries: { guards: 'who may import whom', command: tool('boundaries') },
  exports: { guards: 'public names', command: tool('exports') },
  generated: { guards: 'generated files are current', command: tool('generated') },
  knip: { guards: 'no unused file, export or dependency', command: ['knip', '--no-progress'] },
  changesets: { guards: 'release notes', command: tool('changesets') },
  size: { guards: 'bundle budgets', command: tool('size') },
  bench: { guards: 'the benchmarks run, and peers decide alike', command: tool('bench') },
  readme: { guards: 'code in documents runs', command: tool('readme') },
  packages: { guards: 'the tarballs, installed', command: tool('packages'), onlyNamed: true },
};

function runCheck(name, options) {
  const [command, ...args] = checks[name].command;
  console.log(`\n── ${name}: ${checks[name].guards}`);
  const started = performance.now();
  const done = spawnSync(command, [...args, ...options], { cwd: root, stdio: 'inherit' });
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  return { name, ok: done.status === 0, seconds };
}

const given = process.argv.slice(2);
const split = given.findIndex((argument) => argument.startsWith('-'));
const named = split === -1 ? given : given.slice(0, split);
const options = split === -1 ? [] : given.slice(split);
const unknown = named.filter((name) => !(name in checks));
if (unknown.length > 0 || (options.length > 0 && named.length !== 1)) {
  console.error(
    `usage: npm run check -- [names] or [one name] [its options]; names: ${Object.keys(checks).join(', ')}`,
  );
  process.exit(64);
}
const chosen = named.length > 0 ? named : Object.keys(checks).filter((name) => !checks[name].onlyNamed);
const results = chosen.map((name) => runCheck(name, options));
console.log('');
for (const { name, ok, seconds } of results) console.log(`${ok ? 'ok  ' : 'FAIL'} ${name.padEnd(10)} ${seconds} s`);
process.exitCode = results.every((result) => result.ok) ? 0 : 1;
