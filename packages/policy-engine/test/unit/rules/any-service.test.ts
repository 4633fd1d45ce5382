// The rules of "Any other service" in docs/evaluation.md: authorizeIam. The whole matrix is in test/cases/iam-matrix.json.
import { describe, expect, test } from 'vitest';
import { authorizeIam, type IamDecision, type IamLayers, type PolicyType, type Principal } from '../../../src/index.js';
import { ACCOUNT, OTHER_ACCOUNT, parse, ROLE_ARN, SESSION_ARN, session, USER_ARN } from './asking.js';

const everything = { Action: '*', Resource: '*' };
const s3 = { Action: 's3:*', Resource: '*' };
const allows = (type: PolicyType) => parse([{ Effect: 'Allow', ...everything, ...guard(type) }], type, type);
const silent = (type: PolicyType) =>
  parse([{ Effect: 'Allow', Action: 'sqs:*', Resource: '*', ...guard(type) }], type, type);
const denies = (type: PolicyType) => parse([{ Effect: 'Deny', ...s3, ...guard(type) }], type, type);
const guard = (type: PolicyType) => (['resource', 'rcp', 'vpcEndpoint'].includes(type) ? { Principal: '*' } : {});
const grants = (principal: unknown) =>
  parse([{ Effect: 'Allow', Principal: principal, ...s3 }], 'resource', 'resource');

function ask(layers: Partial<IamLayers>, principal: Principal | 'anonymous' = session, account = ACCOUNT): IamDecision {
  return authorizeIam(
    { identity: [], ...layers },
    { principal, action: 's3:GetObject', resource: 'arn:aws:s3:::bucket/key', context: {}, resourceAccount: account },
  );
}

const summary = ({ decision, deniedBy }: IamDecision) =>
  deniedBy === undefined ? decision : `${decision} by ${deniedBy}`;

const OPEN: IamLayers = {
  identity: [allows('identity')],
  resource: grants('*'),
  permissionsBoundary: allows('permissionsBoundary'),
  session: [allows('session')],
  scps: [[allows('scp')], [allows('scp')]],
  rcps: [[allows('rcp')], [allows('rcp')]],
  vpcEndpoint: [allows('vpcEndpoint')],
};

const user: Principal = { arn: USER_ARN };
const root: Principal = { arn: `arn:aws:iam::${ACCOUNT}:root` };
const federated: Principal = { arn: `arn:aws:sts::${ACCOUNT}:federated-user/bob`, federatedBy: USER_ARN };
const service: Principal = { arn: 'lambda.amazonaws.com' };
const provider: Principal = { arn: `arn:aws:iam::${ACCOUNT}:saml-provider/idp` };

test.each<[string, Partial<IamLayers>]>([
  ['identity', { identity: [allows('identity'), denies('identity')] }],
  ['resource', { resource: denies('resource') }],
  ['permissionsBoundary', { permissionsBoundary: denies('permissionsBoundary') }],
  ['session', { session: [allows('session'), denies('session')] }],
  ['scp', { scps: [[allows('scp')], [allows('scp'), denies('scp')]] }],
  ['rcp', { rcps: [[allows('rcp'), denies('rcp')], [allows('rcp')]] }],
  ['vpcEndpoint', { vpcEndpoint: [allows('vpcEndpoint'), denies('vpcEndpoint')] }],
])('IAM-1 an explicit deny in %s decides', (layer, change) => {
  for (const account of [ACCOUNT, OTHER_ACCOUNT]) {
    expect(summary(ask({ ...OPEN, ...change }, session, account))).toBe(`explicitDeny by ${layer}`);
    expect(summary(ask(OPEN, session, account))).toBe('allow');
  }
});

test('IAM-1 the statements that denied are named, of every layer', () => {
  const decision = ask({ ...OPEN, identity: [denies('identity')], scps: [[denies('scp')]] });
  expect(decision.decision).toBe('explicitDeny');
  expect(decision.determining.map(({ layer, effect }) => [layer, effect]).sort()).toEqual([
    ['identity', 'Deny'],
    ['scp', 'Deny'],
  ]);
});

describe.each([
  ['the same account', ACCOUNT],
  ['another account', OTHER_ACCOUNT],
])('guards around a resource in %s', (_title, account) => {
  test.each<[string, Partial<IamLayers>, string]>([
    ['no RCPs', { rcps: undefined }, 'allow'],
    ['RCPs that allow', { rcps: [[allows('rcp')], [allows('rcp')]] }, 'allow'],
    ['a silent RCP level at the root', { rcps: [[silent('rcp')], [allows('rcp')]] }, 'implicitDeny by rcp'],
    ['a silent RCP level at the end', { rcps: [[allows('rcp')], [silent('rcp')]] }, 'implicitDeny by rcp'],
    ['an RCP level without policies', { rcps: [[allows('rcp')], []] }, 'implicitDeny by rcp'],
    ['no SCPs', { scps: undefined }, 'allow'],
    ['a silent SCP level at the root', { scps: [[silent('scp')], [allows('scp')]] }, 'implicitDeny by scp'],
    ['a silent SCP level at the end', { scps: [[allows('scp')], [silent('scp')]] }, 'implicitDeny by scp'],
    ['an SCP level of which one allows', { scps: [[silent('scp'), allows('scp')]] }, 'allow'],
    ['no VPC endpoint policy', { vpcEndpoint: undefined }, 'allow'],
    ['a silent VPC endpoint policy', { vpcEndpoint: [silent('vpcEndpoint')] }, 'implicitDeny by vpcEndpoint'],
  ])('IAM-2 %s', (_name, change, expected) => {
    expect(summary(ask({ ...OPEN, ...change }, session, account))).toBe(expected);
  });

  test.each<[string, Principal | 'anonymous', string]>([
    ['the management account', { ...session, inManagementAccount: true }, 'allow'],
    ['a service-linked role', { arn: `arn:aws:iam::${ACCOUNT}:role/aws-service-role/x.amazonaws.com/X` }, 'allow'],
    ['nobody', 'anonymous', 'allow'],
    ['a service', service, 'allow'],
    ['a user', user, 'implicitDeny by scp'],
    ['the root user', root, 'implicitDeny by scp'],
  ])('IAM-2 SCPs guard callers of member accounts: %s', (_name, principal, expected) => {
    expect(summary(ask({ ...OPEN, scps: [[]] }, principal, account))).toBe(expected);
  });

  test.each<[string, Principal | 'anonymous', string]>([
    ['the management account', { ...session, inManagementAccount: true }, 'implicitDeny by rcp'],
    ['a service-linked role', { arn: `arn:aws:iam::${ACCOUNT}:role/aws-service-role/x.amazonaws.com/X` }, 'allow'],
    ['nobody', 'anonymous', 'implicitDeny by rcp'],
    ['a user', user, 'implicitDeny by rcp'],
  ])('IAM-2 RCPs guard the resource, whoever calls: %s', (_name, principal, expected) => {
    expect(summary(ask({ ...OPEN, rcps: [[]] }, principal, account))).toBe(expected);
  });
});

test.each<[string, Principal | 'anonymous', IamLayers['resource'], string]>([
  ['nobody, everybody allowed', 'anonymous', grants('*'), 'allow'],
  ['nobody, an account allowed', 'anonymous', grants({ AWS: ACCOUNT }), 'implicitDeny by resource'],
  ['nobody, no policy', 'anonymous', undefined, 'implicitDeny by resource'],
  ['a service, itself allowed', service, grants({ Service: 'lambda.amazonaws.com' }), 'allow'],
  ['a service, everybody allowed', service, grants('*'), 'allow'],
  ['a service, another allowed', service, grants({ Service: 'ec2.amazonaws.com' }), 'implicitDeny by resource'],
  ['a service, no policy', service, undefined, 'implicitDeny by resource'],
  ['a provider, itself allowed', provider, grants({ Federated: provider.arn }), 'allow'],
  ['a provider, its account allowed', provider, grants({ AWS: ACCOUNT }), 'implicitDeny by resource'],
])('IAM-3 %s', (_title, principal, resource, expected) => {
  // Identity-side policies are not theirs: they neither help nor hurt.
  for (const own of [
    {},
    { identity: [allows('identity')] },
    { identity: [denies('identity')], session: [silent('session')] },
  ]) {
    for (const account of [ACCOUNT, OTHER_ACCOUNT]) {
      expect(summary(ask({ ...own, resource }, principal, account))).toBe(expected);
    }
  }
});

describe('same account', () => {
  const b = silent('permissionsBoundary');
  const s = [silent('session')];
  const I = [allows('identity')];

  test.each<[string, Principal, unknown]>([
    ['everybody', session, '*'],
    ['the session', session, { AWS: SESSION_ARN }],
    ['the user', user, { AWS: USER_ARN }],
    ['the federated session', federated, { AWS: federated.arn }],
  ])('IAM-4 a direct grant to %s is enough', (_title, principal, granted) => {
    const resource = grants(granted);
    expect(summary(ask({ resource }, principal))).toBe('allow');
    expect(summary(ask({ resource, permissionsBoundary: b }, principal))).toBe('allow');
    expect(summary(ask({ resource, session: s }, principal))).toBe('allow');
    expect(summary(ask({ resource, identity: I, permissionsBoundary: b, session: s }, principal))).toBe('allow');
  });

  test.each<[Partial<IamLayers>, string]>([
    [{}, 'allow'],
    [{ identity: I }, 'allow'],
    [{ permissionsBoundary: allows('permissionsBoundary'), session: [allows('session')] }, 'allow'],
    [{ permissionsBoundary: b, identity: I }, 'implicitDeny by permissionsBoundary'],
    [{ session: s, identity: I }, 'implicitDeny by session'],
  ])('IAM-4 a grant to the role needs boundary and session policies too (%#)', (layers, expected) => {
    expect(summary(ask({ ...layers, resource: grants({ AWS: ROLE_ARN }) }))).toBe(expected);
  });

  test.each<[Partial<IamLayers>, string]>([
    [{ identity: I }, 'allow'],
    [{}, 'implicitDeny by identity'],
    [{ identity: I, permissionsBoundary: allows('permissionsBoundary'), session: [allows('session')] }, 'allow'],
    [{ identity: I, permissionsBoundary: b }, 'implicitDeny by permissionsBoundary'],
    [{ identity: I, session: s }, 'implicitDeny by session'],
  ])('IAM-4 a grant to the account, or none, leaves it to the identity side (%#)', (layers, expected) => {
    expect(summary(ask({ ...layers, resource: grants({ AWS: ACCOUNT }) }))).toBe(expected);
    expect(summary(ask({ ...layers, resource: grants({ AWS: OTHER_ACCOUNT }) }))).toBe(expected);
    expect(summary(ask(layers))).toBe(expected);
  });

  test('IAM-4 the strongest of several grants counts', () => {
    const resource = grants({ AWS: [ACCOUNT, ROLE_ARN, SESSION_ARN] });
    expect(summary(ask({ resource, permissionsBoundary: b }))).toBe('allow');
    const turned = grants({ AWS: [SESSION_ARN, ROLE_ARN, ACCOUNT] });
    expect(summary(ask({ resource: turned, permissionsBoundary: b }))).toBe('allow');
    const ofOthers = grants({ AWS: [ROLE_ARN, USER_ARN, `${SESSION_ARN}2`] });
    expect(summary(ask({ resource: ofOthers, permissionsBoundary: b }))).toMatch(/^implicitDeny/);
    const weaker = grants({ AWS: [ACCOUNT, ROLE_ARN] });
    expect(summary(ask({ resource: weaker, permissionsBoundary: b }))).toMatch(/^implicitDeny/);
    expect(summary(ask({ resource: weaker }))).toBe('allow');
  });

  test.each<[string, Principal, string, boolean]>([
    ['a session', { ...session, uniqueId: 'AROAEXAMPLEEXAMPLEID:pod-1' }, 'AROAEXAMPLEEXAMPLEID', false],
    ['a role', { arn: ROLE_ARN, uniqueId: 'AROAEXAMPLEEXAMPLEID' }, 'AROAEXAMPLEEXAMPLEID', false],
    ['a user', { ...user, uniqueId: 'AIDAEXAMPLEEXAMPLEID' }, 'AIDAEXAMPLEEXAMPLEID', true],
  ])('IAM-4 a grant to the unique id of %s is one to the role or user', (_title, principal, id, isDirect) => {
    const resource = grants({ AWS: id });
    expect(summary(ask({ resource }, principal))).toBe('allow');
    expect(ask({ resource, permissionsBoundary: b }, principal).decision).toBe(isDirect ? 'allow' : 'implicitDeny');
  });

  test('IAM-4 an Allow for everybody but others is as direct as one for everybody', () => {
    const statement = { Effect: 'Allow', NotPrincipal: { AWS: OTHER_ACCOUNT }, ...s3 };
    const resource = parse([statement], 'resource');
    expect(summary(ask({ resource, permissionsBoundary: b, session: s }))).toBe('allow');
    expect(summary(ask({ resource }, 'anonymous'))).toBe('allow');
  });

  test('IAM-4 an allow names the layers that allowed', () => {
    const layersOf = (layers: Partial<IamLayers>) => ask(layers).determining.map(({ layer }) => layer);
    expect(layersOf({ resource: grants('*'), identity: [silent('identity')] })).toEqual(['resource']);
    expect(layersOf({ resource: grants({ AWS: ACCOUNT }), identity: I })).toEqual(['resource', 'identity']);
    expect(layersOf({ identity: I, permissionsBoundary: allows('permissionsBoundary') })).toEqual([
      'identity',
      'permissionsBoundary',
    ]);
  });

  test('IAM-4 a grant to a session does not help a caller who may be another', () => {
    const decision = ask({ resource: grants({ AWS: SESSION_ARN }) }, { arn: ROLE_ARN });
    expect(summary(decision)).toBe('implicitDeny by identity');
  });
});

describe('across accounts', () => {
  const I = [allows('identity')];
  const b = silent('permissionsBoundary');
  const s = [silent('session')];

  test.each<[string, unknown]>([
    ['everybody', '*'],
    ['the session', { AWS: SESSION_ARN }],
    ['the role', { AWS: ROLE_ARN }],
    ['the account', { AWS: ACCOUNT }],
  ])('IAM-5 a grant to %s needs the identity side as well', (_title, granted) => {
    const resource = grants(granted);
    const say = (layers: Partial<IamLayers>) => summary(ask({ ...layers, resource }, session, OTHER_ACCOUNT));
    expect(say({ identity: I })).toBe('allow');
    expect(say({})).toBe('implicitDeny by identity');
    expect(say({ identity: I, permissionsBoundary: b })).toBe('implicitDeny by permissionsBoundary');
    expect(say({ identity: I, session: s })).toBe('implicitDeny by session');
    expect(say({ identity: I, permissionsBoundary: allows('permissionsBoundary'), session: [allows('session')] })).toBe(
      'allow',
    );
  });

  test('IAM-5 a grant to the canonical id of an account is one to the account', () => {
    const resource = grants({ CanonicalUser: '79a59df9' });
    const owner = { ...session, canonicalUserId: '79a59df9' };
    expect(summary(ask({ resource, identity: I }, owner, OTHER_ACCOUNT))).toBe('allow');
    expect(summary(ask({ resource }, owner, OTHER_ACCOUNT))).toBe('implicitDeny by identity');
    expect(summary(ask({ resource, identity: I }, session, OTHER_ACCOUNT))).toBe('implicitDeny by resource');
  });

  test('IAM-5 the identity side alone is not enough', () => {
    expect(summary(ask({ identity: I }, session, OTHER_ACCOUNT))).toBe('implicitDeny by resource');
    const resource = grants({ AWS: OTHER_ACCOUNT });
    expect(summary(ask({ identity: I, resource }, session, OTHER_ACCOUNT))).toBe('implicitDeny by resource');
  });
});

describe('a federated user', () => {
  const I = [allows('identity')];
  const S = [allows('session')];

  test.each<[string, Partial<IamLayers>, string]>([
    ['nothing', {}, 'implicitDeny'],
    ['the policies of its user only', { identity: I }, 'implicitDeny'],
    ['session policies only', { session: S }, 'implicitDeny'],
    ['both', { identity: I, session: S }, 'allow'],
    ['both, the session policy silent', { identity: I, session: [silent('session')] }, 'implicitDeny'],
    ['a grant to its user, without session policies', { resource: grants({ AWS: USER_ARN }) }, 'implicitDeny'],
    ['a grant to its user, and session policies', { resource: grants({ AWS: USER_ARN }), session: S }, 'allow'],
    [
      'a grant to its user, a silent boundary',
      { resource: grants({ AWS: USER_ARN }), session: S, permissionsBoundary: silent('permissionsBoundary') },
      'implicitDeny',
    ],
    ['a grant to itself', { resource: grants({ AWS: federated.arn }) }, 'allow'],
    ['a grant to its account', { resource: grants({ AWS: ACCOUNT }), identity: I }, 'implicitDeny'],
  ])('IAM-6 with %s', (_title, layers, expected) => {
    expect(ask(layers, federated).decision).toBe(expected);
  });

  test('IAM-6 across accounts', () => {
    const resource = grants({ AWS: federated.arn });
    expect(ask({ resource, identity: I }, federated, OTHER_ACCOUNT).decision).toBe('implicitDeny');
    expect(ask({ resource, identity: I, session: S }, federated, OTHER_ACCOUNT).decision).toBe('allow');
  });
});

describe('the root user', () => {
  test.each<[string, Partial<IamLayers>, string, string]>([
    ['nothing', {}, ACCOUNT, 'allow'],
    ['SCPs that allow', { scps: [[allows('scp')]] }, ACCOUNT, 'allow'],
    ['SCPs that are silent', { scps: [[silent('scp')]] }, ACCOUNT, 'implicitDeny by scp'],
    ['SCPs that deny', { scps: [[allows('scp'), denies('scp')]] }, ACCOUNT, 'explicitDeny by scp'],
    ['a resource policy that denies', { resource: denies('resource') }, ACCOUNT, 'explicitDeny by resource'],
    ['nothing, in another account', {}, OTHER_ACCOUNT, 'implicitDeny by resource'],
    ['a grant, in another account', { resource: grants({ AWS: ACCOUNT }) }, OTHER_ACCOUNT, 'allow'],
  ])('IAM-7 with %s', (_title, layers, account, expected) => {
    expect(summary(ask(layers, root, account))).toBe(expected);
  });
});
