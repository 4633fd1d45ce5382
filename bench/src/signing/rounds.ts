// rounds.ts — contenders in turns, many short rounds, medians. A ratio is the median of the ratios of the rounds: both of
// its sides were measured within the same second or so.

/** Something that is measured: runs `times` times, one after the other or at once, as it likes. */
export interface Contender<Name extends string> {
  readonly name: Name;
  run(times: number): Promise<void> | void;
}

/** How to measure. */
export interface RoundOptions {
  readonly rounds: number;
  readonly times: number;
  /** Microseconds of a monotonous clock, be it the wall's or the CPU's. */
  readonly clock: () => number;
}

/** What was measured, in microseconds per run. */
export interface Measured<Name extends string> {
  median(name: Name): number;
  /** How many times what `other` costs `name` costs. */
  ratio(name: Name, other: Name): number;
}

export async function measureRounds<Name extends string>(
  contenders: readonly Contender<Name>[],
  { rounds, times, clock }: RoundOptions,
): Promise<Measured<Name>> {
  const samples = new Map<Name, number[]>(contenders.map(({ name }) => [name, []]));
  for (const contender of contenders) await contender.run(times * 2);
  for (let round = 0; round < rounds; round += 1) {
    // Every other round the other way round: nobody always runs after the one with the most garbage.
    for (const contender of round % 2 === 0 ? contenders : contenders.toReversed()) {
      const started = clock();
      await contender.run(times);
      samples.get(contender.name)?.push((clock() - started) / times);
    }
  }
  const of = (name: Name): number[] => samples.get(name) ?? [];
  return {
    median: (name) => median(of(name)),
    ratio: (name, other) => median(of(name).map((value, round) => value / (of(other)[round] ?? Number.NaN))),
  };
}

/** The middle value. */
export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
