#!/usr/bin/env node
// main.ts: the program `lattice-auth-injector`.
import { runInjector } from './run-injector.js';

process.exitCode = await runInjector({
  argv: process.argv.slice(2),
  env: process.env,
  command: 'lattice-auth-injector',
  stdout: (text) => process.stdout.write(text),
  stderr: (text) => process.stderr.write(text),
});
// Whatever is left open by a run that has ended holds nothing up.
process.exit();
