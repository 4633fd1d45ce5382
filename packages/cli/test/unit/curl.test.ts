// The parts of `curl` and `sign` that need no socket: headers, secrets in heads, what refusals mean, shell words.
import pico from 'picocolors';
import { describe, expect, test } from 'vitest';
import { explainRefusal } from '../../src/commands/curl/refusal.js';
import { withoutSecrets } from '../../src/commands/curl/wire-view.js';
import { parseHeader } from '../../src/commands/header-line.js';
import { curlCommand } from '../../src/commands/sign/run-sign.js';
import { typedUrl } from '../../src/commands/signing-flags.js';

describe('header lines', () => {
  test.each([
    ['A: b', ['A', 'b']],
    ['A:b: c', ['A', 'b: c']],
    ['A:', ['A', undefined]],
    ['A;', ['A', '']],
    ['A:   ', ['A', undefined]],
    ['a_b: ü', ['a_b', 'ü']],
  ])('%s', (line, expected) => {
    expect(parseHeader(line)).toEqual(expected);
  });

  test.each(['', 'a', ': b', 'a b: c', 'A; b', 'A: b\r\nC: d', 'A: \u0000'])('%j is none', (line) => {
    expect(() => parseHeader(line)).toThrow(/ERR_CLI_USAGE/);
  });
});

test.each([
  ['x-amz-security-token: abc', 'x-amz-security-token: [redacted]'],
  ['X-Amz-Security-Token: abc', 'X-Amz-Security-Token: [redacted]'],
  [
    'authorization: AWS4-HMAC-SHA256 Credential=AK/x, SignedHeaders=host, Signature=0aF9',
    'authorization: AWS4-HMAC-SHA256 Credential=AK/x, SignedHeaders=host, Signature=[redacted]',
  ],
  [
    'GET /?X-Amz-Security-Token=a%2Fb&X-Amz-Signature=00ff&y=1 HTTP/1.1',
    'GET /?X-Amz-Security-Token=[redacted]&X-Amz-Signature=[redacted]&y=1 HTTP/1.1',
  ],
  ['host: a', 'host: a'],
])('%s', (line, expected) => {
  expect(withoutSecrets(line)).toBe(expected);
});

describe('refusals', () => {
  const colors = pico.createColors(false);
  const ARN = 'arn:aws:vpc-lattice:eu-west-1:111122223333:service/svc-0123456789abcdef0/a';
  const text = (who: string, reason: string) =>
    `AccessDeniedException: User: ${who} is not authorized to perform: vpc-lattice-svcs:Invoke on resource: ${ARN} ${reason}`;
  const about = (body: string, status = 403) =>
    explainRefusal({ status, text: body, requestId: undefined, method: 'GET' }, colors);

  test.each([
    [
      'because no network-based policy allows the vpc-lattice-svcs:Invoke action',
      'nothing in the auth policy of the service network allows',
    ],
    [
      'because no service-based policy allows the vpc-lattice-svcs:Invoke action',
      'nothing in the auth policy of the service allows',
    ],
    ['with an explicit deny in a service-based policy', 'a Deny statement in the auth policy of the service matches'],
    [
      'with an explicit deny in a service control policy',
      "a Deny statement in a service control policy of the caller's organization",
    ],
    ['because no session policy allows the vpc-lattice-svcs:Invoke action', 'nothing in the session policy allows'],
    [
      'because no permissions boundary allows the vpc-lattice-svcs:Invoke action',
      "nothing in the caller's permissions boundary allows",
    ],
    ['for reasons of its own', 'a policy of a type that is not known here'],
  ])('%s', (reason, words) => {
    expect(about(text('arn:aws:iam::111122223333:user/u', reason))).toContain(words);
  });

  test('name the service to look at, and say that nobody was authenticated', () => {
    const said = about(text('anonymous', 'because no service-based policy allows the vpc-lattice-svcs:Invoke action'));
    expect(said).toContain('get-auth-policy --resource-identifier svc-0123456789abcdef0\n');
    expect(said).toContain('(and the caller counts as anonymous)');
  });

  test('hold nothing that moves the cursor', () => {
    const said = about(
      text('arn:aws:iam::111122223333:user/u\u001b[2J', 'with an explicit deny in a service-based policy'),
    );
    expect(said).not.toContain('\u001b');
  });

  test('are not seen where there are none', () => {
    expect(about('bad request', 400)).toBeUndefined();
    expect(about('{}', 401)).toBeUndefined();
  });
});

test('curl commands survive the shell', () => {
  const signed = { url: 'https://h/a?b=1&c=2', method: 'POST', headers: { 'x-a': "it's $HOME" } };
  expect(curlCommand(signed)).toBe(`curl -X POST -H 'x-a: it'\\''s $HOME' 'https://h/a?b=1&c=2'`);
  expect(curlCommand({ ...signed, method: 'HEAD', headers: {} })).toBe(`curl -I 'https://h/a?b=1&c=2'`);
});

test('URLs are https unless they say otherwise', () => {
  expect(typedUrl('h.example/a').href).toBe('https://h.example/a');
  expect(typedUrl('http://h/').href).toBe('http://h/');
  expect(() => typedUrl('ftp://h/')).toThrow('`ftp://` is not supported');
  expect(() => typedUrl('http://')).toThrow('is not a URL');
});
