// The rules of "Lattice" in docs/evaluation.md, first part: which policies are asked, how they are joined, and which of
// them a denial names.
import { describe, expect, test } from 'vitest';
import { type CallerPolicies, createAuthorizer, type LatticeRequest, type Principal } from '../../../src/index.js';
import {
  ACCOUNT,
  allowAll,
  allowIdentity,
  authorize,
  latticePolicies,
  NETWORK_ARN,
  parse,
  ROLE_ARN,
  SERVICE_ARN,
  SESSION_ARN,
  session,
  USER_ARN,
} from './asking.js';

const everything = { Action: '*', Resource: '*' };
const denyAll = [{ Effect: 'Deny', Principal: '*', ...everything }];
const other = [{ Effect: 'Allow', Principal: { AWS: '444455556666' }, ...everything }];
const identityDeny = parse([{ Effect: 'Deny', ...everything }]);
const identityOther = parse([{ Effect: 'Allow', Action: 's3:*', Resource: '*' }]);
const allows = (type: 'permissionsBoundary' | 'session' | 'scp') => parse([{ Effect: 'Allow', ...everything }], type);
const others = (type: 'permissionsBoundary' | 'session' | 'scp') =>
  parse([{ Effect: 'Allow', Action: 's3:*', Resource: '*' }], type);
const denies = (type: 'permissionsBoundary' | 'session' | 'scp') => parse([{ Effect: 'Deny', ...everything }], type);

const summary = ({ decision, deniedBy }: ReturnType<typeof authorize>) =>
  deniedBy === undefined ? decision : `${decision} by ${deniedBy}`;

describe('auth types', () => {
  const stored = parse(denyAll, 'auth');
  const open = parse(allowAll, 'auth');

  test.each([
    [
      'network',
      { serviceNetwork: { authType: 'NONE', policy: stored }, service: { authType: 'AWS_IAM', policy: open } },
    ],
    [
      'service',
      { serviceNetwork: { authType: 'AWS_IAM', policy: open }, service: { authType: 'NONE', policy: stored } },
    ],
    ['both', { serviceNetwork: { authType: 'NONE', policy: stored }, service: { authType: 'NONE', policy: stored } }],
  ] as const)('LATTICE-AUTH a policy is not evaluated under NONE, its Denies neither: %s', (_title, sides) => {
    const policies = { ...sides, service: { ...sides.service, arn: SERVICE_ARN } };
    const asked = { principal: session, caller: { identity: [allowIdentity] } };
    expect(createAuthorizer(policies).authorize(asked).decision).toBe('allow');
  });

  test.each([
    ['network', { network: 'none', service: allowAll }, 'serviceNetwork'],
    ['service', { network: allowAll, service: 'none' }, 'service'],
    ['service, the network open', { service: 'none' }, 'service'],
  ])('LATTICE-AUTH AWS_IAM without a policy denies everything: %s', (_title, setting, deniedBy) => {
    for (const asked of [{}, { principal: 'anonymous', caller: undefined }, { protocol: 'tls' }] as const) {
      expect(authorize(setting, asked)).toMatchObject({ decision: 'deny', reason: 'noPolicy', deniedBy });
    }
  });

  test('LATTICE-AUTH says in layers which side was asked', () => {
    expect(authorize({}).layers.serviceNetwork).toEqual({ effect: 'notEvaluated', reason: 'authTypeNone' });
    expect(authorize({ network: 'none' }).layers.serviceNetwork).toEqual({
      effect: 'implicitDeny',
      reason: 'noPolicy',
    });
    expect(authorize({ network: allowAll }).layers.serviceNetwork).toEqual({ effect: 'allow', reason: 'allowed' });
    expect(authorize({ network: denyAll }).layers.serviceNetwork.effect).toBe('explicitDeny');
    expect(authorize({ network: other }).layers.serviceNetwork.effect).toBe('implicitDeny');
  });
});

const SIDES = { open: undefined, allows: allowAll, silent: other, denies: denyAll, 'has no policy': 'none' };
const IDENTITIES = {
  allows: [allowIdentity],
  silent: [identityOther],
  denies: [allowIdentity, identityDeny],
  missing: [],
};
const sideNames = Object.keys(SIDES) as (keyof typeof SIDES)[];
const identityNames = Object.keys(IDENTITIES) as (keyof typeof IDENTITIES)[];

describe.each(sideNames)('the network %s', (network) => {
  const setting = (service: keyof typeof SIDES) => ({ network: SIDES[network], service: SIDES[service] });
  const passes = (name: keyof typeof SIDES) => name === 'open' || name === 'allows';

  test.each(sideNames.flatMap((service) => identityNames.map((identity) => [service, identity] as const)))(
    'LATTICE-BOTH the service %s, the identity policy %s',
    (service, identity) => {
      const decision = authorize(setting(service), { caller: { identity: IDENTITIES[identity] } });
      const isAsked = network !== 'open' || service !== 'open';
      const isDenied = network === 'denies' || service === 'denies' || (isAsked && identity === 'denies');
      const isAllowed = passes(network) && passes(service) && (!isAsked || identity === 'allows') && !isDenied;
      expect(decision.decision).toBe(isAllowed ? 'allow' : 'deny');
      expect(decision.reason === 'explicitDeny').toBe(isDenied);
    },
  );

  test.each(sideNames)('LATTICE-BOTH the service %s, an unsigned request', (service) => {
    const decision = authorize(setting(service), { principal: 'anonymous', caller: undefined });
    expect(decision.decision).toBe(passes(network) && passes(service) ? 'allow' : 'deny');
  });
});

test('LATTICE-BOTH in one account too', () => {
  const service = [{ Effect: 'Allow', Principal: { AWS: `arn:aws:iam::444455556666:role/Reader` }, ...everything }];
  const principal = { arn: 'arn:aws:sts::444455556666:assumed-role/Reader/pod-1' };
  expect(summary(authorize({ service }, { principal, caller: { identity: [] } }))).toBe('deny by identity');
  expect(summary(authorize({ service }, { principal }))).toBe('allow');
});

test('LATTICE-BOTH names what allowed, layer by layer', () => {
  const { determining } = authorize({ network: allowAll });
  expect(determining.map(({ layer, policy, index, effect }) => [layer, policy, index, effect])).toEqual([
    ['serviceNetwork', 'network', 0, 'Allow'],
    ['service', 'service', 0, 'Allow'],
    ['identity', 'identity', 0, 'Allow'],
  ]);
});

test('LATTICE-CALLER a signed caller without policies is denied', () => {
  const decision = authorize({}, { caller: undefined });
  expect(decision).toMatchObject({ decision: 'deny', reason: 'implicitDeny', deniedBy: 'identity' });
});

test("LATTICE-CALLER 'assume-allowed' skips the check and says so", () => {
  const decision = authorize({}, { caller: 'assume-allowed' });
  expect(decision.decision).toBe('allow');
  expect(decision.layers.identity).toEqual({ effect: 'notEvaluated', reason: 'assumedAllowed' });
  expect(summary(authorize({ service: other }, { caller: 'assume-allowed' }))).toBe('deny by service');
  expect(summary(authorize({ service: denyAll }, { caller: 'assume-allowed' }))).toBe('deny by service');
});

const LAYERS: [string, Partial<CallerPolicies>, string][] = [
  ['a boundary that allows', { permissionsBoundary: allows('permissionsBoundary') }, 'allow'],
  ['a boundary that is silent', { permissionsBoundary: others('permissionsBoundary') }, 'deny by permissionsBoundary'],
  ['a boundary that denies', { permissionsBoundary: denies('permissionsBoundary') }, 'deny by permissionsBoundary'],
  ['a session policy that allows', { session: [allows('session')] }, 'allow'],
  ['a session policy that is silent', { session: [others('session')] }, 'deny by session'],
  ['session policies of which one allows', { session: [others('session'), allows('session')] }, 'allow'],
  ['session policies of which one denies', { session: [denies('session'), allows('session')] }, 'deny by session'],
  ['SCPs that allow', { scps: [[allows('scp')], [allows('scp')]] }, 'allow'],
  ['a root level that is silent', { scps: [[others('scp')], [allows('scp')]] }, 'deny by scp'],
  ['a last level that is silent', { scps: [[allows('scp')], [others('scp')]] }, 'deny by scp'],
  ['a level without policies', { scps: [[allows('scp')], []] }, 'deny by scp'],
  ['a level of which one policy allows', { scps: [[others('scp'), allows('scp')]] }, 'allow'],
  ['a level of which one policy denies', { scps: [[allows('scp')], [denies('scp'), allows('scp')]] }, 'deny by scp'],
];

describe('the layers that limit a caller', () => {
  test.each(LAYERS)('LATTICE-LAYERS %s', (_title, layers, expected) => {
    const decision = authorize({}, { caller: { identity: [allowIdentity], ...layers } });
    expect(summary(decision)).toBe(expected);
    expect(decision.assumptions.includes('identity-layers')).toBe(expected !== 'allow');
    if (expected === 'allow') expect(decision.assumptions).toEqual([]);
  });

  test('LATTICE-LAYERS an identity policy that is silent too leaves nothing to the assumption', () => {
    const caller = { identity: [], permissionsBoundary: others('permissionsBoundary') };
    expect(authorize({}, { caller }).assumptions).not.toContain('identity-layers');
  });

  test('LATTICE-LAYERS a boundary that is silent for an assumption rests on both', () => {
    const unreadable = { NumericLessThan: { 'vpc-lattice-svcs:RequestMethod': '5' } };
    const boundary = [{ Effect: 'Allow', ...everything, Condition: unreadable }];
    const caller = { identity: [allowIdentity], permissionsBoundary: parse(boundary, 'permissionsBoundary') };
    expect(authorize({}, { caller, method: 'GET' }).assumptions).toEqual(
      expect.arrayContaining(['identity-layers', 'value-unparsable']),
    );
  });

  test('LATTICE-LAYERS so does one beside an identity policy that is silent for an assumption', () => {
    const unreadable = { NumericLessThan: { 'vpc-lattice-svcs:RequestMethod': '5' } };
    const identity = [parse([{ Effect: 'Allow', ...everything, Condition: unreadable }])];
    const caller = { identity, permissionsBoundary: others('permissionsBoundary') };
    expect(authorize({}, { caller, method: 'GET' }).assumptions).toEqual(
      expect.arrayContaining(['identity-layers', 'value-unparsable']),
    );
  });

  test('LATTICE-LAYERS do not speak for an identity policy that is missing', () => {
    const caller = { identity: [], permissionsBoundary: allows('permissionsBoundary'), session: [allows('session')] };
    expect(summary(authorize({}, { caller }))).toBe('deny by identity');
  });
});

test.each<[string, Principal, boolean]>([
  ['a member account', session, true],
  ['a member account, said so', { ...session, inManagementAccount: false }, true],
  ['the management account', { ...session, inManagementAccount: true }, false],
  [
    'a service-linked role',
    { arn: `arn:aws:iam::${ACCOUNT}:role/aws-service-role/ecs.amazonaws.com/AWSServiceRoleForECS` },
    false,
  ],
  ['a role named like one', { arn: `arn:aws:iam::${ACCOUNT}:role/AWSServiceRoleForECS` }, true],
])('LATTICE-SCP callers of %s', (_title, principal, applies) => {
  const caller = { identity: [allowIdentity], scps: [[denies('scp')]] };
  const decision = authorize({}, { principal, caller });
  expect(summary(decision)).toBe(applies ? 'deny by scp' : 'allow');
  if (!applies) expect(decision.layers.scp).toEqual({ effect: 'notEvaluated', reason: 'notApplicable' });
});

describe('a statement that names the caller', () => {
  const grant = (principal: string) => [{ Effect: 'Allow', Principal: { AWS: principal }, ...everything }];
  const user = { arn: USER_ARN };

  test.each([
    ['its session', SESSION_ARN, session, true],
    ['its user', USER_ARN, user, true],
    ['its role', ROLE_ARN, session, false],
    ['its account', ACCOUNT, session, false],
    ['everybody', '*', session, false],
  ])('LATTICE-DIRECT by %s does not replace the identity policy', (_title, principal, caller, isDirect) => {
    const decision = authorize({ service: grant(principal) }, { principal: caller, caller: { identity: [] } });
    expect(summary(decision)).toBe('deny by identity');
    expect(decision.assumptions.includes('resource-grant-direct')).toBe(isDirect);
  });

  test.each<[string, unknown, boolean]>([
    ['its session beside another user', { AWS: [SESSION_ARN, USER_ARN] }, true],
    ['its role beside a user', { AWS: [ROLE_ARN, USER_ARN] }, false],
    ['its role beside another session', { AWS: [ROLE_ARN, `${SESSION_ARN}2`] }, false],
    ['its session beside everybody', { AWS: ['*', SESSION_ARN] }, true],
  ])('LATTICE-DIRECT only the entry that matches counts: %s', (_title, principal, isDirect) => {
    const service = [{ Effect: 'Allow', Principal: principal, ...everything }];
    const decision = authorize({ service }, { caller: { identity: [] } });
    expect(decision.assumptions.includes('resource-grant-direct')).toBe(isDirect);
  });

  test('LATTICE-DIRECT is no matter when an auth policy denies', () => {
    const silent = { network: grant(SESSION_ARN), service: other };
    expect(authorize(silent, { caller: { identity: [] } }).assumptions).not.toContain('resource-grant-direct');
    const turned = { network: other, service: grant(SESSION_ARN) };
    expect(authorize(turned, { caller: { identity: [] } }).assumptions).not.toContain('resource-grant-direct');
  });

  test('LATTICE-DIRECT is no matter when the identity policy allows, or denies explicitly', () => {
    const setting = { service: grant(SESSION_ARN) };
    expect(authorize(setting).assumptions).toEqual([]);
    const decision = authorize(setting, { caller: { identity: [identityDeny] } });
    expect(decision.assumptions).not.toContain('resource-grant-direct');
  });
});

describe('the root user', () => {
  const principal = { arn: `arn:aws:iam::${ACCOUNT}:root` };

  test('LATTICE-ROOT needs no identity policy', () => {
    const decision = authorize({}, { principal, caller: { identity: [] } });
    expect(decision.decision).toBe('allow');
    expect(decision.layers.identity).toEqual({ effect: 'notEvaluated', reason: 'rootUser' });
  });

  test('LATTICE-ROOT needs the auth policies and SCPs all the same', () => {
    expect(summary(authorize({ service: other }, { principal }))).toBe('deny by service');
    const caller = { identity: [], scps: [[denies('scp')]] };
    expect(summary(authorize({}, { principal, caller }))).toBe('deny by scp');
  });
});

describe('federated users', () => {
  const principal = { arn: `arn:aws:sts::${ACCOUNT}:federated-user/bob`, federatedBy: USER_ARN };
  const identity = [allowIdentity];

  test('LATTICE-FEDERATED without session policies is denied, whatever its user may', () => {
    const decision = authorize({}, { principal, caller: { identity } });
    expect(summary(decision)).toBe('deny by session');
    expect(decision.layers.session).toEqual({ effect: 'implicitDeny', reason: 'implicitDeny' });
    expect(decision.message).toContain('because no session policy allows');
  });

  test.each([
    ['that allow', [allows('session')], 'allow'],
    ['that are silent', [others('session')], 'deny by session'],
    ['of which there are none', [], 'deny by session'],
  ])('LATTICE-FEDERATED with session policies %s', (_title, session, expected) => {
    expect(summary(authorize({}, { principal, caller: { identity, session } }))).toBe(expected);
  });

  test('LATTICE-FEDERATED needs none where the caller is not asked', () => {
    expect(summary(authorize({}, { principal, caller: 'assume-allowed' }))).toBe('allow');
  });
});

test('LATTICE-RCP resource control policies are accepted and ignored', () => {
  const rcp = parse([{ Effect: 'Deny', Principal: '*', ...everything }], 'rcp');
  const authorizer = createAuthorizer({ ...latticePolicies({}), rcps: [[rcp]] });
  const decision = authorizer.authorize({ principal: session, caller: { identity: [allowIdentity] } });
  expect(decision.decision).toBe('allow');
  expect(decision.layers.rcp).toEqual({ effect: 'notEvaluated', reason: 'rcpIgnoredService' });
  expect(authorize({}).layers.rcp).toEqual({ effect: 'notEvaluated', reason: 'notAttached' });
});

describe('both auth types NONE', () => {
  const open = { network: undefined, service: undefined };

  test.each<[string, Partial<LatticeRequest>, string[]]>([
    ['a caller that may', {}, ['identity-under-none']],
    ['a caller that may not', { caller: { identity: [] } }, ['identity-under-none']],
    ['a caller that is denied', { caller: { identity: [identityDeny] } }, ['identity-under-none']],
    ['a caller without policies', { caller: undefined }, ['identity-under-none']],
    ['nobody', { principal: 'anonymous', caller: undefined }, []],
    ['TLS passthrough', { protocol: 'tls' }, []],
  ])('LATTICE-NONE allows %s', (_title, asked, assumptions) => {
    const decision = authorize(open, asked);
    expect(decision).toMatchObject({ decision: 'allow', reason: 'allowed', message: '' });
    expect(decision.assumptions).toEqual(assumptions);
  });
});

describe('unsigned requests', () => {
  const anonymous = { principal: 'anonymous', caller: undefined } as const;

  test('LATTICE-ANON have no identity side', () => {
    const decision = authorize({ network: allowAll }, anonymous);
    expect(decision.decision).toBe('allow');
    for (const layer of ['identity', 'permissionsBoundary', 'session', 'scp'] as const) {
      expect(decision.layers[layer]).toEqual({ effect: 'notEvaluated', reason: 'notApplicable' });
    }
  });

  test('LATTICE-ANON policies given for them are not asked', () => {
    const caller = { identity: [identityDeny], scps: [[denies('scp')]] };
    expect(authorize({}, { principal: 'anonymous', caller }).decision).toBe('allow');
  });

  test.each([
    ['everybody', allowAll, 'allow'],
    ['an account', [{ Effect: 'Allow', Principal: { AWS: ACCOUNT }, ...everything }], 'deny by service'],
    [
      'authenticated callers',
      [{ ...allowAll[0], Condition: { StringNotEquals: { 'aws:PrincipalType': 'Anonymous' } } }],
      'deny by service',
    ],
    [
      'an organization',
      [{ ...allowAll[0], Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-1' } } }],
      'deny by service',
    ],
  ])('LATTICE-ANON are among %s: %s', (_title, service, expected) => {
    expect(summary(authorize({ service }, anonymous))).toBe(expected);
  });
});

describe('which layer a denial names', () => {
  const silentCaller = {
    identity: [],
    permissionsBoundary: others('permissionsBoundary'),
    session: [others('session')],
  };
  const denyingCaller = {
    identity: [identityDeny],
    permissionsBoundary: denies('permissionsBoundary'),
    session: [denies('session')],
    scps: [[denies('scp')]],
  };

  test.each<[string, object, Partial<LatticeRequest>, string, boolean]>([
    ['network and service', { network: other, service: other }, {}, 'serviceNetwork', true],
    [
      'network, service and identity',
      { network: other, service: other },
      { caller: undefined },
      'serviceNetwork',
      true,
    ],
    ['service and identity', { service: other }, { caller: undefined }, 'service', false],
    ['network and identity', { network: other }, { caller: undefined }, 'serviceNetwork', true],
    ['SCP and identity', {}, { caller: { ...silentCaller, scps: [[]] } }, 'scp', true],
    ['identity and boundary', {}, { caller: silentCaller }, 'identity', true],
    [
      'boundary and session',
      {},
      { caller: { ...silentCaller, identity: [allowIdentity] } },
      'permissionsBoundary',
      true,
    ],
    ['service and SCP', { service: other }, { caller: { identity: [allowIdentity], scps: [[]] } }, 'service', true],
    ['service, identity and boundary', { service: other }, { caller: silentCaller }, 'service', true],
    ['service only', { service: other }, {}, 'service', false],
    ['identity only', {}, { caller: undefined }, 'identity', false],
  ])('LATTICE-DENIED-BY of implicit denies in %s', (_title, setting, asked, deniedBy, isAssumed) => {
    const decision = authorize(setting, asked);
    expect(decision).toMatchObject({ decision: 'deny', reason: 'implicitDeny', deniedBy });
    expect(decision.assumptions.includes('reason-precedence')).toBe(isAssumed);
  });

  test.each<[string, object, Partial<LatticeRequest>, string, boolean]>([
    ['network and service', { network: denyAll, service: denyAll }, {}, 'serviceNetwork', true],
    ['service and identity', { service: denyAll }, { caller: { identity: [identityDeny] } }, 'service', true],
    ['everything on the caller', {}, { caller: denyingCaller }, 'scp', true],
    ['identity and boundary', {}, { caller: { ...denyingCaller, scps: undefined } }, 'identity', true],
    [
      'boundary and session',
      {},
      { caller: { ...denyingCaller, scps: undefined, identity: [allowIdentity] } },
      'permissionsBoundary',
      true,
    ],
    ['session only', {}, { caller: { identity: [allowIdentity], session: [denies('session')] } }, 'session', false],
    ['service only', { service: denyAll }, {}, 'service', false],
  ])('LATTICE-DENIED-BY of explicit denies in %s', (_title, setting, asked, deniedBy, isAssumed) => {
    const decision = authorize(setting, asked);
    expect(decision).toMatchObject({ decision: 'deny', reason: 'explicitDeny', deniedBy });
    expect(decision.assumptions.includes('reason-precedence')).toBe(isAssumed);
  });

  test.each<[string, object, Partial<LatticeRequest>, string]>([
    ['service, network silent', { network: other, service: denyAll }, {}, 'service'],
    ['identity, service silent', { service: other }, { caller: { identity: [identityDeny] } }, 'identity'],
    ['network, identity missing', { network: denyAll }, { caller: undefined }, 'serviceNetwork'],
    [
      'session, all else silent',
      { network: other, service: other },
      { caller: { identity: [], session: [denies('session')] } },
      'session',
    ],
  ])('LATTICE-DENIED-BY an explicit deny before implicit ones: %s', (_title, setting, asked, deniedBy) => {
    expect(authorize(setting, asked)).toMatchObject({ reason: 'explicitDeny', deniedBy });
  });

  test('LATTICE-DENIED-BY a denial names the statements of all explicit denies', () => {
    const decision = authorize({ network: denyAll, service: denyAll });
    expect(decision.determining.map(({ layer }) => layer)).toEqual(['serviceNetwork', 'service']);
  });
});

describe('the text of a denial', () => {
  const start = (user: string, action = 'vpc-lattice-svcs:Invoke', resource = `${SERVICE_ARN}/`) =>
    `AccessDeniedException: User: ${user} is not authorized to perform: ${action} on resource: ${resource} `;
  const noPolicy = (name: string, action = 'vpc-lattice-svcs:Invoke') =>
    `because no ${name} allows the ${action} action`;

  test.each<[string, object, Partial<LatticeRequest>, string, boolean]>([
    ['network, implicit', { network: other }, {}, start(SESSION_ARN) + noPolicy('network-based policy'), false],
    ['service, implicit', { service: other }, {}, start(SESSION_ARN) + noPolicy('service-based policy'), false],
    ['service without a policy', { service: 'none' }, {}, start(SESSION_ARN) + noPolicy('service-based policy'), false],
    ['identity, implicit', {}, { caller: undefined }, start(SESSION_ARN) + noPolicy('identity-based policy'), false],
    [
      'boundary, implicit',
      {},
      { caller: { identity: [allowIdentity], permissionsBoundary: others('permissionsBoundary') } },
      start(SESSION_ARN) + noPolicy('permissions boundary'),
      true,
    ],
    [
      'session, implicit',
      {},
      { caller: { identity: [allowIdentity], session: [others('session')] } },
      start(SESSION_ARN) + noPolicy('session policy'),
      true,
    ],
    [
      'SCP, implicit',
      {},
      { caller: { identity: [allowIdentity], scps: [[]] } },
      start(SESSION_ARN) + noPolicy('service control policy'),
      true,
    ],
    [
      'network, explicit',
      { network: denyAll },
      {},
      `${start(SESSION_ARN)}with an explicit deny in a network-based policy`,
      true,
    ],
    [
      'service, explicit',
      { service: denyAll },
      {},
      `${start(SESSION_ARN)}with an explicit deny in a service-based policy`,
      false,
    ],
    [
      'identity, explicit',
      {},
      { caller: { identity: [identityDeny] } },
      `${start(SESSION_ARN)}with an explicit deny in an identity-based policy`,
      true,
    ],
    [
      'boundary, explicit',
      {},
      { caller: { identity: [allowIdentity], permissionsBoundary: denies('permissionsBoundary') } },
      `${start(SESSION_ARN)}with an explicit deny in a permissions boundary`,
      true,
    ],
    [
      'session, explicit',
      {},
      { caller: { identity: [allowIdentity], session: [denies('session')] } },
      `${start(SESSION_ARN)}with an explicit deny in a session policy`,
      true,
    ],
    [
      'SCP, explicit',
      {},
      { caller: { identity: [allowIdentity], scps: [[denies('scp')]] } },
      `${start(SESSION_ARN)}with an explicit deny in a service control policy`,
      true,
    ],
    [
      'an anonymous caller',
      { service: other },
      { principal: 'anonymous' },
      start('anonymous') + noPolicy('service-based policy'),
      false,
    ],
    [
      'a path',
      { service: other },
      { path: '/orders/1', method: 'GET' },
      start(SESSION_ARN, 'vpc-lattice-svcs:Invoke', `${SERVICE_ARN}/orders/1`) + noPolicy('service-based policy'),
      false,
    ],
    [
      'TLS passthrough',
      { service: other },
      { protocol: 'tls' },
      start('anonymous', 'vpc-lattice-svcs:Connect', SERVICE_ARN) +
        noPolicy('service-based policy', 'vpc-lattice-svcs:Connect'),
      false,
    ],
    [
      'a role with a session name',
      { service: other },
      { principal: { arn: ROLE_ARN, sessionName: 'pod-1' } },
      start(SESSION_ARN) + noPolicy('service-based policy'),
      false,
    ],
    [
      'a role',
      { service: other },
      { principal: { arn: ROLE_ARN } },
      start(ROLE_ARN) + noPolicy('service-based policy'),
      false,
    ],
    [
      'a user',
      { service: other },
      { principal: { arn: USER_ARN } },
      start(USER_ARN) + noPolicy('service-based policy'),
      false,
    ],
  ])('LATTICE-TEXT %s', (_title, setting, asked, message, isAssumed) => {
    const decision = authorize(setting, asked);
    expect(decision.message).toBe(message);
    expect(decision.assumptions.includes('layer-wording')).toBe(isAssumed);
  });

  test('LATTICE-TEXT an allowed request has none', () => {
    expect(authorize({ network: allowAll }).message).toBe('');
  });

  test('LATTICE-TEXT the network is not named in it', () => {
    expect(authorize({ network: other }).message).not.toContain(NETWORK_ARN);
  });
});
