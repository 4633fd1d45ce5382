// What belongs to one connection stays there, and a caller cannot use `Connection` to take out what must stay.
import { expect, test } from 'vitest';
import { endToEnd, safeTrailers } from '../../../src/http/hop-by-hop.js';

test('headers of the connection, and those it names, go; the others keep case and order', () => {
  const { headers } = endToEnd([
    ...['Accept', '*/*', 'Connection', 'keep-alive, X-One', 'X-One', '1', 'X-Two', '2', 'TE', 'gzip'],
    ...['Keep-Alive', 'timeout=5', 'Proxy-Connection', 'x', 'Transfer-Encoding', 'chunked', 'x-one', 'again'],
  ]);
  expect(headers).toEqual(['Accept', '*/*', 'X-Two', '2']);
});

test('what a message is cannot be taken out at the word of `Connection`', () => {
  const flat = ['connection', 'host, content-length, authorization, content-type', 'host', 'a', 'content-length', '3'];
  expect(endToEnd([...flat, 'authorization', 'x']).headers).toEqual([
    'host',
    'a',
    'content-length',
    '3',
    'authorization',
    'x',
  ]);
});

test('an upgrade counts only when `Connection` names it', () => {
  expect(endToEnd(['Upgrade', 'websocket', 'Connection', 'Upgrade']).upgrade).toBe('websocket');
  expect(endToEnd(['Upgrade', 'websocket']).upgrade).toBeUndefined();
});

test('`TE: trailers` is noted', () => {
  expect(endToEnd(['te', 'gzip;q=0.5, trailers']).trailers).toBe(true);
  expect(endToEnd(['te', 'nottrailers']).trailers).toBe(false);
});

test('trailers that frame, route or authenticate are not passed on', () => {
  const flat = [
    'grpc-status',
    '0',
    'Content-Length',
    '3',
    'X-Amz-Date',
    'x',
    'Transfer-Encoding',
    'chunked',
    'x-sum',
    'a',
  ];
  expect(safeTrailers(flat)).toEqual(['grpc-status', '0', 'x-sum', 'a']);
});
