// Cases of rules about operators and values.
import type { LintCase } from '../lint-case.js';

/** One condition that is wrong at its key. */
const key = (
  code: string,
  bad: [string, string, unknown],
  good: [string, string, unknown],
  says?: RegExp,
): LintCase => ({
  code,
  bad: { Condition: { [bad[0]]: { [`▸${bad[1]}`]: bad[2] } } },
  pointer: `/Statement/0/Condition/${bad[0]}/${bad[1].replaceAll('/', '~1')}`,
  good: { Condition: { [good[0]]: { [good[1]]: good[2] } } },
  ...(says && { says }),
});

/** One condition that is wrong at its only value. */
const value = (
  code: string,
  [operator, name, bad]: [string, string, string],
  good: unknown,
  says?: RegExp,
): LintCase => ({
  code,
  bad: { Condition: { [operator]: { [name]: `▸${bad}` } } },
  pointer: `/Statement/0/Condition/${operator}/${name}`,
  good: { Condition: { [operator]: { [name]: good } } },
  ...(says && { says }),
});

export const CONDITION_VALUE_CASES: readonly LintCase[] = [
  {
    code: 'OPERATOR_NAME_CASING',
    bad: { Condition: { '▸foranyvalue:stringlikeIFEXISTS': { 'aws:PrincipalOrgPaths': 'x' } } },
    pointer: '/Statement/0/Condition/foranyvalue:stringlikeIFEXISTS',
    says: /`ForAnyValue:StringLikeIfExists`/,
    good: { Condition: { 'ForAnyValue:StringLikeIfExists': { 'aws:PrincipalOrgPaths': 'x' } } },
  },
  {
    code: 'OPERATOR_NAME_CASING',
    bad: { Condition: { '▸ARNLike': { 'aws:PrincipalArn': 'arn:aws:iam::111122223333:role/r' } } },
    pointer: '/Statement/0/Condition/ARNLike',
    good: { Condition: { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::111122223333:role/r' } } },
  },
  {
    code: 'INVALID_VARIABLE_FOR_OPERATOR',
    bad: { Condition: { Bool: { 'aws:SecureTransport': '▸${aws:PrincipalTag/tls}' } } },
    pointer: '/Statement/0/Condition/Bool/aws:SecureTransport',
    good: { Condition: { StringEquals: { 'aws:PrincipalTag/t': '${aws:ResourceTag/t}' } } },
  },
  key(
    'INVALID_CONDITION_MULTIPLE_BOOLEAN',
    ['Bool', 'aws:SecureTransport', ['true', 'false']],
    ['Bool', 'aws:SecureTransport', true],
  ),
  key('INVALID_CONDITION_MULTIPLE_BOOLEAN', ['Null', 'aws:username', [true, false]], ['Null', 'aws:username', [true]]),
  key(
    'NULL_WITH_QUALIFIER',
    ['ForAnyValue:Null', 'aws:TagKeys', 'true'],
    ['Null', 'aws:TagKeys', 'true'],
    /always false/,
  ),
  key(
    'NULL_WITH_QUALIFIER',
    ['ForAllValues:Null', 'aws:TagKeys', 'true'],
    ['Null', 'aws:TagKeys', 'true'],
    /always true/,
  ),
  value(
    'WILDCARD_WITHOUT_LIKE_OPERATOR',
    ['StringEquals', 'vpc-lattice-svcs:RequestPath', '/orders*'],
    '/orders',
    /`StringLike`/,
  ),
  value('WILDCARD_WITHOUT_LIKE_OPERATOR', ['StringNotEquals', 'aws:username', 'a?'], 'a${*}', /`StringNotLike`/),
  {
    code: 'WILDCARD_WITHOUT_LIKE_OPERATOR',
    bad: { Condition: { StringEqualsIgnoreCase: { 'aws:username': ['a', '▸b*'] } } },
    pointer: '/Statement/0/Condition/StringEqualsIgnoreCase/aws:username/1',
    good: {
      Condition: { StringLike: { 'aws:username': 'a*' }, ArnEquals: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/r' } },
    },
  },
  value('EQUIVALENT_TO_NULL_FALSE', ['StringLike', 'aws:username', '*'], 'a*'),
  value('EQUIVALENT_TO_NULL_FALSE', ['ForAnyValue:StringLike', 'aws:TagKeys', '**'], '*a'),
  value('EQUIVALENT_TO_NULL_TRUE', ['StringNotLike', 'aws:username', '*'], 'a*'),
  {
    code: 'EQUIVALENT_TO_NULL_TRUE',
    bad: { Condition: { 'ForAllValues:StringNotLike': { 'aws:TagKeys': ['a', '▸*'] } } },
    pointer: '/Statement/0/Condition/ForAllValues:StringNotLike/aws:TagKeys/1',
    good: {
      Condition: {
        StringNotLikeIfExists: { 'aws:username': '*' },
        'ForAnyValue:StringNotLike': { 'aws:TagKeys': '*' },
      },
    },
  },
  value('INVALID_DATE_VALUE', ['DateLessThan', 'aws:CurrentTime', '1700000000'], '2026-11-21T00:00:00Z', /seconds/),
  value('INVALID_DATE_VALUE', ['DateLessThan', 'aws:CurrentTime', '2026'], '2026-11-21', /a year or/),
  value(
    'INVALID_DATE_VALUE',
    ['DateLessThan', 'aws:TokenIssueTime', '2026-11-21T10:00:00'],
    '2026-11-21T10:00+01:00',
    /zone/,
  ),
  {
    code: 'INVALID_DATE_VALUE',
    bad: { Condition: { DateGreaterThan: { 'aws:CurrentTime': '▸-5' } } },
    pointer: '/Statement/0/Condition/DateGreaterThan/aws:CurrentTime',
    good: { Condition: { DateGreaterThan: { 'aws:EpochTime': '1700000000' } } },
  },
  value(
    'IMPROVE_IP_RANGE',
    ['IpAddress', 'aws:SourceIp', '203.0.113.9/24'],
    '203.0.113.0/24',
    /write `203\.0\.113\.0\/24`/,
  ),
  value(
    'IMPROVE_IP_RANGE',
    ['NotIpAddress', 'aws:SourceIp', '2001:DB8:1::7/40'],
    ['2001:db8::/32', '203.0.113.9'],
    /`2001:db8::\/40`/,
  ),
  value(
    'IMPROVE_IP_RANGE',
    ['IpAddress', 'aws:SourceIp', '1.2.3.4/0'],
    ['0.0.0.0/0', '::/0', '1.2.3.4/32'],
    /`0\.0\.0\.0\/0`/,
  ),
  {
    code: 'PRIVATE_IP_ADDRESS',
    type: 'resource',
    bad: { Condition: { IpAddress: { 'aws:SourceIp': '▸10.1.0.0/16' } } },
    pointer: '/Statement/0/Condition/IpAddress/aws:SourceIp',
    good: { Condition: { IpAddress: { 'aws:SourceIp': ['10.0.0.0/8', '198.51.100.0/24'] } } },
  },
  {
    code: 'PRIVATE_IP_ADDRESS',
    type: 'resource',
    bad: { Condition: { IpAddressIfExists: { 'aws:SourceIp': '▸fd00::/8' } } },
    pointer: '/Statement/0/Condition/IpAddressIfExists/aws:SourceIp',
    good: { Condition: { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } } },
    goodType: 'auth',
  },
  {
    code: 'PRIVATE_NOT_IP_ADDRESS',
    type: 'resource',
    bad: { Effect: 'Deny', Condition: { NotIpAddress: { 'aws:SourceIp': '▸192.168.0.0/16' } } },
    pointer: '/Statement/0/Condition/NotIpAddress/aws:SourceIp',
    good: { Condition: { NotIpAddress: { 'aws:SourceIp': '192.0.0.0/8' } } },
  },
  {
    code: 'PRIVATE_IP_ADDRESS_SUBSET',
    type: 'resource',
    bad: { Condition: { IpAddress: { 'aws:SourceIp': ['198.51.100.0/24', '▸172.16.5.5'] } } },
    pointer: '/Statement/0/Condition/IpAddress/aws:SourceIp/1',
    good: { Condition: { IpAddress: { 'aws:SourceIp': '172.16.5.5' } } },
  },
  {
    code: 'PRIVATE_NOT_IP_ADDRESS_SUBSET',
    type: 'resource',
    bad: { Condition: { NotIpAddress: { 'aws:SourceIp': ['198.51.100.0/24', '▸172.16.5.5'] } } },
    pointer: '/Statement/0/Condition/NotIpAddress/aws:SourceIp/1',
    good: { Condition: { NotIpAddress: { 'aws:VpcSourceIp': ['198.51.100.0/24', '172.16.5.5'] } } },
  },
  key(
    'REDUNDANT_CONDITION_VALUE_NUM',
    ['NumericLessThan', 'vpc-lattice-svcs:Port', ['2700', '3600']],
    ['NumericLessThan', 'vpc-lattice-svcs:Port', '3600'],
    /`3600`/,
  ),
  key(
    'REDUNDANT_CONDITION_VALUE_NUM',
    ['NumericGreaterThanEquals', 'vpc-lattice-svcs:Port', [1e3, 443]],
    ['NumericEquals', 'vpc-lattice-svcs:Port', [80, 443]],
    /`443`/,
  ),
  key(
    'EMPTY_ARRAY_CONDITION',
    ['StringEquals', 'aws:username', []],
    ['StringEqualsIfExists', 'aws:username', []],
    /never holds/,
  ),
  key(
    'EMPTY_ARRAY_CONDITION',
    ['StringNotEquals', 'aws:username', []],
    ['StringNotEquals', 'aws:username', ['a']],
    /always holds/,
  ),
  key(
    'EMPTY_ARRAY_CONDITION_IFEXISTS',
    ['StringEqualsIfExists', 'aws:username', []],
    ['StringEquals', 'aws:username', []],
    /absent/,
  ),
  key(
    'EMPTY_ARRAY_CONDITION_FORALLVALUES',
    ['ForAllValues:StringLikeIfExists', 'aws:TagKeys', []],
    ['ForAnyValue:StringLike', 'aws:TagKeys', []],
    /absent/,
  ),
  key(
    'EMPTY_ARRAY_CONDITION_FORANYVALUE',
    ['ForAnyValue:StringLike', 'aws:TagKeys', []],
    ['ForAllValues:StringLike', 'aws:TagKeys', []],
    /never holds/,
  ),
  key(
    'EMPTY_ARRAY_CONDITION_FORANYVALUE',
    ['ForAnyValue:StringNotLike', 'aws:TagKeys', []],
    ['StringLike', 'aws:PrincipalTag/t', []],
    /present/,
  ),
  // A key with a slash has an escaped pointer.
  key('EMPTY_ARRAY_CONDITION', ['StringEquals', 'aws:PrincipalTag/t', []], ['StringEquals', 'aws:PrincipalTag/t', 'x']),
];
