// start.mjs: what `npm start` does. Without arguments it tells the story of examples/eks-datastore, with real processes and
// real requests, and leaves it running until a signal ends it; `--once` ends it after the story. Any other arguments are for
// the built command: `npm start -- lint file.json`.
import { join } from 'node:path';
import { runCommand } from './run-command.mjs';
import { tellStory } from './story/tell-story.mjs';
import { packages, root } from './workspace.mjs';

const given = process.argv.slice(2);
const isOnce = given.length === 1 && given[0] === '--once';
if (given.length === 0 || isOnce) {
  process.exitCode = await tellStory({ stay: !isOnce });
} else {
  const { dir } = packages().find((one) => one.short === 'cli');
  process.exitCode = await runCommand(process.execPath, [join(dir, 'dist', 'main.js'), ...given], { cwd: root });
}
