// hashers.test.ts — the two platforms' hashers agree, and package.json gives each platform its own.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as nodeHasher from '../../../src/crypto/node-hasher.js';
import * as portableHasher from '../../../src/crypto/portable-hasher.js';

const file = (path: string) => fileURLToPath(new URL(`../../../${path}`, import.meta.url));
const bytes = fc.uint8Array({ minLength: 1, maxLength: 64 });
const ascii = fc.string({ unit: 'binary-ascii', maxLength: 300 });

describe('node and portable', () => {
  test('agree on SHA-256 and HMAC', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), bytes, ascii, ascii, (text, key, head, tail) => {
        expect(portableHasher.sha256Hex(text)).toBe(nodeHasher.sha256Hex(text));
        for (const { sha256Before } of [nodeHasher, portableHasher]) {
          const before = sha256Before(tail);
          for (const start of [text, head, text]) expect(before(start)).toBe(nodeHasher.sha256Hex(start + tail));
        }
        const mac = Buffer.from(nodeHasher.hmac(key, text)).toString('hex');
        expect(Buffer.from(portableHasher.hmac(key, text)).toString('hex')).toBe(mac);
        const [node, portable] = [nodeHasher.hmacHex(key), portableHasher.hmacHex(key)];
        const expected = Buffer.from(nodeHasher.hmac(key, head + tail)).toString('hex');
        // Twice, because a hasher keeps what it prepared for the same head.
        expect([node(head, tail), node(head, tail), portable(head, tail)]).toEqual([expected, expected, expected]);
        expect(node(`${head}x`, tail)).toBe(portable(`${head}x`, tail));
      }),
      { numRuns: 200 },
    );
  });

  test('compare alike', () => {
    fc.assert(
      fc.property(ascii, ascii, (a, b) => {
        for (const { equal } of [nodeHasher, portableHasher]) {
          expect(equal(a, b)).toBe(a === b);
          expect(equal(a, a)).toBe(true);
        }
      }),
    );
    expect(portableHasher.ecdsaSigner()).toBeUndefined();
  });

  test('a text longer than the room in front of its end is hashed all the same', () => {
    const before = nodeHasher.sha256Before('end');
    for (const length of [2_047, 2_048, 2_049, 100_000]) {
      expect(before('é'.repeat(length / 2))).toBe(nodeHasher.sha256Hex(`${'é'.repeat(length / 2)}end`));
      expect(before('a'.repeat(length))).toBe(nodeHasher.sha256Hex(`${'a'.repeat(length)}end`));
    }
  });

  test('the key schedule shows no key', () => {
    const key = nodeHasher.hmacHex(Buffer.from('k'.repeat(32)));
    key('head', 'tail');
    expect(Object.keys(key)).toEqual([]);
  });
});

describe('package.json', () => {
  test('node gets node:crypto, all others get JavaScript', () => {
    const { imports } = JSON.parse(readFileSync(file('package.json'), 'utf8')) as {
      imports: Record<string, Record<string, string>>;
    };
    const conditions = Object.entries(imports['#hasher'] ?? {}).filter(([condition]) => condition !== 'types');
    expect(conditions).toEqual([
      ['node', './dist/crypto/node-hasher.js'],
      ['default', './dist/crypto/portable-hasher.js'],
    ]);
  });
});
