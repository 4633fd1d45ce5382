// Reads the dates of Date conditions: the W3C profile of ISO 8601, or seconds since 1970 (docs/evaluation.md, DATE-1..5).
// Plain arithmetic: no clock, no time zone of the machine, no `Date.parse`.
import type { ConditionOperatorName } from '../model.js';
import { MATCH, NO_MATCH, type OperandTest, UNREADABLE } from './operand.js';

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

const MONTH_DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Proleptic Gregorian calendar; `undefined` for a day that doesn't exist. */
function daysSinceEpoch(year: number, month: number, day: number): number | undefined {
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const length = month === 2 && leap ? 29 : MONTH_DAYS[month - 1];
  if (length === undefined || day < 1 || day > length) return undefined;
  const before = MONTH_DAYS.slice(0, month - 1).reduce((sum, days) => sum + days, leap && month > 2 ? 1 : 0);
  const past = year - 1;
  const leapDays = Math.floor(past / 4) - Math.floor(past / 100) + Math.floor(past / 400);
  return year * 365 + leapDays + before + day - 1 - DAYS_TO_1970;
}

const DAYS_TO_1970 = 719_527;

const COMPARISONS: Readonly<Record<string, (order: number) => boolean>> = {
  DateEquals: (order) => order === 0,
  DateNotEquals: (order) => order === 0,
  DateLessThan: (order) => order < 0,
  DateLessThanEquals: (order) => order <= 0,
  DateGreaterThan: (order) => order > 0,
  DateGreaterThanEquals: (order) => order >= 0,
};

/** One operand of a Date operator. */
export function dateOperand(operator: ConditionOperatorName, text: string): OperandTest {
  const operand = parseDate(text);
  const holds = COMPARISONS[operator];
  if (operand === undefined || holds === undefined) return () => UNREADABLE;
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
