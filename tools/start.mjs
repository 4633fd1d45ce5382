// start.mjs: what `npm start` shows: the published EKS walk-through's cases with the table of who may call what, then
// one denial explained. It types the two commands of `story` into the built `lattice-auth`, as a person would: they
// can be copied from the screen and changed. Arguments to `npm start` replace the story: `npm start -- lint file.json`.
import { join } from 'node:path';
import { runCommand } from './run-command.mjs';
import { packages, root } from './workspace.mjs';

const example = 'examples/eks-datastore';

/** What is run, in order. `codes`: how the command may end: `explain` ends with 1 for a denial, which is what it shows. */
const story = [
  { argv: ['test', example, '--table'], codes: [0] },
  {
    argv: [
      'explain',
      ...['--stack', `${example}/stack.yaml`],
      ...['--from', 'aws-sigv4-client', '--vpc', 'vpc-b', '--to', 'datastore'],
      ...['GET', '/popular'],
    ],
    codes: [1],
  },
];

const quoted = (argument) => (/^[\w@%+=:,./*-]+$/.test(argument) ? argument : `'${argument}'`);

const cli = packages().find((one) => one.short === 'cli');
const main = join(cli.dir, 'dist', 'main.js');
const given = process.argv.slice(2);
const chosen = given.length > 0 ? [{ argv: given }] : story;
for (const { argv, codes } of chosen) {
  if (codes) console.log(`\n$ lattice-auth ${argv.map(quoted).join(' ')}\n`);
  const code = await runCommand(process.execPath, [main, ...argv], { cwd: root });
  const expected = codes ? codes.includes(code) : code === 0;
  if (!expected) process.exitCode ||= code;
  if (code >= 128) break;
}
