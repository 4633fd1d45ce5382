// Reads the dates of Date conditions: the W3C profile of ISO 8601, or seconds since 1970 (docs/evaluation.md, DATE-1..5).
// UTC only: no clock, no time zone of the machine, no `Date.parse`.
import type { ConditionOperatorName } from '../model.js';
import { MATCH, NO_MATCH, type OperandTest, orderTest, UNREADABLE } from './operand.js';

/** Seconds since 1970-01-01T00:00:00Z. `doubts` name what AWS does not document about this text. */
export interface ParsedDate {
  readonly seconds: number;
  readonly doubts: readonly DateDoubt[];
}

type DateDoubt = 'date-year-only' | 'date-without-zone' | 'date-fraction';

const NO_DOUBTS: readonly DateDoubt[] = [];

const W3C = /^(\d{4})(?:-(\d\d)(?:-(\d\d)(?:[Tt](\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?(Z|z|[+-]\d\d:\d\d)?)?)?)?$/;
const EPOCH = /^-?\d{1,13}(?:\.(\d{1,9}))?$/;

/** `YYYY`, `YYYY-MM`, `YYYY-MM-DD`, `…Thh:mm[:ss[.s]][TZD]` or epoch seconds; `undefined` for other text. */
export function parseDate(text: string): ParsedDate | undefined {
  const match = W3C.exec(text);
  if (match === null) return parseEpoch(text);
  const [, year = '', month = '01', day = '01', hour, minute = '00', second = '00', fraction, zone] = match;
  const days = daysSinceEpoch(Number(year), Number(month), Number(day));
  const time = secondsOfDay(Number(hour ?? '0'), Number(minute), Number(second));
  const offset = zoneSeconds(zone);
  if (days === undefined || time === undefined || offset === undefined) return undefined;
  const isYear = match[2] === undefined;
  const doubt = isYear ? 'date-year-only' : hour !== undefined && zone === undefined ? 'date-without-zone' : undefined;
  return { seconds: days * 86_400 + time - offset, doubts: doubtsOf(doubt, fraction) };
}

/** What is not of the W3C profile, whose year is four bare digits: `1234.0` and `-1234` are seconds. */
function parseEpoch(text: string): ParsedDate | undefined {
  const match = EPOCH.exec(text);
  return match === null ? undefined : { seconds: Math.floor(Number(text)), doubts: doubtsOf(undefined, match[1]) };
}

/** A fraction of zeros cuts nothing off. */
function doubtsOf(doubt: DateDoubt | undefined, fraction: string | undefined): readonly DateDoubt[] {
  if (fraction !== undefined && /[1-9]/.test(fraction)) {
    return doubt === undefined ? ['date-fraction'] : [doubt, 'date-fraction'];
  }
  return doubt === undefined ? NO_DOUBTS : [doubt];
}

function secondsOfDay(hour: number, minute: number, second: number): number | undefined {
  if (hour > 23 || minute > 59 || second > 59) return undefined;
  return hour * 3600 + minute * 60 + second;
}

function zoneSeconds(zone: string | undefined): number | undefined {
  if (zone === undefined || zone === 'Z' || zone === 'z') return 0;
  const size = secondsOfDay(Number(zone.slice(1, 3)), Number(zone.slice(4, 6)), 0);
  return size === undefined ? undefined : zone.startsWith('-') ? -size : size;
}

/** Proleptic Gregorian calendar; `undefined` for a day that doesn't exist: the calendar would roll it over. */
function daysSinceEpoch(year: number, month: number, day: number): number | undefined {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  const exists = date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return exists ? date.getTime() / 86_400_000 : undefined;
}

/** One operand of a Date operator. */
export function dateOperand(operator: ConditionOperatorName, text: string): OperandTest {
  const operand = parseDate(text);
  const holds = orderTest(operator);
  if (operand === undefined) return () => UNREADABLE;
  return (value, state) => {
    const actual = parseDate(value);
    if (actual === undefined) {
      state.assumed.push('value-unparsable');
      return UNREADABLE;
    }
    for (const doubt of operand.doubts) state.assumed.push(doubt);
    for (const doubt of actual.doubts) state.assumed.push(doubt);
    return holds(actual.seconds - operand.seconds) ? MATCH : NO_MATCH;
  };
}
