// start-cost.ts — how long a test waits for `startLocalLattice`, each time in a new process, imports not counted.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { atMost, type Figure } from '../signing/figures.ts';
import { median } from '../signing/rounds.ts';

const PLANE = fileURLToPath(new URL('./plane-process.ts', import.meta.url));

/** Measures start and end. */
export function measureStart(quick: boolean): Figure[] {
  const runs = Array.from({ length: quick ? 1 : 11 }, () => {
    const { stdout, stderr } = spawnSync(process.execPath, [PLANE, '0', '1'], { encoding: 'utf8' });
    if (stdout === '') throw new Error(stderr);
    return JSON.parse(stdout) as { startMs: number; closeMs: number };
  });
  return [
    atMost('startLocalLattice, first in its process', median(runs.map(({ startMs }) => startMs)), 150, ' ms', 0),
    atMost('close', median(runs.map(({ closeMs }) => closeMs)), undefined, ' ms', 0),
  ];
}
