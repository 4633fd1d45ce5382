// The rules of "Lattice" in docs/evaluation.md, second part: what a request looks like to its policies – action, resource
// and context keys.
import { describe, expect, test } from 'vitest';
import { type Authorizer, createAuthorizer, type LatticeRequest } from '../../../src/index.js';
import { allowAll, authorize, latticeVerdict, NETWORK_ARN, parse, SERVICE_ARN, session } from './asking.js';

/** As long as SERVICE_ARN. */
const OTHER_SERVICE_ARN = SERVICE_ARN.replace(/.$/, '1');
const KEY = 'vpc-lattice-svcs:';
const equals = (key: string, value: string) => ({ StringEquals: { [key]: value } });
const present = (key: string) => ({ Null: { [key]: 'false' } });
const anonymous = { principal: 'anonymous', caller: undefined } as const;

describe('action and resource', () => {
  const service = (action: string, resource: string) => [
    { Effect: 'Allow', Principal: '*', Action: action, Resource: resource },
  ];
  const http = { protocol: 'http', path: '/orders' } as const;
  const grpc = { protocol: 'grpc', path: '/pkg.Service/Method' } as const;
  const tls = { protocol: 'tls', path: '/orders' } as const;

  test.each<[Partial<LatticeRequest>, string, string, boolean]>([
    [http, 'vpc-lattice-svcs:Invoke', `${SERVICE_ARN}/orders`, true],
    [{}, 'vpc-lattice-svcs:Invoke', `${SERVICE_ARN}/`, true],
    [{ path: '' }, 'vpc-lattice-svcs:Invoke', `${SERVICE_ARN}/`, true],
    [http, 'vpc-lattice-svcs:Connect', '*', false],
    [http, 'vpc-lattice-svcs:Invoke', SERVICE_ARN, false],
    [http, 'vpc-lattice-svcs:Invoke', `${SERVICE_ARN}/*`, true],
    [http, 'vpc-lattice-svcs:Invoke', '*/orders', true],
    [http, 'vpc-lattice-svcs:Invoke', '*/admin', false],
    [http, 'vpc-lattice-svcs:Invoke', `${NETWORK_ARN}/*`, false],
    [http, 'vpc-lattice-svcs:Invoke', `${OTHER_SERVICE_ARN}/*`, false],
    [http, 'vpc-lattice-svcs:Invoke', `${OTHER_SERVICE_ARN}*`, false],
    [http, 'vpc-lattice-svcs:Invoke', `${SERVICE_ARN}*`, true],
    [http, 'vpc-lattice-svcs:Invoke', `${SERVICE_ARN}/ord*`, true],
    [http, 'vpc-lattice-svcs:Invoke', `${SERVICE_ARN}/orders/*`, false],
    [http, 'vpc-lattice-svcs:Invoke', `${SERVICE_ARN.slice(0, -1)}*`, true],
    [http, 'vpc-lattice-svcs:Invoke', 'arn:aws:vpc-lattice:eu-west-1:*', true],
    [http, 'vpc-lattice-svcs:Invoke', 'arn:aws:vpc-lattice:us-east-1:*', false],
    [tls, 'vpc-lattice-svcs:Connect', `${OTHER_SERVICE_ARN}*`, false],
    [tls, 'vpc-lattice-svcs:Connect', `${SERVICE_ARN}*`, true],
    [tls, 'vpc-lattice-svcs:Connect', 'arn:aws:vpc-lattice:*', true],
    [http, 'vpc-lattice:Invoke', '*', false],
    [grpc, 'vpc-lattice-svcs:Invoke', `${SERVICE_ARN}/pkg.Service/*`, true],
    [grpc, 'vpc-lattice-svcs:Invoke', `${SERVICE_ARN}/pkg.Service/Other`, false],
    [tls, 'vpc-lattice-svcs:Connect', SERVICE_ARN, true],
    [tls, 'vpc-lattice-svcs:Connect', `${SERVICE_ARN}/*`, false],
    [tls, 'vpc-lattice-svcs:Invoke', '*', false],
  ])('LATTICE-ACTION %j asks for %s on %s: %s', (asked, action, resource, allowed) => {
    const { decision, invalidRequest } = authorize({ service: service(action, resource) }, asked);
    expect(decision).toBe(allowed ? 'allow' : 'deny');
    expect(invalidRequest).toBeUndefined();
  });

  test('LATTICE-ACTION one policy on two services is asked about each of them', () => {
    const policy = parse(service('*', `${SERVICE_ARN}/*`), 'auth');
    const [mine, other] = [SERVICE_ARN, OTHER_SERVICE_ARN].map((arn) =>
      createAuthorizer({ serviceNetwork: { authType: 'NONE' }, service: { authType: 'AWS_IAM', policy, arn } }),
    );
    const say = (authorizer: Authorizer | undefined) =>
      authorizer?.authorize({ ...anonymous, path: '/orders' }).decision;
    expect([mine, other, mine, other, other, mine].map(say)).toEqual([
      'allow',
      'deny',
      'allow',
      'deny',
      'deny',
      'allow',
    ]);
  });

  test('LATTICE-ACTION callers of TLS passthrough are always anonymous', () => {
    const account = [{ Effect: 'Allow', Principal: { AWS: '111122223333' }, Action: '*', Resource: '*' }];
    expect(authorize({ service: account }, tls).decision).toBe('deny');
    expect(authorize({ service: allowAll }, { ...tls, caller: undefined }).decision).toBe('allow');
    expect(latticeVerdict(equals('aws:PrincipalType', 'Anonymous'), tls)).toEqual(['true']);
  });
});

describe('the path in the resource', () => {
  const allow = (path: string) => [{ Effect: 'Allow', Principal: '*', Action: '*', Resource: SERVICE_ARN + path }];
  const deny = (path: string) => [
    ...allowAll,
    { Effect: 'Deny', Principal: '*', Action: '*', Resource: SERVICE_ARN + path },
  ];
  const say = (service: unknown, asked: Partial<LatticeRequest>) => {
    const { decision, assumptions } = authorize({ service }, asked);
    return [decision, ...assumptions.filter((id) => id.startsWith('resource-'))];
  };

  test.each([
    ['/admin', '/admin', ['allow']],
    ['/admin*', '/x/../admin', ['deny', 'resource-path-raw']],
    ['/admin', '//admin', ['deny', 'resource-path-raw']],
    ['/admin', '/./admin', ['deny', 'resource-path-raw']],
    ['/admin', '/%61dmin', ['deny', 'resource-path-raw']],
    ['/%61dmin', '/%61dmin', ['allow', 'resource-path-raw']],
    ['/a%20b', '/a%20b', ['allow', 'resource-path-raw']],
    ['/a/*', '/a/%2e%2e/admin', ['allow', 'resource-path-raw']],
    ['/a/*', '/a/b%20c', ['allow']],
    ['/*', '/x/../admin', ['allow']],
    ['/x', '/y/../admin', ['deny']],
    ['/Admin', '/admin', ['deny']],
    ['/admin', '/admin/', ['deny']],
    ['/100%', '/100%', ['allow']],
  ])('LATTICE-PATH Resource %s and path %s: %j', (resource, path, expected) => {
    expect(say(allow(resource), { path })).toEqual(expected);
  });

  test.each([
    ['/admin*', '/x/../admin', ['allow', 'resource-path-raw']],
    ['/admin*', '/%61dmin', ['allow', 'resource-path-raw']],
    ['/admin*', '/x', ['allow']],
    ['/admin*', '/admin/../x', ['deny', 'resource-path-raw']],
  ])('LATTICE-PATH a Deny on %s and path %s: %j', (resource, path, expected) => {
    expect(say(deny(resource), { path })).toEqual(expected);
  });

  test.each([
    ['/a', { path: '/a?x=1' }, ['allow', 'resource-without-query']],
    ['/a', { path: '/a', query: 'x=1' }, ['allow', 'resource-without-query']],
    ['/a*', { path: '/a?x=1' }, ['allow']],
    ['/a?x=1', { path: '/a?x=1' }, ['deny', 'resource-without-query']],
    ['/a', { path: '/a' }, ['allow']],
    ['/b', { path: '/a?x=1' }, ['deny']],
  ])('LATTICE-PATH Resource %s without the query of %j: %j', (resource, asked, expected) => {
    expect(say(allow(resource), asked)).toEqual(expected);
  });

  test('LATTICE-PATH the key RequestPath is the same path', () => {
    expect(latticeVerdict(equals(`${KEY}RequestPath`, '/a%20b'), { path: '/a%20b?x=1' })[0]).toBe('true');
    expect(latticeVerdict(equals(`${KEY}RequestPath`, '/'), {})).toEqual(['true']);
  });
});

describe('gRPC', () => {
  const grpc = { protocol: 'grpc', path: '/pkg.Service/Method', query: 'a=1' } as const;
  test.each<[object, Partial<LatticeRequest>, string]>([
    [equals(`${KEY}RequestMethod`, 'POST'), grpc, 'true'],
    [equals(`${KEY}RequestMethod`, 'POST'), { ...grpc, method: 'GET' }, 'true'],
    [equals(`${KEY}RequestMethod`, 'GET'), { ...grpc, method: 'GET' }, 'false'],
    [present(`${KEY}RequestQueryString/a`), grpc, 'false'],
    [present(`${KEY}RequestHeader/a`), { ...grpc, headers: { a: '1' } }, 'true'],
  ])('LATTICE-GRPC %j of %j: %s', (condition, asked, expected) => {
    expect(latticeVerdict(condition as never, asked)).toEqual([expected]);
  });
});

const FULL = {
  method: 'GET',
  path: '/orders',
  query: { q: ['1'] },
  headers: { 'x-team': 'red' },
  port: 443,
  sourceVpc: 'vpc-1a2b3c4d',
  sourceVpcOwnerAccount: '111122223333',
} as const;

describe('the keys of a request', () => {
  const VALUES = [
    ['Port', '443', true],
    ['ServiceArn', SERVICE_ARN, true],
    ['ServiceNetworkArn', NETWORK_ARN, true],
    ['SourceVpc', 'vpc-1a2b3c4d', true],
    ['SourceVpcOwnerAccount', '111122223333', true],
    ['RequestMethod', 'GET', false],
    ['RequestPath', '/orders', false],
    ['RequestHeader/x-team', 'red', false],
    ['RequestQueryString/q', '1', false],
  ] as const;

  test.each(VALUES)('LATTICE-KEYS %s of a signed request', (name, value) => {
    expect(latticeVerdict(equals(KEY + name, value), FULL)).toEqual(['true']);
    expect(latticeVerdict(equals(KEY + name, `${value}x`), FULL)).toEqual(['false']);
  });

  test.each(VALUES)('LATTICE-KEYS %s of an unsigned request', (name, value) => {
    const assumptions = name === 'RequestPath' ? ['request-path-key'] : [];
    expect(latticeVerdict(equals(KEY + name, value), { ...FULL, ...anonymous })).toEqual(['true', ...assumptions]);
  });

  test.each(VALUES)('LATTICE-KEYS %s of TLS passthrough', (name, _value, isEverywhere) => {
    expect(latticeVerdict(present(KEY + name), { ...FULL, protocol: 'tls' })).toEqual([String(isEverywhere)]);
  });

  test('LATTICE-KEYS RequestPath of a gRPC request', () => {
    const condition = equals(`${KEY}RequestPath`, '/orders');
    expect(latticeVerdict(condition, { ...FULL, protocol: 'grpc' })).toEqual(['true', 'request-path-key']);
  });

  test.each(['Port', 'SourceVpc', 'SourceVpcOwnerAccount', 'RequestMethod', 'RequestHeader/x', 'RequestQueryString/x'])(
    'LATTICE-KEYS %s is absent when the request does not tell it',
    (name) => {
      expect(latticeVerdict(present(KEY + name), {})).toEqual(['false']);
    },
  );

  test('LATTICE-KEYS Port is a number', () => {
    expect(latticeVerdict({ NumericLessThan: { [`${KEY}Port`]: '1024' } }, FULL)).toEqual(['true']);
    expect(latticeVerdict({ NumericGreaterThan: { [`${KEY}Port`]: 1024 } }, FULL)).toEqual(['false']);
  });

  test('LATTICE-KEYS methods are case-sensitive', () => {
    expect(latticeVerdict(equals(`${KEY}RequestMethod`, 'get'), FULL)).toEqual(['false']);
  });
});

describe('headers', () => {
  const header = (name: string) => `${KEY}RequestHeader/${name}`;

  test.each<[Record<string, string | string[]>, string, string[]]>([
    [{ 'x-team': 'red' }, 'red', ['true']],
    [{ 'X-Team': 'red' }, 'red', ['true']],
    [{ 'X-TEAM': 'red' }, 'Red', ['false']],
    [{ 'x-team': ['red'] }, 'red', ['true']],
    [{ 'x-team': ['red', 'blue'] }, 'red, blue', ['true', 'header-repeated']],
    [{ 'x-team': ['red', 'blue'] }, 'red', ['false', 'header-repeated']],
    [{ 'x-team': 'red', 'X-Team': 'blue' }, 'red, blue', ['true', 'header-repeated']],
    [{ 'x-team': 'red, blue' }, 'red, blue', ['true']],
    [{ 'x-other': 'red' }, 'red', ['false']],
    [{ 'x-team': '' }, '', ['true']],
  ])('LATTICE-HEADER %j is %j: %j', (headers, value, expected) => {
    expect(latticeVerdict(equals(header('x-team'), value), { headers })).toEqual(expected);
  });

  test('LATTICE-HEADER values lose spaces and tabs at both ends', () => {
    expect(latticeVerdict(equals(header('a'), 'x y'), { headers: { a: ' \tx y\t ' } })[0]).toBe('true');
    expect(latticeVerdict(equals(header('a'), 'x, y'), { headers: { a: [' x ', ' y '] } })[0]).toBe('true');
    expect(latticeVerdict(equals(header('a'), ''), { headers: { a: ' \t ' } })[0]).toBe('true');
  });

  test('LATTICE-HEADER an empty list of values is no header, an empty value is one', () => {
    expect(latticeVerdict(present(header('a')), { headers: { a: [] } })).toEqual(['false']);
    expect(latticeVerdict(present(header('a')), { headers: { a: [''] } })[0]).toBe('true');
    expect(latticeVerdict(equals(header('a'), 'x'), { headers: { a: [], A: ['x'] } })).toEqual(['true']);
  });

  test('LATTICE-HEADER names may have dots, and be named like members of objects', () => {
    expect(latticeVerdict(equals(header('x-jwt.all'), '1'), { headers: { 'x-jwt.all': '1' } })).toEqual(['true']);
    expect(latticeVerdict(present(header('constructor')), { headers: {} })).toEqual(['false']);
    expect(latticeVerdict(present(header('__proto__')), { headers: {} })).toEqual(['false']);
  });
});

describe('query keys', () => {
  const query = (name: string) => `${KEY}RequestQueryString/${name}`;
  const several = 'query-several-values';

  test.each<[LatticeRequest['query'], object, string[]]>([
    ['q=1', equals(query('q'), '1'), ['true']],
    ['?q=1', equals(query('q'), '1'), ['true']],
    [{ q: ['1'] }, equals(query('q'), '1'), ['true']],
    ['q=1', equals(query('q'), '2'), ['false']],
    ['p=1', equals(query('q'), '1'), ['false']],
    ['q', equals(query('q'), ''), ['true']],
    ['q=', equals(query('q'), ''), ['true']],
    ['q=a=b', equals(query('q'), 'a=b'), ['true']],
    ['', present(query('q')), ['false']],
    ['&&q=1&', equals(query('q'), '1'), ['true']],
    ['Q=1', equals(query('q'), '1'), ['true', 'key-name-folding']],
    ['q=1&q=2', equals(query('q'), '1'), ['true', several]],
    ['q=1&q=2', equals(query('q'), '2'), ['true', several]],
    ['q=1&q=2', equals(query('q'), '3'), ['false', several]],
    [{ q: ['1', '2'] }, { StringNotEquals: { [query('q')]: '3' } }, ['true', several]],
    [{ q: ['1', '2'] }, { StringNotEquals: { [query('q')]: '2' } }, ['false', several]],
    ['q=1&q=2', { 'ForAnyValue:StringEquals': { [query('q')]: '2' } }, ['true']],
    ['q=1&q=2', { 'ForAllValues:StringEquals': { [query('q')]: '2' } }, ['false']],
    ['q=1&q=2', { 'ForAllValues:StringEquals': { [query('q')]: ['1', '2'] } }, ['true']],
    ['p=1', { 'ForAllValues:StringEquals': { [query('q')]: '2' } }, ['true']],
    ['p=1', { 'ForAnyValue:StringEquals': { [query('q')]: '2' } }, ['false']],
    [{ q: [] }, present(query('q')), ['false', 'null-empty']],
  ])('LATTICE-QUERY %j and %j: %j', (given, condition, expected) => {
    expect(latticeVerdict(condition as never, { query: given })).toEqual(expected);
  });

  test.each([
    ['q=a%20b', 'q', 'a b', ['true', 'query-decoding']],
    ['q=a+b', 'q', 'a b', ['true', 'query-decoding']],
    ['q=a%2Bb', 'q', 'a+b', ['true', 'query-decoding']],
    ['%71=1', 'q', '1', ['true', 'query-decoding']],
    ['q=%C3%A9', 'q', 'é', ['true', 'query-decoding']],
    ['q=%E9', 'q', '%E9', ['true', 'query-decoding']],
    ['q=100%', 'q', '100%', ['true', 'query-decoding']],
    ['q=1&p=%20', 'q', '1', ['true']],
  ])('LATTICE-QUERY %s is decoded: %s is %j', (text, name, value, expected) => {
    expect(latticeVerdict(equals(query(name), value), { query: text })).toEqual(expected);
  });

  test('LATTICE-QUERY a record holds decoded text', () => {
    expect(latticeVerdict(equals(query('q'), 'a%20b+c'), { query: { q: ['a%20b+c'] } })).toEqual(['true']);
  });

  test('LATTICE-QUERY the query on the path is read when there is no other', () => {
    expect(latticeVerdict(equals(query('q'), '1'), { path: '/a?q=1' })[0]).toBe('true');
    expect(latticeVerdict(equals(query('q'), '1'), { path: '/a?q=1', query: 'q=2' })[0]).toBe('false');
  });

  test('LATTICE-QUERY names like members of objects are plain names', () => {
    expect(latticeVerdict(present(query('constructor')), { query: 'a=1' })).toEqual(['false']);
    expect(latticeVerdict(equals(query('__proto__'), '1'), { query: '__proto__=1' })).toEqual(['true']);
  });
});

test.each([
  ['aws:ResourceTag/Environment', 'Gamma', ['true']],
  ['aws:ResourceTag/environment', 'Gamma', ['true', 'key-name-folding']],
  ['aws:ResourceTag/Environment', 'gamma', ['false']],
  ['aws:ResourceTag/Stage', 'Gamma', ['false']],
])('LATTICE-TAGS %s is %s: %j', (key, value, expected) => {
  expect(latticeVerdict(equals(key, value), {}, { serviceTags: { Environment: 'Gamma' } })).toEqual(expected);
});

test('LATTICE-TAGS a service without tags', () => {
  expect(latticeVerdict(present('aws:ResourceTag/Environment'))).toEqual(['false']);
});

describe('global keys', () => {
  test('LATTICE-GLOBAL aws:SourceIp is the address given', () => {
    const condition = { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } };
    expect(latticeVerdict(condition, { sourceIp: '10.1.2.3' })).toEqual(['true', 'source-ip']);
    expect(latticeVerdict(condition, { sourceIp: '192.0.2.1' })).toEqual(['false', 'source-ip']);
    expect(latticeVerdict(condition, { context: { 'aws:SourceIp': '10.1.2.3' } })[0]).toBe('true');
    expect(latticeVerdict(condition, {})[0]).toBe('false');
  });

  test.each(['aws:SecureTransport', 'aws:SourceVpc', 'aws:ViaAWSService'])(
    'LATTICE-GLOBAL %s comes from the context',
    (key) => {
      expect(latticeVerdict({ Bool: { [key]: 'true' } }, { context: { [key]: true } })[0]).toBe('true');
      expect(latticeVerdict({ Bool: { [key]: 'true' } })).toEqual(['false', 'global-key-lattice']);
      expect(latticeVerdict({ Null: { [key]: 'true' } })).toEqual(['true', 'global-key-lattice']);
    },
  );

  test.each(['aws:PrincipalOrgID', 'aws:PrincipalTag/team', 'aws:ResourceTag/team', 'my:key'])(
    'LATTICE-GLOBAL %s is no such key',
    (key) => {
      expect(latticeVerdict({ Null: { [key]: 'true' } }, { principal: session })).toEqual(['true']);
    },
  );
});
