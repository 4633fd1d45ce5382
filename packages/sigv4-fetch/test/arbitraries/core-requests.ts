// core-requests.ts — random requests and options for the properties of the core, biased to the bytes that go wrong:
// dot segments, escapes good and broken, plus signs, blanks, empty and repeated parameters, letters beyond ASCII.
import fc from 'fast-check';
import type { RawHeader, RawRequest, SigningOptions } from '../../src/core.js';

const seed = process.env.SEED;
/** How many runs, and from which seed: `RUNS` and `SEED` of the environment. fast-check prints the seed of a failure. */
export const settings = (runs = 300) => ({
  numRuns: Number(process.env.RUNS ?? runs),
  ...(seed === undefined ? {} : { seed: Number(seed) }),
});

export const NOW = new Date('2026-11-21T10:20:30Z');
export const SECRET = 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY';
export const TOKEN = 'IQoJb3JpZ2luX2VjEXAMPLETOKEN//////////wEaCXVzLWVhc3QtMSJ=';

const piece = fc.constantFrom(
  ...[
    'a',
    'B',
    '7',
    '-',
    '.',
    '_',
    '~',
    '%20',
    '%2F',
    '%2f',
    '%7e',
    '%C3',
    '%',
    '%zz',
    ':',
    '@',
    '!',
    '*',
    "'",
    '(',
    ';',
    ',',
    '[',
    '|',
    '"',
    ' ',
    'é',
    'ሴ',
    '😀',
  ],
);
const text = (maxLength: number) => fc.array(piece, { maxLength }).map((pieces) => pieces.join(''));
const segment = fc.oneof(
  { weight: 4, arbitrary: text(4) },
  { weight: 1, arbitrary: fc.constantFrom('.', '..', '', '%2e%2e') },
);
export const path = fc.array(segment, { maxLength: 5 }).map((segments) => `/${segments.join('/')}`);

const name = fc.oneof(
  { weight: 4, arbitrary: text(3) },
  { weight: 1, arbitrary: fc.constantFrom('__proto__', 'constructor', 'a', 'a-', 'A', '') },
);
const parameter = fc.oneof(
  { weight: 5, arbitrary: fc.tuple(name, text(4)).map(([key, value]) => `${key}=${value}`) },
  { weight: 1, arbitrary: name },
  { weight: 1, arbitrary: fc.constantFrom('', '=', '=x', 'a=b=c', 'a=1+2', 'b+c=d') },
);
export const query = fc.array(parameter, { maxLength: 5 }).map((parameters) => parameters.join('&'));
const target = fc.tuple(path, fc.option(query)).map(([p, q]) => (q === null ? p : `${p}?${q}`));

const headerValue = fc
  .array(fc.constantFrom('v', 'W', '9', ' ', '  ', '\t', ',', '"a  b"', ';', '=', '/', '\n ', '\r\n  '), {
    maxLength: 5,
  })
  .map((pieces) => pieces.join('').trim());
const header: fc.Arbitrary<RawHeader> = fc.tuple(
  fc.constantFrom(
    'X-Amz-Meta-A',
    'x-amz-meta-b',
    'Content-Type',
    'My-Header',
    'my-header',
    'User-Agent',
    'Connection',
    'traceparent',
  ),
  headerValue,
);
const host = fc.constantFrom(
  'example.com',
  'example.com:8443',
  'svc-0a1b.7d67968.vpc-lattice-svcs.eu-west-1.on.aws',
  '[::1]:8080',
);

export const rawRequest: fc.Arbitrary<RawRequest> = fc
  .record({
    method: fc.constantFrom('GET', 'POST', 'DELETE', 'PATCH'),
    target,
    host,
    before: fc.array(header, { maxLength: 3 }),
    after: fc.array(header, { maxLength: 3 }),
  })
  .map(({ method, target: to, host: at, before, after }) => ({
    method,
    target: to,
    headers: [...before, ['Host', at] as const, ...after],
  }));

/** Options that verify with the defaults of the verifier, but for path encoding and normalization, which both get. */
export const signingOptions: fc.Arbitrary<SigningOptions> = fc
  .record({
    algorithm: fc.constantFrom(
      'AWS4-HMAC-SHA256' as const,
      'AWS4-HMAC-SHA256' as const,
      'AWS4-ECDSA-P256-SHA256' as const,
    ),
    placement: fc.constantFrom('header' as const, 'query' as const),
    pathEncoding: fc.constantFrom('double' as const, 'single' as const, 'none' as const),
    normalizePath: fc.boolean(),
    plusInQuery: fc.constantFrom('space' as const, 'keep' as const),
    signedHeaders: fc.oneof(
      fc.constantFrom('minimal' as const, 'all' as const),
      fc.constant((header: string) => header < 'm'),
    ),
    token: fc.boolean(),
    expiresSeconds: fc.integer({ min: 1, max: 604_800 }),
    service: fc.constantFrom('vpc-lattice-svcs', 'execute-api'),
    regionSet: fc.constantFrom('*', 'eu-west-1', 'us-east-1,eu-*'),
  })
  .map(({ token, regionSet, ...rest }) => ({
    ...rest,
    credentials: {
      accessKeyId: token ? 'ASIAEXAMPLE' : 'AKIAEXAMPLE',
      secretAccessKey: SECRET,
      ...(token ? { sessionToken: TOKEN } : {}),
    },
    region: 'eu-west-1',
    ...(rest.algorithm === 'AWS4-ECDSA-P256-SHA256' ? { regionSet } : {}),
    date: NOW,
    payloadHash: 'UNSIGNED-PAYLOAD',
    sendPayloadHash: true,
  }));
