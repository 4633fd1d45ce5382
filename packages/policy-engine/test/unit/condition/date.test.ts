// The dates of Date conditions (docs/evaluation.md, DATE-1 to DATE-4). Expected seconds come from the platform's own
// calendar, which the module itself does not use.
import { describe, expect, test } from 'vitest';
import { parseDate } from '../../../src/condition/date.js';

const utc = (...parts: [number, number?, number?, number?, number?, number?]) => {
  const [year, month = 1, day = 1, hour = 0, minute = 0, second = 0] = parts;
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  date.setUTCHours(hour, minute, second);
  return date.getTime() / 1000;
};

describe('dates of the W3C profile', () => {
  test.each([
    ['1970', utc(1970), ['date-year-only']],
    ['2026', utc(2026), ['date-year-only']],
    ['0000', utc(0), ['date-year-only']],
    ['9999', utc(9999), ['date-year-only']],
    ['2026-11', utc(2026, 11), []],
    ['2026-11-21', utc(2026, 11, 21), []],
    ['2026-11-21T10:15Z', utc(2026, 11, 21, 10, 15), []],
    ['2026-11-21T10:15:30Z', utc(2026, 11, 21, 10, 15, 30), []],
    ['2026-11-21t10:15:30z', utc(2026, 11, 21, 10, 15, 30), []],
    ['2026-11-21T10:15:30.0Z', utc(2026, 11, 21, 10, 15, 30), []],
    ['2026-11-21T10:15:30.000000000Z', utc(2026, 11, 21, 10, 15, 30), []],
    ['2026-11-21T23:59:59Z', utc(2026, 11, 21, 23, 59, 59), []],
    ['2026-11-21T10:15:30+01:30', utc(2026, 11, 21, 8, 45, 30), []],
    ['2026-11-21T10:15:30-05:00', utc(2026, 11, 21, 15, 15, 30), []],
    ['2026-11-21T10:15:30+23:59', utc(2026, 11, 20, 10, 16, 30), []],
    ['2026-01-01T00:00:00+00:00', utc(2026), []],
    ['2026-11-21T10:15', utc(2026, 11, 21, 10, 15), ['date-without-zone']],
    ['2026-11-21T10:15:30', utc(2026, 11, 21, 10, 15, 30), ['date-without-zone']],
    ['2026-11-21T10:15:30.5Z', utc(2026, 11, 21, 10, 15, 30), ['date-fraction']],
    ['2026-11-21T10:15:30.000000001Z', utc(2026, 11, 21, 10, 15, 30), ['date-fraction']],
    ['2026-11-21T10:15:30.5', utc(2026, 11, 21, 10, 15, 30), ['date-without-zone', 'date-fraction']],
    ['1969-12-31T23:59:59Z', -1, []],
    ['1900-01-01', utc(1900), []],
    ['0001-01-01', utc(1), []],
  ])('%s', (text, seconds, doubts) => {
    expect(parseDate(text)).toEqual({ seconds, doubts });
  });

  test('every month and the leap days of four centuries have their place', () => {
    for (let year = 1896; year <= 2304; year += 1) {
      for (let month = 1; month <= 12; month += 1) {
        const text = `${year}-${String(month).padStart(2, '0')}-01`;
        expect(parseDate(text)?.seconds, text).toBe(utc(year, month));
      }
    }
  });

  test.each([
    ['2024-02-29', true],
    ['2000-02-29', true],
    ['0000-02-29', true],
    ['2023-02-29', false],
    ['1900-02-29', false],
    ['2100-02-29', false],
    ['2024-02-30', false],
    ['2024-01-31', true],
    ['2024-04-30', true],
    ['2024-04-31', false],
    ['2024-12-31', true],
    ['2024-12-32', false],
    ['2024-01-00', false],
    ['2024-00-01', false],
    ['2024-13-01', false],
  ])('%s exists: %s', (text, exists) => {
    expect(parseDate(text) !== undefined).toBe(exists);
    expect(parseDate(`${text}T00:00:00Z`) !== undefined).toBe(exists);
  });
});

describe('seconds since 1970', () => {
  test.each([
    ['0', 0, []],
    ['1', 1, []],
    ['999', 999, []],
    ['10000', 10_000, []],
    // The W3C profile writes its hyphens, so that this is no day.
    ['20261121', 20_261_121, []],
    ['1795250130', 1_795_250_130, []],
    ['1795250130000', 1_795_250_130_000, []],
    ['1795250130.0', 1_795_250_130, []],
    ['1795250130.9', 1_795_250_130, ['date-fraction']],
    ['1795250130.000000001', 1_795_250_130, ['date-fraction']],
    ['-1', -1, []],
    ['-86400', -86_400, []],
    ['-1.5', -2, ['date-fraction']],
  ])('%s', (text, seconds, doubts) => {
    expect(parseDate(text)).toEqual({ seconds, doubts });
  });

  test.each([
    ['-1234', -1234],
    ['1234.0', 1234],
    ['-2026', -2026],
  ])('%s is seconds: only four bare digits are a year', (text, seconds) => {
    expect(parseDate(text)).toEqual({ seconds, doubts: [] });
  });

  test('is comparable with a date', () => {
    expect(parseDate('2026-11-21T10:15:30Z')?.seconds).toBe(parseDate(String(utc(2026, 11, 21, 10, 15, 30)))?.seconds);
  });
});

describe('other text', () => {
  test.each([
    '',
    ' 2026-11-21',
    '2026-11-21 ',
    '2026-11-21\n',
    '2026-1-1',
    '26-11-21',
    '02026-11-21',
    '2026/11/21',
    '2026-11-21T10',
    '2026-11-21T10Z',
    '2026-11-21Z',
    '2026-11-21 10:15:30Z',
    '2026-11-21T24:00:00Z',
    '2026-11-21T10:60:00Z',
    '2026-11-21T10:15:60Z',
    '2026-11-21T10:15.5Z',
    '2026-11-21T10:15:30.Z',
    '2026-11-21T10:15:30.1234567890Z',
    '2026-11-21T10:15:30+24:00',
    '2026-11-21T10:15:30-24:00',
    '2026-11-21T10:15:30+01:60',
    '2026-11-21T10:15:30+0130',
    '2026-11-21T10:15:30+01',
    '2026-11-21T10:15:30 Z',
    '2026-W47-6',
    '2026-325',
    'Sat, 21 Nov 2026 10:15:30 GMT',
    'now',
    '+1',
    '1e9',
    '0x10',
    '1.',
    '.5',
    '12345678901234',
    '--1',
  ])('%j is no date', (text) => {
    expect(parseDate(text)).toBeUndefined();
  });
});
