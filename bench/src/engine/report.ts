// report.ts — the tables of the engine's benchmark, and its targets.
import { atLeast, atMost, type Figure, printFigures } from '../signing/figures.ts';
import type { Agreement } from './agreement.ts';
import { type ContenderName, type Figures, micros, type Samples, timesOurs } from './measure.ts';

const COLUMNS: readonly ContenderName[] = ['ours', 'cedar', 'cedarLayers', 'simulate'];
const HEADINGS = ['lattice-auth', 'cedar-wasm', 'cedar by layer', 'iam-simulate'];

export function printTitle(title: string): void {
  console.log(`\n${title}\n${''.padEnd(22)}${HEADINGS.map((heading) => heading.padStart(22)).join('')}`);
}

export function printAgreement({ asked, allowed }: Agreement): void {
  console.log(`  all agree on ${asked} requests, ${allowed} of them allowed`);
}

/** One row: microseconds, and how many times ours that is. */
export function printRow(what: string, samples: Samples): void {
  const cells = COLUMNS.map((name) => {
    if (samples[name] === undefined) return '–'.padStart(22);
    const times = name === 'ours' ? '' : ` ${timesOurs(samples, name).toFixed(1)}x`;
    return `${micros(samples, name).toFixed(2)} µs${times.padStart(10)}`.padStart(22);
  });
  console.log(what.padEnd(22) + cells.join(''));
}

/** What the project promises, and whether this run kept it. */
export function printTargets(figures: Figures, bundles: readonly Figure[]): void {
  console.log('');
  const allowed = figures['authorize, allowed'] ?? {};
  const denied = figures['authorize, denied'] ?? {};
  printFigures([
    atLeast('authorize (allowed) against cedar-wasm', fastestCedar(allowed), 30, 'x'),
    atLeast('authorize (denied) against cedar-wasm', fastestCedar(denied), 30, 'x'),
    atLeast('authorize (allowed) against iam-simulate', timesOurs(allowed, 'simulate'), 200, 'x'),
    atLeast('authorize (denied) against iam-simulate', timesOurs(denied, 'simulate'), 200, 'x'),
    atMost('1000 statements against 10, distinct principals', growth(figures), 4, 'x'),
    atMost('explain against authorize (denied)', ownRatio(figures['explain, denied'], denied), 100, 'x'),
    ...bundles,
  ]);
}

/** The faster way to ask: all layers at once, or layer by layer until one denies. */
function fastestCedar(samples: Samples): number {
  return Math.min(timesOurs(samples, 'cedar'), timesOurs(samples, 'cedarLayers'));
}

function growth(figures: Figures): number {
  return ownRatio(figures['distinct 1000'], figures['distinct 10']);
}

/** Both were measured at different moments: what is compared is the fastest tenth of their rounds. */
function ownRatio(samples: Samples | undefined, against: Samples | undefined): number {
  return fastestTenth(samples) / fastestTenth(against);
}

function fastestTenth(samples: Samples | undefined): number {
  const sorted = (samples?.ours ?? []).toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 10)] ?? Number.NaN;
}
