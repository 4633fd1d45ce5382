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

const parts: Record<string, (quick: boolean) => Promise<Figure[]>> = {
  signers: async (quick) => answerOf(start('--signers', String(quick))),
  requests: (quick) => measureRequests(start, quick),
  sizes: measureSizes,
  import: measureImport,
};

/** A part in a process of its own, started by this program. */
async function runPart(name: string, args: readonly string[]): Promise<void> {
  process.once('disconnect', () => process.exit());
  if (name === '--signers') process.send?.(await measureSigners(args[0] === 'true'));
  if (name === '--server') process.send?.(await loopbackServer());
  if (name === '--sender') sendOnDemand(args[0] ?? '', args[1] ?? '');
}

async function report(names: readonly string[], quick: boolean): Promise<void> {
  console.log(`Node ${process.versions.node}, undici ${process.versions.undici}, ${availableParallelism()} CPUs\n`);
  for (const name of names) {
    const measure = parts[name];
    if (measure === undefined) throw new Error(`no part \`${name}\`; there are: ${Object.keys(parts).join(', ')}`);
    printFigures(await measure(quick), quick);
  }
  if (quick) console.log('all of it works; run without --quick for times and targets');
}

const [first = '', ...rest] = process.argv.slice(2);
if (process.connected && first.startsWith('--')) {
  await runPart(first, rest);
} else {
  const chosen = [first, ...rest].filter((name) => name !== '' && name !== '--quick');
  await report(chosen.length > 0 ? chosen : Object.keys(parts), process.argv.includes('--quick'));
}
