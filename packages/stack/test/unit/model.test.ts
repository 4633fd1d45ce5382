// What a stack file becomes: defaults, references, and that nothing of it can be changed.
import { expect, test } from 'vitest';
import { parseStack } from '../../src/index.js';
import { errorOf, ids, minimalStack, problemsOf } from '../support/minimal-stack.js';

const stackOf = (text: string) => parseStack(text, { file: 'stack.yaml' });

test('JSON and YAML give the same', () => {
  const json = {
    region: 'eu-west-1',
    account: '111122223333',
    serviceNetworks: { net: { id: ids.network(1), services: ['api'] } },
    services: { api: { id: ids.service(1) } },
  };
  const withoutPlaces = (value: unknown) =>
    JSON.parse(JSON.stringify(value, (key, inner: unknown) => (key === 'place' ? undefined : inner)));
  expect(withoutPlaces(stackOf(JSON.stringify(json, null, '\t')))).toEqual(withoutPlaces(stackOf(minimalStack())));
});

test('ARNs from parts, defaults of Lattice', () => {
  const stack = stackOf(
    minimalStack('', '    listeners: { a: { protocol: HTTPS, defaultAction: { fixedResponse: 500 } } }\n'),
  );
  expect(stack.services.api).toMatchObject({
    arn: `arn:aws:vpc-lattice:eu-west-1:111122223333:service/${ids.service(1)}`,
    authType: 'NONE',
    listeners: { a: { port: 443, rules: [], defaultAction: { kind: 'fixedResponse', status: 500 } } },
  });
  expect(stack.serviceNetworks.net).toMatchObject({
    arn: `arn:aws:vpc-lattice:eu-west-1:111122223333:servicenetwork/${ids.network(1)}`,
    vpcs: [],
    services: ['api'],
  });
});

test("a service's idle timeout is Lattice's unless it is set", () => {
  expect(stackOf(minimalStack()).services.api?.idleTimeoutSeconds).toBe(60);
  expect(stackOf(minimalStack('', '    idleTimeoutSeconds: 600\n')).services.api?.idleTimeoutSeconds).toBe(600);
});

test('a thing of its own account, region and partition', () => {
  const text = minimalStack(
    'accounts: { cn: "444455556666" }\npartition: aws-cn\n',
    '    account: cn\n    region: cn-north-1\n',
  );
  expect(stackOf(text).services.api?.arn).toBe(
    `arn:aws-cn:vpc-lattice:cn-north-1:444455556666:service/${ids.service(1)}`,
  );
});

test('rules stand in the order in which they are tried; header names in lower case', () => {
  const stack = stackOf(`${minimalStack(
    '',
    `    listeners:
      l:
        protocol: HTTP
        defaultAction: { forward: one }
        rules:
          late: { priority: 20, match: { path: { prefix: /a } }, action: { forward: [{ targetGroup: one, weight: 0 }, { targetGroup: two, weight: 999 }] } }
          early: { priority: 10, match: { headers: [{ name: X-Env, contains: test }] }, action: { fixedResponse: 404 } }
`,
  )}targetGroups:
  one: { type: IP, protocol: HTTP, port: 8080, targets: [{ id: 10.0.0.1 }, { id: 10.0.0.2, port: 9090 }] }
  two: { type: LAMBDA }
`);
  const listener = stack.services.api?.listeners.l;
  expect(listener?.defaultAction).toEqual({ kind: 'forward', targetGroups: [{ name: 'one', weight: 100 }] });
  expect(listener?.rules.map(({ name }) => name)).toEqual(['early', 'late']);
  expect(listener?.rules[0]?.match.headers).toEqual([
    { name: 'x-env', kind: 'contains', text: 'test', caseSensitive: false },
  ]);
  expect(listener?.rules[1]?.action).toEqual({
    kind: 'forward',
    targetGroups: [
      { name: 'one', weight: 0 },
      { name: 'two', weight: 999 },
    ],
  });
  expect(stack.targetGroups.one).toMatchObject({
    protocolVersion: 'HTTP1',
    targets: [
      { id: '10.0.0.1', port: 8080 },
      { id: '10.0.0.2', port: 9090 },
    ],
  });
  expect(stack.targetGroups.two).toMatchObject({
    protocol: undefined,
    protocolVersion: undefined,
    lambdaEventVersion: 'V1',
  });
});

test('a caller has the organization and the SCPs of its account, unless it has its own', () => {
  const stack = stackOf(
    minimalStack(`accounts:
  shop:
    id: "444455556666"
    organization: { id: o-a1b2c3d4e5, paths: [o-a1b2c3d4e5/r-ab12/], management: true }
    scps: [[{ Statement: { Effect: Allow, Action: "*", Resource: "*" } }]]
principals:
  web: { arn: "arn:aws:iam::444455556666:role/web" }
  own: { arn: "arn:aws:iam::444455556666:role/own", organization: { id: o-zzzzzzzzzz }, policies: { scps: [] } }
  free: { arn: "arn:aws:iam::444455556666:role/free", policies: assume-allowed }
`),
  );
  const { web, own, free } = stack.principals;
  expect(web).toMatchObject({
    kind: 'role',
    accountId: '444455556666',
    principal: { orgId: 'o-a1b2c3d4e5', orgPaths: ['o-a1b2c3d4e5/r-ab12/'], inManagementAccount: true },
  });
  expect(web?.caller).toMatchObject({ identity: [], scps: [[{ type: 'scp' }]] });
  expect(own).toMatchObject({ principal: { orgId: 'o-zzzzzzzzzz', inManagementAccount: false }, caller: { scps: [] } });
  expect(free?.caller).toBe('assume-allowed');
});

test.each([
  ['arn:aws:iam::111122223333:role/service/web', 'role'],
  ['arn:aws:sts::111122223333:assumed-role/web/i-1', 'session'],
  ['arn:aws:iam::111122223333:user/people/alice', 'user'],
  ['arn:aws:iam::111122223333:root', 'root'],
  ['arn:aws:sts::111122223333:federated-user/alice', 'federatedUser'],
  ['arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com', 'identityProvider'],
  ['arn:aws-cn:iam::111122223333:saml-provider/idp', 'identityProvider'],
  ['lambda.amazonaws.com', 'service'],
])('%s is a %s', (arn, kind) => {
  expect(stackOf(minimalStack(`principals: { p: { arn: "${arn}" } }\n`)).principals.p?.kind).toBe(kind);
});

test('what stands in for AWS on this machine', () => {
  const text = minimalStack(`vpcs: { a: { id: vpc-11111111 } }
principals: { web: { arn: "arn:aws:iam::111122223333:role/web" } }
targetGroups: { v1: { type: IP, protocol: HTTP }, fn: { type: LAMBDA }, own: { type: LAMBDA } }
local:
  x-note: kept in the file
  vpcs: { a: { address: 127.0.1.1, port: 8101 } }
  vpcHeader: X-Vpc
  defaultVpc: a
  credentials: { web: { accessKeyId: AKIALOCALEXAMPLE, secretAccessKey: secret } }
  targetGroups:
    v1:
      targets: [{ url: "http://127.0.0.1:8081" }, { command: [node, a.mjs], cwd: ../web, env: { A: "1" } }]
      healthCheck: { x-why: quick, intervalMs: 1000 }
    fn: { targets: [{ lambda: ./fn.mjs }] }
    own: { targets: [{ command: [python3, fn.py], runtime: lambda }] }
`);
  const { local } = stackOf(text);
  const plain: unknown = JSON.parse(JSON.stringify(local));
  expect(plain).toEqual({
    vpcs: { a: { address: '127.0.1.1', port: 8101 } },
    vpcHeader: 'x-vpc',
    defaultVpc: 'a',
    credentials: { web: { accessKeyId: 'AKIALOCALEXAMPLE', secretAccessKey: 'secret' } },
    targetGroups: {
      v1: {
        targets: [
          { kind: 'url', url: 'http://127.0.0.1:8081' },
          { kind: 'command', command: ['node', 'a.mjs'], cwd: '../web', env: { A: '1' } },
        ],
        healthCheck: {
          path: '/',
          intervalMs: 1_000,
          timeoutMs: 5_000,
          healthyThreshold: 5,
          unhealthyThreshold: 2,
          matcher: '200',
        },
      },
      fn: { targets: [{ kind: 'lambda', module: './fn.mjs', exportName: 'handler' }] },
      own: { targets: [{ kind: 'lambdaRuntime', command: ['python3', 'fn.py'], env: {} }] },
    },
  });
});

test('a stack without the section has it empty', () => {
  expect(JSON.parse(JSON.stringify(stackOf(minimalStack()).local))).toEqual({
    vpcs: {},
    credentials: {},
    targetGroups: {},
  });
});

test('names of what every object inherits', () => {
  const stack = stackOf(minimalStack().replaceAll('api', 'constructor'));
  expect(Object.keys(stack.services)).toEqual(['constructor']);
  expect(stack.vpcs.constructor).toBeUndefined();
});

test('extensions begin with x-', () => {
  const text = minimalStack('x-owner: { team: shop }\n', '    x-note: [1, 2]\n');
  expect(stackOf(text).services.api?.name).toBe('api');
});

test('time is kept in UTC', () => {
  expect(stackOf(minimalStack('now: 2026-01-01T01:00:00+01:00\n')).now).toBe('2026-01-01T00:00:00.000Z');
});

test('ranges of different VPCs may overlap', () => {
  const text = minimalStack(
    'vpcs: { a: { id: vpc-11111111, cidrs: [10.0.0.0/8, "fd00::/8"] }, b: { id: vpc-22222222, cidrs: [10.0.0.0/8] } }\n',
  );
  expect(stackOf(text).vpcs.a).toMatchObject({ accountId: '111122223333', cidrs: ['10.0.0.0/8', 'fd00::/8'] });
});

test('nothing can be changed', () => {
  const stack = stackOf(minimalStack('vpcs: { a: { id: vpc-11111111, cidrs: [10.0.0.0/8], tags: { a: b } } }\n'));
  const thawed: string[] = [];
  const visit = (value: unknown, path: string) => {
    if (typeof value !== 'object' || value === null) return;
    if (!Object.isFrozen(value)) thawed.push(path);
    for (const [key, inner] of Object.entries(value)) visit(inner, `${path}/${key}`);
  };
  visit(stack, '');
  expect(thawed).toEqual([]);
});

test('all problems are found in one run, in the order of the file, each thing once', () => {
  const problems = problemsOf(
    minimalStack(
      `vpcs: { a: { id: nothing } }
principals:
  web: { arn: "arn:aws:iam::111122223333:role/web", vpc: a }
  job: { arn: "arn:aws:iam::111122223333:role/job", vpc: b, policies: { identity: [none.json] } }
`,
      '    authTyp: NONE\n    account: shop\n',
    ),
  );
  expect(problems.map(({ code, line }) => [code, line])).toEqual([
    ['ERR_STACK_SCHEMA', 8],
    ['ERR_STACK_REFERENCE', 9],
    ['ERR_STACK_VALUE', 10],
    // `vpc: a` of `web` is no second problem: `a` is there, and was reported.
    ['ERR_STACK_REFERENCE', 13],
    ['ERR_STACK_READ', 13],
  ]);
});

test('the list of problems has an end', () => {
  const names = Array.from({ length: 500 }, (_, i) => `none-${i}`).join(', ');
  expect(problemsOf(minimalStack().replace('[api]', `[${names}]`))).toHaveLength(200);
});

test('the error is its first problem, and names the files to watch', () => {
  const error = errorOf(() => stackOf(minimalStack('', '    authPolicy: none.json\n')));
  expect(error).toMatchObject({ name: 'StackError', code: 'ERR_STACK_READ', line: 8, column: 17 });
  expect(error.message).toBe('stack.yaml:8:17: there is no file `none.json`');
  expect(error.files).toEqual(['stack.yaml', 'none.json']);
  const two = errorOf(() => stackOf(minimalStack('vpc: 1\nnow: 2\n')));
  expect(two.message).toMatch(/ \(and 1 more\)$/);
});
