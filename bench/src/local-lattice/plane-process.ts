// plane-process.ts — a data plane in a process of its own: `plane-process.ts PORT UPSTREAM [watched|logged]`. Says on stderr
// when it can't start, and nothing else; with PORT 0 it says how long the start took, and ends.
import { startLocalLattice } from '@lattice-auth/local-lattice';
import { latticeStack } from './lattice-stack.ts';

const [port = '0', upstream = '0', mode = ''] = process.argv.slice(2);
const started = performance.now();
const lattice = await startLocalLattice(latticeStack(Number(upstream)), {
  httpPort: Number(port),
  seenMax: mode === '' ? 0 : 1_000,
  accessLog: mode === 'logged' ? () => undefined : undefined,
});
const startMs = performance.now() - started;
if (port === '0') {
  const closing = performance.now();
  await lattice.close();
  process.stdout.write(JSON.stringify({ startMs, closeMs: performance.now() - closing }));
}
