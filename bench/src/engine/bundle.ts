// bundle.ts — what a program pays that parses, compiles and authorizes, as `npm run check -- size` weighs it.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Figure } from '../signing/figures.ts';

const WHAT = 'engine: parse, compile, authorize';
const ROW = new RegExp(`^${WHAT} +(\\d+\\.\\d+ kB) brotli of (\\d+\\.\\d+)( {2}TOO LARGE)?$`, 'm');

/** The size, and its budget. */
export function measureBundle(): Figure {
  const tool = fileURLToPath(new URL('../../../tools/check-size.mjs', import.meta.url));
  const { stdout } = spawnSync(process.execPath, [tool], { encoding: 'utf8' });
  const [, value, limit, tooLarge] = ROW.exec(stdout) ?? [];
  if (value === undefined) throw new Error(`check-size.mjs did not weigh \`${WHAT}\``);
  return { what: 'bundle of parse, compile and authorize, brotli', value, target: `≤ ${limit} kB`, met: !tooLarge };
}
