// signing.bench.ts — `npm run bench -- signing`: what @lattice-auth/sigv4-fetch costs, next to its peers, and next to not
// signing at all. Each part runs in a process of its own, so that none measures the garbage of another; within a part the
// contenders take turns, so that a slow second of the machine hits all of them. Docs: docs/fetch.md, "Figures".
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { type Figure, printFigures } from './signing/figures.ts';
import { measureImport } from './signing/import-time.ts';
import { loopbackServer } from './signing/loopback-server.ts';
import { measureRequests } from './signing/request-cost.ts';
import { measureSigners } from './signing/signer-cost.ts';
import { measureSizes } from './signing/sizes.ts';

const parts: Record<string, () => Promise<Figure[]>> = {
  signers: measureSigners,
  requests: () => measureRequests(startServer),
  sizes: measureSizes,
  import: measureImport,
};

async function runPart(name: string): Promise<Figure[]> {
  const child = fork(fileURLToPath(import.meta.url), [name], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const exited = once(child, 'exit');
  const answer = await Promise.race([once(child, 'message'), exited.then(() => undefined)]);
  await exited;
  if (answer === undefined) throw new Error(`the part \`${name}\` gave no figures`);
  return answer[0] as Figure[];
}

/** A server in a process of its own: its CPU is not the client's. Stops with the process that asked for it. */
async function startServer(): Promise<{ origin: string; stop: () => void }> {
  const child = fork(fileURLToPath(import.meta.url), ['server'], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const [origin] = (await once(child, 'message')) as [string];
  return { origin, stop: () => child.disconnect() };
}

const [wanted] = process.argv.slice(2);
if (wanted === 'server') {
  process.once('disconnect', () => process.exit());
  process.send?.(await loopbackServer());
} else if (wanted !== undefined && process.send !== undefined) {
  process.send(await parts[wanted]?.());
  process.disconnect();
} else {
  const names = wanted === undefined ? Object.keys(parts) : [wanted];
  const unknown = names.find((name) => !(name in parts));
  if (unknown !== undefined) throw new Error(`no part \`${unknown}\`; there are: ${Object.keys(parts).join(', ')}`);
  console.log(`Node ${process.versions.node}, undici ${process.versions.undici}, ${availableParallelism()} CPUs\n`);
  for (const name of names) printFigures(await runPart(name));
}
