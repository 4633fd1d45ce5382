// Cases of rules about what could be left out.
import { CONNECT, INVOKE, type LintCase, ROLE, SERVICE } from '../lint-case.js';

const ORG = { StringEquals: { 'aws:PrincipalOrgID': 'o-1234567890' } };

export const REDUNDANCY_CASES: readonly LintCase[] = [
  {
    code: 'REDUNDANT_ACTION',
    bad: { Action: ['▸vpc-lattice-svcs:invoke', 'VPC-lattice-svcs:*'] },
    pointer: '/Statement/0/Action/0',
    good: { Action: [INVOKE, CONNECT] },
  },
  {
    code: 'REDUNDANT_ACTION',
    bad: { Action: [INVOKE, `▸${INVOKE}`] },
    pointer: '/Statement/0/Action/1',
    good: { Action: ['vpc-lattice-svcs:In*', 'vpc-lattice-svcs:*e'] },
  },
  {
    code: 'REDUNDANT_RESOURCE',
    bad: { Resource: [`${SERVICE}/*`, `▸${SERVICE}/orders/*`] },
    pointer: '/Statement/0/Resource/1',
    good: { Resource: [`${SERVICE}/orders`, `${SERVICE}/Orders`, `${SERVICE}/?`, `${SERVICE}/\${aws:username}`] },
  },
  {
    code: 'REDUNDANT_RESOURCE',
    bad: { Resource: ['▸*/a/?', '*/??*'] },
    pointer: '/Statement/0/Resource/0',
    good: { Resource: ['*/a*', '*/b?b/*/c*', '*/?x*/d', '*/?y'] },
  },
  {
    code: 'REDUNDANT_STATEMENT',
    bad: [
      { Sid: 'One', Action: [INVOKE, CONNECT], Condition: { StringEquals: { 'aws:PrincipalTag/a': ['x', 'y'] } } },
      {
        Sid: 'Two',
        Action: [CONNECT, INVOKE, INVOKE],
        Condition: { StringEquals: { 'aws:PrincipalTag/a': ['y', 'x'] } },
      },
    ],
    pointer: '/Statement/1',
    behind: '\n    },\n    ',
    says: /`One`/,
    good: [{}, { Condition: ORG }, { Effect: 'Deny' }, { Resource: '*/a' }, { Principal: { AWS: ROLE } }],
  },
  {
    code: 'UNREACHABLE_STATEMENT',
    bad: [
      { Effect: 'Deny', Principal: '*' },
      { Principal: { AWS: ROLE }, Resource: `${SERVICE}/*`, Condition: ORG },
    ],
    pointer: '/Statement/1',
    behind: '\n    },\n    ',
    says: /statement 1/,
    good: [{ Effect: 'Deny', Principal: '*', Condition: ORG }, {}],
  },
  {
    code: 'UNREACHABLE_STATEMENT',
    bad: [
      { Effect: 'Deny', Principal: { AWS: 'arn:aws:iam::111122223333:root' }, Condition: ORG },
      { Principal: { AWS: ROLE }, Condition: { ...ORG, StringLike: { 'aws:PrincipalTag/a': 'b*' } } },
    ],
    pointer: '/Statement/1',
    behind: '\n    },\n    ',
    good: [{ Effect: 'Deny', Principal: { AWS: ROLE } }, { Principal: { AWS: '111122223333' } }],
  },
  {
    code: 'UNREACHABLE_STATEMENT',
    type: 'identity',
    bad: [{ Effect: 'Deny', Action: 'vpc-lattice-svcs:*', Resource: '*' }, {}],
    pointer: '/Statement/1',
    behind: '\n    },\n    ',
    good: [{ Effect: 'Deny', Action: undefined, NotAction: 's3:*', Resource: '*' }, {}],
  },
  {
    code: 'UNREACHABLE_STATEMENT',
    type: 'identity',
    bad: [
      { Effect: 'Deny', Action: '*', Resource: '*' },
      { Action: undefined, NotAction: 's3:*', Resource: '*' },
    ],
    pointer: '/Statement/1',
    behind: '\n    },\n    ',
    good: [{ Effect: 'Deny', Action: '*', Resource: '*' }, { Action: [] }],
  },
];
