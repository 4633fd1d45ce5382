// Numbers, dates and addresses mean what BigInt and Date.parse say.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseDate } from '../../src/condition/date.js';
import { inIpRange, parseIpAddress, parseIpRange } from '../../src/condition/ip-address.js';
import { compareDecimals, parseDecimal } from '../../src/condition/numeric.js';
import { chance, parameters, SEED, weighted } from '../arbitraries/runs.js';

// ---- addresses: a number of so many bits, written in one of the ways there are --------------------------------------
interface Address {
  readonly bits: 32 | 128;
  readonly number: bigint;
}
const near = (bits: number) =>
  weighted<bigint>(
    [3, fc.bigInt({ min: 0n, max: (1n << BigInt(bits)) - 1n })],
    [2, fc.integer({ min: 0, max: bits - 1 }).map((bit) => 1n << BigInt(bit))],
    [1, fc.constantFrom(0n, (1n << BigInt(bits)) - 1n)],
  );
const address = weighted<Address>(
  [1, near(32).map((number) => ({ bits: 32, number }))],
  [1, near(128).map((number) => ({ bits: 128, number }))],
);

function written({ bits, number }: Address, style: number): string {
  if (bits === 32) return [24n, 16n, 8n, 0n].map((shift) => String((number >> shift) & 255n)).join('.');
  const groups = Array.from({ length: 8 }, (_, index) => (number >> BigInt(112 - 16 * index)) & 0xffffn);
  const texts = groups.map((group) => group.toString(16));
  if (style === 1) return texts.map((text) => text.padStart(4, '0').toUpperCase()).join(':');
  if (style === 2) return [...texts.slice(0, 6), written({ bits: 32, number: number & 0xffffffffn }, 0)].join(':');
  if (style === 3) return new URL(`http://[${texts.join(':')}]`).hostname.slice(1, -1);
  return texts.join(':');
}

describe(`addresses (seed ${SEED})`, () => {
  const style = fc.nat(3);

  test('are read as the number that they stand for, however they are written', () => {
    fc.assert(
      fc.property(address, style, (one, how) => {
        const groups = parseIpAddress(written(one, how)) ?? [];
        expect(groups.length).toBe(one.bits / 16);
        expect(groups.reduce((sum, group) => (sum << 16n) + BigInt(group), 0n)).toBe(one.number);
      }),
      parameters(1_000, 10_000),
    );
  });

  test('lie in a range when their first bits are the same', () => {
    fc.assert(
      fc.property(address, address, fc.nat(128), fc.nat(128), style, (one, other, length, flipped, how) => {
        // Half of the time the other address is the first with one bit changed.
        const bit = BigInt(flipped % one.bits);
        const asked = how % 2 === 0 ? other : { bits: one.bits, number: one.number ^ (1n << bit) };
        const prefix = length % (one.bits + 1);
        const range = parseIpRange(`${written(one, how)}/${prefix}`);
        const point = parseIpAddress(written(asked, how));
        if (range === undefined || point === undefined) throw new Error('unread');
        const rest = BigInt(one.bits - prefix);
        expect(inIpRange(point, range)).toBe(asked.bits === one.bits && asked.number >> rest === one.number >> rest);
      }),
      parameters(2_000, 20_000),
    );
  });

  test('are not read when a part is too large, missing, or not a number', () => {
    const part = fc.constantFrom('0', '255', '256', '01', '', '-1', ' 1', '1e1', 'a', '0x1');
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 6 }), (parts) => {
        const valid = parts.length === 4 && parts.every((one) => one === '0' || one === '255');
        expect(parseIpAddress(parts.join('.')) !== undefined).toBe(valid);
      }),
      parameters(1_000, 5_000),
    );
  });
});

// ---- numbers: digits, a place for the point, and a power of ten -------------------------------------------------------
const digits = fc.string({ unit: fc.constantFrom(...'0001239'), minLength: 1, maxLength: 25 });
const decimal = fc.record({
  sign: fc.constantFrom('', '', '-', '+'),
  whole: digits,
  fraction: fc.option(digits, { nil: undefined }),
  power: fc.option(fc.integer({ min: -40, max: 40 }), { nil: undefined }),
  letter: fc.constantFrom('e', 'E'),
});
type DecimalParts = typeof decimal extends fc.Arbitrary<infer Parts> ? Parts : never;

const writtenDecimal = ({ sign, whole, fraction, power, letter }: DecimalParts) =>
  sign + whole + (fraction === undefined ? '' : `.${fraction}`) + (power === undefined ? '' : letter + power);
const scaled = ({ sign, whole, fraction = '', power = 0 }: DecimalParts) =>
  BigInt(`${whole}${fraction}`) * 10n ** BigInt(100 + power - fraction.length) * (sign === '-' ? -1n : 1n);

describe(`numbers (seed ${SEED})`, () => {
  /** The same number with its point moved, so that equality is met often. */
  const moved = (parts: DecimalParts): DecimalParts => ({
    ...parts,
    whole: `${parts.whole}${parts.fraction ?? ''}`,
    fraction: undefined,
    power: (parts.power ?? 0) - (parts.fraction ?? '').length,
  });

  test('are compared as integers of the same scale are', () => {
    fc.assert(
      fc.property(decimal, decimal, fc.boolean(), (one, drawn, same) => {
        const other = same ? moved(one) : drawn;
        const [left, right] = [parseDecimal(writtenDecimal(one)), parseDecimal(writtenDecimal(other))];
        if (left === undefined || right === undefined) throw new Error('unread');
        const difference = scaled(one) - scaled(other);
        expect(Math.sign(compareDecimals(left, right)) + 0).toBe(difference > 0n ? 1 : difference < 0n ? -1 : 0);
      }),
      parameters(2_000, 20_000),
    );
  });

  test('are read when JavaScript reads them, but for its odd forms', () => {
    const text = fc.string({ unit: fc.constantFrom(...'0189.eE+-_x \n'), maxLength: 7 });
    fc.assert(
      fc.property(text, (one) => {
        const odd = /^\s|\s$|x|^[+-]?\.|\.$|\.[eE]/.test(one) || one === '';
        expect(parseDecimal(one) !== undefined).toBe(!odd && !Number.isNaN(Number(one)));
      }),
      parameters(3_000, 20_000),
    );
  });
});

// ---- dates ------------------------------------------------------------------------------------------------------------
const two = (number: number) => String(number).padStart(2, '0');
const date = fc.record({
  year: weighted([3, fc.integer({ min: 1970, max: 2100 })], [1, fc.integer({ min: 0, max: 9999 })]),
  month: weighted([9, fc.integer({ min: 1, max: 12 })], [1, fc.constantFrom(0, 13)]),
  day: weighted([9, fc.integer({ min: 1, max: 31 })], [1, fc.constantFrom(0, 32)]),
  hour: weighted([9, fc.integer({ min: 0, max: 23 })], [1, fc.constantFrom(24, 25)]),
  minute: weighted([9, fc.integer({ min: 0, max: 59 })], [1, fc.constant(60)]),
  second: fc.option(weighted([9, fc.integer({ min: 0, max: 59 })], [1, fc.constantFrom(60, 61)]), { nil: undefined }),
  fraction: fc.option(fc.integer({ min: 0, max: 999 }), { nil: undefined }),
  zone: fc.constantFrom('Z', '', '+00:00', '-00:30', '+05:30', '-12:00', '+14:00'),
  parts: fc.integer({ min: 1, max: 4 }),
});
type DateParts = typeof date extends fc.Arbitrary<infer Parts> ? Parts : never;

function writtenDate({ year, month, day, hour, minute, second, fraction, zone, parts }: DateParts): string {
  const days = [String(year).padStart(4, '0'), two(month), two(day)].slice(0, parts).join('-');
  if (parts < 4) return days;
  const part = second === undefined ? '' : `:${two(second)}${fraction === undefined ? '' : `.${fraction}`}`;
  return `${days}T${two(hour)}:${two(minute)}${part}${zone}`;
}

/** Date.parse, which moves days that don't exist into the next month and knows an hour 24. */
function parsed(parts: DateParts): number | undefined {
  const text = writtenDate(parts);
  const day = text.slice(0, 10);
  const exists = !Number.isNaN(Date.parse(day)) && new Date(day).toISOString().startsWith(day);
  if (!exists || (parts.parts === 4 && parts.hour === 24)) return undefined;
  const number = Date.parse(parts.parts === 4 && parts.zone === '' ? `${text}Z` : text);
  return Number.isNaN(number) ? undefined : Math.floor(number / 1000);
}

describe(`dates (seed ${SEED})`, () => {
  test('are the seconds that Date.parse gives', () => {
    let read = 0;
    const params = parameters(2_000, 20_000);
    fc.assert(
      fc.property(date, (parts) => {
        const expected = parsed(parts);
        expect(parseDate(writtenDate(parts))?.seconds).toBe(expected);
        if (expected !== undefined) read++;
      }),
      params,
    );
    expect(read).toBeGreaterThan(params.numRuns / 3);
  });

  test('are seconds since 1970 when they are only digits, but for years', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 9_999_999_999 }), chance(20), (number, negative) => {
        fc.pre(String(number).length !== 4);
        const text = `${negative && number !== 0 ? '-' : ''}${number}`;
        expect(parseDate(text)?.seconds).toBe(Number(text));
      }),
      parameters(500, 2_000),
    );
  });
});
