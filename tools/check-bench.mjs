// check-bench.mjs: guards that the benchmarks work: their types, and those of engine, signer and local data plane, run once.
// That run also holds engine and signer to their peers: it fails when one of them decides a request differently, or makes a
// signature that does not hold. Times are not asserted: docs/performance.md.
import { spawnSync } from 'node:child_process';
import { root } from './workspace.mjs';

const steps = [
  ['tsc', '-p', 'bench'],
  [process.execPath, 'bench/src/engine.bench.ts', '--quick'],
  [process.execPath, 'bench/src/signing.bench.ts', '--quick'],
  [process.execPath, 'bench/src/local-lattice.bench.ts', '--quick'],
];

for (const [command, ...args] of steps) {
  const { status, error } = spawnSync(command, args, { cwd: root, stdio: 'inherit' });
  if (error) console.error(error.message);
  if (status !== 0) process.exitCode = 1;
}
