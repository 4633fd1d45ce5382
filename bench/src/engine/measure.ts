// measure.ts — contenders in turns, in batches of about the same duration, so that a slow second of the machine hits all
// of them. A ratio is the median of the ratios of the rounds: both of its sides ran within the same moment.
import { median } from '../signing/rounds.ts';

/** Something that is measured: does its work `times` times. */
export interface Contender {
  readonly name: ContenderName;
  run(times: number): Promise<void> | void;
}

export type ContenderName = 'ours' | 'cedar' | 'cedarLayers' | 'simulate';

/** How long to measure: a batch is as many runs as fit into `batchMs`, at least one. */
export interface Effort {
  readonly rounds: number;
  readonly batchMs: number;
  /** Rounds of contenders that need longer than a batch for one run. */
  readonly slowRounds: number;
}

/** What a row of the report is made of: microseconds of each round, by contender. */
export type Samples = Readonly<Partial<Record<ContenderName, readonly number[]>>>;

/** Samples by the row they belong to. */
export type Figures = Readonly<Record<string, Samples>>;

export async function measureInTurns(contenders: readonly Contender[], effort: Effort): Promise<Samples> {
  const turns = [];
  for (const contender of contenders) turns.push(await prepare(contender, effort));
  for (let round = 0; round < effort.rounds; round++) {
    // Every other round the other way round: nobody always runs after the one with the most garbage.
    for (const turn of round % 2 === 0 ? turns : turns.toReversed()) {
      if (round < turn.rounds) turn.samples.push((await elapsed(turn.contender, turn.times)) / turn.times);
    }
  }
  return Object.fromEntries(turns.map(({ contender, samples }) => [contender.name, samples]));
}

const WARM_UP_BATCHES = 40;

/** Finds how many runs make a batch, by the fastest of those that warm up: a run that was interrupted doesn't count. */
async function prepare(contender: Contender, { rounds, batchMs, slowRounds }: Effort) {
  const batch = batchMs * 1000;
  let times = 1;
  for (let spent = 0; spent < WARM_UP_BATCHES * batch; ) {
    const micros = await elapsed(contender, times);
    spent += micros;
    times = Math.max(times, Math.floor((batch * times) / micros));
  }
  const samples: number[] = [];
  return { contender, times, rounds: times === 1 ? Math.min(rounds, slowRounds) : rounds, samples };
}

async function elapsed(contender: Contender, times: number): Promise<number> {
  const started = process.hrtime.bigint();
  await contender.run(times);
  return Number(process.hrtime.bigint() - started) / 1000;
}

/** The median of one contender, in microseconds. */
export function micros(samples: Samples, name: ContenderName): number {
  return median(samples[name] ?? []);
}

/** How many times what `ours` costs a contender costs; `NaN` when it did not take part. */
export function timesOurs(samples: Samples, name: ContenderName): number {
  const own = samples.ours ?? [];
  return median((samples[name] ?? []).map((value, round) => value / (own[round] ?? Number.NaN)));
}

/** Bytes that one run leaves on the heap: the median of batches too small to start a collection. */
export function bytesAllocated(contender: { run(times: number): void }): number {
  const times = 200;
  const growths = Array.from({ length: 41 }, () => {
    const before = process.memoryUsage().heapUsed;
    contender.run(times);
    return (process.memoryUsage().heapUsed - before) / times;
  });
  return median(growths);
}
