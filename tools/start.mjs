// start.mjs: what `npm start` shows: the published EKS walk-through's cases with the table of who may call what, then
// one denial explained. It types the two commands of `story` into the built `lattice-auth`, as a person would: they
// can be copied from the screen and changed. Arguments to `npm start` replace the story: `npm start -- lint file.json`.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { runCommand } from './run-command.mjs';
import { packages, root } from './workspace.mjs';

const example = 'examples/eks-datastore';

/** What is run, in order. `codes`: how the command may end (a command that shows a denial may say so by its code). */
const story = [
  { argv: ['test', `${example}/*.lattice-test.yaml`, '--table'], codes: [0] },
  {
    argv: ['explain', '--stack', `${example}/stack.yaml`, '--from', 'frontend', '--to', 'datastore', 'GET', '/popular'],
    codes: [0, 1],
  },
];

/** What a shell makes of the one `*` in an argument. */
function expand(argument) {
  const [, folder, ending] = /^(.*)\/\*([^/*]*)$/.exec(argument) ?? [];
  if (folder === undefined || !existsSync(join(root, folder))) return [argument];
  const names = readdirSync(join(root, folder)).filter((name) => name.endsWith(ending));
  return names.sort().map((name) => `${folder}/${name}`);
}

const quoted = (argument) => (/^[\w@%+=:,./*-]+$/.test(argument) ? argument : `'${argument}'`);

const cli = packages().find((one) => one.short === 'cli');
const main = join(cli.dir, 'dist', 'main.js');
const given = process.argv.slice(2);
const chosen = given.length > 0 ? [{ argv: given }] : story;
for (const { argv, codes } of chosen) {
  if (codes) console.log(`\n$ lattice-auth ${argv.map(quoted).join(' ')}\n`);
  const code = await runCommand(process.execPath, [main, ...argv.flatMap(expand)], { cwd: root });
  const expected = codes ? codes.includes(code) : code === 0;
  if (!expected) process.exitCode ||= code;
  if (code >= 128) break;
}
