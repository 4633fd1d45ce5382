// run.mjs: the one door to the repository's tasks: `node tools/run.mjs <task> [arguments]`, which is what the scripts
// in package.json call. Sets up and builds first when that is needed, then runs the task on Node 24.
// The scripts name npm's own Node, not `node`: that one may be ours in node_modules/.bin, half installed.
// `start` is exec'ed: an interrupt ends it as it says, not as the shell in between would.
// This file must be readable by old versions of Node, so that they get a sentence instead of a syntax error.
const major = Number(process.versions.node.split('.')[0]);
if (major < 20) {
  process.stderr.write(`Node ${process.versions.node} is too old: this repository needs Node 20 or newer (with npm)\n`);
  process.exit(1);
}
const { runTask } = await import('./tasks.mjs');
process.exitCode = await runTask(process.argv[2], process.argv.slice(3));
