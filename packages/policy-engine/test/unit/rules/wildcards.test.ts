// The rules of "Wildcards (GLOB) and ARNs" in docs/evaluation.md, through Resource, StringLike and ArnLike.
import { expect, test } from 'vitest';
import { conditionVerdict, statementVerdict } from './asking.js';

const resourceVerdict = (pattern: string, resource: string) =>
  statementVerdict({ Principal: '*', Resource: pattern }, { resource });
const likeVerdict = (pattern: string, value: string) => conditionVerdict({ StringLike: { k: pattern } }, { k: value });

test.each([
  ['*', '', true],
  ['*', 'a/b:c\nd', true],
  ['a*', 'a', true],
  ['a*c', 'a/b:c', true],
  ['a*c', 'a\r\nc', true],
  ['*/rates', 'svc/v1/rates', true],
  ['*/rates', 'svc/v1/rates/', false],
  ['*/rates', 'svc/v1/admin', false],
  ['a*c*e', 'abcde', true],
  ['a*c*e', 'abde', false],
])('GLOB-1 %j against %j: %s', (pattern, text, expected) => {
  expect(likeVerdict(pattern, text)).toEqual([String(expected)]);
  if (text !== '') expect(resourceVerdict(pattern, text)).toEqual([String(expected)]);
});

test.each([
  ['?', 'a', true],
  ['?', '/', true],
  ['?', '\n', true],
  ['?', '', false],
  ['?', 'ab', false],
  ['a?c', 'abc', true],
  ['a?c', 'ac', false],
  ['svc-??', 'svc-12', true],
  ['svc-??', 'svc-1', false],
  ['?*', '', false],
  ['?*', 'abc', true],
])('GLOB-2 %j against %j: %s', (pattern, text, expected) => {
  expect(likeVerdict(pattern, text)).toEqual([String(expected)]);
  if (text !== '') expect(resourceVerdict(pattern, text)).toEqual([String(expected)]);
});

test.each([
  ['?', '😀', 'true', ['wildcard-character']],
  ['??', '😀', 'false', ['wildcard-character']],
  ['a?', 'a😀', 'true', ['wildcard-character']],
  ['?', 'é', 'true', []],
  ['?', '€', 'true', []],
  ['*', '😀', 'true', []],
  ['😀', '😀', 'true', []],
])('GLOB-3 %j against %j: %s, assuming %j', (pattern, text, expected, assumptions) => {
  expect(likeVerdict(pattern, text)).toEqual([expected, ...assumptions]);
  expect(resourceVerdict(pattern, text)).toEqual([expected, ...assumptions]);
});

test.each([
  ['*a'.repeat(300), `${'a'.repeat(20_000)}b`],
  ['*?a'.repeat(200), `${'a'.repeat(10_000)}b`],
  [`*${'ab'.repeat(500)}*`, 'ab'.repeat(499).repeat(20)],
])('GLOB-4 matching costs at most pattern times text (%#)', (pattern, text) => {
  const start = performance.now();
  likeVerdict(pattern, text);
  resourceVerdict(pattern, text);
  expect(performance.now() - start).toBeLessThan(2_000);
});

test.each([
  ['arn:aws:rds:*:*:db:x', 'arn:aws:rds:eu-west-1:111122223333:db:x', true],
  ['arn:aws:rds:*:*:*', 'arn:aws:rds:eu-west-1:111122223333:db:x', true],
  ['arn:aws:rds:*:*:db', 'arn:aws:rds:eu-west-1:111122223333:db:x', false],
  ['arn:aws:*:db:x', 'arn:aws:rds:eu-west-1:111122223333:db:x', false],
])('ARN-1 an ARN has six parts, the last with the colons that are left: %s', (pattern, arn, expected) => {
  const [value] = conditionVerdict({ ArnLike: { k: pattern } }, { k: arn });
  expect(value).toBe(String(expected));
});

test.each([
  ["arn:aws:iam::111122223333:role/${aws:PrincipalTag/team, 'a:b:c'}", 'arn:aws:iam::111122223333:role/a:b:c', true],
  ['arn:aws:iam::${my:account}:role/x', 'arn:aws:iam::111122223333:role/x', true],
  ['arn:aws:iam::${my:account}:role/x', 'arn:aws:iam::444455556666:role/x', false],
])('ARN-1 colons inside a variable do not split: %s', (pattern, arn, expected) => {
  const context = { k: arn, 'my:account': '111122223333' };
  expect(conditionVerdict({ ArnEquals: { k: pattern } }, context)[0]).toBe(String(expected));
});
