// ARNs are split at the first five colons (docs/evaluation.md, ARN-1).
import { expect, test } from 'vitest';
import { splitArn } from '../../../src/match/arn.js';

test.each([
  ['arn:aws:iam::111122223333:role/r', ['arn', 'aws', 'iam', '', '111122223333', 'role/r']],
  ['arn:aws:s3:::bucket', ['arn', 'aws', 's3', '', '', 'bucket']],
  ['arn:aws:rds:eu-west-1:1:db:mine', ['arn', 'aws', 'rds', 'eu-west-1', '1', 'db:mine']],
  ['a:b:c:d:e:f:g:', ['a', 'b', 'c', 'd', 'e', 'f:g:']],
  [':::::', ['', '', '', '', '', '']],
  ['::::::', ['', '', '', '', '', ':']],
])('%s', (text, parts) => {
  expect(splitArn(text)).toEqual(parts);
});

test.each(['', '*', 'arn', 'arn:aws', 'arn:aws:iam::111122223333', '::::', 'lambda.amazonaws.com'])(
  '%j has fewer than six parts',
  (text) => {
    expect(splitArn(text)).toBeUndefined();
  },
);
