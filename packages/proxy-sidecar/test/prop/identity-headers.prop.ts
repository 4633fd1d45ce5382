// Identity headers hold text that callers choose (session names, tags, certificates): reading never throws, gives back
// what was written, and no value can pass for another field.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fieldOf, formatFields, parseFields } from '../../src/inbound/identity-headers.js';
import { readIdentity } from '../../src/inbound/lattice-identity.js';

const RUNS = Number(process.env.RUNS ?? 1_000);
const options = { numRuns: RUNS, ...(process.env.SEED ? { seed: Number(process.env.SEED) } : {}) };

const name = fc.stringMatching(/^[A-Za-z0-9/_.-]{1,20}$/);
/** As HTTP carries it: no spaces at the end; and none that ends in the escape itself. */
const value = fc
  .array(fc.constantFrom('a', 'B', '1', ';', '=', '\\', ' ', 'é', 'Principal=', '; '), { maxLength: 12 })
  .map((parts) => parts.join('').trimEnd())
  .filter((text) => !/\\(?:;|$)/.test(text));
const fields = fc.uniqueArray(fc.tuple(name, value), { maxLength: 12, selector: ([key]) => key.toLowerCase() });

test('any text is read or refused, and nothing is thrown', () => {
  const pieces = fc.constantFrom(
    'Principal',
    '=',
    ';',
    '\\',
    ' ',
    'Type=AWS_IAM',
    'arn:aws:sts::111122223333:assumed-role/a/b',
    '\t',
    ',',
  );
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(pieces).map((parts) => parts.join('')),
  );
  fc.assert(
    fc.property(text, text, text, text, (...texts) => {
      const names = [
        'x-amzn-lattice-identity',
        'x-amzn-lattice-identity-tags',
        'x-amzn-lattice-network',
        'x-forwarded-for',
      ];
      const read = readIdentity((header) => texts[names.indexOf(header)]);
      expect(['read', 'malformed']).toContain(read.kind);
    }),
    options,
  );
});

test('what is written is read again', () => {
  fc.assert(
    fc.property(fields, (pairs) => {
      expect([...(parseFields(formatFields(pairs)) ?? [])]).toEqual(pairs);
    }),
    options,
  );
});

test('separators may be with spaces or without, and stand at the end', () => {
  fc.assert(
    fc.property(fields, fc.constantFrom(';', '; ', ' ;', ' ; '), (pairs, separator) => {
      const text = pairs.map(([key, text]) => `${key}=${text.replaceAll(';', '\\;')}`).join(separator) + separator;
      expect([...(parseFields(text) ?? [])]).toEqual(pairs);
    }),
    options,
  );
});

test('a value that holds a whole field stays a value, however it is escaped', () => {
  const evil = fc
    .array(fc.constantFrom('\\', ';', ' ', 'Principal=arn:aws:iam::999999999999:root', 'x'), { maxLength: 8 })
    .map((parts) => parts.join(''));
  const escapes = fc.constantFrom(
    (text: string) => text.replaceAll(';', '\\;'),
    (text: string) => text.replaceAll('\\', '\\\\').replaceAll(';', '\\;'),
  );
  fc.assert(
    fc.property(evil, escapes, (text, written) => {
      const read = parseFields(
        `SessionName=${written(text)}; Principal=arn:aws:iam::111122223333:role/web; Type=AWS_IAM`,
      );
      if (read === undefined) return;
      expect([undefined, 'arn:aws:iam::111122223333:role/web']).toContain(fieldOf(read, 'Principal'));
    }),
    options,
  );
});
