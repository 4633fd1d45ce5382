// What is deployed and will hardly do what was meant.
import { expect, test } from 'vitest';
import { lintStack, parseStack } from '../../src/index.js';
import { ids, minimalStack, unmark } from '../support/minimal-stack.js';

const OWN_ROLE = 'arn:aws:iam::111122223333:role/web';
const allow = (resource: string) =>
  `{ Version: "2012-10-17", Statement: { Effect: Allow, Principal: { AWS: "${OWN_ROLE}" }, Action: "vpc-lattice-svcs:Invoke", Resource: ${resource} } }`;
const identity = (action: string) =>
  `{ Version: "2012-10-17", Statement: { Effect: Allow, Action: ${action}, Resource: "*" } }`;
const guarded = (policy: string) => minimalStack('', `    authType: AWS_IAM\n    authPolicy: ${policy}\n`);
const caller = (policies: string, arn = OWN_ROLE) =>
  minimalStack(`principals: { ▶web: { arn: "${arn}"${policies} } }\n`);

const rows = [
  {
    name: 'a service in no network',
    marked: minimalStack().replace('[api]', '[]').replace('  api:', '  ▶api:'),
    code: 'STACK_SERVICE_IN_NO_NETWORK',
    severity: 'warning',
  },
  {
    name: 'a VPC in two networks',
    marked: minimalStack('vpcs: { ▶v: { id: vpc-12345678 } }\n')
      .replace('[api]', '[api], vpcs: [v]')
      .replace('services:\n', `  two: { id: ${ids.network(2)}, vpcs: [v] }\nservices:\n`),
    code: 'STACK_VPC_IN_SEVERAL_NETWORKS',
    severity: 'error',
  },
  {
    name: 'a custom domain in two networks',
    marked: minimalStack(
      '',
      `    customDomain: a.example.com\n  ▶other: { id: ${ids.service(2)}, customDomain: a.example.com }\n`,
    ).replace('services:\n', `  two: { id: ${ids.network(2)}, services: [other] }\nservices:\n`),
    code: 'STACK_CUSTOM_DOMAIN_SHARED',
    severity: 'warning',
  },
  {
    name: 'a policy under auth type NONE',
    marked: minimalStack('', `    authPolicy: ▶${allow('"*"')}\n`),
    code: 'LATTICE_POLICY_UNDER_NONE',
    severity: 'warning',
  },
  {
    name: 'AWS_IAM without a policy',
    marked: minimalStack('', '    authType: AWS_IAM\n').replace('  api:', '  ▶api:'),
    code: 'LATTICE_AUTH_WITHOUT_POLICY',
    severity: 'error',
  },
  {
    name: 'the same of a network',
    marked: minimalStack().replace('  net: { ', '  ▶net: { authType: AWS_IAM, '),
    code: 'LATTICE_AUTH_WITHOUT_POLICY',
    severity: 'error',
  },
  {
    name: "a resource that is another service's",
    marked: guarded(allow(`▶arn:aws:vpc-lattice:eu-west-1:111122223333:service/${ids.service(2)}/*`)),
    code: 'LATTICE_OTHER_SERVICE',
    severity: 'warning',
    pointer: '/services/api/authPolicy/Statement/Resource',
  },
  { name: 'a caller without policies', marked: caller(''), code: 'STACK_CALLER_NEVER_ALLOWED', severity: 'warning' },
  {
    name: 'a caller whose policies are about something else',
    marked: caller(`, policies: { identity: [${identity('s3:*')}] }`),
    code: 'STACK_CALLER_NEVER_ALLOWED',
    severity: 'warning',
  },
  {
    name: "the engine's lint of a policy in a mapping",
    marked: guarded(
      `\n      Statement:\n        Effect: Allow\n        Principal: ▶"*"\n        Action: vpc-lattice-svcs:Invoke\n        Resource: "*"`,
    ),
    code: 'LATTICE_OPEN_PRINCIPAL',
    severity: 'security',
    pointer: '/services/api/authPolicy/Statement/Principal',
  },
  {
    name: "the engine's lint of JSON text",
    marked: guarded(
      `|\n      { "Version": "2012-10-17",\n        "Statement": { "Effect": "Allow", "Principal": ▶"*", "Action": "vpc-lattice-svcs:Invoke", "Resource": "*" } }`,
    ),
    code: 'LATTICE_OPEN_PRINCIPAL',
    severity: 'security',
  },
];

test.each(rows)('$name', ({ marked, code, severity, pointer }) => {
  const { text, line, column } = unmark(marked);
  const findings = lintStack(parseStack(text, { file: 'stack.yaml' }));
  expect(findings).toContainEqual({
    code,
    severity,
    file: 'stack.yaml',
    line,
    column,
    pointer: pointer ?? expect.any(String),
    message: expect.any(String),
  });
});

test.each([
  ['Invoke', caller(`, policies: { identity: [${identity('vpc-lattice-svcs:Invoke')}] }`)],
  ['a wildcard', caller(`, policies: { identity: [${identity('"vpc-lattice-svcs:*"')}] }`)],
  ['policies left out on purpose', caller(', policies: assume-allowed')],
  ['the root user, who needs none', caller('', 'arn:aws:iam::111122223333:root')],
])('a caller with %s is no finding', (_, marked) => {
  const findings = lintStack(parseStack(unmark(marked).text, { file: 'stack.yaml' }));
  expect(findings.filter(({ code }) => code === 'STACK_CALLER_NEVER_ALLOWED')).toEqual([]);
});

test('one policy for two services may name both', () => {
  const arn = (n: number) => `arn:aws:vpc-lattice:eu-west-1:111122223333:service/${ids.service(n)}/*`;
  const shared = (...numbers: number[]) => {
    const text = minimalStack(
      '',
      `    authType: AWS_IAM\n    authPolicy: both.json\n  other: { id: ${ids.service(2)}, authType: AWS_IAM, authPolicy: both.json }\n`,
    );
    const statement = {
      Effect: 'Allow',
      Principal: { AWS: OWN_ROLE },
      Action: 'vpc-lattice-svcs:Invoke',
      Resource: numbers.map(arn),
    };
    const readPolicy = () => JSON.stringify({ Version: '2012-10-17', Statement: statement });
    const stack = parseStack(text.replace('[api]', '[api, other]'), { file: 'dir/stack.yaml', readPolicy });
    return lintStack(stack).filter(({ code }) => code === 'LATTICE_OTHER_SERVICE');
  };
  expect(shared(1, 2)).toEqual([]);
  expect(shared(1, 2, 3)).toMatchObject([{ file: 'dir/both.json', pointer: '/Statement/Resource/2', line: 1 }]);
});

test('a policy behind an alias is complained about once', () => {
  const text = minimalStack(
    '',
    `    authType: AWS_IAM\n    authPolicy: &p { Version: "2012-10-17", Statement: { Effect: Allow, Principal: "*", Action: "*", Resource: "*" } }\n  other: { id: ${ids.service(2)}, authType: AWS_IAM, authPolicy: *p }\n`,
  );
  const findings = lintStack(parseStack(text.replace('[api]', '[api, other]'), { file: 'stack.yaml' }));
  expect(findings.filter(({ code }) => code === 'LATTICE_OPEN_PRINCIPAL')).toHaveLength(1);
});

test('a clean stack has none', () => {
  expect(lintStack(parseStack(minimalStack(), { file: 'stack.yaml' }))).toEqual([]);
});
