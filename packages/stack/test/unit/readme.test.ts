// The README's stack file is one, and its tables have every code.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { lintStack, parseStack, type StackErrorCode } from '../../src/index.js';

const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');

test('the stack file loads, without a finding in the stack file', () => {
  // The section `local` stands in a block of its own, behind the rest.
  const text = [...readme.matchAll(/```yaml\n(.*?)```/gs)].map(([, block]) => block).join('');
  const principal = '"Principal": { "AWS": "arn:aws:iam::111122223333:role/web" }, ';
  const policy = (path: string) =>
    `{ "Version": "2012-10-17", "Statement": { "Effect": "Allow", ${path.includes('network') ? principal : ''}"Action": "vpc-lattice-svcs:Invoke", "Resource": "*" } }`;
  const stack = parseStack(text, { file: 'stack.yaml', readPolicy: policy });
  expect(stack.files).toContain('scp-ou-2.json');
  expect(Object.keys(stack.local.targetGroups)).toEqual(['v1', 'v2']);
  expect(lintStack(stack).filter(({ file, severity }) => file === 'stack.yaml' && severity !== 'suggestion')).toEqual(
    [],
  );
});

const codes = {
  ERR_STACK_READ: 1,
  ERR_STACK_PATH: 1,
  ERR_STACK_SYNTAX: 1,
  ERR_STACK_DUPLICATE_KEY: 1,
  ERR_STACK_LIMIT: 1,
  ERR_STACK_SCHEMA: 1,
  ERR_STACK_VALUE: 1,
  ERR_STACK_REFERENCE: 1,
  ERR_STACK_DUPLICATE: 1,
  ERR_STACK_COMBINATION: 1,
  ERR_STACK_POLICY: 1,
  ERR_STACK_NOT_ASSOCIATED: 1,
  ERR_STACK_REQUEST: 1,
} satisfies Record<StackErrorCode, 1>;

test('every error code is explained', () => {
  const listed = [...readme.matchAll(/^\| `(ERR_STACK_\w+)`/gm)].map((match) => match[1]);
  expect(listed).toEqual(Object.keys(codes));
});
