// Who may stop the sidecar: programs on this machine, not web pages that found a way to loopback.
import { expect, test } from 'vitest';
import { isFromBrowser, isLoopback, isPlainHost } from '../../../src/admin/host-check.js';

test.each([
  ['127.0.0.1', true],
  ['127.8.8.8', true],
  ['::1', true],
  ['::ffff:127.0.0.1', true],
  ['10.0.0.1', false],
  ['::ffff:10.0.0.1', false],
  ['169.254.171.1', false],
  ['fd00::1', false],
  ['', false],
  [undefined, false],
])('isLoopback(%s)', (address, expected) => {
  expect(isLoopback(address)).toBe(expected);
});

test.each([
  ['localhost:9901', true],
  ['LOCALHOST', true],
  ['127.0.0.1:9901', true],
  ['[::1]:9901', true],
  ['10.0.0.9', true],
  ['evil.example.com:9901', false],
  ['127.0.0.1.evil.example.com', false],
  ['localhost.evil.example.com', false],
  ['', false],
  [undefined, false],
])('isPlainHost(%s)', (host, expected) => {
  expect(isPlainHost(host)).toBe(expected);
});

test('a page in a browser shows itself', () => {
  expect(isFromBrowser({ origin: 'null' })).toBe(true);
  expect(isFromBrowser({ 'sec-fetch-site': 'cross-site' })).toBe(true);
  expect(isFromBrowser({ 'user-agent': 'curl/8' })).toBe(false);
});
