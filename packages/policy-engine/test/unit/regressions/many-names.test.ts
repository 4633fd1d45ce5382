// Each condition on a header, query parameter or tag may look through all their names: many of both must not multiply.
import { expect, test } from 'vitest';
import { authorizeLattice, type LatticePolicies, type LatticeRequest, parsePolicy } from '../../../src/index.js';

const arn = 'arn:aws:vpc-lattice:eu-west-1:111122223333:service/svc-0123456789abcdef0';
const everything = { Principal: '*', Action: '*', Resource: '*' };
const keys = ['vpc-lattice-svcs:RequestHeader/x', 'vpc-lattice-svcs:RequestQueryString/x', 'aws:PrincipalTag/x'];
const policy = parsePolicy(
  {
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', ...everything },
      ...keys.map((key) => ({ Effect: 'Deny', ...everything, Condition: { StringEquals: { [key]: 'never' } } })),
    ],
  },
  { type: 'auth' },
);
const policies: LatticePolicies = {
  serviceNetwork: { authType: 'NONE' },
  service: { authType: 'AWS_IAM', policy, arn },
};
const names = (count: number) => Array.from({ length: count }, (_, index) => `name-${index}`);
const record = <Value>(count: number, value: Value) => Object.fromEntries(names(count).map((name) => [name, value]));
const user = 'arn:aws:iam::111122223333:user/ada';

test.each<[string, (count: number) => Partial<LatticeRequest>]>([
  ['headers', (count) => ({ headers: record(count, 'v') })],
  ['query parameters', (count) => ({ query: record(count, ['v']) })],
  ['a query string', (count) => ({ query: names(count).join('&') })],
  ['tags', (count) => ({ principal: { arn: user, tags: record(count, 'v') }, caller: 'assume-allowed' })],
])('a thousand %s are looked through, more are refused', (_title, request) => {
  const ask = (count: number) => authorizeLattice(policies, { principal: 'anonymous', ...request(count) });
  expect(ask(1_000).decision).toBe('allow');
  expect(ask(1_001)).toMatchObject({ decision: 'deny', invalidRequest: expect.stringContaining('1000') });
});
