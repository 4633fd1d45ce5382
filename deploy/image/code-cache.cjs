// code-cache.cjs: what V8 makes of a bundle, as start.cjs hands it back. Run by the image's own Node, twice:
// `make BUNDLE CACHE` runs the program as far as a checked configuration, so that V8 has compiled what a start needs, under
// a fixed hash seed, without which the bytes differ each time; `check BUNDLE CACHE` tries the result without that seed.
'use strict';
const { readFileSync, writeFileSync } = require('node:fs');
const { Script } = require('node:vm');

/** Where V8 writes the hash of its flags. The seed is one of them, though nothing compiled depends on it. */
const FLAGS_HASH = [12, 16];

/** As the injector starts the sidecar. No port is opened, no file read: nothing that differs from run to run. */
const ARGUMENTS = ['proxy', '--check-config', '--host=localhost', '--port=127.0.0.1:8080', '--admin.listen.port=9901'];

const [, , task, bundle, cache] = process.argv;
const source = `(function (exports, require, module, __filename, __dirname) {${readFileSync(bundle, 'latin1')}\n})`;
const options = { filename: '/app/lattice-auth.cjs' };

if (task === 'make') {
  const program = new Script(source, options);
  process.on('exit', () => writeFileSync(cache, program.createCachedData()));
  process.argv.splice(1, process.argv.length, '/app/start.cjs', ...ARGUMENTS);
  program.runInThisContext()(exports, require, module, options.filename, '/app');
} else {
  const cachedData = readFileSync(cache);
  new Script('0').createCachedData().copy(cachedData, FLAGS_HASH[0], ...FLAGS_HASH);
  // Whether that was right is V8's to say.
  if (new Script(source, { ...options, cachedData }).cachedDataRejected) throw new Error('V8 refuses the code cache');
  writeFileSync(cache, cachedData);
}
