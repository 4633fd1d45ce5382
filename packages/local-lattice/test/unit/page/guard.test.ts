// Who may use the page's API: itself, and programs on this machine; no page from elsewhere.
import { expect, test } from 'vitest';
import { refusalOf, SECURITY_HEADERS } from '../../../src/page/guard.js';

const host = '127.0.0.1:9000';
const json = { host, 'content-type': 'application/json' };

test.each([
  ['GET', { host }],
  ['GET', { host: 'localhost:9000' }],
  ['GET', { host, 'sec-fetch-site': 'none' }],
  ['GET', { host, 'sec-fetch-site': 'same-origin' }],
  ['POST', json],
  ['POST', { ...json, 'content-type': 'application/json; charset=utf-8' }],
  ['POST', { ...json, origin: 'http://127.0.0.1:9000', 'sec-fetch-site': 'same-origin' }],
] as const)('%s with %j is let through', (method, headers) => {
  expect(refusalOf(method, headers)).toBeUndefined();
});

test.each([
  ['a name that leads here', 'GET', { host: 'evil.example:9000' }, 421],
  ['a name that begins as ours does', 'GET', { host: '127.0.0.1.evil.example' }, 421],
  ['no host', 'GET', {}, 421],
  ['another page', 'GET', { host, 'sec-fetch-site': 'cross-site' }, 403],
  ['another port of this machine', 'GET', { host, 'sec-fetch-site': 'same-site' }, 403],
  ['another origin', 'POST', { ...json, origin: 'https://evil.example' }, 403],
  ['an origin without a name', 'POST', { ...json, origin: 'null' }, 403],
  ['another port', 'POST', { ...json, origin: 'http://127.0.0.1:9001' }, 403],
  ['our name for another host', 'POST', { ...json, origin: 'http://localhost:9000' }, 403],
  ['a link that posts', 'POST', { ...json, 'sec-fetch-site': 'none' }, 403],
  ['a form', 'POST', { host, 'content-type': 'text/plain' }, 415],
  ['a type that only begins as JSON', 'POST', { host, 'content-type': 'application/jsonp' }, 415],
  ['no type', 'POST', { host }, 415],
] as const)('%s is refused', (_, method, headers, status) => {
  expect(refusalOf(method, headers)?.status).toBe(status);
});

test('nothing inline and nothing from elsewhere may run', () => {
  const policy = String(SECURITY_HEADERS['content-security-policy']);
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("script-src 'self'");
  expect(policy).not.toMatch(/unsafe|\*|data:|https?:/);
});
