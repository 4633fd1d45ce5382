// Policies in all the places where they may stand: their errors are found where the user wrote them, and what the
// engine says of a parsed one points there too.
import { expect, test } from 'vitest';
import { authorizerFor, parseStack, requestFor } from '../../src/index.js';
import { errorOf, minimalStack, problemsOf, unmark } from '../support/minimal-stack.js';

const auth = (policy: string) => minimalStack('', `    authType: AWS_IAM\n    authPolicy: ${policy}`);

test.each([
  {
    name: 'a mapping, a wrong value',
    marked: auth(`
      Version: "2012-10-17"
      Statement:
        - Effect: ▶Permit
          Principal: "*"
          Action: vpc-lattice-svcs:Invoke
          Resource: "*"
`),
    pointer: '/services/api/authPolicy/Statement/0/Effect',
    policyCode: 'INVALID_EFFECT',
  },
  {
    name: 'a mapping, an unknown operator',
    marked: auth(`
      Statement:
        Effect: Allow
        Principal: "*"
        Action: "*"
        Resource: "*"
        Condition:
          ▶StringEqual: { aws:PrincipalOrgID: o-a1b2c3d4e5 }
`),
    pointer: '/services/api/authPolicy/Statement/Condition/StringEqual',
    policyCode: 'INVALID_CONDITION_OPERATOR',
  },
  {
    name: 'a mapping in braces',
    marked: auth('{ Statement: [{ Effect: Allow, Principal: "*", Action: "*", Resource: ▶12 }] }\n'),
    pointer: '/services/api/authPolicy/Statement/0/Resource',
    policyCode: 'DATA_TYPE_MISMATCH',
  },
  {
    name: 'JSON text in a block',
    marked: auth(`|
      {
        "Statement": [

          { "Effect": ▶"Permit", "Principal": "*", "Action": "*", "Resource": "*" }
        ]
      }
`),
    pointer: '/services/api/authPolicy/Statement/0/Effect',
    policyCode: 'INVALID_EFFECT',
  },
  {
    name: 'JSON text with a duplicate key',
    marked: auth(`|-
        {
          "Statement": [],
          ▶"Statement": []
        }
`),
    pointer: '/services/api/authPolicy/Statement',
    policyCode: 'JSON_SYNTAX_ERROR',
  },
  {
    name: 'JSON text in quotes is a place as a whole',
    marked: auth(`▶'{ "Statement": [{ "Effect": "Permit" }] }'\n`),
    pointer: '/services/api/authPolicy/Statement/0/Effect',
    policyCode: 'INVALID_EFFECT',
  },
  {
    name: 'a number that JSON writes differently',
    marked: auth(`
      Statement:
        Effect: Allow
        Principal: "*"
        Action: "*"
        Resource: "*"
        Condition: { StringEquals: { aws:PrincipalAccount: ▶012345678901 } }
`),
    pointer: '/services/api/authPolicy',
    policyCode: undefined,
  },
])('$name', ({ marked, pointer, policyCode }) => {
  const { text, line, column } = unmark(marked);
  const problems = problemsOf(text);
  expect(problems).toContainEqual({
    code: 'ERR_STACK_POLICY',
    file: 'stack.yaml',
    pointer,
    line,
    column,
    message: expect.any(String),
    ...(policyCode && { policyCode }),
  });
});

test('an error in a file is reported there, once for each type of policy', () => {
  const marked = '{\n  "Statement": [{ "Effect": ▶"Permit", "Principal": "*", "Action": "*", "Resource": "*" }]\n}\n';
  const { text, line, column } = unmark(marked);
  const stack = auth('./policies/shared.json\n').replace(
    'services: [api] }',
    'services: [api], authPolicy: policies/shared.json }',
  );
  const problems = problemsOf(stack, { 'policies/shared.json': text });
  const place = { file: 'policies/shared.json', pointer: '/Statement/0/Effect', line, column };
  expect(problems).toHaveLength(1);
  expect(problems[0]).toMatchObject({ ...place, code: 'ERR_STACK_POLICY', policyCode: 'INVALID_EFFECT' });
});

test('paths are seen from the stack file', () => {
  const options = {
    file: 'deploy/eu/stack.yaml',
    readPolicy: () => '{ "Statement": { "Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*" } }',
  };
  const stack = parseStack(auth('../shared/./a.json\n'), options);
  expect(stack.files).toEqual(['deploy/eu/stack.yaml', 'deploy/shared/a.json']);
  expect(stack.services.api?.authPolicy).toMatchObject({
    file: 'deploy/shared/a.json',
    policy: { name: '../shared/a.json' },
    place: { file: 'deploy/eu/stack.yaml', pointer: '/services/api/authPolicy' },
  });
});

test.each([
  {
    name: 'block of YAML',
    policy:
      '\n      Statement:\n        - ▶Sid: Everybody\n          Effect: Allow\n          Principal: "*"\n          Action: "*"\n          Resource: "*"\n',
  },
  {
    name: 'block of JSON',
    policy:
      '|\n      { "Statement": [\n        ▶{ "Sid": "Everybody", "Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*" }] }\n',
  },
])('a decision names the line of the stack file: $name', ({ policy }) => {
  const { text, line, column } = unmark(auth(policy));
  const stack = parseStack(text, { file: 'dir/stack.yaml' });
  const asked = requestFor(stack, { from: 'anonymous', to: 'api' });
  if (asked.kind !== 'connected') throw new Error(asked.message);
  expect(authorizerFor(stack, asked).authorize(asked.request).determining).toEqual([
    {
      layer: 'service',
      policy: 'stack.yaml#/services/api/authPolicy',
      index: 0,
      sid: 'Everybody',
      effect: 'Allow',
      pointer: '/Statement/0',
      line,
      column,
    },
  ]);
});

test('every place of a relocated policy is in the stack file', () => {
  const stack = parseStack(
    auth(`
      Version: "2012-10-17"
      Statement:
        - Sid: Readers
          Effect: Allow
          Principal: { AWS: ["arn:aws:iam::111122223333:role/reader"] }
          Action: [vpc-lattice-svcs:Invoke]
          Resource: ["*/rates"]
          Condition: { StringEquals: { vpc-lattice-svcs:RequestMethod: [GET, HEAD] } }
`),
    { file: 'stack.yaml' },
  );
  const policy = stack.services.api?.authPolicy?.policy;
  const statement = policy?.statements[0];
  const textAt = (span: { start: number; end: number } | undefined) => policy?.source.slice(span?.start, span?.end);
  expect(textAt(statement?.principal?.entries[0]?.span)).toBe('"arn:aws:iam::111122223333:role/reader"');
  expect(textAt(statement?.action.entries[0]?.span)).toBe('vpc-lattice-svcs:Invoke');
  expect(textAt(statement?.resource?.entries[0]?.span)).toBe('"*/rates"');
  expect(textAt(statement?.conditions[0]?.operands[1]?.span)).toBe('HEAD');
  expect(textAt(statement?.conditions[0]?.key.span)).toBe('vpc-lattice-svcs:RequestMethod');
});

test('numbers and booleans keep their form', () => {
  const stack = parseStack(
    auth(`
      Statement:
        Effect: Allow
        Principal: "*"
        Action: "*"
        Resource: "*"
        Condition: { NumericEquals: { vpc-lattice-svcs:Port: [443, 8.0e3] }, Bool: { aws:SecureTransport: true } }
`),
    { file: 'stack.yaml' },
  );
  const conditions = stack.services.api?.authPolicy?.policy.statements[0]?.conditions ?? [];
  expect(conditions.flatMap(({ operands }) => operands.map(({ text, jsonType }) => [text, jsonType]))).toEqual([
    ['443', 'number'],
    ['8.0e3', 'number'],
    ['true', 'boolean'],
  ]);
});

test('a reader may throw', () => {
  const readPolicy = () => {
    throw Object.assign(new Error('no'), { code: 'EIO' });
  };
  const error = errorOf(() => parseStack(auth('a.json\n'), { file: 'stack.yaml', readPolicy }));
  expect(error).toMatchObject({ code: 'ERR_STACK_READ', line: 9 });
  expect(error.message).toContain('`a.json` can not be read (EIO)');
});
