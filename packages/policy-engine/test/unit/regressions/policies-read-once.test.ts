// An authorizer once looked into the object that it was made from at every request: who changed it, or gave one whose
// getters change their answer, changed decisions after everything had been checked.
import { expect, test } from 'vitest';
import { createAuthorizer, type LatticePolicies } from '../../../src/index.js';
import { allowAll, parse, SERVICE_ARN } from '../rules/asking.js';

const inProduction = { StringEquals: { 'aws:ResourceTag/stage': 'production' } };
const denyInProduction = { Effect: 'Deny', Principal: '*', Action: '*', Resource: '*', Condition: inProduction };
const policy = parse([...allowAll, denyInProduction], 'auth');
const asked = { principal: 'anonymous' } as const;

const changeable = () => ({
  serviceNetwork: { authType: 'NONE' as 'NONE' | 'AWS_IAM' },
  service: {
    authType: 'AWS_IAM' as 'NONE' | 'AWS_IAM',
    policy,
    arn: SERVICE_ARN,
    tags: { stage: 'production' } as Record<string, string>,
  },
});

test.each<[string, (policies: ReturnType<typeof changeable>) => object]>([
  ['its auth type', ({ service }) => Object.assign(service, { authType: 'NONE' })],
  ['its ARN', ({ service }) => Object.assign(service, { arn: 'x' })],
  ['its tags', ({ service }) => Object.assign(service, { tags: {} })],
  ['one tag', ({ service }) => Object.assign(service.tags, { stage: 'test' })],
])('changing %s afterwards changes nothing', (_title, change) => {
  const policies = changeable();
  const authorizer = createAuthorizer(policies);
  const before = authorizer.authorize(asked);
  change(policies);
  expect(before.decision).toBe('deny');
  expect(authorizer.authorize(asked)).toEqual(before);
  expect(authorizer.explain(asked).decision).toEqual(before);
});

test('a getter is asked once', () => {
  let times = 0;
  const service = {
    ...changeable().service,
    get authType() {
      return times++ === 0 ? 'AWS_IAM' : 'NONE';
    },
  };
  const policies = { serviceNetwork: { authType: 'NONE' }, service } as LatticePolicies;
  times = 0;
  expect(createAuthorizer(policies).authorize(asked).decision).toBe('deny');
  expect(times).toBe(1);
});
