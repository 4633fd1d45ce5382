// sizes.ts — what a bundle pays for, as `npm run check -- size` weighs it.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { atMost, type Figure } from './figures.ts';

const ROW = /^(sigv4-fetch.*?) +(\d+\.\d+) kB gzip/gm;

/** What a size is held against here. The tool has limits of its own, which keep what was reached. */
const TARGETS_KB: Readonly<Record<string, number>> = {
  'sigv4-fetch/core': 7,
  'sigv4-fetch/core: signRequest': 4,
  'sigv4-fetch': 12,
};

/** The sizes of this package's bundles. */
export function measureSizes(): Promise<Figure[]> {
  const tool = fileURLToPath(new URL('../../../tools/check-size.mjs', import.meta.url));
  const { stdout } = spawnSync(process.execPath, [tool], { encoding: 'utf8' });
  const rows = [...stdout.matchAll(ROW)].map(([, what = '', size]) =>
    atMost(`gzip of ${what}`, Number(size), TARGETS_KB[what], ' kB'),
  );
  return Promise.resolve(rows);
}
