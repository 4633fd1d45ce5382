// verify-request.test.ts — the verifier rule by rule, with AWS's texts, and one regression test for each public advisory
// about signature checks elsewhere.
import { createHash, createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import {
  applySignature,
  explainSignature,
  type RawHeader,
  type RawRequest,
  type RejectedVerification,
  type SigningOptions,
  signRequest,
  type Verification,
  type VerifyOptions,
  verifyRequest,
} from '../../../src/core.js';

const NOW = new Date('2026-11-21T10:20:30Z');
const SECRET = 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY';
const TOKEN = 'IQoJb3JpZ2luX2VjEXAMPLETOKEN/////wEaCXVz==';
const HOST = 'svc-0a1b.7d67968.vpc-lattice-svcs.eu-west-1.on.aws';

const signing: SigningOptions = {
  credentials: { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: SECRET },
  region: 'eu-west-1',
  date: NOW,
};
const temporary: SigningOptions = {
  ...signing,
  credentials: { accessKeyId: 'ASIAEXAMPLE', secretAccessKey: SECRET, sessionToken: TOKEN },
};
const verifying: VerifyOptions = {
  lookup: (id) =>
    id === 'AKIAEXAMPLE'
      ? { secretAccessKey: SECRET }
      : id === 'ASIAEXAMPLE'
        ? { secretAccessKey: SECRET, sessionToken: TOKEN }
        : undefined,
  now: NOW,
  service: 'vpc-lattice-svcs',
  region: 'eu-west-1',
};
const plain: RawRequest = { method: 'GET', target: '/parking?floor=2', headers: [['Host', HOST]] };

function signed(options: Partial<SigningOptions> = {}, request: RawRequest = plain): RawRequest {
  return applySignature(request, signRequest(request, { ...signing, ...options }));
}

/** A request for `/?b=2&a=1` signed as if a query were signed as it stands. */
function unsortedQuery(): RawRequest {
  const request = { ...plain, target: '/?b=2&a=1' };
  const { canonicalRequest, stringToSign, signature } = explainSignature(request, signing);
  const lines = stringToSign.split('\n');
  lines[3] = createHash('sha256').update(canonicalRequest.replace('a=1&b=2', 'b=2&a=1')).digest('hex');
  const key = [...(lines[2] ?? '').split('/')].reduce<string | Buffer>(
    (secret, part) => createHmac('sha256', secret).update(part).digest(),
    `AWS4${SECRET}`,
  );
  const wrong = createHmac('sha256', key).update(lines.join('\n')).digest('hex');
  return withAuthorization(signed({}, request), (value) => value.replace(signature, wrong));
}

function header(request: RawRequest, name: string): string {
  return request.headers.find(([key]) => key.toLowerCase() === name)?.[1] ?? '';
}

function withHeader(request: RawRequest, name: string, value: string | undefined): RawRequest {
  const rest = request.headers.filter(([key]) => key.toLowerCase() !== name);
  return { ...request, headers: value === undefined ? rest : [...rest, [name, value]] };
}

function withAuthorization(request: RawRequest, edit: (value: string) => string): RawRequest {
  return withHeader(request, 'authorization', edit(header(request, 'authorization')));
}

function rejection(verification: Verification): RejectedVerification {
  if (verification.kind !== 'rejected') throw new Error(`expected a rejection, not ${verification.kind}`);
  return verification;
}

function messageOf(request: RawRequest, options: Partial<VerifyOptions> = {}): string {
  return rejection(verifyRequest(request, { ...verifying, ...options })).message;
}

function hintsOf(request: RawRequest, options: Partial<VerifyOptions> = {}): string[] {
  return rejection(verifyRequest(request, { ...verifying, ...options })).diagnosis.hints.map(({ code }) => code);
}

describe('what holds', () => {
  test('a header signature', () => {
    expect(verifyRequest(signed(), verifying)).toEqual({
      kind: 'signed',
      accessKeyId: 'AKIAEXAMPLE',
      algorithm: 'AWS4-HMAC-SHA256',
      placement: 'header',
      date: NOW,
      region: 'eu-west-1',
      service: 'vpc-lattice-svcs',
      regionSet: undefined,
      signedHeaders: ['host', 'x-amz-content-sha256', 'x-amz-date'],
      payloadHash: 'UNSIGNED-PAYLOAD',
      sessionToken: false,
    });
  });

  test('a presigned URL, with the header that Lattice insists on', () => {
    const request = signed({ ...temporary, placement: 'query' });
    expect(header(request, 'x-amz-content-sha256')).toBe('UNSIGNED-PAYLOAD');
    expect(verifyRequest(request, verifying)).toMatchObject({ kind: 'signed', placement: 'query', sessionToken: true });
  });

  test("a bearer token beside a query signature: the token is the application's", () => {
    const request = withHeader(signed({ placement: 'query' }), 'authorization', 'Bearer abc');
    expect(verifyRequest(request, verifying).kind).toBe('signed');
  });

  test('SigV4A, for a region that the set covers', () => {
    for (const regionSet of ['*', 'eu-west-1', 'us-east-1,eu-*']) {
      const request = signed({ ...temporary, algorithm: 'AWS4-ECDSA-P256-SHA256', regionSet });
      expect(verifyRequest(request, verifying)).toMatchObject({ kind: 'signed', regionSet });
    }
    expect(messageOf(signed({ algorithm: 'AWS4-ECDSA-P256-SHA256', regionSet: 'us-east-1,eu-west-2' }))).toBe(
      "InvalidSignatureException: Credential should be scoped to a valid Region, not 'us-east-1,eu-west-2'.",
    );
  });

  test('no space after the commas, and any order of the parts', () => {
    const request = withAuthorization(signed(), (value) => value.replaceAll(', ', ','));
    expect(verifyRequest(request, verifying).kind).toBe('signed');
    const [algorithm = '', ...parts] = header(signed(), 'authorization').split(/,? /);
    expect(
      verifyRequest(withHeader(signed(), 'authorization', `${algorithm} ${parts.reverse().join(', ')}`), verifying)
        .kind,
    ).toBe('signed');
  });

  test('HTTP/2, where the host is the authority', () => {
    const request = signed({}, { ...plain, headers: [[':authority', HOST]] });
    expect(verifyRequest(request, verifying).kind).toBe('signed');
  });

  test('parameters of the application that only look like a signature', () => {
    const request = { ...plain, target: '/?x-amz-signature-style=1&my-x-amz-algorithm=2' };
    expect(verifyRequest(request, verifying).kind).toBe('anonymous');
    expect(verifyRequest(signed({}, request), verifying).kind).toBe('signed');
  });

  test('bytes that are not UTF-8, keys like __proto__, empty keys', () => {
    for (const target of [
      '/%C3',
      '/a?%C3=%ff',
      '/?__proto__=1&__proto__=2',
      '/?=x',
      '/?a&b=',
      '/?a=1&a=0&A=2',
      '/?&&a=1',
    ]) {
      expect(verifyRequest(signed({}, { ...plain, target }), verifying).kind).toBe('signed');
    }
    expect(
      verifyRequest({ ...signed({}, { ...plain, target: '/?__proto__=1' }), target: '/?__proto__=2' }, verifying).kind,
    ).toBe('rejected');
  });
});

describe('what is anonymous', () => {
  test.each([
    ['nothing', []],
    ['a bearer token', [['authorization', 'Bearer abc'] as const]],
    ['basic', [['authorization', 'Basic abc'] as const]],
  ])('%s', (_, extra) => {
    expect(verifyRequest({ ...plain, headers: [...plain.headers, ...extra] }, verifying)).toEqual({
      kind: 'anonymous',
    });
  });
});

describe("what is rejected, in AWS's words", () => {
  const mismatch = /^InvalidSignatureException: The request signature we calculated does not match/;

  test('a broken signature is never anonymous', () => {
    expect(messageOf(withHeader(signed(), 'authorization', 'AWS4-HMAC-SHA256'))).toBe(
      "IncompleteSignatureException: Authorization header requires 'Credential' parameter. Authorization header requires 'Signature' parameter. Authorization header requires 'SignedHeaders' parameter.",
    );
    expect(messageOf(withAuthorization(signed(), (value) => value.replace('AWS4-HMAC', 'aws4-hmac')))).toMatch(
      /^IncompleteSignatureException: Unsupported AWS 'algorithm'/,
    );
    expect(messageOf({ ...plain, target: '/?X-Amz-Signature=00' })).toMatch(/must include 'X-Amz-Algorithm'/);
  });

  test('both kinds of signature at once', () => {
    const both = { ...signed(), target: signed({ placement: 'query' }).target };
    expect(messageOf(both)).toMatch(/^InvalidSignatureException: Only one auth mechanism allowed/);
  });

  test('several Authorization headers, one of them a signature: none is read, and none is quoted', () => {
    const once = signed();
    for (const more of [header(once, 'authorization'), 'Bearer their-token', 'aws4-hmac-sha256 x']) {
      for (const headers of [
        [...once.headers, ['Authorization', more] as const],
        [['AUTHORIZATION', more] as const, ...once.headers],
      ]) {
        expect(messageOf({ ...once, headers })).toBe('InvalidSignatureException: Only one auth mechanism allowed');
      }
    }
  });

  test('what is wrong with a parameter is said without its value', () => {
    const [, hex = '-'] = /Signature=(.*)/.exec(header(signed(), 'authorization')) ?? [];
    for (const edit of [
      (value: string) => value.replace('Signature=', 'signature='),
      (value: string) => value.replace(', Signature=', ' Signature='),
      (value: string) => `${value}, Token=their-token`,
    ]) {
      const told = JSON.stringify(rejection(verifyRequest(withAuthorization(signed(), edit), verifying)));
      expect(told).toContain('IncompleteSignatureException');
      expect(told).not.toContain(hex);
      expect(told).not.toContain('their-token');
    }
  });

  test('Lattice: a real body hash', () => {
    const request = signed({ payloadHash: 'a'.repeat(64) });
    expect(messageOf(request)).toBe('InvalidSignatureException: Signed payloads are not supported');
    expect(hintsOf(request)).toEqual(['unsigned-payload']);
  });

  test('Lattice: x-amz-content-sha256 absent, or there but not signed', () => {
    const absent = signed({ sendPayloadHash: false });
    const unsigned = withHeader(absent, 'x-amz-content-sha256', 'UNSIGNED-PAYLOAD');
    for (const request of [absent, unsigned]) {
      expect(messageOf(request)).toBe(
        "IncompleteSignatureException: Missing the 'x-amz-content-sha256' in canonical headers",
      );
    }
  });

  test('a signed header that is not there', () => {
    expect(messageOf(withHeader(signed(temporary), 'x-amz-security-token', undefined))).toBe(
      "IncompleteSignatureException: 'x-amz-security-token' is named as a SignedHeader, but it does not exist in the HTTP request.",
    );
  });

  test('clock: ahead, behind, and by how much', () => {
    const at = (seconds: number) => ({ now: NOW.getTime() + seconds * 1000 });
    expect(verifyRequest(signed(), { ...verifying, ...at(300) }).kind).toBe('signed');
    expect(verifyRequest(signed(), { ...verifying, ...at(-300) }).kind).toBe('signed');
    expect(messageOf(signed(), at(301))).toBe(
      'InvalidSignatureException: Signature expired: 20261121T102030Z is now earlier than 20261121T102031Z (20261121T102531Z - 5 min.)',
    );
    expect(messageOf(signed(), at(-301))).toBe(
      'InvalidSignatureException: Signature not yet current: 20261121T102030Z is still later than 20261121T102029Z (20261121T101529Z + 5 min.)',
    );
    expect(rejection(verifyRequest(signed(), { ...verifying, ...at(-400) })).diagnosis.clockOffsetSeconds).toBe(400);
    expect(hintsOf(signed(), at(301))).toEqual(['clock-off']);
    expect(messageOf(signed(), { now: Number.NaN })).toMatch(/not yet current/);
  });

  test('presigned: runs out, and its length has limits', () => {
    const url = signed({ placement: 'query', expiresSeconds: 60 });
    expect(verifyRequest(url, { ...verifying, now: NOW.getTime() + 60_000 }).kind).toBe('signed');
    expect(messageOf(url, { now: NOW.getTime() + 61_000 })).toMatch(/^InvalidSignatureException: Signature expired/);
    for (const expires of ['0', '604801', '-1', '1e3', '']) {
      const target = url.target.replace('X-Amz-Expires=60', `X-Amz-Expires=${expires}`);
      expect(messageOf({ ...url, target })).toMatch(/X-Amz-Expires/);
    }
  });

  test('scope: day, region, service, terminator', () => {
    expect(messageOf(withAuthorization(signed(), (value) => value.replace('/20261121/', '/20261120/')))).toBe(
      "InvalidSignatureException: Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '20261120' != '20261121', from '20261121T102030Z'.",
    );
    expect(messageOf(signed({ region: 'us-east-1' }))).toBe(
      "InvalidSignatureException: Credential should be scoped to a valid Region, not 'us-east-1'.",
    );
    expect(messageOf(signed({ service: 'execute-api' }))).toBe(
      "InvalidSignatureException: Credential should be scoped to correct service: 'vpc-lattice-svcs'.",
    );
    expect(hintsOf(signed({ service: 'execute-api' }))).toEqual(['other-service']);
    expect(messageOf(withAuthorization(signed(), (value) => value.replace('aws4_request', 'aws5_request')))).toMatch(
      /valid terminator/,
    );
  });

  test('keys: unknown, expired, wrong token, token for a permanent key', () => {
    const invalid = 'UnrecognizedClientException: The security token included in the request is invalid.';
    expect(messageOf(signed(), { lookup: () => undefined })).toBe(invalid);
    expect(messageOf(signed(temporary), { lookup: () => ({ secretAccessKey: SECRET, sessionToken: 'other' }) })).toBe(
      invalid,
    );
    expect(messageOf(signed(temporary), { lookup: () => ({ secretAccessKey: SECRET }) })).toBe(invalid);
    expect(messageOf(signed(), { lookup: () => ({ secretAccessKey: SECRET, sessionToken: TOKEN }) })).toBe(invalid);
    expect(messageOf(signed(), { lookup: () => ({ secretAccessKey: SECRET, expiration: NOW }) })).toBe(
      'ExpiredTokenException: The security token included in the request is expired',
    );
  });

  test('a lookup that throws, or gives an empty secret, lets nobody in', () => {
    const broken = () => {
      throw new Error(SECRET);
    };
    expect(messageOf(signed(), { lookup: broken })).toBe('InternalFailure: The request could not be verified.');
    expect(messageOf(signed(), { lookup: () => ({ secretAccessKey: '' }) })).toMatch(/^InternalFailure/);
  });

  test('form: signed headers, signature, date', () => {
    const forms: [RegExp, string][] = [
      [/SignedHeaders=host;/, 'SignedHeaders=Host;'],
      [/host;x-amz-content-sha256/, 'x-amz-content-sha256;host'],
      [/host;/, 'host;host;'],
      [/Signature=[0-9a-f]{2}/, 'Signature='],
      [/Signature=.*/, `Signature=${'A'.repeat(64)}`],
      [/Credential=[^/]*/, 'Credential='],
      [/, Signature=/, ', Signature=00, Signature='],
      [/$/, ', Extra=1'],
    ];
    for (const [from, to] of forms) {
      expect(messageOf(withAuthorization(signed(), (value) => value.replace(from, to)))).toMatch(
        /^IncompleteSignatureException/,
      );
    }
    for (const date of ['20261121', '20261331T102030Z', '20260230T102030Z', 'Sat, 21 Nov 2026 10:20:30 GMT', '']) {
      expect(messageOf(withHeader(signed(), 'x-amz-date', date))).toMatch(
        /^IncompleteSignatureException: Date must be in ISO-8601/,
      );
    }
    expect(messageOf(withHeader(signed(), 'x-amz-date', undefined))).toMatch(/X-Amz-Date/);
  });

  test('SigV4A: signatures that are no DER, or of another key', () => {
    const request = signed({ algorithm: 'AWS4-ECDSA-P256-SHA256', regionSet: '*' });
    const hostile = ['3006020100020100', '3080020101020101', `30${'ff'.repeat(40)}`, '00'.repeat(8), '00'.repeat(72)];
    for (const signature of hostile) {
      expect(
        messageOf(withAuthorization(request, (value) => value.replace(/Signature=.*/, `Signature=${signature}`))),
      ).toMatch(mismatch);
    }
    expect(messageOf(withHeader(request, 'x-amz-region-set', undefined))).toMatch(/does not exist in the HTTP request/);
  });

  test('lines of the request cannot be forged into a message', () => {
    const message = messageOf(
      withAuthorization(signed(), (value) => value.replace('eu-west-1', `x\u0000\r\n${'y'.repeat(400)}`)),
    );
    expect(message).not.toMatch(/[\0\r\n]/);
    expect(message.length).toBeLessThan(300);
  });
});

describe('the diagnosis says what would have matched', () => {
  const cases: [string, RawRequest, Partial<VerifyOptions>, string[]][] = [
    [
      'path encoded once',
      signed({ pathEncoding: 'single' }, { ...plain, target: '/a%20b' }),
      {},
      ['path-encoded-once'],
    ],
    [
      'path encoded twice',
      signed({}, { ...plain, target: '/a%20b' }),
      { pathEncoding: 'single' },
      ['path-encoded-twice'],
    ],
    [
      'path not normalized',
      signed({ normalizePath: false }, { ...plain, target: '/a/../b' }),
      {},
      ['path-not-normalized'],
    ],
    ['path normalized', signed({}, { ...plain, target: '/a/../b' }), { normalizePath: false }, ['path-normalized']],
    [
      'plus read as a space',
      { ...signed({}, { ...plain, target: '/?q=a+b' }), target: '/?q=a+b' },
      {},
      ['plus-as-space'],
    ],
    // As curl 7.88 does: the signature is over `b=2&a=1`, where it has to be over the sorted query.
    ['query neither sorted nor encoded', unsortedQuery(), {}, ['query-as-sent']],
    ['query left out', { ...signed({}, { ...plain, target: '/' }), target: '/?q=1' }, {}, ['query-left-out']],
    [
      'host without port',
      withHeader(signed({}, { ...plain, headers: [['host', 'a.example']] }), 'host', 'a.example:8080'),
      {},
      ['host-without-port'],
    ],
    [
      'host with port',
      withHeader(signed({}, { ...plain, headers: [['host', 'a.example:80']] }), 'host', 'a.example'),
      {},
      ['host-with-port'],
    ],
    [
      'token added after signing',
      signed({ ...temporary, placement: 'query', signSessionToken: false }),
      {},
      ['token-not-signed'],
    ],
    [
      'two at once',
      { ...signed({ pathEncoding: 'single' }, { ...plain, target: '/a%20b?q=a+b' }), target: '/a%20b?q=a+b' },
      {},
      ['path-encoded-once', 'plus-as-space'],
    ],
    [
      'another secret',
      signed({ credentials: { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'another' } }),
      {},
      ['wrong-secret'],
    ],
  ];
  test.each(cases)('%s', (_, request, options, expected) => {
    expect(hintsOf(request, options)).toEqual(expected);
  });

  test('a hash of the body where UNSIGNED-PAYLOAD was stated', () => {
    const body = 'b'.repeat(64);
    const request = withHeader(
      signed({ payloadHash: body, sendPayloadHash: true, service: 'execute-api' }),
      'x-amz-content-sha256',
      body,
    );
    const stated = { ...verifying, service: 'execute-api', payloadHash: 'c'.repeat(64) };
    expect(hintsOf(request, stated)).toEqual(['body-hash']);
    expect(
      hintsOf(signed({ payloadHash: body, sendPayloadHash: false, service: 'execute-api' }), {
        service: 'execute-api',
        payloadHash: 'UNSIGNED-PAYLOAD',
      }),
    ).toEqual(['wrong-secret']);
  });

  test('it shows both texts, without tokens, and can be turned off', () => {
    const request = { ...signed(temporary), method: 'PUT' };
    const { diagnosis } = rejection(verifyRequest(request, verifying));
    expect(diagnosis.canonicalRequest).toMatch(/^PUT\n\/parking\nfloor=2\nhost:/);
    expect(diagnosis.canonicalRequest).toContain('x-amz-security-token:[redacted]\n');
    expect(diagnosis.stringToSign).toMatch(
      /^AWS4-HMAC-SHA256\n20261121T102030Z\n20261121\/eu-west-1\/vpc-lattice-svcs\/aws4_request\n[0-9a-f]{64}$/,
    );
    expect(JSON.stringify(diagnosis)).not.toContain(TOKEN);
    expect(hintsOf(request, { diagnose: false })).toEqual([]);
  });
});

describe('advisories about signature checks elsewhere', () => {
  const addHeader = (request: RawRequest, ...extra: RawHeader[]): RawRequest => ({
    ...request,
    headers: [...request.headers, ...extra],
  });

  test('CVE-2025-31489: an unsigned-trailer upload does not skip the signature', () => {
    const trailer = 'STREAMING-UNSIGNED-PAYLOAD-TRAILER';
    expect(messageOf(withHeader(signed(), 'x-amz-content-sha256', trailer))).toMatch(/^InvalidSignatureException/);
    const other = { service: 'execute-api' };
    expect(messageOf(withHeader(signed(other), 'x-amz-content-sha256', trailer), other)).toMatch(
      /must be a SHA256 or UNSIGNED-PAYLOAD/,
    );
  });

  test('CVE-2026-40344, CVE-2026-41145: credentials in the query are checked as any others', () => {
    const { target } = signed({ placement: 'query' });
    const forged = target.replace(/X-Amz-Signature=.*/, `X-Amz-Signature=${'0'.repeat(64)}`);
    expect(messageOf({ ...signed({ placement: 'query' }), target: forged })).toMatch(/does not match/);
    expect(messageOf({ ...plain, target: target.replace(/&X-Amz-Signature=.*/, '') })).toMatch(
      /must include 'X-Amz-Signature'/,
    );
  });

  test('GHSA-xm99-m3gq-83g8, GHSA-g8w9-qw9q-fghr: an x-amz-* header that is not signed', () => {
    expect(messageOf(addHeader(signed(), ['X-Amz-Copy-Source', '/bucket/key']))).toBe(
      'InvalidSignatureException: There were headers present in the request which were not signed: x-amz-copy-source',
    );
    expect(verifyRequest(addHeader(signed(), ['X-Amzn-Trace-Id', 'Root=1']), verifying).kind).toBe('signed');
  });

  test('a second value smuggled behind a signed header', () => {
    expect(messageOf(addHeader(signed(), ['x-amz-content-sha256', 'UNSIGNED-PAYLOAD']))).toMatch(
      /^InvalidSignatureException/,
    );
    expect(messageOf(addHeader(signed(), ['x-amz-date', '20261121T102030Z']))).toMatch(/Date must be in ISO-8601/);
    expect(messageOf(addHeader(signed(temporary), ['x-amz-security-token', TOKEN]))).toMatch(
      /^UnrecognizedClientException/,
    );
    const authorization = header(signed(), 'authorization');
    expect(messageOf(addHeader(signed(), ['Authorization', 'Bearer x']))).toMatch(/: Only one auth mechanism/);
    expect(messageOf(addHeader(signed(), ['Authorization', authorization]))).toMatch(/: Only one auth mechanism/);
    const [first = '', second = ''] = authorization.split(/, (?=Signature)/);
    const split = addHeader(withHeader(signed(), 'authorization', first), ['authorization', second]);
    expect(messageOf(split)).toMatch(/: Only one auth mechanism/);
    const after = { ...plain, headers: [['authorization', 'Bearer x'] as const, ...signed().headers] };
    expect(messageOf(after)).toMatch(/: Only one auth mechanism/);
    expect(messageOf(addHeader(signed(), ['Host', 'evil.example']))).toMatch(/exactly one 'Host'/);
    expect(messageOf(addHeader(signed(), [':authority', 'evil.example']))).toMatch(/exactly one 'Host'/);
  });

  test('host and date must be signed, or a request replays elsewhere and for ever', () => {
    expect(messageOf(withAuthorization(signed(), (value) => value.replace('host;', '')))).toMatch(
      /'Host' or ':authority' must be a 'SignedHeader'/,
    );
    expect(messageOf(withAuthorization(signed(), (value) => value.replace(';x-amz-date', '')))).toMatch(
      /were not signed: x-amz-date/,
    );
  });

  test('the clock is checked for header signatures too', () => {
    expect(messageOf(signed({ date: new Date('2026-11-20T10:20:30Z') }))).toMatch(/Signature expired/);
  });

  test('an unknown key never has a secret that its sender could know', () => {
    for (const secretAccessKey of ['UNKNOWN', 'no-such-access-key-no-such-access-key-no', 'undefined', '-']) {
      const request = signed({ credentials: { accessKeyId: 'UNKNOWN', secretAccessKey } });
      expect(messageOf(request)).toMatch(/^UnrecognizedClientException/);
      expect(hintsOf(request)).toEqual([]);
    }
  });

  test("a presigned URL's signature is looked at", () => {
    const request = signed({ placement: 'query' });
    expect(messageOf({ ...request, target: request.target.replace('floor=2', 'floor=3') })).toMatch(/does not match/);
  });

  test('CVE-2022-2385: a parameter given twice, in whatever case, decides nothing', () => {
    const request = signed({ placement: 'query' });
    for (const extra of [
      'x-amz-credential=AKIAOTHER%2F20261121',
      'X-Amz-Algorithm=AWS4-HMAC-SHA256',
      'X-AMZ-DATE=20261121T102030Z',
      'X%2dAmz%2DSignature=00',
    ]) {
      expect(messageOf({ ...request, target: `${request.target}&${extra}` })).toMatch(/is given more than once/);
    }
  });

  test('CVE-2020-16250: the host that was signed is the host that received', () => {
    expect(messageOf(withHeader(signed(), 'host', 'sts.amazonaws.com'))).toMatch(/does not match/);
  });

  test('CVE-2023-30610: nothing that is returned or thrown shows a credential', () => {
    const results = [
      verifyRequest({ ...signed(temporary), method: 'PUT' }, verifying),
      verifyRequest(signed(temporary), { ...verifying, now: 0 }),
    ];
    for (const result of results) {
      expect(JSON.stringify(result)).not.toContain(SECRET);
      expect(JSON.stringify(result)).not.toContain(TOKEN);
    }
  });
});

describe('SIGN-80: what is kept with a secret', () => {
  test.each(['AWS4-HMAC-SHA256', 'AWS4-ECDSA-P256-SHA256'] as const)('changes no answer: %s', (algorithm) => {
    const secret = { secretAccessKey: SECRET };
    const lookup = () => secret;
    const options: VerifyOptions = { ...verifying, lookup };
    const request = signed({ algorithm });
    expect(verifyRequest(request, options).kind).toBe('signed');
    expect(verifyRequest(request, options).kind).toBe('signed');
    const other = signed({ algorithm, credentials: { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'another' } });
    expect(verifyRequest(other, options).kind).toBe('rejected');
    const elsewhere = signed({ algorithm, region: 'us-east-1' });
    expect(verifyRequest(elsewhere, { ...options, region: 'us-east-1' }).kind).toBe('signed');
    const tomorrow = new Date(NOW.getTime() + 86_400_000);
    expect(verifyRequest(signed({ algorithm, date: tomorrow }), { ...options, now: tomorrow }).kind).toBe('signed');
    expect(verifyRequest(request, options).kind).toBe('signed');
    // Replaced in place: the old key is worth nothing any more.
    secret.secretAccessKey = 'another';
    expect(verifyRequest(request, options).kind).toBe('rejected');
    expect(verifyRequest(other, options).kind).toBe('signed');
  });
});
