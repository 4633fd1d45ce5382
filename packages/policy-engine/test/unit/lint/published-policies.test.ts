// No false alarms: what lint says about the policies that AWS and others publish.
import { expect, test } from 'vitest';
import { lintPolicy } from '../../../src/lint/lint-policy.js';
import { parsePolicy } from '../../../src/parse/parse-policy.js';
import { INVOKE, SERVICE } from './lint-case.js';
import { PUBLISHED_POLICIES } from './published-policies.js';

test.each(PUBLISHED_POLICIES)('$name', (policy) => {
  const version = 'version' in policy ? policy.version : '2012-10-17';
  const parsed = parsePolicy({ Version: version, Statement: policy.statements }, { type: 'auth' });
  expect(lintPolicy(parsed).map(({ code, pointer }) => `${code} ${pointer}`)).toEqual(policy.findings);
});

test.each([
  ['everything', { Effect: 'Allow', Action: '*', Resource: '*' }],
  ['Invoke anywhere', { Effect: 'Allow', Action: INVOKE, Resource: '*' }],
  ['Invoke on one service', { Effect: 'Allow', Action: [INVOKE], Resource: [`${SERVICE}/*`] }],
  [
    'Invoke on the services of a region',
    { Effect: 'Allow', Action: INVOKE, Resource: 'arn:aws:vpc-lattice:us-west-2:*:service/*' },
  ],
  [
    'administrators of Lattice',
    {
      Effect: 'Allow',
      Action: ['vpc-lattice:*', 'ec2:DescribeVpcs'],
      Resource: '*',
      Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } },
    },
  ],
  [
    'a folder for each user',
    { Effect: 'Allow', Action: ['s3:GetObject', 's3:PutObject'], Resource: 'arn:aws:s3:::home/${aws:username}/*' },
  ],
  [
    'only from some networks',
    {
      Effect: 'Deny',
      Action: '*',
      Resource: '*',
      Condition: { NotIpAddress: { 'aws:SourceIp': ['192.0.2.0/24', '203.0.113.0/24'] } },
    },
  ],
])('identity policy: %s', (_name, statement) => {
  expect(lintPolicy(parsePolicy({ Version: '2012-10-17', Statement: [statement] }, { type: 'identity' }))).toEqual([]);
});

test.each([
  ['scp', { Effect: 'Deny', Action: ['organizations:LeaveOrganization'], Resource: '*' }],
  ['scp', { Effect: 'Allow', Action: '*', Resource: '*' }],
  [
    'scp',
    {
      Effect: 'Deny',
      Action: 'ec2:*',
      Resource: '*',
      Condition: { StringLike: { 'aws:PrincipalArn': ['arn:aws:iam::*:root'] } },
    },
  ],
  [
    'rcp',
    {
      Effect: 'Deny',
      Principal: '*',
      Action: 's3:*',
      Resource: '*',
      Condition: { BoolIfExists: { 'aws:SecureTransport': 'false' } },
    },
  ],
  ['session', { Effect: 'Allow', Action: INVOKE, Resource: `${SERVICE}/*` }],
  ['permissionsBoundary', { Effect: 'Allow', Action: INVOKE, Resource: '*' }],
  ['resource', { Effect: 'Allow', Principal: { Service: 'ecs-tasks.amazonaws.com' }, Action: 'sts:AssumeRole' }],
  [
    'resource',
    {
      Effect: 'Allow',
      Principal: { Federated: 'arn:aws:iam::111122223333:oidc-provider/oidc.eks.us-west-2.amazonaws.com/id/EXAMPLE' },
      Action: 'sts:AssumeRoleWithWebIdentity',
      Condition: { StringEquals: { 'oidc.eks.us-west-2.amazonaws.com/id/EXAMPLE:aud': 'sts.amazonaws.com' } },
    },
  ],
  [
    'resource',
    {
      Effect: 'Allow',
      Principal: { Service: 'delivery.logs.amazonaws.com' },
      Action: 's3:PutObject',
      Resource: 'arn:aws:s3:::logs/*',
      Condition: { StringEquals: { 'aws:SourceAccount': '111122223333' } },
    },
  ],
  [
    'vpcEndpoint',
    {
      Effect: 'Allow',
      Principal: '*',
      Action: '*',
      Resource: '*',
      Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-123456example' } },
    },
  ],
] as const)('%s policy', (type, statement) => {
  expect(lintPolicy(parsePolicy({ Version: '2012-10-17', Statement: statement }, { type }))).toEqual([]);
});
