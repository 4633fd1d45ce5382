// place.prop.ts — a URL whose origin is known is not parsed again when the parser would give it back as it came. Whatever
// is asked for, what a client knows already must not show.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { destinations } from '../../src/fetch/destination.js';
import { settings } from '../arbitraries/core-requests.js';

const ORIGINS = ['https://orders.example.com', 'https://orders.example.com:8443', 'http://[::1]:8080', 'null'];

const rules = {
  allows: () => true,
  hostNotAllowed: 'error',
  allowInsecureHttp: true,
  region: 'eu-west-1',
} as const;

// Pieces that mean something to a URL parser, next to all that mean nothing.
const piece = fc.oneof(
  fc.constantFrom('/', '//', '.', '..', '/./', '/../', '%2e', '%2E.', '%', '%zz', '%41', '?', '#', '\\', '@', ':', '&'),
  fc.constantFrom(
    "'",
    '"',
    '<',
    '>',
    '`',
    '{',
    '}',
    '|',
    '^',
    '[',
    ']',
    ' ',
    '+',
    '\t',
    '\n',
    '\0',
    '\u017f',
    'é',
    '\ud800',
  ),
  fc.string({ unit: 'grapheme', maxLength: 3 }),
  fc.string({ maxLength: 8 }),
);
const rest = fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join(''));

test('a place is the same whether its origin is known or not', () => {
  let unparsed = 0;
  fc.assert(
    fc.property(fc.constantFrom(...ORIGINS), fc.constantFrom('', '/', '/orders'), rest, (origin, start, end) => {
      const input = origin + start + end;
      const fresh = placed(destinations(rules), input);
      const knowing = destinations(rules);
      for (const known of ORIGINS.slice(0, 3)) {
        knowing.place(`${known}/`);
        const place = placed(knowing, input);
        expect(place).toEqual(fresh);
        if (place.href === input && origin !== 'null') unparsed += 1;
      }
    }),
    settings(2_000),
  );
  expect(unparsed).toBeGreaterThan(0);
});

function placed(all: ReturnType<typeof destinations>, input: string) {
  try {
    const { destination, target, href } = all.place(input, 'https://base.example.com/');
    return { origin: destination.origin, target, href };
  } catch (error) {
    return { error: (error as Error).name };
  }
}
