// sizes.ts — what a bundle pays for, as `npm run check -- size` weighs it.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Figure } from './figures.ts';

const ROW = /^(sigv4-fetch.*?) +(\d+\.\d+ kB) gzip(?: of (\d+\.\d+))?( {2}TOO LARGE)?$/gm;

/** The sizes of this package's bundles. */
export function measureSizes(): Promise<Figure[]> {
  const tool = fileURLToPath(new URL('../../../tools/check-size.mjs', import.meta.url));
  const { stdout } = spawnSync(process.execPath, [tool], { encoding: 'utf8' });
  const rows = [...stdout.matchAll(ROW)].map(([, what = '', value = '', limit, tooLarge]): Figure => {
    const figure = { what: `gzip of ${what}`, value };
    return limit === undefined ? figure : { ...figure, target: `≤ ${limit} kB`, met: tooLarge === undefined };
  });
  return Promise.resolve(rows);
}
