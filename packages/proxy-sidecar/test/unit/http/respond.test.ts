// What callers are told: a status, a code, a request id, and nothing else.
import { expect, test } from 'vitest';
import { errorAnswer, rawErrorAnswer } from '../../../src/http/respond.js';

test('an answer is a fixed text under a code', () => {
  const { status, headers, body } = errorAnswer('ERR_SIDECAR_UPSTREAM_CONNECT', 'id-1');
  expect(status).toBe(502);
  expect(headers).toContain('ERR_SIDECAR_UPSTREAM_CONNECT');
  expect(JSON.parse(body)).toEqual({
    error: { code: 'ERR_SIDECAR_UPSTREAM_CONNECT', message: 'no connection to the upstream', requestId: 'id-1' },
  });
});

test('too much at once says when to come back', () => {
  expect(errorAnswer('ERR_SIDECAR_OVERLOADED', 'x').headers.slice(-2)).toEqual(['retry-after', '1']);
});

test('an answer without a request closes the connection, and says how long it is', () => {
  const text = rawErrorAnswer('ERR_SIDECAR_REQUEST');
  const [head = '', body = ''] = text.split('\r\n\r\n');
  expect(head).toContain('connection: close');
  expect(head).toContain(`content-length: ${body.length}`);
});
