// Envoy's question: our reader against what Envoy's published protocol writes, and against bytes that are none.
import { expect, test } from 'vitest';
import { readCheckRequest } from '../../../src/ext-authz/check-request.js';
import { checkRequestFields, encodeCheckRequest, encodeRequest } from '../../support/ext-authz/envoy-protocol.js';

const limits = { headerCount: 100 };
const read = (bytes: Buffer) => readCheckRequest(bytes, limits);
const bytes = (...parts: (number | number[] | Buffer)[]) =>
  Buffer.concat(parts.map((part) => (Buffer.isBuffer(part) ? part : Buffer.from([part].flat()))));
/** A field of bytes. */
const field = (number: number, content: Buffer | string) => {
  const inner = Buffer.from(content);
  return bytes(
    number * 8 + 2,
    inner.length >= 128 ? [(inner.length & 127) | 128, inner.length >> 7] : inner.length,
    inner,
  );
};
const http = (...fields: Buffer[]) => field(1, field(4, field(2, Buffer.concat(fields))));

test('every field that is read, by the numbers of the published protocol', () => {
  const question = read(
    encodeRequest({
      method: 'PUT',
      path: '/a%2Fb?x=%20',
      host: 'Orders.example.com:8443',
      headers: { 'X-One': '1', 'x-two': 'ü' },
      peer: '169.254.171.7',
      principal: 'spiffe://cluster.local/ns/shop/sa/web',
      extensions: { 'lattice-auth.service': 'orders', other: 'ü' },
      body: 'abc',
    }),
  );
  expect(question?.source).toEqual({
    address: '169.254.171.7',
    port: 40_000,
    principal: 'spiffe://cluster.local/ns/shop/sa/web',
  });
  expect(question?.extensions).toEqual(
    new Map([
      ['lattice-auth.service', 'orders'],
      ['other', 'ü'],
    ]),
  );
  const { headers, ...rest } = question?.http ?? { headers: [] };
  expect(rest).toEqual({
    id: '1234567890',
    method: 'PUT',
    path: '/a%2Fb?x=%20',
    host: 'Orders.example.com:8443',
    protocol: 'HTTP/2',
    size: 3,
  });
  expect(headers.slice(-4)).toEqual(['x-one', '1', 'x-two', 'Ã¼']);
});

test('raw headers keep order, repetition and bytes', () => {
  const question = read(
    encodeRequest({
      rawHeaders: [
        ['x-a', '1'],
        ['X-A', '2'],
        ['x-b', Buffer.from([0xff, 0x41])],
      ],
    }),
  );
  expect(question?.http?.headers.slice(8)).toEqual(['x-a', '1', 'x-a', '2', 'x-b', 'ÿA']);
});

test('a header of a header map may have plain text, but not two values', () => {
  const header = (value: object) => {
    const fields = checkRequestFields({ rawHeaders: [] }) as { attributes: { request: { http: object } } };
    Object.assign(fields.attributes.request.http, { header_map: { headers: [{ key: 'x-a', ...value }] } });
    return read(encodeCheckRequest(fields));
  };
  expect(header({ value: 'b' })?.http?.headers).toEqual(['x-a', 'b']);
  expect(header({})?.http?.headers).toEqual(['x-a', '']);
  expect(header({ value: 'b', raw_value: Buffer.from('c') })).toBeUndefined();
});

test('headers in both forms are refused', () => {
  const both = http(field(3, Buffer.concat([field(1, 'a'), field(2, 'b')])), field(13, field(1, field(1, 'c'))));
  expect(read(both)).toBeUndefined();
});

test('what is not about HTTP has no request', () => {
  expect(read(Buffer.alloc(0))).toEqual({
    source: { address: '', port: 0, principal: '' },
    http: undefined,
    extensions: new Map(),
  });
  expect(read(encodeCheckRequest({ attributes: { request: {} } }))?.http).toBeUndefined();
  expect(read(encodeCheckRequest({ attributes: { request: { http: {} } } }))?.http?.headers).toEqual([]);
});

test('a peer on a pipe has no address', () => {
  expect(
    read(encodeCheckRequest({ attributes: { source: { address: { pipe: { path: '/p' } } } } }))?.source.address,
  ).toBe('');
});

test('of a single value the last one counts; a message that comes twice is one', () => {
  const question = read(Buffer.concat([http(field(2, 'GET'), field(4, '/a')), http(field(2, 'PUT'))]));
  expect(question?.http).toMatchObject({ method: 'PUT', path: '/a' });
  const twice = read(http(...['1', '2'].map((value) => field(3, Buffer.concat([field(1, 'x'), field(2, value)])))));
  expect(twice?.http?.headers).toEqual(['x', '2']);
});

test('unknown fields of every wire type are passed over', () => {
  const unknown = bytes(
    [15 * 8 + 0, 0x96, 1],
    [14 * 8 + 1, 1, 2, 3, 4, 5, 6, 7, 8],
    [10 * 8 + 2, 2, 0xff, 0xff],
    [9 * 8 + 5, 1, 2, 3, 4],
  );
  expect(read(bytes(unknown, http(field(2, 'GET')), unknown))?.http?.method).toBe('GET');
  // A known number with another wire type is unknown, too.
  expect(read(http(bytes([2 * 8, 5]), field(2, 'GET')))?.http?.method).toBe('GET');
});

test.each([
  ['field number 0', bytes([0, 1])],
  ['a group', bytes([1 * 8 + 3, 1 * 8 + 4])],
  ['an end of a group', bytes([1 * 8 + 4])],
  ['wire type 6', bytes([1 * 8 + 6])],
  ['a tag without a value', bytes([1 * 8 + 2])],
  ['a length beyond the message', bytes([1 * 8 + 2, 5, 1])],
  ['a huge length', bytes([1 * 8 + 2, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f])],
  ['a number of eleven bytes', bytes([2 * 8, ...Array(10).fill(0x80), 0])],
  ['a number without an end', bytes([2 * 8, 0x80])],
  ['a tag of six bytes', bytes([0x8a, 0x80, 0x80, 0x80, 0x80, 0])],
  ['half of eight bytes', bytes([14 * 8 + 1, 1, 2])],
  ['a message that ends inside', field(1, bytes([4 * 8 + 2, 9]))],
  ['text that is not UTF-8', http(bytes([2 * 8 + 2, 1, 0xff]))],
  ['a header that is not UTF-8', http(field(3, bytes(field(1, 'a'), [2 * 8 + 2, 1, 0xff])))],
])('refused: %s', (_what, message) => {
  expect(read(message)).toBeUndefined();
});

test('more headers or extensions than one would read are refused', () => {
  const many = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, index) => [`x-${index}`, '']));
  expect(read(encodeRequest({ headers: many(95) }))).toBeDefined();
  expect(read(encodeRequest({ headers: many(96) }))).toBeUndefined();
  expect(read(encodeRequest({ rawHeaders: Object.entries(many(96)) }))).toBeDefined();
  expect(read(encodeRequest({ rawHeaders: Object.entries(many(97)) }))).toBeUndefined();
  expect(read(encodeRequest({ extensions: many(64) }))).toBeDefined();
  expect(read(encodeRequest({ extensions: many(65) }))).toBeUndefined();
});
