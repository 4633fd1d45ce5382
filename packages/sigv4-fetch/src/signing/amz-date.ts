// amz-date.ts — `YYYYMMDDTHHMMSSZ`, written once a second and not once a request.
import { requireForm } from '../errors.js';

// INVARIANT: a pure function of the second; the memo only saves formatting the same second again (bench/signing).
let memoSecond: number | undefined;
let memo = '';

/**
 * `YYYYMMDDTHHMMSSZ` of a date; fractions of a second are cut off.
 *
 * @throws SigningError `ERR_SIGNING_DATE`
 */
export function amzDate(date: Date): string {
  // By what it can and not by its class: a Date may come from another realm.
  const ms = Number(date?.getTime?.());
  const second = Math.floor(ms / 1000);
  if (second === memoSecond) return memo;
  const text = amzDateText(ms);
  // Years before 0 and after 9999 are written longer.
  requireForm(text, /^.{16}$/, 'date', 'ERR_SIGNING_DATE');
  memoSecond = second;
  memo = text;
  return text;
}

/** `YYYYMMDDTHHMMSSZ` of a time in milliseconds since 1970; empty when there is no such time. */
export function amzDateText(ms: number): string {
  const date = new Date(ms);
  return Number.isNaN(date.getTime()) ? '' : date.toISOString().replace(/[-:]|\.\d+/g, '');
}
