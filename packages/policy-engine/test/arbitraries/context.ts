// Context keys with values of every kind, some of which their operators can't read.
import fc from 'fast-check';
import type { Json } from '../reference/question.js';
import { CALLER_ARNS, NETWORK_ARN, OTHER_SERVICE_ARN, SERVICE_ARN } from './pools.js';
import { chance, weighted } from './runs.js';

export type Kind = 'string' | 'numeric' | 'date' | 'bool' | 'binary' | 'ip' | 'arn';

const STRINGS = [
  'vpc-1',
  'vpc-2',
  'VPC-1',
  'GET',
  'red',
  'blue',
  '',
  'a*b',
  'a?b',
  '${*}',
  'one\ntwo',
  'É',
  '日😀',
  'ß',
];
const NUMBERS = [
  80,
  443,
  '80',
  '80.0',
  '8e1',
  '+80',
  '-80',
  '0',
  '-0.0',
  '0.1',
  0.1,
  '9007199254740993',
  '9007199254740992',
];
const DATES = [
  '2026-11-21T00:00:00Z',
  '2026-11-21',
  '2026-11-21T01:00:00+01:00',
  1795219200,
  '1795219200',
  '2026-11-20T23:59:59Z',
];
const MORE_DATES = [
  '2026',
  '2026-11',
  '2026-11-21T00:00',
  '2026-11-21T00:00:00.5Z',
  '1970',
  '0',
  '2024-02-29',
  '2026-11-20T18:30:00-05:30',
];
const ADDRESSES = [
  '10.0.0.1',
  '10.0.1.255',
  '0.0.0.0',
  '255.255.255.255',
  '2001:db8::1',
  '2001:DB8:0:0::1',
  '::',
  '::ffff:10.0.0.1',
  '64:ff9b::10.0.0.1',
];
const ARNS = [
  SERVICE_ARN,
  OTHER_SERVICE_ARN,
  NETWORK_ARN,
  ...CALLER_ARNS.slice(0, 6),
  'arn:aws:s3:::bucket/a:b/c',
  'arn:aws:s3:::',
];

const NOISE: Record<Kind, readonly unknown[]> = {
  string: [],
  numeric: ['abc', '0x50', ' 80', '1.', '.5', '', '1e', true],
  date: ['yesterday', '2026-02-30', '2026-13-01', '2026-11-21 00:00:00', '', '2026-11-21T24:00:00Z'],
  bool: ['yes', '1', '', 1],
  binary: ['!!', 'A', 'AA=', ''],
  ip: ['10.0.0', '10.0.0.01', '10.0.0.1/32', 'fe80::1%eth0', 'localhost', ''],
  arn: ['arn:aws:s3', 'not-an-arn', ''],
};

export const VALUES: Readonly<Record<Kind, readonly (string | number | boolean)[]>> = {
  string: STRINGS,
  numeric: NUMBERS,
  date: [...DATES, ...MORE_DATES],
  bool: [true, false, 'true', 'FALSE'],
  binary: ['AAEC', 'AAE=', 'AAE', '/+8='],
  ip: ADDRESSES,
  arn: ARNS,
};

const single = (kind: Kind): fc.Arbitrary<unknown> =>
  weighted([9, fc.constantFrom<unknown>(...VALUES[kind])], [1, fc.constantFrom<unknown>(...NOISE[kind], 'text', null)]);
const multi = (kind: Kind): fc.Arbitrary<unknown> => fc.array(single(kind).map(String), { maxLength: 3 });

/** Keys that only a context can give. */
export const KEYS: readonly (readonly [name: string, kind: Kind, values: fc.Arbitrary<unknown>])[] = [
  ['vpc-lattice-svcs:SourceVpc', 'string', single('string')],
  ['vpc-lattice-svcs:RequestHeader/x-team', 'string', single('string')],
  ['aws:PrincipalTag/team', 'string', single('string')],
  ['vpc-lattice-svcs:Port', 'numeric', single('numeric')],
  ['app:Amount', 'numeric', single('numeric')],
  ['aws:CurrentTime', 'date', single('date')],
  ['aws:TokenIssueTime', 'date', weighted([3, single('date')], [1, fc.constant(new Date(1795219200_500))])],
  ['aws:SecureTransport', 'bool', single('bool')],
  ['app:Blob', 'binary', single('binary')],
  ['aws:SourceIp', 'ip', single('ip')],
  ['aws:SourceArn', 'arn', single('arn')],
  ['aws:TagKeys', 'string', multi('string')],
  ['app:Ports', 'numeric', multi('numeric')],
  ['app:Addresses', 'ip', multi('ip')],
  ['app:Arns', 'arn', multi('arn')],
  ['constructor', 'string', single('string')],
];

/** Keys that follow from the caller. */
export const DERIVED: readonly (readonly [name: string, kind: Kind])[] = [
  ['aws:PrincipalArn', 'arn'],
  ['aws:PrincipalAccount', 'string'],
  ['aws:PrincipalType', 'string'],
  ['aws:userid', 'string'],
  ['aws:username', 'string'],
  ['aws:PrincipalOrgID', 'string'],
  ['aws:PrincipalOrgPaths', 'string'],
  ['aws:PrincipalTag/team', 'string'],
  ['aws:PrincipalTag/stage', 'string'],
];

/** A key's name, now and then in another casing. */
export const spelled = (name: string) =>
  weighted([12, fc.constant(name)], [1, fc.constant(name.toLowerCase())], [1, fc.constant(name.toUpperCase())]);

/** A request's context: about half of the keys, a few of them in two spellings. */
export const context: fc.Arbitrary<Json> = fc
  .tuple(
    ...KEYS.map(([name, , values]) =>
      fc.record({ present: chance(55), name: spelled(name), value: values, again: chance(3), other: values }),
    ),
  )
  .map((drawn) =>
    Object.fromEntries(
      drawn
        .filter(({ present }) => present)
        .flatMap(({ name, value, again, other }) => [[name, value], ...(again ? [[name.toUpperCase(), other]] : [])]),
    ),
  );

/** Keys that Lattice derives from a request. */
export const LATTICE_KEYS: readonly (readonly [name: string, kind: Kind])[] = [
  ['vpc-lattice-svcs:Port', 'numeric'],
  ['vpc-lattice-svcs:ServiceArn', 'arn'],
  ['vpc-lattice-svcs:ServiceNetworkArn', 'arn'],
  ['vpc-lattice-svcs:SourceVpc', 'string'],
  ['vpc-lattice-svcs:SourceVpcOwnerAccount', 'string'],
  ['vpc-lattice-svcs:RequestMethod', 'string'],
  ['vpc-lattice-svcs:RequestPath', 'string'],
  ['vpc-lattice-svcs:RequestHeader/x-team', 'string'],
  ['vpc-lattice-svcs:RequestHeader/x-none', 'string'],
  ['vpc-lattice-svcs:RequestQueryString/q', 'string'],
  ['vpc-lattice-svcs:RequestQueryString/page', 'numeric'],
  ['aws:ResourceTag/stage', 'string'],
  ['aws:SourceIp', 'ip'],
  ['aws:CurrentTime', 'date'],
  ['aws:EpochTime', 'date'],
  ...DERIVED,
  ['app:Amount', 'numeric'],
  ['aws:SecureTransport', 'bool'],
];
