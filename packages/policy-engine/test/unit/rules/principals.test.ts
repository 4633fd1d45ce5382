// The rules of "Principals" in docs/evaluation.md: each form of principal against each kind of caller.
import { describe, expect, test } from 'vitest';
import type { Principal } from '../../../src/index.js';
import { authorizeIam } from '../../../src/index.js';
import {
  ACCOUNT,
  authorize,
  OTHER_ACCOUNT,
  parse,
  ROLE_ARN,
  request,
  SESSION_ARN,
  session,
  statementVerdict,
  USER_ARN,
  type Verdict,
} from './asking.js';

const role: Principal = { arn: ROLE_ARN };
const otherSession: Principal = { arn: `arn:aws:sts::${ACCOUNT}:assumed-role/Reader/pod-2` };
const otherRole: Principal = { arn: `arn:aws:iam::${ACCOUNT}:role/Writer` };
const user: Principal = { arn: USER_ARN };
const root: Principal = { arn: `arn:aws:iam::${ACCOUNT}:root` };
const federated: Principal = { arn: `arn:aws:sts::${ACCOUNT}:federated-user/bob`, federatedBy: USER_ARN };
const provider: Principal = { arn: `arn:aws:iam::${ACCOUNT}:oidc-provider/idp.example.com` };
const service: Principal = { arn: 'lambda.amazonaws.com' };
const stranger: Principal = { arn: `arn:aws:sts::${OTHER_ACCOUNT}:assumed-role/Reader/pod-1` };
const strangerPartition: Principal = { arn: `arn:aws-cn:sts::${ACCOUNT}:assumed-role/Reader/pod-1` };

const CALLERS = {
  anonymous: 'anonymous',
  session,
  role,
  user,
  root,
  federated,
  provider,
  service,
  stranger,
} as const;
type CallerName = keyof typeof CALLERS;
const names = Object.keys(CALLERS) as CallerName[];
const inAccount: CallerName[] = ['session', 'role', 'user', 'root', 'federated', 'provider'];

const principalVerdict = (principal: unknown, caller: Principal | 'anonymous', type?: 'auth'): Verdict =>
  statementVerdict({ Principal: principal }, { principal: caller }, type === undefined ? {} : { type });
const exceptedVerdict = (principal: unknown, caller: Principal | 'anonymous', type?: 'auth'): Verdict =>
  statementVerdict({ NotPrincipal: principal }, { principal: caller }, type === undefined ? {} : { type });

describe.each([
  ['"*"', '*'],
  ['{"AWS": "*"}', { AWS: '*' }],
  ['{"AWS": ["*"]}', { AWS: ['*'] }],
])('everybody as %s', (_title, principal) => {
  test.each(names)('PRINCIPAL-1 is %s', (name) => {
    expect(principalVerdict(principal, CALLERS[name])).toEqual(['true']);
  });
});

describe.each([
  ['a root ARN', `arn:aws:iam::${ACCOUNT}:root`],
  ['a number', ACCOUNT],
])('an account as %s', (_title, account) => {
  test.each(names)('PRINCIPAL-2 is every principal of the account, not %s of others', (name) => {
    expect(principalVerdict({ AWS: account }, CALLERS[name])).toEqual([String(inAccount.includes(name))]);
  });
});

test('PRINCIPAL-2 an account ARN is of one partition', () => {
  const china = `arn:aws-cn:iam::${ACCOUNT}:root`;
  expect(principalVerdict({ AWS: china }, session)).toEqual(['false']);
  expect(principalVerdict({ AWS: china }, strangerPartition)).toEqual(['true']);
  expect(principalVerdict({ AWS: ACCOUNT }, strangerPartition)).toEqual(['true']);
});

test('PRINCIPAL-2 keys of the caller do not put it into an account', () => {
  expect(principalVerdict({ AWS: OTHER_ACCOUNT }, { arn: SESSION_ARN, tags: { account: OTHER_ACCOUNT } })).toEqual([
    'false',
  ]);
});

test.each([
  ['session', ['true', 'principal-bare-account']],
  ['root', ['true', 'principal-bare-account']],
  ['stranger', ['false']],
  ['anonymous', ['false']],
  ['service', ['false']],
] as const)('PRINCIPAL-3 a bare account number and %s: %j', (name, expected) => {
  expect(principalVerdict(ACCOUNT, CALLERS[name])).toEqual(expected);
});

describe('a role', () => {
  test.each(names)('PRINCIPAL-4 is every session of it, not %s', (name) => {
    const expected = name === 'session' || name === 'role';
    expect(principalVerdict({ AWS: ROLE_ARN }, CALLERS[name])).toEqual([String(expected)]);
  });

  test.each([
    ['another session', otherSession, 'true'],
    ['another role', otherRole, 'false'],
    ['a role whose name begins like it', { arn: `arn:aws:iam::${ACCOUNT}:role/Reader2` }, 'false'],
    ['a session named like it', { arn: `arn:aws:sts::${ACCOUNT}:assumed-role/Writer/Reader` }, 'false'],
    ['a user named like it', { arn: `arn:aws:iam::${ACCOUNT}:user/Reader` }, 'false'],
    ['the role in another account', stranger, 'false'],
    ['the role in another partition', strangerPartition, 'false'],
  ])('PRINCIPAL-4 %s: %s', (_title, caller, expected) => {
    expect(principalVerdict({ AWS: ROLE_ARN }, caller)).toEqual([expected]);
  });

  const pathed = `arn:aws:iam::${ACCOUNT}:role/team/Reader`;
  test.each([
    ['a session, which has no path', session, []],
    ['a session whose role is told', { ...session, roleArn: pathed }, []],
    ['a session whose role has another path', { ...session, roleArn: ROLE_ARN }, ['principal-role-path']],
    ['the role', { arn: pathed }, []],
    ['the role without a path', role, ['principal-role-path']],
    ['the role in another path', { arn: `arn:aws:iam::${ACCOUNT}:role/other/Reader` }, ['principal-role-path']],
  ])('PRINCIPAL-4 a role with a path, called by %s', (_title, caller, assumptions) => {
    expect(principalVerdict({ AWS: pathed }, caller)).toEqual(['true', ...assumptions]);
  });

  test.each([
    ['READER', ['true', 'principal-role-casing']],
    ['reader', ['true', 'principal-role-casing']],
    ['Reader', ['true']],
    ['Readers', ['false']],
  ])('PRINCIPAL-5 a name that differs in casing only: %s', (name, expected) => {
    const principal = { AWS: `arn:aws:iam::${ACCOUNT}:role/${name}` };
    expect(principalVerdict(principal, session)).toEqual(expected);
    expect(principalVerdict(principal, role)).toEqual(expected);
  });
});

describe('a session', () => {
  test.each([
    ['that session', session, ['true']],
    ['another session of the role', otherSession, ['false']],
    ['a session whose name differs in casing', { arn: SESSION_ARN.replace('pod-1', 'Pod-1') }, ['false']],
    ['some session of the role', role, ['undecided', 'principal-session-unknown']],
    ['the role with that session name', { ...role, sessionName: 'pod-1' }, ['true']],
    ['the role with another session name', { ...role, sessionName: 'pod-2' }, ['false']],
    ['another role', otherRole, ['false']],
    ['the role in another account', { arn: `arn:aws:iam::${OTHER_ACCOUNT}:role/Reader` }, ['false']],
    ['that session in another account', stranger, ['false']],
    ['that session in another partition', strangerPartition, ['false']],
    ['a user', user, ['false']],
    ['nobody', 'anonymous', ['false']],
  ] as const)('PRINCIPAL-6 called by %s', (_title, caller, expected) => {
    expect(principalVerdict({ AWS: SESSION_ARN }, caller)).toEqual(expected);
  });
});

test('PRINCIPAL-6 of several sessions, none or one', () => {
  expect(principalVerdict({ AWS: [`${SESSION_ARN}2`, `${SESSION_ARN}3`] }, session)).toEqual(['false']);
  expect(principalVerdict({ AWS: [`${SESSION_ARN}2`, SESSION_ARN] }, session)).toEqual(['true']);
});

describe('a user', () => {
  const pathed = `arn:aws:iam::${ACCOUNT}:user/team/alice`;
  test.each([
    ['that user', USER_ARN, user, 'true'],
    ['a user whose name differs in casing', USER_ARN, { arn: USER_ARN.replace('alice', 'Alice') }, 'false'],
    ['a user in a path', USER_ARN, { arn: pathed }, 'false'],
    ['that user, with its path', pathed, { arn: pathed }, 'true'],
    ['that user, without its path', pathed, user, 'false'],
    ['a path that differs in casing', pathed, { arn: pathed.replace('team', 'Team') }, 'false'],
    ['the same name in another account', USER_ARN, { arn: USER_ARN.replace(ACCOUNT, OTHER_ACCOUNT) }, 'false'],
    ['a role', USER_ARN, session, 'false'],
    ['that user, with a session name', USER_ARN, { ...user, sessionName: 'x' }, 'true'],
    ['a session that says it is federated', USER_ARN, { ...session, federatedBy: USER_ARN }, 'false'],
    ['a federated session of that user', USER_ARN, federated, 'true'],
    ['a federated session of another user', pathed, federated, 'false'],
    ['a federated session of nobody knows whom', USER_ARN, { arn: federated.arn }, 'false'],
  ])('PRINCIPAL-7 called by %s', (_title, principal, caller, expected) => {
    expect(principalVerdict({ AWS: principal }, caller)).toEqual([expected]);
  });

  test('PRINCIPAL-7 only federated users are federated', () => {
    const [value] = exceptedVerdict({ AWS: USER_ARN }, { ...session, federatedBy: USER_ARN });
    expect(value).toBe('true');
    expect(exceptedVerdict({ AWS: USER_ARN }, federated)[0]).toBe('false');
  });

  test.each([
    ['that session', federated, 'true'],
    ['another session', { arn: federated.arn.replace('bob', 'eve') }, 'false'],
    ['the user behind it', user, 'false'],
  ])('PRINCIPAL-7 a federated user, called by %s', (_title, caller, expected) => {
    expect(principalVerdict({ AWS: federated.arn }, caller)).toEqual([expected]);
  });
});

test.each([
  ['AROAEXAMPLEEXAMPLEID', { ...session, uniqueId: 'AROAEXAMPLEEXAMPLEID' }, 'true'],
  ['AROAEXAMPLEEXAMPLEID', { ...session, uniqueId: 'AROAEXAMPLEEXAMPLEID:pod-1' }, 'true'],
  ['AROAEXAMPLEEXAMPLEID', { ...role, uniqueId: 'AROAEXAMPLEEXAMPLEID' }, 'true'],
  ['AROAEXAMPLEEXAMPLEID', { ...session, uniqueId: 'AROAEXAMPLEEXAMPLEXX' }, 'false'],
  ['AROAEXAMPLEEXAMPLEID', { ...session, uniqueId: 'AROAEXAMPLEEXAMPLEID2:pod-1' }, 'false'],
  ['AROAEXAMPLEEXAMPLEID', { ...session, uniqueId: 'aroaexampleexampleid' }, 'false'],
  ['AROAEXAMPLEEXAMPLEID', session, 'false'],
  ['AROAEXAMPLEEXAMPLEID', 'anonymous', 'false'],
  ['AIDAEXAMPLEEXAMPLEID', { ...user, uniqueId: 'AIDAEXAMPLEEXAMPLEID' }, 'true'],
  ['AIDAEXAMPLEEXAMPLEID', { ...user, uniqueId: 'AIDAEXAMPLEEXAMPLEXX' }, 'false'],
] as const)('PRINCIPAL-8 the unique id %s and caller %j: %s', (id, caller, expected) => {
  expect(principalVerdict({ AWS: id }, caller)).toEqual([expected]);
});

test.each([
  ['Service', 'lambda.amazonaws.com', service, 'true'],
  ['Service', 'ec2.amazonaws.com', service, 'false'],
  ['Service', 'lambda.amazonaws.com', session, 'false'],
  ['Service', 'lambda.amazonaws.com', 'anonymous', 'false'],
  ['Service', 's3.eu-west-1.amazonaws.com', { arn: 's3.eu-west-1.amazonaws.com' }, 'true'],
  ['Federated', provider.arn, provider, 'true'],
  ['Federated', `${provider.arn}2`, provider, 'false'],
  ['Federated', 'accounts.google.com', { arn: 'accounts.google.com' }, 'true'],
  ['Federated', 'accounts.google.com', { arn: 'www.amazon.com' }, 'false'],
  ['Federated', 'cognito-identity.amazonaws.com', { arn: 'cognito-identity.amazonaws.com' }, 'true'],
  ['Federated', 'accounts.google.com', session, 'false'],
  ['CanonicalUser', '79a59df9', { ...user, canonicalUserId: '79a59df9' }, 'true'],
  ['CanonicalUser', '79a59df9', { ...user, canonicalUserId: '79A59DF9' }, 'false'],
  ['CanonicalUser', '79a59df9', user, 'false'],
  ['CanonicalUser', '79a59df9', 'anonymous', 'false'],
] as const)('PRINCIPAL-9 {%j: %j} and caller %j: %s', (kind, name, caller, expected) => {
  expect(principalVerdict({ [kind]: name }, caller)).toEqual([expected]);
});

test('PRINCIPAL-9 a user or role named like a service is none', () => {
  for (const arn of [
    `arn:aws:iam::${ACCOUNT}:user/lambda.amazonaws.com`,
    `arn:aws:iam::${ACCOUNT}:role/lambda.amazonaws.com`,
  ]) {
    expect(principalVerdict({ Service: 'lambda.amazonaws.com' }, { arn })).toEqual(['false']);
    expect(exceptedVerdict({ Service: 'lambda.amazonaws.com' }, { arn })).toEqual(['true']);
  }
});

test('PRINCIPAL-9 entries of several kinds and lists are joined by or', () => {
  const principal = { AWS: [USER_ARN, OTHER_ACCOUNT], Service: ['lambda.amazonaws.com'] };
  for (const caller of [user, stranger, service]) expect(principalVerdict(principal, caller)).toEqual(['true']);
  for (const caller of [session, 'anonymous', root] as const)
    expect(principalVerdict(principal, caller)).toEqual(['false']);
});

const COMPLEMENT = { true: 'false', false: 'true', undecided: 'undecided' } as const;

describe.each([
  ['everybody', '*'],
  ['an account', { AWS: ACCOUNT }],
  ['another account', { AWS: OTHER_ACCOUNT }],
  ['a role and its account', { AWS: [ROLE_ARN, ACCOUNT] }],
  ['a session', { AWS: SESSION_ARN }],
  ['a user', { AWS: USER_ARN }],
  ['a service', { Service: 'lambda.amazonaws.com' }],
  ['a provider', { Federated: provider.arn }],
])('NotPrincipal of %s', (_title, principal) => {
  test.each(names)('PRINCIPAL-10 is the complement for %s', (name) => {
    const [plain] = principalVerdict(principal, CALLERS[name]);
    expect(exceptedVerdict(principal, CALLERS[name])[0]).toBe(COMPLEMENT[plain]);
  });
});

test.each([
  ['a role', ROLE_ARN, session, ['false', 'not-principal-account']],
  ['a role and its account', [ROLE_ARN, ACCOUNT], session, ['false']],
  ['a role and its account ARN', [ROLE_ARN, `arn:aws:iam::${ACCOUNT}:root`], session, ['false']],
  ['a role and another account', [ROLE_ARN, OTHER_ACCOUNT], session, ['false', 'not-principal-account']],
  ['a session', SESSION_ARN, session, ['false', 'not-principal-account']],
  ['a session, a role and their account', [SESSION_ARN, ROLE_ARN, ACCOUNT], session, ['false']],
  ['a user', USER_ARN, user, ['false', 'not-principal-account']],
  ['an account', ACCOUNT, session, ['false']],
  ['a role, called by another', ROLE_ARN, user, ['true']],
  ['a role, called by nobody', ROLE_ARN, 'anonymous', ['true']],
  ['a role, called by a user of that name', ROLE_ARN, { arn: `arn:aws:iam::${ACCOUNT}:user/Reader` }, ['true']],
  ['everybody', '*', session, ['false']],
  ['a session and everybody', [SESSION_ARN, '*'], session, ['false']],
] as const)('PRINCIPAL-11 NotPrincipal of %s', (_title, entries, caller, expected) => {
  expect(exceptedVerdict({ AWS: entries }, caller)).toEqual(expected);
});

test('PRINCIPAL-11 a service has no account to list', () => {
  expect(exceptedVerdict({ Service: 'lambda.amazonaws.com' }, service)).toEqual(['false']);
});

describe('a caller with a permissions boundary', () => {
  const everything = { Action: '*', Resource: '*' };
  const identity = [parse([{ Effect: 'Allow', ...everything }])];
  const permissionsBoundary = parse([{ Effect: 'Allow', ...everything }], 'permissionsBoundary');
  const denyOthers = { Effect: 'Deny', NotPrincipal: { AWS: [ROLE_ARN, ACCOUNT] }, ...everything };

  test('PRINCIPAL-12 is not excepted by a Deny with NotPrincipal', () => {
    const resource = parse([denyOthers], 'resource');
    const asked = { ...request(), resourceAccount: ACCOUNT };
    expect(authorizeIam({ identity, resource }, asked).decision).toBe('allow');
    expect(authorizeIam({ identity, resource, permissionsBoundary }, asked).decision).toBe('explicitDeny');
  });

  test('PRINCIPAL-12 nor by one in a Lattice auth policy', () => {
    const service = [{ Effect: 'Allow', Principal: '*', ...everything }, denyOthers];
    expect(authorize({ service }, { caller: { identity } }).decision).toBe('allow');
    expect(authorize({ service }, { caller: { identity, permissionsBoundary } }).reason).toBe('explicitDeny');
  });

  test('PRINCIPAL-12 an Allow with NotPrincipal, and a Deny with Principal, stay as they are', () => {
    const asked = { ...request(), resourceAccount: OTHER_ACCOUNT };
    const allowOthers = parse([{ ...denyOthers, Effect: 'Allow' }], 'resource');
    expect(authorizeIam({ identity, resource: allowOthers, permissionsBoundary }, asked).decision).toBe('implicitDeny');
    const denyUser = { Effect: 'Deny', Principal: { AWS: USER_ARN }, ...everything };
    const allowAll = { Effect: 'Allow', Principal: '*', ...everything };
    const resource = parse([allowAll, denyUser], 'resource');
    expect(authorizeIam({ identity, resource, permissionsBoundary }, asked).decision).toBe('allow');
  });
});

test.each([
  ['NotPrincipal', { NotPrincipal: { AWS: OTHER_ACCOUNT } }, 'not-principal-lattice'],
  ['NotAction', { Principal: '*', NotAction: 's3:*' }, 'not-action-lattice'],
  ['NotResource', { Principal: '*', NotResource: 'x' }, 'not-resource-lattice'],
])('PRINCIPAL-13 %s works in auth policies, as an assumption', (_element, elements, assumption) => {
  expect(statementVerdict(elements, {}, { type: 'auth' })).toEqual(['true', assumption]);
  expect(statementVerdict(elements, {}, { type: 'resource' })).toEqual(['true']);
});

test.each([
  ['NotPrincipal', { NotPrincipal: { AWS: ACCOUNT } }, 'not-principal-lattice'],
  ['NotAction', { Principal: '*', NotAction: 'vpc-lattice-svcs:*' }, 'not-action-lattice'],
  ['NotResource', { Principal: '*', NotResource: 'arn:*' }, 'not-resource-lattice'],
])('PRINCIPAL-13 %s of what is asked excepts it', (_element, elements, assumption) => {
  expect(statementVerdict(elements, {}, { type: 'auth' })).toEqual(['false', assumption]);
  expect(statementVerdict(elements, {}, { type: 'resource' })).toEqual(['false']);
});
