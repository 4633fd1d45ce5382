// The rules of "Policy variables (VAR)" in docs/evaluation.md.
import { describe, expect, test } from 'vitest';
import type { RequestContextValues } from '../../../src/index.js';
import { conditionVerdict, latticeVerdict, ROLE_ARN, statementVerdict, USER_ARN } from './asking.js';

const CONTEXT: RequestContextValues = {
  k: 'alice',
  'my:Name': 'alice',
  'my:empty': '',
  'my:list': ['alice'],
  'my:star': '*',
  'my:variable': '${my:Name}',
};

const verdict = (operator: string, operand: unknown, value: string, version?: string | null) =>
  conditionVerdict({ [operator]: { k: operand } }, { ...CONTEXT, k: value }, version === undefined ? {} : { version });

test.each([
  ['StringEquals', '${my:Name}', 'alice', ['true']],
  ['StringEquals', '${my:Name}', 'bob', ['false']],
  ['StringNotEquals', '${my:Name}', 'alice', ['false']],
  ['StringEquals', 'x-${my:Name}-y', 'x-alice-y', ['true']],
  ['StringEquals', '${my:Name}${my:Name}', 'alicealice', ['true']],
  ['StringEqualsIgnoreCase', '${my:Name}', 'ALICE', ['true']],
  ['StringLike', '${my:Name}*', 'alice-2', ['true']],
  ['StringNotLike', '${my:Name}*', 'bob', ['true']],
  ['ArnEquals', 'arn:aws:iam::1:user/${my:Name}', 'arn:aws:iam::1:user/alice', ['true']],
  ['ArnLike', 'arn:aws:iam::1:user/${my:Name}/*', 'arn:aws:iam::1:user/alice/x', ['true']],
  ['ArnNotLike', 'arn:aws:iam::1:user/${my:Name}', 'arn:aws:iam::1:user/bob', ['true']],
  ['StringEquals', '${my:name}', 'alice', ['true', 'key-name-folding']],
  ['StringEquals', '${MY:NAME}', 'alice', ['true', 'key-name-folding']],
])('VAR-1 %s %s against %s: %j', (operator, operand, value, expected) => {
  expect(verdict(operator, operand, value)).toEqual(expected);
});

test('VAR-1 in Resource', () => {
  const ask = (resource: string) =>
    statementVerdict(
      { Resource: 'arn:aws:s3:::home/${aws:username}/*' },
      { principal: { arn: USER_ARN }, resource: `arn:aws:s3:::home/${resource}` },
    );
  expect(ask('alice/a')).toEqual(['true']);
  expect(ask('bob/a')).toEqual(['false']);
});

test('VAR-1 derived keys have values too', () => {
  const condition = { StringEquals: { 'vpc-lattice-svcs:RequestHeader/x-team': '${aws:PrincipalTag/team}' } };
  const principal = { arn: ROLE_ARN, tags: { team: 'red' } };
  expect(latticeVerdict(condition, { principal, headers: { 'x-team': 'red' } })).toEqual(['true']);
  expect(latticeVerdict(condition, { principal, headers: { 'x-team': 'blue' } })).toEqual(['false']);
});

test.each([
  ['StringEquals', '${*}', '*', 'true'],
  ['StringEquals', '${?}', '?', 'true'],
  ['StringEquals', '${$}', '$', 'true'],
  ['StringEquals', '${$}{my:Name}', '${my:Name}', 'true'],
  ['StringLike', 'a${*}', 'a*', 'true'],
  ['StringLike', 'a${*}', 'ab', 'false'],
  ['StringLike', 'a${?}', 'a?', 'true'],
  ['StringLike', 'a${?}', 'ab', 'false'],
  ['StringLike', '${*}*', '*anything', 'true'],
  ['StringLike', '${*}*', 'anything', 'false'],
  ['StringLike', '${*}-${my:Name}', '*-alice', 'true'],
  ['StringLike', '${*}-${my:Name}', 'x-alice', 'false'],
  ['StringLike', '*-${my:Name}', 'x-alice', 'true'],
  ['ArnLike', 'arn:aws:s3:::b/${*}', 'arn:aws:s3:::b/*', 'true'],
  ['ArnLike', 'arn:aws:s3:::b/${*}', 'arn:aws:s3:::b/x', 'false'],
])('VAR-2 %s %s against %s: %s', (operator, operand, value, expected) => {
  expect(verdict(operator, operand, value)).toEqual([expected]);
});

test('VAR-2 in Resource', () => {
  const ask = (resource: string) => statementVerdict({ Resource: 'arn:aws:s3:::b/${*}' }, { resource });
  expect(ask('arn:aws:s3:::b/*')).toEqual(['true']);
  expect(ask('arn:aws:s3:::b/x')).toEqual(['false']);
});

test.each([
  ["${my:absent, 'guest'}", 'guest', ['true']],
  ["${my:absent, 'guest'}", 'alice', ['false']],
  ["${my:Name, 'guest'}", 'alice', ['true']],
  ["${my:Name, 'guest'}", 'guest', ['false']],
  ["${my:absent, 'two words'}", 'two words', ['true']],
  ["a-${my:absent, 'b'}-${my:absent, 'c'}", 'a-b-c', ['true']],
  ["${my:absent, 'a, b'}", 'a, b', ['true', 'variable-default-text']],
  ["${my:absent, 'it's'}", "it's", ['true', 'variable-default-text']],
  ["${my:absent, '{x}'}", '{x}', ['true', 'variable-default-text']],
  ["${my:Name, 'it's'}", 'alice', ['true']],
])('VAR-3 %s against %s: %j', (operand, value, expected) => {
  expect(verdict('StringEquals', operand, value)).toEqual(expected);
});

test('VAR-3 an empty default is a text', () => {
  expect(verdict('StringEquals', "x${my:absent, ''}", 'x')[0]).toBe('true');
});

test('VAR-3 a default is literal', () => {
  expect(verdict('StringLike', "${my:absent, '*'}", '*')[0]).toBe('true');
  expect(verdict('StringLike', "${my:absent, '*'}", 'x')[0]).toBe('false');
});

test.each([
  ['StringEquals', '${my:absent}', 'false'],
  ['StringNotEquals', '${my:absent}', 'true'],
  ['StringEqualsIgnoreCase', '${my:absent}', 'false'],
  ['StringNotEqualsIgnoreCase', '${my:absent}', 'true'],
  ['StringLike', '*${my:absent}*', 'false'],
  ['StringNotLike', '*${my:absent}*', 'true'],
  ['ArnEquals', 'arn:aws:iam::1:user/${my:absent}', 'false'],
  ['ArnNotEquals', 'arn:aws:iam::1:user/${my:absent}', 'true'],
  ['StringEquals', ['${my:absent}', 'arn:aws:iam::1:user/x'], 'true'],
  ['StringNotEquals', ['${my:absent}', 'arn:aws:iam::1:user/x'], 'false'],
  ['StringNotEquals', ['${my:absent}', 'other'], 'true'],
  ['StringEqualsIfExists', '${my:absent}', 'false'],
  ['ForAnyValue:StringEquals', '${my:absent}', 'false'],
  ['ForAnyValue:StringNotEquals', '${my:absent}', 'true'],
  ['ForAllValues:StringEquals', '${my:absent}', 'false'],
])('VAR-4 %s %j: %s', (operator, operand, expected) => {
  expect(verdict(operator, operand, 'arn:aws:iam::1:user/x')).toEqual([expected]);
});

test('VAR-4 the literal text is not what is compared', () => {
  expect(verdict('StringEquals', '${my:absent}', '${my:absent}')).toEqual(['false']);
});

test.each([
  ['StringEquals', '${my:empty}', '', ['false', 'variable-empty']],
  ['StringEquals', 'x${my:empty}', 'x', ['false', 'variable-empty']],
  ['StringNotEquals', '${my:empty}', 'x', ['true', 'variable-empty']],
  ['StringEquals', "${my:empty, 'guest'}", 'guest', ['true', 'variable-empty']],
])('VAR-5 %s %s against %j: %j', (operator, operand, value, expected) => {
  expect(verdict(operator, operand, value)).toEqual(expected);
});

test.each([
  ['StringEquals', '${my:list}', 'alice', 'false'],
  ['StringNotEquals', '${my:list}', 'alice', 'true'],
  ['StringEquals', "${my:list, 'guest'}", 'guest', 'true'],
  ['StringEquals', "${my:list, 'guest'}", 'alice', 'false'],
])('VAR-6 %s %s against %s: %s', (operator, operand, value, expected) => {
  expect(verdict(operator, operand, value)).toEqual([expected]);
});

test.each([
  ['StringLike', '${my:star}', '*', 'true'],
  ['StringLike', '${my:star}', 'alice', 'false'],
  ['StringNotLike', '${my:star}', 'alice', 'true'],
  ['StringLike', '${my:star}*', '*alice', 'true'],
  ['ArnLike', 'arn:aws:iam::1:user/${my:star}', 'arn:aws:iam::1:user/alice', 'false'],
  ['StringEquals', '${my:variable}', 'alice', 'false'],
  ['StringEquals', '${my:variable}', '${my:Name}', 'true'],
])('VAR-7 %s %s against %s: %s', (operator, operand, value, expected) => {
  expect(verdict(operator, operand, value)).toEqual([expected]);
});

test('VAR-7 in Resource and in ARNs, what is put in has no colons or wildcards that count', () => {
  const ask = (tag: string, resource: string) =>
    statementVerdict({ Resource: 'arn:aws:s3:::b/${my:tag}/x' }, { resource, context: { 'my:tag': tag } });
  expect(ask('*', 'arn:aws:s3:::b/any/x')).toEqual(['false']);
  expect(ask('*', 'arn:aws:s3:::b/*/x')).toEqual(['true']);
  const context = { k: 'arn:aws:iam::1:user/x', 'my:part': 'aws:iam::1' };
  expect(conditionVerdict({ ArnEquals: { k: 'arn:${my:part}:user/x' } }, context)[0]).toBe('false');
});

describe.each([['2008-10-17'], [null]])('a document of Version %j', (version) => {
  test.each([
    ['StringEquals', '${my:Name}', '${my:Name}', 'true'],
    ['StringEquals', '${my:Name}', 'alice', 'false'],
    ['StringNotEquals', '${my:absent}', '${my:absent}', 'false'],
    ['StringEquals', '${*}', '${*}', 'true'],
    ['StringEquals', '${*}', '*', 'false'],
    ['StringEquals', '${$}', '$', 'false'],
    ['StringEquals', "${my:absent, 'x'}", 'x', 'false'],
    ['StringEquals', '${', '${', 'true'],
    ['StringLike', '${my:Name}*', '${my:Name}2', 'true'],
    ['ArnLike', 'arn:aws:iam::1:user/${my:Name}', 'arn:aws:iam::1:user/alice', 'false'],
  ])('VAR-8 %s %s against %s: %s', (operator, operand, value, expected) => {
    expect(verdict(operator, operand, value, version)).toEqual([expected]);
  });

  test('VAR-8 in Resource', () => {
    const ask = (resource: string) =>
      statementVerdict(
        { Resource: 'arn:aws:s3:::home/${aws:username}' },
        { principal: { arn: USER_ARN }, resource: `arn:aws:s3:::home/${resource}` },
        { version },
      );
    expect(ask('alice')).toEqual(['false']);
    expect(ask('${aws:username}')).toEqual(['true']);
  });
});
