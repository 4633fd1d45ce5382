// parse-principal.test.ts — every form of a principal that IAM knows, and those that it refuses.
import { describe, expect, test } from 'vitest';
import { parsePolicy } from '../../../src/parse/parse-policy.js';
import { documentOf, findingsOf, messagesOf } from './findings-of.js';

const AT = '/Statement/0/Principal';

describe('AWS', () => {
  test.each([
    '*',
    '111122223333',
    'arn:aws:iam::111122223333:root',
    'arn:aws-cn:iam::111122223333:root',
    'arn:aws-us-gov:iam::111122223333:role/Orders',
    'arn:aws:iam::111122223333:user/path/to/Alice',
    'arn:aws:iam::111122223333:role/aws-service-role/x.amazonaws.com/R_1+=,.@-',
    'arn:aws:sts::111122223333:assumed-role/Orders/session@example.com',
    'arn:aws:sts::111122223333:federated-user/bob',
    'arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E1AAAAAAAAAAAA',
    'arn:aws:iam::111122223333:oidc-provider/token.example.com/path',
    'arn:aws:iam::111122223333:saml-provider/ADFS',
    'AIDACKCEVSQ6C2EXAMPLE',
    'AROADBQP57FF2AEXAMPLE',
  ])('%s', (AWS) => {
    expect(findingsOf(documentOf({ Principal: { AWS } }))).toEqual([]);
    expect(findingsOf(documentOf({ Principal: undefined, NotPrincipal: { AWS: ['111122223333', AWS] } }))).toEqual([]);
  });

  test.each([
    '',
    ' ',
    '11112222333',
    '1111222233334',
    '1111-2222-3333',
    'anonymous',
    'Alice',
    'lambda.amazonaws.com',
    'arn:aws:iam:::root',
    'arn:aws:iam::111122223333:Root',
    'arn:aws:iam::111122223333:root/x',
    'arn:aws:iam:eu-west-1:111122223333:root',
    'arn:aws:iam::111122223333:role',
    'arn:aws:iam::111122223333:role/',
    'arn:aws:iam::111122223333:role/a/',
    'arn:aws:iam::111122223333:role/a b',
    'arn:aws:iam::111122223333:role/${aws:username}',
    'arn:aws:iam::111122223333:role/a\n',
    'arn:aws:iam::111122223333:group/Admins',
    'arn:aws:iam::111122223333:policy/P',
    'arn:aws:sts::111122223333:assumed-role/Orders',
    'arn:aws:sts::111122223333:assumed-role/path/Orders/s',
    'arn:aws:sts::111122223333:role/Orders',
    'arn:aws:iam::111122223333:assumed-role/Orders/s',
    'arn:gcp:iam::111122223333:root',
    'ARN:aws:iam::111122223333:root',
    'arn:aws:s3:::bucket',
    'AKIAIOSFODNN7EXAMPLE',
    'AROA',
    '\uFF11'.repeat(12),
  ])('refused: %j', (AWS) => {
    expect(findingsOf(documentOf({ Principal: { AWS: ['*', AWS] } }))).toEqual([
      `INVALID_PRINCIPAL_FORMAT ${AT}/AWS/1`,
    ]);
  });

  test.each([
    '**',
    '?',
    'arn:aws:iam::111122223333:role/*',
    'arn:aws:iam::*:root',
    'arn:aws:sts::111122223333:assumed-role/Orders/*',
    '1111222233??',
  ])('wildcard: %s', (AWS) => {
    expect(findingsOf(documentOf({ Principal: { AWS } }))).toEqual([`UNSUPPORTED_WILDCARD_IN_PRINCIPAL ${AT}/AWS`]);
  });

  test('a group is named in the message', () => {
    expect(messagesOf(documentOf({ Principal: { AWS: 'arn:aws:iam::111122223333:group/G' } }))).toEqual([
      '`arn:aws:iam::111122223333:group/G`: a group is not a principal',
    ]);
  });
});

describe('other kinds', () => {
  test.each([
    { Service: 'lambda.amazonaws.com' },
    { Service: ['ecs-tasks.amazonaws.com', 'ec2.amazonaws.com.cn', 'logs.eu-west-1.amazonaws.com'] },
    { Federated: 'cognito-identity.amazonaws.com' },
    { Federated: 'arn:aws:iam::111122223333:oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/E' },
    { Federated: 'arn:aws:iam::111122223333:saml-provider/ADFS' },
    { CanonicalUser: '79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be' },
    { AWS: '*', Service: 'x.amazonaws.com', Federated: [], CanonicalUser: [] },
  ])('%j', (Principal) => {
    expect(findingsOf(documentOf({ Principal }, 'resource'), 'resource')).toEqual([]);
  });

  test.each([
    [{ Service: '*' }, `UNSUPPORTED_WILDCARD_IN_PRINCIPAL ${AT}/Service`],
    [{ Service: ['*.amazonaws.com'] }, `UNSUPPORTED_WILDCARD_IN_PRINCIPAL ${AT}/Service/0`],
    [{ Federated: '*' }, `UNSUPPORTED_WILDCARD_IN_PRINCIPAL ${AT}/Federated`],
    [{ CanonicalUser: '*' }, `UNSUPPORTED_WILDCARD_IN_PRINCIPAL ${AT}/CanonicalUser`],
    [{ Service: 'lambda' }, `INVALID_PRINCIPAL_FORMAT ${AT}/Service`],
    [{ Service: 'a b.amazonaws.com' }, `INVALID_PRINCIPAL_FORMAT ${AT}/Service`],
    [{ Service: '111122223333' }, `INVALID_PRINCIPAL_FORMAT ${AT}/Service`],
    [{ Federated: 'arn:aws:iam::111122223333:role/R' }, `INVALID_PRINCIPAL_FORMAT ${AT}/Federated`],
    [{ CanonicalUser: 'a-b' }, `INVALID_PRINCIPAL_FORMAT ${AT}/CanonicalUser`],
    [{ Aws: '*' }, `INVALID_PRINCIPAL_KEY ${AT}/Aws`],
    [{ Everyone: '*' }, `INVALID_PRINCIPAL_KEY ${AT}/Everyone`],
    [{ toString: '*' }, `INVALID_PRINCIPAL_KEY ${AT}/toString`],
    [{ AWS: 111122223333 }, `DATA_TYPE_MISMATCH ${AT}/AWS`],
    [{ AWS: { x: '*' } }, `DATA_TYPE_MISMATCH ${AT}/AWS`],
    [{ AWS: ['*', null] }, `DATA_TYPE_MISMATCH ${AT}/AWS/1`],
  ])('refused: %j', (Principal, expected) => {
    expect(findingsOf(documentOf({ Principal }))).toEqual([expected]);
  });

  test('a key in another case is recognized', () => {
    expect(messagesOf(documentOf({ Principal: { aws: '*' } }))).toEqual([
      'unknown principal type `aws`; did you mean `AWS`?',
    ]);
  });
});

describe('without a key', () => {
  test.each([
    ['*', []],
    ['111122223333', []],
    ['arn:aws:iam::111122223333:root', [`INVALID_PRINCIPAL_FORMAT ${AT}`]],
    ['lambda.amazonaws.com', [`INVALID_PRINCIPAL_FORMAT ${AT}`]],
    ['', [`INVALID_PRINCIPAL_FORMAT ${AT}`]],
    [['*'], [`DATA_TYPE_MISMATCH ${AT}`]],
    [null, [`DATA_TYPE_MISMATCH ${AT}`]],
    [true, [`DATA_TYPE_MISMATCH ${AT}`]],
  ])('%j', (Principal, expected) => {
    expect(findingsOf(documentOf({ Principal }))).toEqual(expected);
  });
});

describe('nobody', () => {
  test.each([{}, { AWS: [] }, { AWS: [], Service: [] }])(
    '%j is accepted in Principal, not in NotPrincipal',
    (nobody) => {
      expect(findingsOf(documentOf({ Principal: nobody }))).toEqual([]);
      expect(findingsOf(documentOf({ Principal: undefined, NotPrincipal: nobody }))).toEqual([
        'EMPTY_ARRAY_NOT_PRINCIPAL /Statement/0/NotPrincipal',
      ]);
    },
  );
});

describe('what is handed out', () => {
  const principalOf = (changes: object) => parsePolicy(documentOf(changes), { type: 'auth' }).statements[0]?.principal;

  test('bare', () => {
    expect(principalOf({ Principal: '*' })).toMatchObject({
      negated: false,
      entries: [{ kind: 'AWS', text: '*', bare: true }],
    });
    expect(principalOf({ Principal: '111122223333' })).toMatchObject({ entries: [{ kind: 'AWS', bare: true }] });
  });

  test('keyed, in the order of the text', () => {
    const NotPrincipal = { Service: 'x.amazonaws.com', AWS: ['*', '111122223333'] };
    expect(principalOf({ Principal: undefined, NotPrincipal })).toMatchObject({
      negated: true,
      pointer: '/Statement/0/NotPrincipal',
      entries: [
        { kind: 'Service', text: 'x.amazonaws.com', bare: false, pointer: '/Statement/0/NotPrincipal/Service' },
        { kind: 'AWS', text: '*', bare: false, pointer: '/Statement/0/NotPrincipal/AWS/0' },
        { kind: 'AWS', text: '111122223333', bare: false, pointer: '/Statement/0/NotPrincipal/AWS/1' },
      ],
    });
  });
});
