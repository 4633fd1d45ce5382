// figures.ts — one line of the report, and the report as a table.

/** One measured value; `target` is what it is held against, where there is one. */
export interface Figure {
  readonly what: string;
  readonly value: string;
  readonly target?: string;
  readonly met?: boolean;
}

/** A value that may not be above a limit. */
export function atMost(what: string, value: number, limit: number | undefined, unit: string, digits = 2): Figure {
  const shown = `${value.toFixed(digits)}${unit}`;
  return limit === undefined
    ? { what, value: shown }
    : { what, value: shown, target: `≤ ${limit.toFixed(digits)}${unit}`, met: value <= limit };
}

/** A value that may not be below a limit. */
export function atLeast(what: string, value: number, limit: number, unit: string, digits = 1): Figure {
  const shown = `${value.toFixed(digits)}${unit}`;
  return { what, value: shown, target: `≥ ${limit.toFixed(digits)}${unit}`, met: value >= limit };
}

/** Prints figures in columns; a target that was missed is marked, unless nothing was really measured. */
export function printFigures(figures: readonly Figure[], quick = false): void {
  for (const { what, value, target = '', met } of figures) {
    const verdict = met === undefined || quick ? '' : met ? 'met' : 'NOT MET';
    console.log(`${what.padEnd(58)} ${value.padStart(12)}  ${target.padEnd(12)} ${verdict}`.trimEnd());
  }
  console.log('');
}
