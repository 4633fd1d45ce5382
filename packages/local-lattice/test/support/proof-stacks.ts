// proof-stacks.ts — random small stacks and requests to them. All is drawn from one small pool, so that policies, callers
// and requests meet about half of the time.
import fc from 'fast-check';
import type { StackShape } from './proof.js';

const ACCOUNT = '111122223333';
const OTHER_ACCOUNT = '444455556666';
const ARN = `arn:aws:vpc-lattice:eu-west-1:${ACCOUNT}`;

const PATHS = [
  '/',
  '/orders',
  '/orders/7',
  '/Orders',
  '/a%20b',
  '//orders',
  '/orders/',
  '/a/../orders',
  '/%C3%BC',
] as const;
const METHODS = ['GET', 'POST', 'DELETE'] as const;
const QUERIES = [undefined, 'kind=new', 'kind=old', 'kind=new&kind=old', 'page=2', 'kind=n%65w'] as const;
const HEADERS = [undefined, 'test', 'prod'] as const;
const SERVICES = ['s1', 's2', 's3'] as const;
const VPCS = ['vpc-a', 'vpc-b'] as const;
const PRINCIPALS = ['p1', 'p2', 'p3'] as const;

const ids = { s1: `svc-${'1'.repeat(17)}`, s2: `svc-${'2'.repeat(17)}`, s3: `svc-${'3'.repeat(17)}` };
const serviceArn = (name: keyof typeof ids) => `${ARN}:service/${ids[name]}`;
const vpcIds = { 'vpc-a': 'vpc-0aaaaaaa', 'vpc-b': 'vpc-0bbbbbbb' };

const resource = fc.oneof(
  fc.constantFrom('*', '*/orders', '*/orders*', '*/*'),
  fc
    .tuple(fc.constantFrom(...SERVICES), fc.constantFrom('/*', '/orders*', '/a*', ''))
    .map(([name, end]) => serviceArn(name) + end),
);

const condition = fc.oneof(
  fc
    .tuple(fc.constantFrom('StringEquals', 'StringNotEquals'), fc.constantFrom(...METHODS))
    .map(([operator, value]) => ({
      [operator]: { 'vpc-lattice-svcs:RequestMethod': value },
    })),
  fc
    .tuple(fc.constantFrom('StringLike', 'StringNotLike'), fc.constantFrom('/orders*', '/a*', '/'))
    .map(([operator, value]) => ({
      [operator]: { 'vpc-lattice-svcs:RequestPath': value },
    })),
  fc
    .tuple(fc.constantFrom('StringEquals', 'StringEqualsIfExists'), fc.constantFrom('test', 'prod'))
    .map(([operator, value]) => ({
      [operator]: { 'vpc-lattice-svcs:RequestHeader/x-env': value },
    })),
  fc
    .tuple(fc.constantFrom('ForAnyValue:StringEquals', 'ForAllValues:StringEquals'), fc.constantFrom('new', 'old'))
    .map(([operator, value]) => ({ [operator]: { 'vpc-lattice-svcs:RequestQueryString/kind': [value] } })),
  fc
    .tuple(fc.constantFrom('StringEquals', 'StringNotEquals'), fc.constantFrom(...Object.values(vpcIds)))
    .map(([operator, value]) => ({ [operator]: { 'vpc-lattice-svcs:SourceVpc': value } })),
  fc.constantFrom('a', 'b').map((value) => ({ StringEquals: { 'aws:PrincipalTag/team': value } })),
  fc.constantFrom('a', 'b').map((value) => ({ StringEquals: { 'aws:ResourceTag/env': value } })),
  fc.constant({ StringNotEquals: { 'aws:PrincipalType': 'Anonymous' } }),
  fc.constant({ StringEquals: { 'aws:PrincipalOrgID': 'o-abcdefghij' } }),
  fc.constantFrom(80, 8080).map((port) => ({ NumericEquals: { 'vpc-lattice-svcs:Port': String(port) } })),
  fc.constant({ DateGreaterThan: { 'aws:CurrentTime': '2020-01-01T00:00:00Z' } }),
);

const principal = fc.constantFrom<unknown>(
  '*',
  '*',
  { AWS: '*' },
  { AWS: `arn:aws:iam::${ACCOUNT}:root` },
  { AWS: `arn:aws:iam::${ACCOUNT}:role/one` },
  { AWS: [`arn:aws:iam::${OTHER_ACCOUNT}:role/two`, `arn:aws:iam::${ACCOUNT}:user/three`] },
);

const maybe = <T>(one: fc.Arbitrary<T>) => fc.option(one, { nil: undefined, freq: 2 });

function statement(isAuth: boolean) {
  return fc
    .record({
      Effect: fc.constantFrom('Allow', 'Allow', 'Allow', 'Deny'),
      Principal: principal,
      Action: fc.constantFrom('vpc-lattice-svcs:Invoke', '*', 'vpc-lattice-svcs:*', 'vpc-lattice-svcs:Connect'),
      Resource: resource,
      Condition: maybe(condition),
    })
    .map(({ Principal, Condition, ...rest }) => ({
      ...rest,
      ...(isAuth && { Principal }),
      ...(Condition && { Condition }),
    }));
}

const policy = (isAuth: boolean) =>
  fc
    .array(statement(isAuth), { minLength: 1, maxLength: 3 })
    .map((Statement) => ({ Version: '2012-10-17', Statement }));

const OPEN = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' }] };
const INVOKE = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: 'vpc-lattice-svcs:Invoke', Resource: '*' }],
};

/** Auth of a network or service; `open` is how often everybody may. */
const guard = (open: number) =>
  fc.oneof(
    { weight: open, arbitrary: fc.constant({ authType: 'NONE' }) },
    { weight: 1, arbitrary: fc.constant({ authType: 'AWS_IAM' }) },
    { weight: open, arbitrary: fc.constant({ authType: 'AWS_IAM', authPolicy: OPEN }) },
    { weight: 6, arbitrary: policy(true).map((authPolicy) => ({ authType: 'AWS_IAM', authPolicy })) },
  );

const linked = fc.oneof(fc.constant([...SERVICES]), fc.subarray([...SERVICES], { minLength: 1 }));

const callerPolicies = fc.oneof(
  { weight: 1, arbitrary: fc.constant({}) },
  { weight: 4, arbitrary: fc.constant({ policies: { identity: [INVOKE] } }) },
  { weight: 2, arbitrary: policy(false).map((one) => ({ policies: { identity: [one] } })) },
  {
    weight: 1,
    arbitrary: policy(false).map((one) => ({ policies: { identity: [INVOKE], permissionsBoundary: one } })),
  },
);

const team = fc.constantFrom({}, { tags: { team: 'a' } }, { tags: { team: 'b' } });
const organization = fc.constantFrom({}, { organization: { id: 'o-abcdefghij' } });
const home = fc.constantFrom<object>({}, { vpc: 'vpc-a' }, { vpc: 'vpc-b' });

const namedCaller = (arn: string) =>
  fc.tuple(callerPolicies, team, organization, home).map((parts) => Object.assign({ arn }, ...parts) as object);

/** A stack; its target groups answer at `targetUrl`. */
export function stackShape(targetUrl: string): fc.Arbitrary<StackShape> {
  return fc
    .record({
      networks: fc.tuple(guard(6), guard(6)),
      links: fc.tuple(linked, linked),
      services: fc.tuple(guard(2), guard(2), guard(2)),
      tags: fc.tuple(fc.constantFrom('a', 'b'), fc.constantFrom('a', 'b')),
      port: fc.constantFrom(80, 8080),
      callers: fc.tuple(
        namedCaller(`arn:aws:sts::${ACCOUNT}:assumed-role/one/pod-1`),
        namedCaller(`arn:aws:iam::${OTHER_ACCOUNT}:role/two`).map((one) => ({ ...one, sessionName: 'pod-2' })),
        namedCaller(`arn:aws:iam::${ACCOUNT}:user/three`),
      ),
      defaultVpc: fc.constantFrom({}, { defaultVpc: 'vpc-a' }),
    })
    .map(({ networks, links, services, tags, port, callers, defaultVpc }) => {
      // A target group belongs to one service.
      const http = (name: string) => ({
        listeners: { http: { protocol: 'HTTP', port, defaultAction: { forward: name } } },
      });
      const each = (value: object) => Object.fromEntries(SERVICES.map((name) => [name, value]));
      return {
        region: 'eu-west-1',
        account: ACCOUNT,
        vpcs: { 'vpc-a': { id: vpcIds['vpc-a'] }, 'vpc-b': { id: vpcIds['vpc-b'], account: OTHER_ACCOUNT } },
        serviceNetworks: {
          n1: { id: `sn-${'1'.repeat(17)}`, vpcs: ['vpc-a'], services: links[0], ...networks[0] },
          n2: { id: `sn-${'2'.repeat(17)}`, vpcs: ['vpc-b'], services: links[1], ...networks[1] },
        },
        services: {
          s1: { id: ids.s1, tags: { env: tags[0] }, ...http('s1'), ...services[0] },
          s2: { id: ids.s2, tags: { env: tags[1] }, ...http('s2'), ...services[1] },
          s3: { id: ids.s3, ...http('s3'), ...services[2] },
        },
        targetGroups: each({ type: 'IP', protocol: 'HTTP', port: 80, vpc: 'vpc-a' }),
        principals: { p1: callers[0], p2: callers[1], p3: callers[2] },
        local: { ...defaultVpc, targetGroups: each({ targets: [{ url: targetUrl }] }) },
      };
    });
}

/** A request in a stack's words. */
export interface ProofRequest {
  readonly from: (typeof PRINCIPALS)[number] | 'anonymous';
  readonly to: (typeof SERVICES)[number];
  /** Undefined: from 127.0.0.1, which is no VPC's address. */
  readonly vpc: (typeof VPCS)[number] | undefined;
  readonly method: (typeof METHODS)[number];
  readonly path: string;
  readonly query: string | undefined;
  readonly env: string | undefined;
  readonly placement: 'header' | 'query';
  /** The signature is spoilt. */
  readonly spoilt: boolean;
}

export const proofRequest: fc.Arbitrary<ProofRequest> = fc.record({
  from: fc.constantFrom(...PRINCIPALS, 'anonymous' as const),
  to: fc.constantFrom(...SERVICES),
  vpc: fc.constantFrom(...VPCS, ...VPCS, undefined),
  method: fc.constantFrom(...METHODS),
  path: fc.constantFrom(...PATHS),
  query: fc.constantFrom(...QUERIES),
  env: fc.constantFrom(...HEADERS),
  placement: fc.constantFrom('header', 'header', 'query'),
  spoilt: fc.nat(15).map((draw) => draw === 0),
});
