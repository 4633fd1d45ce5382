#!/usr/bin/env node
// main.ts: the command `lattice-auth`. The exit code is set rather than forced, so that what was written gets out first.
import { processIo } from './io.js';
import { run } from './run.js';

process.exitCode = await run(process.argv.slice(2), processIo());
