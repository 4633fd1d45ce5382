// request-head.test.ts — what is read from a head, what goes on to the target, what is refused.
import { describe, expect, test } from 'vitest';
import { isBadRequest, type RequestHead, readHead } from '../../../src/data-plane/request-head.js';
import { responseFields } from '../../../src/data-plane/respond.js';

function head(url: string, rawHeaders: readonly string[], more: { method?: string; isHttp2?: boolean } = {}) {
  return readHead({ method: 'GET', url, rawHeaders, isHttp2: false, ...more }, 'x-vpc');
}

function good(...given: Parameters<typeof head>): RequestHead {
  const read = head(...given);
  if (isBadRequest(read)) throw new Error(read.text);
  return read;
}

describe('where to', () => {
  test.each([
    ['/a?b=1', ['Host', 'Orders.Example.COM:8080'], { host: 'orders.example.com', port: 8080, target: '/a?b=1' }],
    ['/a', ['host', 'orders.example.com.'], { host: 'orders.example.com', port: undefined }],
    ['http://orders.example.com/a?b', ['Host', 'orders.example.com'], { path: '/a', query: 'b', port: undefined }],
    ['http://orders.example.com:81', ['Host', 'orders.example.com'], { target: '/', port: 81 }],
    ['http://orders.example.com?x', ['Host', 'orders.example.com'], { target: '/?x' }],
    ['/', ['Host', '[::1]:80'], { host: '[::1]', port: 80 }],
  ])('%s with %j', (url, fields, expected) => expect(good(url, fields)).toMatchObject(expected));

  test('HTTP/2 says it in :authority', () => {
    const fields = [':method', 'GET', ':authority', 'orders.example.com', ':path', '/', 'x', '1'];
    const read = good('/', fields, { isHttp2: true });
    expect(read.host).toBe('orders.example.com');
    expect(read.signedFields).toEqual([
      ['x', '1'],
      [':authority', 'orders.example.com'],
    ]);
    expect(read.fields).toEqual(['host', 'orders.example.com', 'x', '1']);
    expect(read.headers).toEqual({ host: 'orders.example.com', x: '1' });
  });

  test.each([
    ['/', ['Host', 'a', 'host', 'b'], 400],
    ['/', [], 400],
    ['/', ['Host', 'a b'], 400],
    ['/', ['Host', 'user@a'], 400],
    ['http://other.example.com/', ['Host', 'orders.example.com'], 400],
    ['*', ['Host', 'a'], 400],
    ['ftp://a/', ['Host', 'a'], 400],
  ])('%s with %j is refused', (url, fields, status) => expect(head(url, fields)).toMatchObject({ status }));

  test('so are CONNECT, TRACE and a thousand headers', () => {
    expect(head('/', ['Host', 'a'], { method: 'TRACE' })).toMatchObject({ status: 405 });
    expect(head('/', ['Host', 'a', ...Array.from({ length: 2_000 }, () => 'x')])).toMatchObject({ status: 431 });
    const both = [':authority', 'a', 'host', 'b'];
    expect(head('/', both, { isHttp2: true })).toMatchObject({ status: 400 });
  });
});

describe('fields', () => {
  test('hop-by-hop ones and those that Connection names end here', () => {
    const fields = ['Host', 'a', 'Connection', 'close, X-Mine', 'x-mine', '1', 'Keep-Alive', '5', 'TE', 'trailers'];
    const more = ['Upgrade', 'websocket', 'Proxy-Authorization', 'x', 'Expect', '100-continue', 'X-Yours', '2'];
    expect(good('/', [...fields, ...more]).fields).toEqual(['host', 'a', 'X-Yours', '2']);
  });

  test('Connection can not take out what the message is', () => {
    const fields = ['Host', 'a', 'Connection', 'content-length, host', 'Content-Length', '3'];
    expect(good('/', fields)).toMatchObject({ fields: ['host', 'a', 'Content-Length', '3'], contentLength: 3 });
  });

  test('the header that names the VPC is only for the verifier', () => {
    const read = good('/', ['Host', 'a', 'X-VPC', 'front']);
    expect(read.vpcHeader).toBe('front');
    expect(read.fields).toEqual(['host', 'a']);
    expect(read.signedFields).toEqual([
      ['Host', 'a'],
      ['X-VPC', 'front'],
    ]);
    expect(Object.keys(read.headers)).toEqual(['host']);
  });

  test('what Lattice says of a caller is hidden from policies too; x-forwarded-for is not', () => {
    const read = good('/', ['Host', 'a', 'X_Amzn-Lattice_Identity', 'x', 'X-Forwarded-For', '1.2.3.4']);
    expect(read.fields).toEqual(['host', 'a']);
    expect({ ...read.headers }).toEqual({ host: 'a', 'x-forwarded-for': '1.2.3.4' });
  });

  test('repeated ones are lists, bytes are UTF-8, and no name is a prototype’s', () => {
    const bytes = Buffer.from('ü').toString('latin1');
    const read = good('/', ['Host', 'a', 'X', '1', 'x', '2', 'X', bytes, '__proto__', 'y']);
    expect(read.headers.x).toEqual(['1', '2', 'ü']);
    expect(Object.keys(read.headers)).toContain('__proto__');
  });

  test.each([
    ['/', [], false],
    ['/?a=1', [], false],
    ['/?X-Amz-Signature=1', [], true],
    ['/?X%2DAmz-Signature=1', [], true],
    ['/', ['Authorization', 'Bearer x'], true],
  ])('%s with %j may be signed: %s', (url, fields, expected) => {
    expect(good(url, ['Host', 'a', ...fields]).isSigned).toBe(expected);
  });
});

test('of an answer, the connection’s fields and another request id are left out', () => {
  const given = ['Connection', 'x-gone', 'X-Gone', '1', 'Transfer-Encoding', 'chunked', 'x-amzn-RequestId', 'theirs'];
  expect(responseFields([...given, 'Content-Type', 'a'], 'ours')).toEqual([
    'Content-Type',
    'a',
    'x-amzn-requestid',
    'ours',
  ]);
});
