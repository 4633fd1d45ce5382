// The rules of "Actions and resources" in docs/evaluation.md.
import { describe, expect, test } from 'vitest';
import type { PolicyType } from '../../../src/index.js';
import { SERVICE_ARN, statementVerdict, type Verdict } from './asking.js';

const actionVerdict = (pattern: string | string[], action: string): Verdict =>
  statementVerdict({ Action: pattern }, { action });

const resourceVerdict = (
  pattern: string | string[],
  resource: string,
  type: PolicyType = 'resource',
  context = {},
): Verdict => statementVerdict({ Resource: pattern }, { resource, context }, { type });

test.each([
  ['vpc-lattice-svcs:Invoke', 'vpc-lattice-svcs:Invoke', 'true'],
  ['VPC-Lattice-SVCS:INVOKE', 'vpc-lattice-svcs:Invoke', 'true'],
  ['vpc-lattice-svcs:invoke', 'VPC-LATTICE-SVCS:INVOKE', 'true'],
  ['vpc-lattice-svcs:Connect', 'vpc-lattice-svcs:Invoke', 'false'],
  ['vpc-lattice:Invoke', 'vpc-lattice-svcs:Invoke', 'false'],
  ['vpc-lattice-svcs:*', 'vpc-lattice-svcs:Invoke', 'true'],
  ['vpc-lattice-svcs:I*', 'vpc-lattice-svcs:Invoke', 'true'],
  ['vpc-lattice-svcs:*vo*', 'vpc-lattice-svcs:Invoke', 'true'],
  ['vpc-lattice-svcs:Invok?', 'vpc-lattice-svcs:Invoke', 'true'],
  ['vpc-lattice-svcs:?', 'vpc-lattice-svcs:Invoke', 'false'],
  ['vpc-lattice-svcs:Invoke?', 'vpc-lattice-svcs:Invoke', 'false'],
  ['sqs:Send.essage', 'sqs:SendMessage', 'false'],
  ['*', 'vpc-lattice-svcs:Invoke', 'true'],
  ['*', 's3:GetObject', 'true'],
])('ACTION-1 %s and %s: %s', (pattern, action, expected) => {
  expect(actionVerdict(pattern, action)).toEqual([expected]);
});

test('ACTION-1 a list is joined by or', () => {
  expect(actionVerdict(['s3:*', 'vpc-lattice-svcs:Invoke'], 'vpc-lattice-svcs:Invoke')).toEqual(['true']);
  expect(actionVerdict(['s3:*', 'vpc-lattice-svcs:Connect'], 'vpc-lattice-svcs:Invoke')).toEqual(['false']);
});

test.each([
  ['*:Invoke', ['undecided', 'action-prefix-wildcard']],
  ['*:*', ['undecided', 'action-prefix-wildcard']],
  ['vpc-lattice-*:Invoke', ['undecided', 'action-prefix-wildcard']],
  ['vpc-lattice-svc?:invoke', ['undecided', 'action-prefix-wildcard']],
  ['*:Connect', ['false']],
  ['s?:Invoke', ['false']],
])('ACTION-2 %s: %j', (pattern, expected) => {
  expect(actionVerdict(pattern, 'vpc-lattice-svcs:Invoke')).toEqual(expected);
});

test('ACTION-2 a sure match beside it decides', () => {
  expect(actionVerdict(['*:Invoke', 'vpc-lattice-svcs:Invoke'], 'vpc-lattice-svcs:Invoke')).toEqual(['true']);
});

test.each([
  ['vpc-lattice-svcs:Invoke', ['false']],
  ['vpc-lattice-svcs:INVOKE', ['false']],
  ['vpc-lattice-svcs:Connect', ['true']],
  ['*', ['false']],
  [['s3:*', 'sqs:*'], ['true']],
  [['s3:*', 'vpc-lattice-svcs:*'], ['false']],
  ['*:Invoke', ['undecided', 'action-prefix-wildcard']],
  ['*:Connect', ['true']],
])('ACTION-3 NotAction %j: %j', (pattern, expected) => {
  expect(statementVerdict({ NotAction: pattern })).toEqual(expected);
});

const RATES = `${SERVICE_ARN}/rates`;

test.each([
  [RATES, RATES, 'true'],
  [`${SERVICE_ARN}/Rates`, RATES, 'false'],
  [RATES.toUpperCase(), RATES, 'false'],
  [`${SERVICE_ARN}/*`, RATES, 'true'],
  [`${SERVICE_ARN}/*`, `${SERVICE_ARN}/`, 'true'],
  [SERVICE_ARN, RATES, 'false'],
  [SERVICE_ARN, `${SERVICE_ARN}/`, 'false'],
  [SERVICE_ARN, SERVICE_ARN, 'true'],
  [`${SERVICE_ARN}/rate`, RATES, 'false'],
  [`${SERVICE_ARN}/rates/`, RATES, 'false'],
  ['*/rates', RATES, 'true'],
  ['*/rates', `${SERVICE_ARN}/admin`, 'false'],
  ['*/*', RATES, 'true'],
  ['*rates', RATES, 'true'],
  ['arn:aws:vpc-lattice:*', RATES, 'true'],
  ['arn:aws:vpc-lattice:eu-west-?:*:service/*/rates', RATES, 'true'],
  ['arn:aws:vpc-lattice:us.east.1:*', RATES.replace('eu-west-1', 'us-east-1'), 'false'],
  ['arn:aws:vpc-lattice:*/rates', RATES, 'true'],
])('RESOURCE-1 %s and %s: %s', (pattern, resource, expected) => {
  expect(resourceVerdict(pattern, resource)).toEqual([expected]);
});

const QUEUE = 'arn:aws:sqs:eu-west-1:111122223333:orders';
describe.each([
  ['identity', true],
  ['permissionsBoundary', true],
  ['scp', true],
  ['resource', false],
  ['vpcEndpoint', false],
  ['auth', false],
] as const)('a short ARN in a policy of type %s', (type, filled) => {
  test.each([
    ['arn:aws:sqs', QUEUE],
    ['arn:aws:sqs:eu-west-1', QUEUE],
    ['arn:aws:sqs:eu-west-1:111122223333', QUEUE],
    ['arn:aws:*', QUEUE],
  ])('RESOURCE-2 %s', (pattern, resource) => {
    const expected = filled || pattern.endsWith('*');
    expect(resourceVerdict(pattern, resource, type)).toEqual([String(expected)]);
  });

  test('RESOURCE-2 is filled up, not widened', () => {
    expect(resourceVerdict('arn:aws:sns', QUEUE, type)).toEqual(['false']);
    expect(resourceVerdict('arn:aws:sqs:us-east-1', QUEUE, type)).toEqual(['false']);
    expect(resourceVerdict('arn:aws:sqs:eu-west-1:444455556666', QUEUE, type)).toEqual(['false']);
    expect(resourceVerdict('arn:aws:sqs:eu-west-1:111122223333:order', QUEUE, type)).toEqual(['false']);
  });
});

test('RESOURCE-2 a session policy with a short ARN is malformed, as AWS says', () => {
  expect(() => resourceVerdict('arn:aws:sqs', QUEUE, 'session')).toThrow('shortened ARN');
});

test('RESOURCE-2 what is no ARN is not filled up', () => {
  expect(resourceVerdict('*/rates', `${RATES}:a:b:c`, 'identity')).toEqual(['false']);
  expect(resourceVerdict('*/rates', RATES, 'identity')).toEqual(['true']);
});

const PREFIX = 'arn:aws:vpc-lattice:eu-west-1:444455556666:service/';
test.each([
  [`${PREFIX}\${my:service}/*`, ['true']],
  [`${PREFIX}svc-1/\${my:path}`, ['true']],
  [`${PREFIX}svc-1/\${my:other}`, ['false']],
  ['*/${my:path}', ['true']],
  ['arn:aws:vpc-lattice:${my:region}:444455556666:service/*', ['undecided', 'resource-early-variable']],
  ['arn:aws:vpc-lattice:eu-west-1:${my:account}:service/*', ['undecided', 'resource-early-variable']],
  ['arn:${my:partition}:vpc-lattice:*:*:*', ['undecided', 'resource-early-variable']],
  ['arn:aws:vpc-lattice:${my:region}:444455556666:service/other/*', ['false']],
])('RESOURCE-3 %s: %j', (pattern, expected) => {
  const context = {
    'my:service': 'svc-1',
    'my:path': 'orders',
    'my:other': 'x',
    'my:region': 'eu-west-1',
    'my:account': '444455556666',
    'my:partition': 'aws',
  };
  for (const type of ['identity', 'resource'] as const) {
    expect(resourceVerdict(pattern, `${PREFIX}svc-1/orders`, type, context)).toEqual(expected);
  }
});

test('RESOURCE-3 colons in a default do not count', () => {
  const pattern = "arn:aws:vpc-lattice:${my:region, 'a:b:c:d'}:444455556666:service/*";
  const context = { 'my:region': 'eu-west-1' };
  expect(resourceVerdict(pattern, `${PREFIX}svc-1/orders`, 'resource', context)).toEqual([
    'undecided',
    'resource-early-variable',
  ]);
});

test('RESOURCE-3 colons in a default do not count when a short ARN is filled up', () => {
  const context = { 'my:account': '111122223333' };
  const pattern = "arn:aws:sqs:eu-west-1:${my:account, 'a:b'}";
  expect(resourceVerdict(pattern, QUEUE, 'identity', context)).toEqual(['undecided', 'resource-early-variable']);
});

describe('a variable that has no value', () => {
  test.each([
    [`${PREFIX}svc-1/\${my:path}`, ['false']],
    [`${PREFIX}svc-1/\${my:path}*`, ['false']],
    [[`${PREFIX}svc-1/\${my:path}`, '*'], ['true']],
    [`${PREFIX}svc-1/\${my:path, 'orders'}`, ['true']],
  ])('RESOURCE-4 in Resource %j: %j', (pattern, expected) => {
    expect(resourceVerdict(pattern, `${PREFIX}svc-1/orders`)).toEqual(expected);
  });

  test.each([
    [`${PREFIX}svc-1/\${my:path}`, ['false', 'not-resource-unresolved']],
    [
      ['x', `${PREFIX}svc-1/\${my:path}`],
      ['false', 'not-resource-unresolved'],
    ],
    [`${PREFIX}svc-1/\${my:path, 'other'}`, ['true']],
  ])('RESOURCE-4 in NotResource %j: %j', (pattern, expected) => {
    const resource = `${PREFIX}svc-1/orders`;
    expect(statementVerdict({ Principal: '*', NotResource: pattern }, { resource })).toEqual(expected);
    expect(statementVerdict({ NotResource: pattern }, { resource })).toEqual(expected);
  });

  test('RESOURCE-4 an element that fails for certain hides the assumption', () => {
    const elements = { Action: 's3:*', NotResource: 'x${my:path}' };
    expect(statementVerdict(elements)).toEqual(['false']);
  });
});

test.each([
  [RATES, RATES, 'false'],
  [`${SERVICE_ARN}/*`, RATES, 'false'],
  [`${SERVICE_ARN}/admin`, RATES, 'true'],
  ['*', RATES, 'false'],
  [['x', 'y'], RATES, 'true'],
  [['x', RATES], RATES, 'false'],
])('RESOURCE-5 NotResource %j and %s: %s', (pattern, resource, expected) => {
  expect(statementVerdict({ NotResource: pattern }, { resource })).toEqual([expected]);
});
