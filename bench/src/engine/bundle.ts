// bundle.ts — what a program pays that imports the engine, as `npm run check -- size` weighs it.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Figure } from '../signing/figures.ts';

const ROW = /^engine: (.*?) +(\d+\.\d+ kB) brotli(?: of (\d+\.\d+))?( {2}TOO LARGE)?$/gm;

/** The sizes, and their budgets. */
export function measureBundles(): Figure[] {
  const tool = fileURLToPath(new URL('../../../tools/check-size.mjs', import.meta.url));
  const { stdout } = spawnSync(process.execPath, [tool], { encoding: 'utf8' });
  const rows = [...stdout.matchAll(ROW)].map(([, what = '', value = '', limit, tooLarge]): Figure => {
    const figure = { what: `brotli of a bundle: ${what}`, value };
    return limit === undefined ? figure : { ...figure, target: `≤ ${limit} kB`, met: tooLarge === undefined };
  });
  if (rows.length === 0) throw new Error(`check-size.mjs weighed no bundle of the engine:\n${stdout}`);
  return rows;
}
