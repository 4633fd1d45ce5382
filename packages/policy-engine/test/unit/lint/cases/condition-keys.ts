// Cases of rules about condition keys.
import type { LintCase } from '../lint-case.js';

const at = (operator: string, key: string) => `/Statement/0/Condition/${operator}/${key}`;

/** One condition that is wrong at its key, and one that is right. */
const key = (
  code: string,
  bad: [string, string, unknown],
  good: [string, string, unknown],
  says?: RegExp,
): LintCase => ({
  code,
  bad: { Condition: { [bad[0]]: { [`▸${bad[1]}`]: bad[2] } } },
  pointer: at(bad[0], bad[1].replaceAll('/', '~1')),
  good: { Condition: { [good[0]]: { [good[1]]: good[2] } } },
  ...(says && { says }),
});

/** One condition that is wrong at its value. */
const value = (code: string, name: string, operator: string, bad: string, good: string[]): LintCase => ({
  code,
  bad: { Condition: { [operator]: { [name]: ['${aws:username}', `▸${bad}`] } } },
  pointer: `${at(operator, name)}/1`,
  good: { Condition: { [operator]: { [name]: good } } },
});

const ORG = ['StringEquals', 'aws:PrincipalOrgID', 'o-1234567890'] as [string, string, unknown];

export const CONDITION_KEY_CASES: readonly LintCase[] = [
  key('INVALID_CONDITION_KEY_FORMAT', ['StringEquals', 'PrincipalOrgID', 'x'], ORG),
  key(
    'INVALID_CONDITION_KEY_FORMAT',
    ['StringEquals', 'aws:', 'x'],
    ['StringEquals', 'oidc.eks.us-west-2.amazonaws.com/id/EXAMPLE:sub', 'x'],
  ),
  key(
    'INVALID_GLOBAL_CONDITION_KEY',
    ['StringEquals', 'aws:PrincipleOrgID', 'x'],
    ORG,
    /did you mean `aws:PrincipalOrgID`/,
  ),
  key(
    'INVALID_GLOBAL_CONDITION_KEY',
    ['StringEquals', 'aws:constructor', 'x'],
    ['StringEquals', 'AWS:principalorgid', 'x'],
  ),
  key(
    'INVALID_GLOBAL_CONDITION_KEY',
    ['StringEquals', 'aws:PrincipalArn/x', 'x'],
    ['StringEquals', 'aws:PrincipalTag/a/b', 'x'],
  ),
  key('UNSUPPORTED_GLOBAL_CONDITION_KEY', ['StringEquals', 'aws:ARN', 'x'], ['StringEquals', 'aws:PrincipalArn', 'x']),
  key(
    'INVALID_SERVICE_CONDITION_KEY',
    ['StringEquals', 'vpc-lattice-svcs:Method', 'GET'],
    ['StringEquals', 'vpc-lattice-svcs:requestmethod', 'GET'],
  ),
  key(
    'INVALID_SERVICE_CONDITION_KEY',
    ['StringEquals', 'vpc-lattice-svcs:RequestHeader/', 'x'],
    ['StringEquals', 'vpc-lattice-svcs:RequestHeader/x', 'x'],
    /needs a name/,
  ),
  key(
    'MISSING_TAG_KEY_IN_CONDITION',
    ['StringEquals', 'aws:PrincipalTag', 'x'],
    ['StringEquals', 'aws:PrincipalTag/t', 'x'],
  ),
  key(
    'MISSING_TAG_KEY_IN_CONDITION',
    ['StringEquals', 'aws:ResourceTag/', 'x'],
    ['StringEquals', 'aws:ResourceTag/t', 'x'],
  ),
  key(
    'MISSING_QUALIFIER',
    ['StringLike', 'aws:PrincipalOrgPaths', 'o-1/*'],
    ['ForAnyValue:StringLike', 'aws:PrincipalOrgPaths', 'o-1/*'],
    /`ForAnyValue:StringLike`/,
  ),
  key('MISSING_QUALIFIER', ['StringEquals', 'aws:TagKeys', 'a'], ['Null', 'aws:PrincipalOrgPaths', 'false']),
  value('INVALID_VPC_FORMAT', 'vpc-lattice-svcs:SourceVpc', 'StringEquals', 'vpc-front', [
    'vpc-1a2b3c4d',
    'vpc-0123456789abcdef0',
    '${aws:PrincipalTag/vpc}',
  ]),
  value('INVALID_VPC_FORMAT', 'aws:SourceVpc', 'StringNotLike', 'subnet-1a2b3c4d', ['vpc-1a2b*']),
  value('INVALID_VPC_ENDPOINT_FORMAT', 'aws:SourceVpce', 'StringEquals', 'vpc-1a2b3c4d', ['vpce-1a2b3c4d']),
  value('ACCOUNT_ID_FORMAT', 'vpc-lattice-svcs:SourceVpcOwnerAccount', 'StringEquals', '1111', ['111122223333']),
  value('ACCOUNT_ID_FORMAT', 'aws:PrincipalAccount', 'StringNotEquals', 'arn:aws:iam::111122223333:root', [
    'anonymous',
  ]),
  value('PRINCIPAL_TYPE_VALUE', 'aws:PrincipalType', 'StringNotEquals', 'anonymous', ['Anonymous', 'AssumedRole']),
  value('PRINCIPAL_TYPE_VALUE', 'aws:PrincipalType', 'StringNotEqualsIgnoreCase', 'nobody', ['anonymous']),
  value('INVALID_REGION', 'aws:RequestedRegion', 'StringEquals', 'uswest2', ['us-west-2', 'aws-global']),
  value('INVALID_REGION', 'aws:RequestedRegion', 'StringLike', 'eu', ['eu-*', 'us-gov-west-1']),
  value('INVALID_SERVICE_PRINCIPAL_FORMAT', 'aws:CalledVia', 'ForAnyValue:StringEquals', 'athena', [
    'athena.amazonaws.com',
    'dynamodb.cn-north-1.amazonaws.com.cn',
  ]),
  {
    code: 'DENY_WITH_UNSUPPORTED_TAG_CONDITION_KEY_FOR_SERVICE',
    bad: { Effect: 'Deny', Condition: { StringEquals: { '▸aws:RequestTag/stage': 'prod' } } },
    pointer: at('StringEquals', 'aws:RequestTag~1stage'),
    good: { Effect: 'Deny', Condition: { StringEquals: { 'aws:ResourceTag/stage': 'prod' } } },
  },
  {
    code: 'DENY_WITH_UNSUPPORTED_TAG_CONDITION_KEY_FOR_SERVICE',
    type: 'identity',
    bad: { Effect: 'Deny', Condition: { 'ForAnyValue:StringEquals': { '▸aws:TagKeys': 'prod' } } },
    pointer: at('ForAnyValue:StringEquals', 'aws:TagKeys'),
    good: {
      Effect: 'Deny',
      Action: ['vpc-lattice-svcs:*', 's3:*'],
      Condition: { 'ForAnyValue:StringEquals': { 'aws:TagKeys': 'prod' } },
    },
  },
  {
    code: 'ALLOW_WITH_UNSUPPORTED_TAG_CONDITION_KEY_FOR_SERVICE',
    bad: { Condition: { StringEquals: { '▸aws:RequestTag/stage': 'prod' } } },
    pointer: at('StringEquals', 'aws:RequestTag~1stage'),
    good: { Condition: { StringEqualsIfExists: { 'aws:RequestTag/stage': 'prod' } } },
  },
  value('WILDCARD_IN_SENSITIVE_KEY', 'aws:PrincipalOrgID', 'StringLike', 'o-*', ['o-1234567890']),
  value('WILDCARD_IN_SENSITIVE_KEY', 'vpc-lattice-svcs:SourceVpc', 'StringNotLike', 'vpc-0?', ['vpc-1a2b3c4d']),
  value('PRINCIPAL_ARN_FORM', 'aws:PrincipalArn', 'ArnLike', 'arn:aws:sts::111122223333:assumed-role/r/*', [
    'arn:aws:iam::111122223333:role/r*',
  ]),
  value('PRINCIPAL_ARN_FORM', 'aws:PrincipalArn', 'ArnEquals', 'arn:aws:iam::111122223333:root', [
    'arn:aws:iam::111122223333:user/root',
  ]),
  key(
    'FORALLVALUES_WITH_SINGLE_VALUED_KEY',
    ['ForAllValues:StringEquals', 'aws:PrincipalTag/team', 'x'],
    ['ForAllValues:StringEquals', 'aws:TagKeys', 'x'],
  ),
  {
    code: 'SET_OPERATOR_WITH_SINGLE_VALUED_KEY',
    bad: { Effect: 'Deny', Condition: { 'ForAllValues:StringEquals': { '▸vpc-lattice-svcs:RequestMethod': 'GET' } } },
    pointer: at('ForAllValues:StringEquals', 'vpc-lattice-svcs:RequestMethod'),
    good: { Condition: { 'ForAllValues:StringEquals': { 'vpc-lattice-svcs:RequestMethod': 'GET' } } },
  },
  key(
    'SET_OPERATOR_WITH_SINGLE_VALUED_KEY',
    ['ForAnyValue:StringEquals', 'aws:PrincipalOrgID', 'x'],
    ['ForAnyValue:StringEquals', 'vpc-lattice-svcs:RequestQueryString/a', 'x'],
  ),
  key(
    'MISSING_PAIRED_CONDITION_KEYS',
    ['IpAddress', 'aws:VpcSourceIp', '10.0.0.0/8'],
    ['IpAddress', 'aws:SourceIp', '10.0.0.0/8'],
  ),
  {
    code: 'MISSING_PAIRED_CONDITION_KEYS',
    bad: { Condition: { IpAddress: { '▸aws:Ec2InstanceSourcePrivateIPv4': '10.1.2.3' } } },
    pointer: at('IpAddress', 'aws:Ec2InstanceSourcePrivateIPv4'),
    good: {
      Condition: {
        IpAddress: { 'aws:VpcSourceIp': '10.1.2.3' },
        StringEquals: { 'vpc-lattice-svcs:SourceVpc': 'vpc-1a2b3c4d' },
      },
    },
  },
  key(
    'TYPE_MISMATCH',
    ['StringEquals', 'aws:SourceIp', '10.0.0.1'],
    ['IpAddress', 'aws:SourceIp', '10.0.0.1'],
    /`IpAddress`/,
  ),
  key(
    'TYPE_MISMATCH',
    ['StringEquals', 'vpc-lattice-svcs:Port', '443'],
    ['NumericEquals', 'vpc-lattice-svcs:Port', 443],
  ),
  key(
    'TYPE_MISMATCH',
    ['NumericEquals', 'aws:PrincipalOrgID', '1'],
    ['StringLike', 'aws:PrincipalArn', '*'],
    /`String`/,
  ),
  key(
    'TYPE_MISMATCH',
    ['StringEquals', 'aws:SecureTransport', 'true'],
    ['Null', 'aws:SecureTransport', 'true'],
    /`Bool`/,
  ),
  key(
    'TYPE_MISMATCH',
    ['NumericLessThan', 'aws:CurrentTime', '1'],
    ['NumericLessThan', 'aws:EpochTime', '1'],
    /`Date`/,
  ),
];
