// What a function may answer, and what it is told in the log when it may not.
import { expect, test } from 'vitest';
import { TargetError } from '../../../src/errors.js';
import { LAMBDA_RESPONSE_BYTES_MAX } from '../../../src/targets/lambda-limits.js';
import { handlerFailure, lambdaFailure, lambdaResponse } from '../../../src/targets/lambda-response.js';

const answer = (value: unknown) => {
  const { status, fields, body } = lambdaResponse(JSON.stringify(value));
  return { status, fields, body: body === undefined ? undefined : String(body) };
};

test('as documented', () => {
  const documented = {
    isBase64Encoded: false,
    statusCode: 200,
    statusDescription: '200 OK',
    headers: { 'Content-Type': 'application/json', 'X-Name': 'é' },
    body: '{"é":1}',
  };
  expect(lambdaResponse(JSON.stringify(documented))).toEqual({
    status: 200,
    fields: [
      ['Content-Type', 'application/json'],
      ['X-Name', 'Ã©'],
      ['content-length', '8'],
    ],
    body: Buffer.from('{"é":1}'),
  });
});

test('with a status alone; in Base64; without a body', () => {
  expect(answer({ statusCode: 200 })).toEqual({ status: 200, fields: [['content-length', '0']], body: '' });
  expect(answer({ statusCode: 201, isBase64Encoded: true, body: 'aGk=' })).toMatchObject({ status: 201, body: 'hi' });
  expect(answer({ statusCode: 204, headers: null, body: null })).toEqual({ status: 204, fields: [], body: undefined });
  expect(answer({ statusCode: 304, body: 'ignored' })).toMatchObject({ body: undefined });
});

test("a connection's headers are not the function's", () => {
  const headers = { Connection: 'close', 'Transfer-Encoding': 'chunked', 'Content-Length': '9', 'x-a': '1' };
  expect(answer({ statusCode: 200, headers, body: 'hi' }).fields).toEqual([
    ['x-a', '1'],
    ['content-length', '2'],
  ]);
});

test.each([
  ['nothing', 'null', /is nothing, not an object/],
  ['text', '"ok"', /is a string/],
  ['a list', '[]', /is a list/],
  ['no JSON', '{', /not JSON/],
  ['no status', '{}', /statusCode/],
  ['a status in text', '{"statusCode":"200"}', /statusCode/],
  ['half a status', '{"statusCode":200.5}', /statusCode/],
  ['an interim status', '{"statusCode":101}', /statusCode/],
  ['a status of no class', '{"statusCode":600}', /statusCode/],
  ['a word for a flag', '{"statusCode":200,"isBase64Encoded":"yes"}', /isBase64Encoded/],
  ['an object for a body', '{"statusCode":200,"body":{}}', /`body` of its answer is an object/],
  ['no Base64', '{"statusCode":200,"isBase64Encoded":true,"body":"a"}', /not Base64/],
  ['a list of headers', '{"statusCode":200,"headers":[]}', /`headers` of its answer is a list/],
  ['a number in a header', '{"statusCode":200,"headers":{"a":1}}', /`a` of its answer is a number/],
  ['a list in a header', '{"statusCode":200,"headers":{"a":["1"]}}', /`a` of its answer is a list/],
  ['an impossible name', '{"statusCode":200,"headers":{"a b":"1"}}', /no possible name: `a b`/],
  ['a split header', '{"statusCode":200,"headers":{"a":"1\\r\\nb: 2"}}', /line break/],
])('not with %s', (_, json, message) => {
  expect(() => lambdaResponse(json)).toThrow(TargetError);
  expect(() => lambdaResponse(json)).toThrow(message);
});

test('not with more than 6 MB of JSON', () => {
  const body = (length: number) => JSON.stringify({ statusCode: 200, body: 'x'.repeat(length) });
  const around = body(0).length;
  expect(lambdaResponse(body(LAMBDA_RESPONSE_BYTES_MAX - around)).status).toBe(200);
  expect(() => lambdaResponse(body(LAMBDA_RESPONSE_BYTES_MAX - around + 1))).toThrow(/larger than/);
});

test('errors are one line, bounded', () => {
  expect(lambdaFailure('{"errorType":"KeyError","errorMessage":"\'id\'\\nline two"}').message).toBe(
    "the function failed: KeyError: 'id' line two",
  );
  expect(lambdaFailure('no JSON').message).toBe('the function failed: it did not say how');
  expect(lambdaFailure(JSON.stringify({ errorMessage: 'x'.repeat(10_000) })).message.length).toBeLessThan(600);
  expect(handlerFailure(new RangeError('no')).message).toBe('the function failed: RangeError: no');
  expect(handlerFailure(Object.create(null)).message).toBe('the function failed: an object');
  expect(handlerFailure('no')).toMatchObject({ failure: 'badAnswer' });
});
