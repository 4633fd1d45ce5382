// amz-date.ts — `YYYYMMDDTHHMMSSZ`, written once a second and not once a request.
import { refuseUnless } from '../errors.js';

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
  const text = amzDateText(ms);
  // Years before 0 and after 9999 are written longer.
  refuseUnless(text.length === 16, 'ERR_SIGNING_DATE', '`date` is not a Date of the years 0 to 9999');
  memo = { text, day: text.slice(0, 8) };
  memoSecond = second;
  return memo;
}

/** `YYYYMMDDTHHMMSSZ` of a time in milliseconds since 1970; empty when there is no such time. */
export function amzDateText(ms: number): string {
  const date = new Date(ms);
  return Number.isNaN(date.getTime()) ? '' : date.toISOString().replace(/[-:]|\.\d+/g, '');
}
