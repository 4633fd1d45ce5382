#!/usr/bin/env node
// main.ts: the program `lattice-auth-proxy`.
import { runProxy } from './run-proxy.js';

process.exitCode = await runProxy({
  argv: process.argv.slice(2),
  env: process.env,
  command: 'lattice-auth-proxy',
  stdout: (text) => process.stdout.write(text),
  stderr: (text) => process.stderr.write(text),
});
// Whatever is left open by a run that has ended holds nothing up.
process.exit();
