// start.mjs: what `npm start` shows: the published EKS walk-through's cases with the table of who may call what, then
// one denial explained. Runs the built command of packages/cli in this one process, so that it starts fast; the
// commands themselves stand in `story` below and can be typed by hand just so.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { packages, root } from './workspace.mjs';

const example = 'examples/eks-datastore';

/** What is run, in order. The last one shows a denial, and so may end with a code other than 0. */
const story = [
  { argv: ['test', `${example}/*.lattice-test.yaml`, '--table'] },
  {
    argv: ['explain', '--stack', `${example}/stack.yaml`, '--from', 'frontend', '--to', 'datastore', 'GET', '/popular'],
    mayDeny: true,
  },
];

/** Lists what a shell would have made of the one `*` in an argument. */
function expand(argument) {
  const match = /^(.*)\/\*([^/*]*)$/.exec(argument);
  if (!match || !existsSync(join(root, match[1]))) return [argument];
  const names = readdirSync(join(root, match[1])).filter((name) => name.endsWith(match[2]));
  return names.sort().map((name) => `${match[1]}/${name}`);
}

const quoted = (argument) => (/^[\w@%+=:,./*-]+$/.test(argument) ? argument : `'${argument}'`);

process.chdir(root);
const cli = packages().find((one) => one.short === 'cli');
const entry = join(cli.dir, 'dist', 'run.js');
const { run } = await import(pathToFileURL(entry).href);
for (const { argv, mayDeny } of story) {
  console.log(`\n$ lattice-auth ${argv.map(quoted).join(' ')}\n`);
  const code = await run(argv.flatMap(expand));
  if (code !== 0 && !mayDeny) process.exitCode = code;
}
