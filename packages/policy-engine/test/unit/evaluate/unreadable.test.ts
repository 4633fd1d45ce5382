// What the engine says when it can't read a request or the policies of an authorizer: which field, and what it must be
// (docs/evaluation.md, EVAL-TOTAL). A request's own getters may throw anything: their words are not repeated.
import { describe, expect, test } from 'vitest';
import {
  authorizeIam,
  compilePolicy,
  createAuthorizer,
  evaluatePolicy,
  type IamLayers,
  type LatticePolicies,
  type LatticeRequest,
  PolicyError,
  type Principal,
  parsePolicy,
  type RequestContext,
} from '../../../src/index.js';

const document = (extra: object) => ({
  Version: '2012-10-17',
  Statement: { Effect: 'Allow', Action: '*', Resource: '*', ...extra },
});
const identity = parsePolicy(document({}), { type: 'identity' });
const auth = parsePolicy(document({ Principal: '*' }), { type: 'auth' });
const arn = 'arn:aws:vpc-lattice:eu-west-1:111122223333:service/svc-1';
const principal: Principal = { arn: 'arn:aws:iam::111122223333:user/u' };
const request: RequestContext = { principal, action: 's3:GetObject', resource: 'arn:aws:s3:::b/k', context: {} };
const open: LatticePolicies = {
  serviceNetwork: { authType: 'NONE' },
  service: { authType: 'AWS_IAM', policy: auth, arn },
};

const ARN_WORDS =
  'principal.arn is not a role, session, user, root user, federated user, identity provider or service principal';

describe('a plain request', () => {
  test.each<[string, unknown]>([
    ['the request must be an object', null],
    ['the request must be an object', [request]],
    ["principal must be an object with an arn, or 'anonymous'", { ...request, principal: 'somebody' }],
    ['principal.arn must be a string', { ...request, principal: {} }],
    [ARN_WORDS, { ...request, principal: { arn: 'arn:aws:s3:::bucket' } }],
    [ARN_WORDS, { ...request, principal: { arn: `arn:aws:iam::111122223333:user/${'u'.repeat(2048)}` } }],
    [ARN_WORDS, { ...request, principal: { arn: 'arn:aws:iam::111122223333:user/' } }],
    [ARN_WORDS, { ...request, principal: { arn: 'arn:aws:iam::1111:user/u' } }],
    [ARN_WORDS, { ...request, principal: { arn: 'arn:aws:iam:eu-west-1:111122223333:user/u' } }],
    [ARN_WORDS, { ...request, principal: { arn: 'ARN:aws:iam::111122223333:user/u' } }],
    [ARN_WORDS, { ...request, principal: { arn: 'arn:AWS:iam::111122223333:user/u' } }],
    [ARN_WORDS, { ...request, principal: { arn: 'arn:Aws:iam::111122223333:user/u' } }],
    [ARN_WORDS, { ...request, principal: { arn: 'arn:aws9:iam::111122223333:user/u' } }],
    [ARN_WORDS, { ...request, principal: { arn: 'arn:aws:iam::111122223333:user' } }],
    [ARN_WORDS, { ...request, principal: { arn: 'arn:aws:iam::111122223333:role' } }],
    [ARN_WORDS, { ...request, principal: { arn: 'arn:aws:sts::111122223333:assumed-role/r' } }],
    [ARN_WORDS, { ...request, principal: { arn: 'arn:aws:sts::111122223333:assumed-role/p/r/s' } }],
    [ARN_WORDS, { ...request, principal: { arn: 'arn:aws:sts::111122223333:user/u' } }],
    [ARN_WORDS, { ...request, principal: { arn: 'arn:aws:iam::111122223333:assumed-role/r/s' } }],
    [ARN_WORDS, { ...request, principal: { arn: 'arn:aws:sts::111122223333:root' } }],
    [ARN_WORDS, { ...request, principal: { arn: 'arn:aws:iam::111122223333:policy/p' } }],
    [ARN_WORDS, { ...request, principal: { arn: 'localhost' } }],
    [ARN_WORDS, { ...request, principal: { arn: 'Lambda.amazonaws.com' } }],
    ['principal.uniqueId must be a string', { ...request, principal: { ...principal, uniqueId: 1 } }],
    ['principal.orgId must be a string', { ...request, principal: { ...principal, orgId: null } }],
    ['principal.sessionName must be a string', { ...request, principal: { ...principal, sessionName: {} } }],
    ['principal.roleArn must be a string', { ...request, principal: { ...principal, roleArn: [] } }],
    ...[
      'arn:aws:iam::111122223333:role/other',
      'arn:aws:iam::999900001111:role/r',
      'arn:aws-cn:iam::111122223333:role/r',
      'arn:aws:iam::111122223333:user/r',
      'arn:aws:sts::111122223333:assumed-role/r/s',
      `arn:aws:iam::111122223333:role/${'x'.repeat(2048)}/r`,
      'r',
    ].map((roleArn): [string, unknown] => [
      'principal.roleArn is not the role that principal.arn is a session of',
      { ...request, principal: { arn: 'arn:aws:sts::111122223333:assumed-role/r/s', roleArn } },
    ]),
    ['principal.federatedBy must be a string', { ...request, principal: { ...principal, federatedBy: true } }],
    ['principal.canonicalUserId must be a string', { ...request, principal: { ...principal, canonicalUserId: 1 } }],
    ['principal.orgPaths must be a list of strings', { ...request, principal: { ...principal, orgPaths: [1] } }],
    ['principal.orgPaths must be a list of strings', { ...request, principal: { ...principal, orgPaths: 'o-1/' } }],
    [
      'principal.inManagementAccount must be a boolean',
      { ...request, principal: { ...principal, inManagementAccount: 'yes' } },
    ],
    ['principal.tags must be an object of names to strings', { ...request, principal: { ...principal, tags: [] } }],
    ['principal.tags["team"] must be a string', { ...request, principal: { ...principal, tags: { team: ['a'] } } }],
    ['action must be `service:Operation`', { ...request, action: 'GetObject' }],
    ['action must be `service:Operation`', { ...request, action: 's3:Get*' }],
    ['action must be `service:Operation`', { ...request, action: 's3:Get Object' }],
    ['action must be `service:Operation`', { ...request, action: 's3:' }],
    ['action must be `service:Operation`', { ...request, action: 'a:b:c' }],
    ['action must be `service:Operation`', { ...request, action: ['s3:GetObject'] }],
    ['resource must be a string', { ...request, resource: '' }],
    ['resource must be a string', { ...request, resource: undefined }],
    ['context must be an object of keys to values', { ...request, context: 'k=v' }],
    ['context must be an object of keys to values', { ...request, context: new Map() }],
    ['context must be an object of keys to values', { ...request, context: new Date(0) }],
    [
      'context must be an object of keys to values',
      {
        ...request,
        context: new (class {
          *[Symbol.iterator]() {}
        })(),
      },
    ],
    ['context["k"] must be a string, number, boolean, Date or list of strings', { ...request, context: { k: {} } }],
    [
      'context["k"] must be a string, number, boolean, Date or list of strings',
      { ...request, context: { k: Number.POSITIVE_INFINITY } },
    ],
    [
      'the request could not be read',
      {
        get principal(): never {
          throw new Error('secret');
        },
      },
    ],
  ])('%s', (problem, asked) => {
    const evaluation = evaluatePolicy(compilePolicy(identity), asked as RequestContext);
    expect(evaluation).toEqual({ effect: 'implicitDeny', determining: [], assumptions: [], invalidRequest: problem });
  });

  test('what can be left out', () => {
    const asked = { principal, action: request.action, resource: request.resource } as RequestContext;
    const evaluation = evaluatePolicy(compilePolicy(identity), asked);
    expect(evaluation.effect).toBe('allow');
    expect(evaluation.invalidRequest).toBeUndefined();
  });
});

describe('policies that came with a request', () => {
  const asked = { ...request, resourceAccount: '111122223333' };
  test.each<[string, unknown, unknown]>([
    ['layers must be an object of policies', null, asked],
    ['layers.identity must be a list of policies', { identity }, asked],
    ['layers.identity[1] must be a policy that parsePolicy returned', { identity: [identity, {}] }, asked],
    ['layers.identity[0] is a policy of type auth, which does not belong there', { identity: [auth] }, asked],
    [
      'layers.resource is a policy of type identity, which does not belong there',
      { identity: [], resource: identity },
      asked,
    ],
    [
      'layers.permissionsBoundary must be a policy that parsePolicy returned',
      { permissionsBoundary: [identity] },
      asked,
    ],
    ['layers.session must be a list of policies', { session: identity }, asked],
    ['layers.scps must be a list of levels', { scps: identity }, asked],
    ['layers.scps[0] must be a list of policies', { scps: [identity] }, asked],
    ['layers.rcps[1][0] is a policy of type identity, which does not belong there', { rcps: [[], [identity]] }, asked],
    ['layers.vpcEndpoint must be a list of policies', { vpcEndpoint: auth }, asked],
    ['resourceAccount must be a 12-digit account', { identity: [identity] }, request],
    ['resourceAccount must be a 12-digit account', { identity: [identity] }, { ...request, resourceAccount: '1' }],
    [
      'resourceAccount must be a 12-digit account',
      { identity: [identity] },
      { ...request, resourceAccount: '1111222233334' },
    ],
    [
      'resourceAccount must be a 12-digit account',
      { identity: [identity] },
      { ...request, resourceAccount: 'x111122223333' },
    ],
    [
      'resourceAccount must be a 12-digit account',
      { identity: [identity] },
      { ...request, resourceAccount: 111122223333 },
    ],
  ])('%s', (problem, layers, given) => {
    const decision = authorizeIam(layers as IamLayers, given as typeof asked);
    expect(decision).toEqual({
      decision: 'implicitDeny',
      deniedBy: undefined,
      layers: {},
      determining: [],
      assumptions: [],
      invalidRequest: problem,
    });
  });
});

describe('a Lattice request', () => {
  const caller = { identity: [identity] };
  test.each<[string, unknown]>([
    ['the request must be an object', 'GET /'],
    ['method must be a string', { principal, method: 1 }],
    ['path must be a string', { principal, path: 1 }],
    ['path must start with `/`', { principal, path: 'orders' }],
    ['sourceVpc must be a string', { principal, sourceVpc: 1 }],
    ['sourceVpcOwnerAccount must be a string', { principal, sourceVpcOwnerAccount: 111122223333 }],
    ['sourceIp must be a string', { principal, sourceIp: [10, 0, 0, 1] }],
    ['port must be an integer from 0 to 65535', { principal, port: 65_536 }],
    ['port must be an integer from 0 to 65535', { principal, port: -1 }],
    ['port must be an integer from 0 to 65535', { principal, port: 80.5 }],
    ['time must be a valid Date', { principal, time: 0 }],
    ['time must be a valid Date', { principal, time: new Date(Number.NaN) }],
    ['protocol must be http, grpc or tls', { principal, protocol: 'HTTP' }],
    ['headers must be an object of names to values', { principal, headers: [['a', 'b']] }],
    ['headers["a"] must be a string or list of strings', { principal, headers: { a: 1 } }],
    ['headers["a"] must be a string or list of strings', { principal, headers: { a: ['b', 1] } }],
    ['query must be an object of names to values', { principal, query: 1 }],
    ['query["a"] must be a list of strings', { principal, query: { a: 'b' } }],
    ['context must be an object of keys to values', { principal, context: [] }],
    ['caller must be an object of policies', { principal, caller: 'allowed' }],
    ['caller.identity must be a list of policies', { principal, caller: {} }],
    ['caller.scps must be a list of levels', { principal, caller: { ...caller, scps: {} } }],
    [
      'caller.permissionsBoundary is a policy of type auth, which does not belong there',
      { principal, caller: { ...caller, permissionsBoundary: auth } },
    ],
    [ARN_WORDS, { principal: { arn: 'x' } }],
  ])('%s', (problem, asked) => {
    const decision = createAuthorizer(open).authorize(asked as LatticeRequest);
    const silent = { effect: 'notEvaluated', reason: 'notApplicable' };
    expect(decision).toEqual({
      decision: 'deny',
      reason: 'implicitDeny',
      deniedBy: undefined,
      layers: {
        serviceNetwork: silent,
        service: silent,
        scp: silent,
        identity: silent,
        permissionsBoundary: silent,
        session: silent,
        rcp: { effect: 'notEvaluated', reason: 'notAttached' },
      },
      determining: [],
      assumptions: [],
      message: `AccessDeniedException: the request can not be decided: ${problem}`,
      invalidRequest: problem,
    });
  });

  test.each<[string, Partial<LatticeRequest>]>([
    ['port 0', { port: 0 }],
    ['port 65535', { port: 65_535 }],
    ['a path of one star, as OPTIONS has', { path: '*' }],
    ['empty headers, query and context', { headers: {}, query: {}, context: {} }],
    ['fields that are undefined', { method: undefined, headers: undefined, query: undefined, time: undefined }],
  ])('%s can be read', (_title, asked) => {
    expect(createAuthorizer(open).authorize({ principal, caller, ...asked }).decision).toBe('allow');
  });
});

describe('the policies of an authorizer', () => {
  test.each<[string, unknown]>([
    ['policies must be an object', undefined],
    ['serviceNetwork must be an object', { service: open.service }],
    ['service must be an object', { serviceNetwork: open.serviceNetwork }],
    ['serviceNetwork.authType must be NONE or AWS_IAM', { ...open, serviceNetwork: {} }],
    ['service.authType must be NONE or AWS_IAM', { ...open, service: { ...open.service, authType: 'none' } }],
    ['serviceNetwork.arn must be a string', { ...open, serviceNetwork: { authType: 'NONE', arn: 1 } }],
    ['service.arn must be an ARN', { ...open, service: { authType: 'NONE' } }],
    ['service.arn must be an ARN', { ...open, service: { ...open.service, arn: 'svc-1' } }],
    ['service.arn must be an ARN', { ...open, service: { ...open.service, arn: 'x:aws:vpc-lattice:::service/svc-1' } }],
    [
      'service.policy must be a policy that parsePolicy returned',
      { ...open, service: { ...open.service, policy: document({}) } },
    ],
    [
      'service.policy is a policy of type identity, which does not belong there',
      { ...open, service: { ...open.service, policy: identity } },
    ],
    ['service.tags must be an object of names to strings', { ...open, service: { ...open.service, tags: 'a' } }],
    ['service.tags["a"] must be a string', { ...open, service: { ...open.service, tags: { a: 1 } } }],
    ['rcps must be a list of levels', { ...open, rcps: {} }],
    ['rcps[0][0] is a policy of type identity, which does not belong there', { ...open, rcps: [[identity]] }],
  ])('%s', (problem, policies) => {
    const create = () => createAuthorizer(policies as LatticePolicies);
    expect(create).toThrow(PolicyError);
    expect(create).toThrow(expect.objectContaining({ code: 'ERR_POLICY_VALUE', pointer: '', line: 1, column: 1 }));
    expect(create).toThrow(problem);
  });
});
