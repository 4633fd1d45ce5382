// local-lattice.bench.ts — `npm run bench -- local-lattice`: what a request costs the local data plane when it is signed,
// verified, authorized and routed, next to nginx, which only forwards, in one run, taking turns: what is measured on one
// core, load and upstream on the other. nginx and wrk come from Debian and are installed when they are missing.
// `-- local-lattice verify` runs one part; `--quick` looks whether the parts without load work. Docs: docs/performance.md.
import { measureLoad } from './local-lattice/load.ts';
import { startPlanes, startUpstream } from './local-lattice/processes.ts';
import { measureStart } from './local-lattice/start-cost.ts';
import { measureVerification } from './local-lattice/verify-cost.ts';
import { installTools } from './proxy/tools.ts';
import { type Figure, printFigures } from './signing/figures.ts';

const SECONDS = Number(process.env.SECONDS ?? 5);
const ROUNDS = Number(process.env.ROUNDS ?? 5);
const quick = process.argv.includes('--quick');

async function underLoad(): Promise<Figure[]> {
  installTools();
  const upstream = await startUpstream();
  const running = [upstream];
  try {
    const planes = await startPlanes(upstream.port);
    running.push(...planes);
    return await measureLoad(planes, SECONDS, ROUNDS);
  } finally {
    for (const { stop } of running) stop();
  }
}

const parts: Readonly<Record<string, () => Promise<Figure[]> | Figure[]>> = {
  verify: () => measureVerification(quick),
  start: () => measureStart(quick),
  ...(!quick && { load: underLoad }),
};

const [only] = process.argv.slice(2).filter((argument) => argument !== '--quick');
if (only !== undefined && !(only in parts))
  throw new Error(`no part \`${only}\`; there are: ${Object.keys(parts).join(', ')}`);
const figures: Figure[] = [];
for (const [name, measure] of Object.entries(parts))
  if (only === undefined || only === name) figures.push(...(await measure()));
printFigures(figures, quick);
