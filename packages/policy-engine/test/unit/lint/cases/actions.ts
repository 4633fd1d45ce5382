// Cases of rules about actions.
import { CONNECT, INVOKE, type LintCase, SERVICE } from '../lint-case.js';

export const ACTION_CASES: readonly LintCase[] = [
  {
    code: 'INVALID_ACTION',
    bad: { Action: ['▸vpc-lattice-svcs:Invok'] },
    pointer: '/Statement/0/Action/0',
    says: /did you mean `Invoke`/,
    good: { Action: ['VPC-Lattice-SVCS:invoke', 'vpc-lattice-svcs:C?nn*'] },
  },
  {
    code: 'INVALID_ACTION',
    type: 'identity',
    bad: { Action: [INVOKE, '▸vpc-lattice-svcs:Get*'] },
    pointer: '/Statement/0/Action/1',
    says: /only `Invoke` and `Connect`/,
    good: { Action: ['s3:Get*', 'vpc-lattice-svcs:*'] },
  },
  {
    code: 'INVALID_SERVICE_IN_ACTION',
    bad: { Action: '▸vpc-latice-svcs:Invoke' },
    pointer: '/Statement/0/Action',
    says: /did you mean `vpc-lattice-svcs`/,
    good: { Action: 's3:GetObject' },
  },
  {
    code: 'INVALID_SERVICE_IN_ACTION',
    type: 'identity',
    bad: { Action: '▸my service:Get' },
    pointer: '/Statement/0/Action',
    good: { Action: ['vpc-lattice:GetService', 'execute-api:Invoke', '*'] },
  },
  {
    code: 'UNSUPPORTED_ACTION_IN_POLICY',
    bad: { Action: [INVOKE, '▸s3:GetObject'] },
    pointer: '/Statement/0/Action/1',
    good: { Action: [INVOKE, '*'] },
  },
  {
    code: 'VARIABLE_UNSUPPORTED_IN_ELEMENT',
    bad: { Action: '▸vpc-lattice-svcs:${aws:username}' },
    pointer: '/Statement/0/Action',
    good: { Resource: '*/${aws:username}' },
  },
  { code: 'EMPTY_ARRAY_ACTION', bad: { Action: [] }, pointer: '/Statement/0/Action', behind: '"Action": ', good: {} },
  {
    code: 'WILDCARD_IN_SERVICE_NAME',
    bad: { Action: '▸*:Invoke' },
    pointer: '/Statement/0/Action',
    good: { Action: '*' },
  },
  {
    code: 'LATTICE_ACTION_PREFIX',
    bad: { Action: '▸vpc-lattice:Invoke' },
    pointer: '/Statement/0/Action',
    says: /`vpc-lattice-svcs`/,
    good: { Action: 'vpc-lattice-svcs:Invoke' },
  },
  {
    code: 'LATTICE_ACTION_PREFIX',
    type: 'identity',
    bad: { Action: '▸vpc-lattice:invoke' },
    pointer: '/Statement/0/Action',
    good: { Action: ['vpc-lattice:CreateService', 'vpc-lattice:*'] },
  },
  {
    code: 'LATTICE_NOT_ACTION',
    bad: { Action: undefined, NotAction: '▸vpc-lattice-svcs:Connect' },
    pointer: '/Statement/0/NotAction',
    good: {},
  },
  {
    code: 'LATTICE_IDENTITY_WITHOUT_INVOKE',
    type: 'identity',
    bad: [{ Action: `▸${CONNECT}`, Resource: SERVICE }, { Effect: 'Deny' }],
    pointer: '/Statement/0/Action',
    good: [
      { Action: CONNECT, Resource: SERVICE },
      { Action: '*', Resource: '*' },
    ],
  },
  {
    code: 'LATTICE_IDENTITY_WITHOUT_INVOKE',
    type: 'session',
    bad: { Action: ['s3:*', `▸${CONNECT}`] },
    pointer: '/Statement/0/Action/1',
    good: { Action: 's3:*' },
  },
];
