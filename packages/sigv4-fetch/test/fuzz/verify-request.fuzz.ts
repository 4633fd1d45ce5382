// verify-request.fuzz.ts — whatever arrives, the verifier answers: it does not throw, does not let in, does not hang.
// Garbage is mixed with pieces of real signatures, so that every check is reached.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { applySignature, type RawRequest, signRequest, verifyRequest } from '../../src/core.js';
import { NOW, rawRequest, SECRET, settings, signingOptions } from '../arbitraries/core-requests.js';

const SECONDS = Number(process.env.FUZZ_SECONDS ?? 10);
const bounded = { ...settings(1_000_000), interruptAfterTimeLimit: SECONDS * 400, markInterruptAsFailure: false };
const verifying = {
  lookup: (id: string) => (id.startsWith('A') ? { secretAccessKey: SECRET } : undefined),
  now: NOW,
  region: 'eu-west-1',
};

const word = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.constantFrom(
    ...[
      'AWS4-HMAC-SHA256',
      'AWS4-ECDSA-P256-SHA256',
      'Credential=',
      'AKIAEXAMPLE/20261121/eu-west-1/vpc-lattice-svcs/aws4_request',
      'SignedHeaders=',
      'host',
      ';',
      ',',
      '=',
      '/',
      ' ',
      '&',
      '?',
      '%',
      '%C3',
      '+',
      'Signature=',
      '0'.repeat(64),
      '3006020101020101',
      'X-Amz-Algorithm=',
      'X-Amz-Credential=',
      'X-Amz-Date=',
      'X-Amz-Expires=',
      'X-Amz-SignedHeaders=',
      'X-Amz-Signature=',
      '20261121T102030Z',
      'UNSIGNED-PAYLOAD',
      '__proto__',
      '\r\n',
      '\0',
      '\uD800',
    ],
  ),
);
const words = fc.array(word, { maxLength: 14 }).map((all) => all.join(''));
const headerName = fc.oneof(
  fc.constantFrom(
    'host',
    ':authority',
    'authorization',
    'Authorization',
    'x-amz-date',
    'x-amz-content-sha256',
    'x-amz-security-token',
    'x-amz-region-set',
    '__proto__',
  ),
  fc.string({ maxLength: 8 }),
);
const garbage: fc.Arbitrary<RawRequest> = fc.record({
  method: words,
  target: words,
  headers: fc.array(fc.tuple(headerName, words), { maxLength: 6 }),
});

test('garbage is never let in and never makes it throw', () => {
  fc.assert(
    fc.property(garbage, fc.constantFrom('vpc-lattice-svcs', 'execute-api'), (request, service) => {
      expect(verifyRequest(request, { ...verifying, service }).kind).not.toBe('signed');
    }),
    bounded,
  );
});

test('a real signature with a piece of garbage in it never makes it throw', () => {
  fc.assert(
    fc.property(rawRequest, signingOptions, word, fc.nat(), fc.nat(), (request, options, piece, where, at) => {
      const signed = applySignature(request, signRequest(request, options));
      const put = (text: string) => text.slice(0, at % (text.length + 1)) + piece + text.slice(at % (text.length + 1));
      const index = where % (signed.headers.length + 1);
      const broken = {
        ...signed,
        target: index === signed.headers.length ? put(signed.target) : signed.target,
        headers: signed.headers.map(([name, value], i) => [name, i === index ? put(value) : value] as const),
      };
      expect(['signed', 'rejected', 'anonymous']).toContain(
        verifyRequest(broken, { ...verifying, service: options.service ?? '' }).kind,
      );
    }),
    bounded,
  );
});

test('values that are no request at all are rejected', () => {
  for (const value of [
    undefined,
    null,
    0,
    'GET /',
    {},
    { method: 1, target: 2, headers: 3 },
    { method: 'GET', target: '/', headers: [null] },
    { method: 'GET', target: '/', headers: [[1, 2]] },
  ]) {
    const result = verifyRequest(value as unknown as RawRequest, { ...verifying, service: 'vpc-lattice-svcs' });
    expect(result).toMatchObject({ kind: 'rejected', code: 'InternalFailure' });
  }
  expect(verifyRequest({ method: 'GET', target: '/', headers: [] }, undefined as never).kind).toBe('anonymous');
});

test('large inputs take time in proportion', () => {
  const many = Array.from({ length: 20_000 }, (_, i) => `k${(i * 7919) % 20_000}=%C3`).join('&');
  const headers = Array.from({ length: 5_000 }, (_, i) => [`x-amz-${i}`, ' v  v '.repeat(4)] as const);
  const target = `/${'a/../'.repeat(20_000)}?${many}`;
  const started = performance.now();
  const options = { credentials: { accessKeyId: 'A', secretAccessKey: SECRET }, region: 'eu-west-1', date: NOW };
  verifyRequest(
    applySignature(
      { method: 'GET', target, headers: [['host', 'a']] },
      signRequest({ method: 'GET', target, headers: [['host', 'a']] }, options),
    ),
    { ...verifying, service: 'vpc-lattice-svcs' },
  );
  verifyRequest(
    {
      method: 'GET',
      target,
      headers: [
        ['host', 'a'],
        ...headers,
        [
          'authorization',
          'AWS4-HMAC-SHA256 Credential=A/20261121/eu-west-1/vpc-lattice-svcs/aws4_request, SignedHeaders=host, Signature=00',
        ],
      ],
    },
    { ...verifying, service: 'vpc-lattice-svcs' },
  );
  expect(performance.now() - started).toBeLessThan(3_000);
});
