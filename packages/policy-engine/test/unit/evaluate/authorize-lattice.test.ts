// authorizeLattice: what an authorizer decides, without one.
import { expect, test } from 'vitest';
import {
  authorizeLattice,
  createAuthorizer,
  type LatticePolicies,
  type LatticeRequest,
  parsePolicy,
} from '../../../src/index.js';

const arn = 'arn:aws:vpc-lattice:eu-west-1:111122223333:service/svc-0123456789abcdef0';
const policy = parsePolicy(
  {
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Principal: '*', Action: 'vpc-lattice-svcs:Invoke', Resource: `${arn}/open/*` },
      { Effect: 'Deny', Principal: '*', Action: '*', Resource: '*/open/shut' },
    ],
  },
  { type: 'auth' },
);
const policies: LatticePolicies = {
  serviceNetwork: { authType: 'NONE' },
  service: { authType: 'AWS_IAM', policy, arn },
};

test.each<[string, LatticeRequest, string]>([
  ['an allow', { principal: 'anonymous', path: '/open/door' }, 'allowed'],
  ['an explicit deny', { principal: 'anonymous', path: '/open/shut' }, 'explicitDeny'],
  ['an implicit deny', { principal: 'anonymous', path: '/' }, 'implicitDeny'],
  ['a request that can not be read', { principal: 7 } as never, 'implicitDeny'],
])('%s is the decision of an authorizer', (_title, request, reason) => {
  const decision = authorizeLattice(policies, request);
  expect(decision.reason).toBe(reason);
  expect(decision).toEqual(createAuthorizer(policies).authorize(request));
});

test('malformed policies are an error, not a decision', () => {
  const malformed = { ...policies, service: { authType: 'OPEN', arn } } as never;
  expect(() => authorizeLattice(malformed, { principal: 'anonymous' })).toThrow(
    expect.objectContaining({ code: 'ERR_POLICY_VALUE' }),
  );
});
