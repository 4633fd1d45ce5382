// Web identity tokens: what is read of them, and that nothing in one is more than data.
import { expect, test } from 'vitest';
import { readWebIdentity } from '../../../src/sts/web-identity.js';

const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const read = (claims: unknown) => readWebIdentity(`${part({})}.${part(claims)}.x`, 0);

test.each<[string, unknown, string]>([
  ['a text', 'sts.amazonaws.com', 'sts.amazonaws.com'],
  ['the first of several', ['a', 'b'], 'a'],
  ['none', undefined, ''],
  ['an empty list', [], ''],
  ['a number', 7, ''],
  ['an object that has a toString of its own', { toString: 0 }, ''],
  ['a list of such', [{ toString: 0 }], ''],
])('the audience: %s', (_, aud, expected) => {
  expect(read({ aud, sub: 'pod', iss: 'https://issuer.example' })).toMatchObject({
    audience: expected,
    subject: 'pod',
    provider: 'issuer.example',
  });
});
