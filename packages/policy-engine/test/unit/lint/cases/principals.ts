// Cases of rules about principals.
import { CONNECT, type LintCase, ROLE } from '../lint-case.js';

export const PRINCIPAL_CASES: readonly LintCase[] = [
  {
    code: 'ALLOW_WITH_NOT_PRINCIPAL',
    bad: { Principal: undefined, NotPrincipal: { AWS: ROLE } },
    pointer: '/Statement/0/NotPrincipal',
    behind: '"NotPrincipal": ',
    good: { Effect: 'Deny', Principal: undefined, NotPrincipal: { AWS: ROLE } },
  },
  {
    code: 'LATTICE_NOT_PRINCIPAL',
    bad: { Effect: 'Deny', Principal: undefined, NotPrincipal: { AWS: ROLE } },
    pointer: '/Statement/0/NotPrincipal',
    behind: '"NotPrincipal": ',
    good: {},
  },
  {
    code: 'RESTRICT_ACCESS_TO_SERVICE_PRINCIPAL',
    type: 'resource',
    bad: { Principal: { Service: ['▸sns.amazonaws.com'] } },
    pointer: '/Statement/0/Principal/Service/0',
    good: {
      Principal: { Service: 'sns.amazonaws.com' },
      Condition: { ArnLike: { 'aws:sourceArn': 'arn:aws:sns:us-west-2:111122223333:topic' } },
    },
  },
  {
    code: 'RESTRICT_ACCESS_TO_SERVICE_PRINCIPAL',
    bad: { Principal: { Service: '▸vpc-lattice.amazonaws.com' } },
    pointer: '/Statement/0/Principal/Service',
    good: { Principal: { Service: 'ecs-tasks.amazonaws.com' }, Action: 'sts:AssumeRole', Resource: undefined },
    goodType: 'resource',
  },
  {
    code: 'RESTRICT_ACCESS_TO_SERVICE_PRINCIPAL',
    type: 'resource',
    bad: { Principal: { Service: '▸sns.amazonaws.com' }, Condition: { Bool: { 'aws:SecureTransport': 'true' } } },
    pointer: '/Statement/0/Principal/Service',
    good: { Effect: 'Deny', Principal: { Service: 'sns.amazonaws.com' } },
  },
  {
    code: 'FEDERATED_PRINCIPAL_NOT_SUPPORTED',
    bad: { Principal: { Federated: '▸accounts.google.com' } },
    pointer: '/Statement/0/Principal/Federated',
    good: {
      Principal: { Federated: 'accounts.google.com' },
      Action: 'sts:AssumeRoleWithWebIdentity',
      Resource: undefined,
    },
    goodType: 'resource',
  },
  {
    code: 'INVALID_PARTITION',
    bad: { Principal: { AWS: [ROLE, '▸arn:aws-moon:iam::111122223333:root'] } },
    pointer: '/Statement/0/Principal/AWS/1',
    good: { Principal: { AWS: ['arn:aws-cn:iam::111122223333:root', '111122223333'] } },
  },
  {
    code: 'INVALID_ROLE_REFERENCE',
    bad: { Principal: { AWS: '▸AROAEXAMPLEID12345678' } },
    pointer: '/Statement/0/Principal/AWS',
    good: { Principal: { AWS: 'AIDAEXAMPLEID12345678' } },
  },
  {
    code: 'INVALID_USER_REFERENCE',
    bad: { Principal: { AWS: '▸AIDAEXAMPLEID12345678' } },
    pointer: '/Statement/0/Principal/AWS',
    good: { Principal: { AWS: 'AROAEXAMPLEID12345678' } },
  },
  {
    code: 'EMPTY_ARRAY_PRINCIPAL',
    bad: { Principal: { AWS: [] } },
    pointer: '/Statement/0/Principal',
    behind: '"Principal": ',
    good: { Principal: {} },
  },
  {
    code: 'EMPTY_OBJECT_PRINCIPAL',
    bad: { Principal: {} },
    pointer: '/Statement/0/Principal',
    behind: '"Principal": ',
    good: { Principal: { AWS: [] } },
  },
  {
    code: 'LATTICE_BARE_ACCOUNT_PRINCIPAL',
    bad: { Principal: '▸111122223333' },
    pointer: '/Statement/0/Principal',
    says: /\{ "AWS": "111122223333" \}/,
    good: { Principal: '*' },
  },
  {
    code: 'LATTICE_CANONICAL_USER',
    bad: { Principal: { CanonicalUser: '▸79a59df900b949e5' } },
    pointer: '/Statement/0/Principal/CanonicalUser',
    good: { Principal: { CanonicalUser: '79a59df900b949e5' } },
    goodType: 'resource',
  },
  {
    code: 'LATTICE_CONNECT_PRINCIPAL',
    bad: { Principal: { AWS: `▸${ROLE}` }, Action: CONNECT },
    pointer: '/Statement/0/Principal/AWS',
    good: { Principal: '*', Action: CONNECT },
  },
  {
    code: 'LATTICE_CONNECT_PRINCIPAL',
    bad: { Principal: { AWS: `▸${ROLE}` }, Action: 'vpc-lattice-svcs:Conn*' },
    pointer: '/Statement/0/Principal/AWS',
    good: { Principal: { AWS: ROLE }, Action: 'vpc-lattice-svcs:*' },
  },
];
