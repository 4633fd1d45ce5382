// sign-request.test.ts — Lattice's defaults, every option, and what is refused. The public suite is in aws-suite.test.ts.
import { inspect } from 'node:util';
import { runInNewContext } from 'node:vm';
import { describe, expect, test } from 'vitest';
import {
  applySignature,
  explainSignature,
  latticeSigningOptions,
  type RawHeader,
  type RawRequest,
  SigningError,
  type SigningOptions,
  signRequest,
} from '../../../src/core.js';

const SECRET = 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY';
const TOKEN = 'IQoJb3JpZ2luX2VjEXAMPLETOKEN==';
const HOST = 'svc-0a1b.7d67968.vpc-lattice-svcs.eu-west-1.on.aws';
const options: SigningOptions = {
  credentials: { accessKeyId: 'ASIAEXAMPLE', secretAccessKey: SECRET, sessionToken: TOKEN },
  region: 'eu-west-1',
  date: new Date('2026-11-21T10:20:30.999Z'),
};
const request: RawRequest = {
  method: 'GET',
  target: '/parking?floor=2',
  headers: [
    ['Host', HOST],
    ['Accept', '*/*'],
    ['X-Amz-Meta', 'm'],
  ],
};

function canonical(target: string, changes: Partial<SigningOptions> = {}): { path: string; query: string } {
  const [, path = '', query = ''] = explainSignature(
    { ...request, target },
    { ...options, ...changes },
  ).canonicalRequest.split('\n');
  return { path, query };
}

function code(changes: Partial<Record<keyof SigningOptions, unknown>>, changed: Partial<RawRequest> = {}): string {
  try {
    signRequest({ ...request, ...changed }, { ...options, ...changes } as SigningOptions);
  } catch (error) {
    if (!(error instanceof SigningError)) throw error;
    expect(`${error.message} ${inspect(error)}`).not.toContain(SECRET);
    expect(error.message).not.toMatch(/[\n\r]/);
    return error.code;
  }
  return 'signed';
}

describe('defaults are those of Lattice', () => {
  test('unsigned payload sent and signed, host and x-amz-* signed, nothing else', () => {
    const { headers, target } = signRequest(request, options);
    expect(target).toBe('/parking?floor=2');
    expect(headers.map(([name]) => name)).toEqual([
      'x-amz-content-sha256',
      'x-amz-date',
      'x-amz-security-token',
      'authorization',
    ]);
    expect(headers[0]?.[1]).toBe('UNSIGNED-PAYLOAD');
    expect(headers[1]?.[1]).toBe('20261121T102030Z');
    expect(headers[3]?.[1]).toMatch(
      /^AWS4-HMAC-SHA256 Credential=ASIAEXAMPLE\/20261121\/eu-west-1\/vpc-lattice-svcs\/aws4_request, SignedHeaders=host;x-amz-content-sha256;x-amz-date;x-amz-meta;x-amz-security-token, Signature=[0-9a-f]{64}$/,
    );
    expect(signRequest(request, latticeSigningOptions(options))).toEqual({ target, headers });
  });

  test('presigned: the header must go along, and Authorization stays free', () => {
    const bearer: RawRequest = {
      ...request,
      headers: [
        ['host', HOST],
        ['authorization', 'Bearer abc'],
      ],
    };
    const parts = signRequest(bearer, { ...options, placement: 'query' });
    expect(parts.headers).toEqual([['x-amz-content-sha256', 'UNSIGNED-PAYLOAD']]);
    expect(parts.target).toContain(
      '&X-Amz-SignedHeaders=host%3Bx-amz-content-sha256&X-Amz-Expires=300&X-Amz-Security-Token=',
    );
    expect(applySignature(bearer, parts).headers).toContainEqual(['authorization', 'Bearer abc']);
  });

  test('a plus in the query goes out as %20, unless it is to be kept', () => {
    expect(signRequest({ ...request, target: '/a+b?q=c+d&e%2Bf' }, options).target).toBe('/a+b?q=c%20d&e%2Bf');
    expect(signRequest({ ...request, target: '/?q=c+d' }, { ...options, plusInQuery: 'keep' }).target).toBe('/?q=c+d');
    expect(canonical('/?q=c+d', { plusInQuery: 'keep' }).query).toBe('q=c%2Bd');
  });
});

describe('the canonical path and query', () => {
  test.each([
    ['/a%20b', 'double', true, '/a%2520b'],
    ['/a%20b', 'single', true, '/a%20b'],
    ['/a%20b', 'none', true, '/a%20b'],
    ['/a b', 'double', true, '/a%20b'],
    ['/a b', 'single', true, '/a%20b'],
    ['/a b', 'none', true, '/a b'],
    ['/a%2fb%7e', 'single', true, '/a%2Fb~'],
    ['/%zz%', 'single', true, '/%25zz%25'],
    ["/:@!$&'()*+,;=", 'double', true, '/%3A%40%21%24%26%27%28%29%2A%2B%2C%3B%3D'],
    ["/:@!$&'()*+,;=", 'single', true, '/%3A%40%21%24%26%27%28%29%2A%2B%2C%3B%3D'],
    ['/a//b/../c/.', 'double', true, '/a/c'],
    ['/../..', 'none', true, '/'],
    ['/a//b/../c/.', 'none', false, '/a//b/../c/.'],
    ['/%2e%2e/a', 'single', true, '/../a'],
    ['', 'double', false, '/'],
    ['https://example.com/a?b', 'double', true, '/a'],
    ['https://example.com', 'double', true, '/'],
    ['/\u{1F600}\uD800', 'double', true, '/%F0%9F%98%80%EF%BF%BD'],
  ] as const)('%s, %s, normalized: %s', (target, pathEncoding, normalizePath, expected) => {
    expect(canonical(target, { pathEncoding, normalizePath }).path).toBe(expected);
  });

  test.each([
    ['/?b=1&a=2', 'a=2&b=1'],
    ['/?a-=1&a=2', 'a=2&a-=1'],
    ['/?a=2&a=10&a=1', 'a=1&a=10&a=2'],
    ['/?a&b=', 'a=&b='],
    ['/?=x', '=x'],
    ['/?', ''],
    ['/?&&a=b&', 'a=b'],
    ['/?a=b=c', 'a=b%3Dc'],
    ['/?%C3=%c3%28', '%C3=%C3%28'],
    ['/?%7Ea=%2D', '~a=-'],
    ['/?__proto__=2&__proto__=1', '__proto__=1&__proto__=2'],
    ['/?a=/?&b=:', 'a=%2F%3F&b=%3A'],
    ['/?é=ሴ', '%C3%A9=%E1%88%B4'],
    ['/?a=%', 'a=%25'],
  ])('%s', (target, expected) => {
    expect(canonical(target).query).toBe(expected);
  });
});

describe('what an earlier signature left is replaced', () => {
  const stale: RawHeader[] = [
    ['Authorization', 'AWS4-HMAC-SHA256 old'],
    ['X-Amz-Date', '20200101T000000Z'],
    ['X-Amz-Security-Token', 'old'],
    ['X-Amz-Content-Sha256', 'old'],
    ['X-Amz-Region-Set', 'old'],
  ];

  test('in headers', () => {
    const dirty = { ...request, headers: [...stale, ...request.headers] };
    expect(signRequest(dirty, options)).toEqual(signRequest(request, options));
    expect(applySignature(dirty, signRequest(dirty, options))).toEqual(
      applySignature(request, signRequest(request, options)),
    );
    expect(JSON.stringify(applySignature(dirty, signRequest(dirty, { ...options, placement: 'query' })))).not.toMatch(
      /20200101|"old"/,
    );
  });

  test('in the query', () => {
    const once = signRequest(request, { ...options, placement: 'query', date: new Date(0) });
    const twice = signRequest({ ...request, target: once.target }, { ...options, placement: 'query' });
    expect(twice.target).toBe(signRequest(request, { ...options, placement: 'query' }).target);
    expect(code({}, { target: once.target })).toBe('ERR_SIGNING_TARGET');
  });
});

test('a date of another realm is a date', () => {
  const foreign = runInNewContext(`new Date(${options.date.getTime()})`) as Date;
  expect(foreign).not.toBeInstanceOf(Date);
  expect(signRequest(request, { ...options, date: foreign })).toEqual(signRequest(request, options));
});

describe('what is refused', () => {
  test.each([
    ['ERR_SIGNING_DATE', { date: new Date(Number.NaN) }],
    ['ERR_SIGNING_DATE', { date: new Date(8.64e15) }],
    ['ERR_SIGNING_DATE', { date: new Date(-8.64e15) }],
    ['ERR_SIGNING_DATE', { date: '2026-11-21' }],
    ['ERR_SIGNING_DATE', { date: undefined }],
    ['ERR_SIGNING_CREDENTIALS', { credentials: undefined }],
    ['ERR_SIGNING_CREDENTIALS', { credentials: {} }],
    ['ERR_SIGNING_CREDENTIALS', { credentials: { accessKeyId: '', secretAccessKey: SECRET } }],
    ['ERR_SIGNING_CREDENTIALS', { credentials: { accessKeyId: 'A', secretAccessKey: '' } }],
    ['ERR_SIGNING_CREDENTIALS', { credentials: { accessKeyId: 'A', secretAccessKey: `${SECRET}\n` } }],
    ['ERR_SIGNING_CREDENTIALS', { credentials: { accessKeyId: 'A/b', secretAccessKey: SECRET } }],
    ['ERR_SIGNING_CREDENTIALS', { credentials: { accessKeyId: 'A', secretAccessKey: SECRET, sessionToken: '' } }],
    [
      'ERR_SIGNING_CREDENTIALS',
      { credentials: { accessKeyId: 'A', secretAccessKey: SECRET, sessionToken: 'a\r\nb: c' } },
    ],
    ['ERR_SIGNING_OPTION', { region: undefined }],
    ['ERR_SIGNING_OPTION', { region: '' }],
    ['ERR_SIGNING_OPTION', { region: 'eu/west' }],
    ['ERR_SIGNING_OPTION', { service: '' }],
    ['ERR_SIGNING_OPTION', { payloadHash: 'abc' }],
    ['ERR_SIGNING_OPTION', { payloadHash: 'A'.repeat(64) }],
    ['ERR_SIGNING_OPTION', { algorithm: 'AWS4-HMAC-SHA512' }],
    ['ERR_SIGNING_OPTION', { placement: 'body' }],
    ['ERR_SIGNING_OPTION', { pathEncoding: 'triple' }],
    ['ERR_SIGNING_OPTION', { signedHeaders: 'some' }],
    ['ERR_SIGNING_OPTION', { placement: 'query', expiresSeconds: 0 }],
    ['ERR_SIGNING_OPTION', { placement: 'query', expiresSeconds: 604_801 }],
    ['ERR_SIGNING_OPTION', { placement: 'query', expiresSeconds: 1.5 }],
    ['ERR_SIGNING_OPTION', { algorithm: 'AWS4-ECDSA-P256-SHA256', regionSet: '' }],
    ['ERR_SIGNING_OPTION', { algorithm: 'AWS4-ECDSA-P256-SHA256', regionSet: 'a,,b' }],
  ])('%s: %j', (expected, changes) => {
    expect(code(changes)).toBe(expected);
  });

  test.each([
    ['ERR_SIGNING_METHOD', { method: '' }],
    ['ERR_SIGNING_METHOD', { method: 'GET /' }],
    ['ERR_SIGNING_METHOD', { method: 'GET\n' }],
    ['ERR_SIGNING_TARGET', { target: '/a\nb' }],
    ['ERR_SIGNING_TARGET', { target: '/a\0b' }],
    ['ERR_SIGNING_HOST', { headers: [] }],
    ['ERR_SIGNING_HOST', { headers: [['host', ' ']] }],
    [
      'ERR_SIGNING_HOST',
      {
        headers: [
          ['host', 'a'],
          ['Host', 'a'],
        ],
      },
    ],
    [
      'ERR_SIGNING_HEADER',
      {
        headers: [
          ['host', 'a'],
          ['x y', 'v'],
        ],
      },
    ],
    [
      'ERR_SIGNING_HEADER',
      {
        headers: [
          ['host', 'a'],
          ['x-y:', 'v'],
        ],
      },
    ],
    [
      'ERR_SIGNING_HEADER',
      {
        headers: [
          ['host', 'a'],
          ['accept', 'v\r\nx-evil: 1'],
        ],
      },
    ],
    [
      'ERR_SIGNING_HEADER',
      {
        headers: [
          ['host', 'a'],
          ['accept', 'v\rx'],
        ],
      },
    ],
    [
      'ERR_SIGNING_HEADER',
      {
        headers: [
          ['host', 'a'],
          ['accept', 'v\0'],
        ],
      },
    ],
    [
      'ERR_SIGNING_HEADER',
      {
        headers: [
          ['host', 'a'],
          ['x-amz-meta', 'caf\u00e9'],
        ],
      },
    ],
  ] as const)('%s: %j', (expected, changes) => {
    expect(code({}, changes as Partial<RawRequest>)).toBe(expected);
  });

  test('a value that is not signed may hold any text', () => {
    expect(
      code(
        {},
        {
          headers: [
            ['host', 'a'],
            ['x-note', 'caf\u00e9'],
          ],
        },
      ),
    ).toBe('signed');
  });

  test('the filter cannot leave out what must be signed, nor bring in what must not', () => {
    const headers: RawHeader[] = [
      ...request.headers,
      ['User-Agent', 'x'],
      ['Connection', 'close'],
      ['Transfer-Encoding', 'chunked'],
      ['Proxy-Authorization', 'x'],
      ['X-Amzn-Trace-Id', 'x'],
    ];
    const signedHeaders = (choice: SigningOptions['signedHeaders']) =>
      explainSignature({ ...request, headers }, { ...options, signedHeaders: choice }).signedHeaders;
    const always = 'host;x-amz-content-sha256;x-amz-date;x-amz-meta;x-amz-security-token';
    expect(signedHeaders(() => false)).toBe(always);
    expect(signedHeaders(() => true)).toBe(`accept;${always}`);
    expect(signedHeaders('all')).toBe(`accept;${always}`);
  });
});

test('more scopes than the memo holds sign right, forwards and backwards', () => {
  const regions = Array.from({ length: 200 }, (_, i) => `eu-west-${i}`);
  const sign = (region: string) => explainSignature(request, { ...options, region }).signature;
  const first = regions.map(sign);
  expect(new Set(first).size).toBe(200);
  expect([...regions].reverse().map(sign)).toEqual([...first].reverse());
});
