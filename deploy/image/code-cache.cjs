// code-cache.cjs: compiles a bundle as start.cjs does, and writes what V8 made of it. Run by the image's own Node, twice:
// `make BUNDLE CACHE` under a fixed hash seed, without which the bytes differ each time; `check BUNDLE CACHE` without it.
'use strict';
const { readFileSync, writeFileSync } = require('node:fs');
const { Script } = require('node:vm');

/** Where V8 writes the hash of its flags. The seed is a flag, though nothing compiled depends on it. */
const FLAGS_HASH = [12, 16];

const [, , task, bundle, cache] = process.argv;
const source = `(function (exports, require, module, __filename, __dirname) {${readFileSync(bundle, 'latin1')}\n})`;
const options = { filename: '/app/lattice-auth.cjs' };

if (task === 'make') {
  writeFileSync(cache, new Script(source, options).createCachedData());
} else {
  const cachedData = readFileSync(cache);
  new Script('0').createCachedData().copy(cachedData, FLAGS_HASH[0], ...FLAGS_HASH);
  // Whether that was right is V8's to say.
  if (new Script(source, { ...options, cachedData }).cachedDataRejected) throw new Error('V8 refuses the code cache');
  writeFileSync(cache, cachedData);
}
