// proxy.bench.ts — `npm run bench -- proxy`: what the sidecar costs a request, next to nginx, which forwards without
// signing, and to any other proxy given in PROXY_COMMAND (`{port}` and `{upstream}` in it are filled in). All in one run,
// taking turns: proxies on one core, load and upstream on the other. nginx and wrk come from Debian and are installed when
// they are missing. `-- proxy paced` runs one part. Method and figures: docs/performance.md.

import { startContenders, startUpstream } from './proxy/contenders.ts';
import { measureBodies, measurePaced, measureSaturated } from './proxy/measure.ts';
import { installTools } from './proxy/tools.ts';

const SECONDS = Number(process.env.SECONDS ?? 5);
const ROUNDS = Number(process.env.ROUNDS ?? 3);
const parts = { saturated: measureSaturated, paced: measurePaced, bodies: measureBodies };

const [only] = process.argv.slice(2);
if (only !== undefined && !(only in parts))
  throw new Error(`no part \`${only}\`; there are: ${Object.keys(parts).join(', ')}`);
installTools();
const upstream = await startUpstream();
const contenders = await startContenders(upstream.port);
try {
  for (const [name, measure] of Object.entries(parts)) {
    if (only === undefined || only === name) await measure(contenders, { seconds: SECONDS, rounds: ROUNDS });
  }
} finally {
  for (const { stop } of [...contenders, upstream]) stop();
}
