// Cases of rules about resources, for any service.
import { type LintCase, SERVICE } from '../lint-case.js';

const identity = (code: string, bad: string, good: string | string[]): LintCase => ({
  code,
  type: 'identity',
  bad: { Resource: `▸${bad}` },
  pointer: '/Statement/0/Resource',
  good: { Resource: good },
});

export const RESOURCE_CASES: readonly LintCase[] = [
  {
    code: 'EMPTY_ARRAY_RESOURCE',
    bad: { Resource: [] },
    pointer: '/Statement/0/Resource',
    behind: '"Resource": ',
    good: {},
  },
  {
    code: 'INVALID_ARN_PREFIX',
    bad: { Resource: ['*', '▸/rates'] },
    pointer: '/Statement/0/Resource/1',
    good: { Resource: ['*/rates', '*', '?rn:aws:*', 'arn:*', `${SERVICE}/*`, '${aws:PrincipalArn}'] },
  },
  identity('INVALID_ARN_PREFIX', 'bucket/*', ['arn:aws:s3:::bucket/*', '*']),
  identity('INVALID_ARN_PREFIX', '*/rates', `${SERVICE}/rates`),
  {
    code: 'INVALID_ARN_PREFIX',
    type: 'resource',
    bad: { Resource: '▸ARN:aws:s3:::b' },
    pointer: '/Statement/0/Resource',
    good: { Action: 'execute-api:Invoke', Resource: 'execute-api:/stage/GET/pets' },
  },
  {
    code: 'MISSING_ARN_FIELD',
    bad: { Resource: '▸arn:aws:vpc-lattice:us-west-2' },
    pointer: '/Statement/0/Resource',
    good: { Resource: 'arn:aws:vpc-lattice:*' },
  },
  identity('INVALID_PARTITION', 'arn:aws-moon:s3:::b', ['arn:aws-us-gov:s3:::b', 'arn:*:s3:::b', 'arn:aws*:s3:::b']),
  identity('INVALID_ARN_SERVICE_CASE', 'arn:aws:S3:::b', 'arn:aws:s3:::B'),
  identity('WILDCARD_IN_SERVICE_NAME', 'arn:aws:s*:::b', ['arn:aws:*', 'arn:aws:s3:*']),
  identity('INVALID_ARN_REGION', 'arn:aws:sqs:uswest2:111122223333:q', [
    ...['arn:aws:sqs:us-west-2:111122223333:q', 'arn:aws:s3:::b', 'arn:aws:sqs:us-*:111122223333:q'],
    ...['arn:aws-us-gov:sqs:us-gov-east-1:111122223333:q', 'arn:aws:sqs:*:111122223333:q'],
  ]),
  identity(
    'MISSING_ARN_REGION',
    'arn:aws:vpc-lattice::111122223333:service/svc-0123456789abcdef0/*',
    'arn:aws:iam::111122223333:role/r',
  ),
  identity('INVALID_ARN_ACCOUNT', 'arn:aws:sqs:us-west-2:1111:q', [
    ...['arn:aws:iam::aws:policy/ReadOnlyAccess', 'arn:aws:s3:::b', 'arn:aws:sqs:us-west-2:*:q'],
    ...['arn:aws:sqs:us-west-2:${aws:PrincipalAccount}:q', 'arn:aws:sqs:us-west-2:1111*'],
  ]),
  identity('INVALID_ARN_ACCOUNT', 'arn:aws:vpc-lattice:us-west-2::service/svc-0123456789abcdef0/*', `${SERVICE}/*`),
  identity('INVALID_ARN_RESOURCE', 'arn:aws:sqs:us-west-2:111122223333:', 'arn:aws:sqs:us-west-2:111122223333:*'),
  identity('INVALID_ARN_RESOURCE', 'arn:aws:vpc-lattice:us-west-2:111122223333:services/svc-0123456789abcdef0/*', [
    `${SERVICE}/*`,
    'arn:aws:vpc-lattice:us-west-2:111122223333:*',
    'arn:aws:vpc-lattice:us-west-2:111122223333:service*',
    'arn:aws:vpc-lattice:us-west-2:111122223333:targetgroup/tg-0123456789abcdef0',
  ]),
  identity('INVALID_ARN_RESOURCE', 'arn:aws:vpc-lattice:us-west-2:111122223333:service/orders/*', [
    'arn:aws:vpc-lattice:us-west-2:111122223333:service/*/orders',
    'arn:aws:vpc-lattice:us-west-2:111122223333:service/s*/orders',
  ]),
  {
    code: 'VARIABLE_UNSUPPORTED_IN_ELEMENT',
    bad: { Resource: '▸arn:aws:vpc-lattice:us-west-2:${aws:PrincipalAccount}:service/*' },
    pointer: '/Statement/0/Resource',
    good: { Resource: [`${SERVICE}/\${aws:PrincipalAccount}/*`, '*/${aws:username}'] },
  },
  {
    code: 'WILDCARD_ACROSS_FIELDS',
    bad: { Resource: '▸arn:aws:vpc-lattice:us-*-2:111122223333:service/*' },
    pointer: '/Statement/0/Resource',
    good: { Resource: ['arn:aws:vpc-lattice:us-*:111122223333:service/*', '*/a*b', `${SERVICE}/a*b`] },
  },
];
