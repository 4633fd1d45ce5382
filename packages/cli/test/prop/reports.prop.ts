// Whatever stands in names and messages, reports stay well-formed.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { escapeXml } from '../../src/commands/test/reporters/junit.js';
import { escapeTap } from '../../src/commands/test/reporters/tap.js';
import { formatProblem } from '../../src/errors.js';
import { nearest } from '../../src/suggest.js';
import { runs, SEED } from '../arbitraries/runs.js';

describe(`reports (seed ${SEED})`, () => {
  test('any text is XML text, and means itself', () => {
    const decoded = (text: string) =>
      text.replace(/&(?:#(\d+)|(\w+));/g, (_, code?: string, name?: string) =>
        code
          ? String.fromCharCode(Number(code))
          : ({ amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }[name ?? ''] ?? ''),
      );
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const escaped = escapeXml(text);
        expect(escaped).not.toMatch(/[<>"'\ufffe\uffff]|&(?!#\d+;|amp;|lt;|gt;|quot;|apos;)/);
        expect([...escaped].every((char) => char >= ' ')).toBe(true);
        if (/^[\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]*$/u.test(text))
          expect(decoded(escaped)).toBe(text);
      }),
      runs(500),
    );
  });

  test('any name is one line of TAP without a directive', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(escapeTap(text)).not.toMatch(/[\r\n]|(?<!\\)(?:\\\\)*#/);
      }),
      runs(500),
    );
  });

  test('any problem is one line without control characters', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (message, file) => {
        const line = formatProblem({ code: 'ERR_X', message, hint: message, place: { file, line: 1, column: 1 } });
        expect(line).not.toMatch(/\p{Cc}/u);
      }),
      runs(500),
    );
  });

  test('a suggestion is one of the candidates, and a candidate suggests itself', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ maxLength: 20 }), { minLength: 1 }),
        fc.string({ maxLength: 20 }),
        (known, word) => {
          expect([undefined, ...known]).toContain(nearest(word, known));
          const [first = ''] = known;
          expect(nearest(first, known)?.toLowerCase()).toBe(first.toLowerCase());
        },
      ),
      runs(500),
    );
  });
});
