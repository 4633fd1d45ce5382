// signing.bench.ts — `npm run bench -- signing`: what @lattice-auth/sigv4-fetch costs, next to its peers, and next to not
// signing at all. Each part runs in a process of its own, so that none measures the garbage of another; contenders take
// turns, so that a slow second of the machine hits all of them. `-- signing requests` runs one part. Docs: docs/performance.md.
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { type Figure, printFigures } from './signing/figures.ts';
import { measureImport } from './signing/import-time.ts';
import { loopbackServer } from './signing/loopback-server.ts';
import { answerOf, starter } from './signing/parts.ts';
import { measureRequests, sendOnDemand } from './signing/request-cost.ts';
import { measureSigners } from './signing/signer-cost.ts';
import { measureSizes } from './signing/sizes.ts';

const start = starter(fileURLToPath(import.meta.url));

const parts: Record<string, () => Promise<Figure[]>> = {
  signers: async () => answerOf(start('signers')),
  requests: () => measureRequests(start),
  sizes: measureSizes,
  import: measureImport,
};

const [name, ...args] = process.argv.slice(2);
if (process.send !== undefined) {
  process.once('disconnect', () => process.exit());
  if (name === 'signers') process.send(await measureSigners());
  if (name === 'server') process.send(await loopbackServer());
  if (name === 'sender') sendOnDemand(args[0] ?? '', args[1] ?? '');
} else {
  const chosen = name === undefined ? Object.keys(parts) : [name];
  console.log(`Node ${process.versions.node}, undici ${process.versions.undici}, ${availableParallelism()} CPUs\n`);
  for (const part of chosen) {
    const measure = parts[part];
    if (measure === undefined) throw new Error(`no part \`${part}\`; there are: ${Object.keys(parts).join(', ')}`);
    printFigures(await measure());
  }
}
