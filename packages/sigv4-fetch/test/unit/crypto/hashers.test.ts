// hashers.test.ts — the two platforms' hashers agree, package.json gives each platform its own, and the core works in a
// bundle for browsers, where there is no node:crypto.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
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

  test('the key schedule shows no key', () => {
    const key = nodeHasher.hmacHex(Buffer.from('k'.repeat(32)));
    key('head', 'tail');
    expect(Object.keys(key)).toEqual([]);
  });
});

describe('bundles', () => {
  test('package.json: node gets node:crypto, all others get JavaScript', () => {
    const { imports } = JSON.parse(readFileSync(file('package.json'), 'utf8')) as {
      imports: Record<string, Record<string, string>>;
    };
    const conditions = Object.entries(imports['#hasher'] ?? {}).filter(([condition]) => condition !== 'types');
    expect(conditions).toEqual([
      ['node', './dist/crypto/node-hasher.js'],
      ['default', './dist/crypto/portable-hasher.js'],
    ]);
  });

  test('in a browser the core signs and verifies; SigV4A says that it cannot', async () => {
    const { outputFiles } = await build({
      entryPoints: [file('src/core.ts')],
      alias: { '#hasher': file('src/crypto/portable-hasher.ts') },
      bundle: true,
      format: 'esm',
      platform: 'browser',
      write: false,
    });
    const code = outputFiles[0]?.text ?? '';
    expect(code).not.toMatch(/from ["']node:/);
    const core = (await import(
      `data:text/javascript;base64,${Buffer.from(code).toString('base64')}`
    )) as typeof import('../../../src/core.js');
    const secretAccessKey = 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY';
    const options = {
      credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey },
      region: 'us-east-1',
      service: 'service',
      date: new Date('2015-08-30T12:36:00Z'),
      payloadHash: nodeHasher.sha256Hex(''),
      sendPayloadHash: false,
    };
    const request = { method: 'GET', target: '/', headers: [['host', 'example.amazonaws.com'] as const] };
    const { signature } = core.explainSignature(request, options);
    expect(signature).toBe('5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31');
    const signed = core.applySignature(request, core.signRequest(request, options));
    const verification = core.verifyRequest(signed, {
      lookup: () => ({ secretAccessKey }),
      now: options.date,
      region: 'us-east-1',
      service: 'service',
    });
    expect(verification.kind).toBe('signed');
    expect(() => core.signRequest(request, { ...options, algorithm: 'AWS4-ECDSA-P256-SHA256' })).toThrow(
      expect.objectContaining({ code: 'ERR_SIGNING_UNSUPPORTED' }),
    );
  });
});
