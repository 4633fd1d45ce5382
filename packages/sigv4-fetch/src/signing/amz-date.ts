// amz-date.ts — `YYYYMMDDTHHMMSSZ`, written once a second and not once a request.
import { SigningError } from '../errors.js';

const YEAR_10000_MS = 253_402_300_800_000;
const YEAR_0_MS = -62_167_219_200_000;

/** A timestamp as SigV4 writes it, in UTC. */
export interface AmzDate {
  /** `YYYYMMDDTHHMMSSZ` */
  readonly text: string;
  /** `YYYYMMDD`: the day of the credential scope. */
  readonly day: string;
}

// INVARIANT: a pure function of the second; the memo only saves formatting the same second again (bench/signing).
let memoSecond = Number.NaN;
let memo: AmzDate = { text: '', day: '' };

/**
 * The timestamp of a date; fractions of a second are cut off.
 *
 * @throws SigningError `ERR_SIGNING_DATE`
 */
export function amzDate(date: Date): AmzDate {
  const ms = date instanceof Date ? date.getTime() : Number.NaN;
  const second = Math.floor(ms / 1000);
  if (second === memoSecond) return memo;
  if (!(ms >= YEAR_0_MS && ms < YEAR_10000_MS)) {
    throw new SigningError('ERR_SIGNING_DATE', '`date` is not a valid Date between the years 0 and 9999');
  }
  const text = date.toISOString().replace(/[-:]|\.\d{3}/g, '');
  memo = { text, day: text.slice(0, 8) };
  memoSecond = second;
  return memo;
}
