// start.cjs: the first file that Node opens in the image. Hands V8 the compiled form of the program that was made with
// the image, since compiling it is what takes longest in a start. V8 checks that it fits; if not, it compiles.
'use strict';
const { readFileSync } = require('node:fs');
const { Script } = require('node:vm');

const file = `${__dirname}/lattice-auth.cjs`;

function compiledForm() {
  try {
    return readFileSync(`${__dirname}/lattice-auth.cache`);
  } catch {
    return undefined;
  }
}

// latin1: the bundle is ASCII, and this way it is one byte a character in V8 too.
const source = `(function (exports, require, module, __filename, __dirname) {${readFileSync(file, 'latin1')}\n})`;
const program = new Script(source, { filename: file, cachedData: compiledForm() });
program.runInThisContext()(exports, require, module, file, __dirname);
