// lattice-stack.ts — the stack that is measured: auth policies on network and service, an identity policy, rules and two
// weighted groups, as in the walk-through; and a set of signed requests to it.
import { signRequest } from '@lattice-auth/sigv4-fetch/core';

const ACCOUNT = '111122223333';
const ID = '0123456789abcdef0';
const HOST = `orders-${ID}.7d67968.vpc-lattice-svcs.eu-west-1.on.aws`;
export const REGION = 'eu-west-1';
export const KEYS = { accessKeyId: 'AKIALOCALEXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY' };

const allow = (more: object) => ({ Effect: 'Allow', Action: 'vpc-lattice-svcs:Invoke', Resource: '*', ...more });
const policy = (...Statement: object[]) => ({ Version: '2012-10-17', Statement });
const CLIENT = `arn:aws:iam::${ACCOUNT}:role/client`;

/** Everything goes to one upstream. */
export function latticeStack(upstream: number): Record<string, unknown> {
  const group = { type: 'IP', protocol: 'HTTP', port: 80, vpc: 'vpc-a' };
  const target = { targets: [{ url: `http://127.0.0.1:${upstream}` }] };
  const forward = [
    { targetGroup: 'v1', weight: 50 },
    { targetGroup: 'v2', weight: 50 },
  ];
  const anonymous = { StringNotEqualsIgnoreCase: { 'aws:PrincipalType': 'anonymous' } };
  const getInVpc = {
    StringEquals: { 'vpc-lattice-svcs:RequestMethod': 'GET', 'vpc-lattice-svcs:SourceVpc': 'vpc-0a1b2c3d' },
  };
  return {
    region: REGION,
    account: ACCOUNT,
    vpcs: { 'vpc-a': { id: 'vpc-0a1b2c3d' } },
    serviceNetworks: {
      net: {
        ...{ id: 'sn-0123456789abcdef0', vpcs: ['vpc-a'], services: ['orders'], authType: 'AWS_IAM' },
        authPolicy: policy(allow({ Principal: '*', Condition: anonymous })),
      },
    },
    services: {
      orders: {
        ...{ id: `svc-${ID}`, authType: 'AWS_IAM' },
        authPolicy: policy(allow({ Principal: { AWS: CLIENT }, Resource: '*/orders/*', Condition: getInVpc })),
        listeners: {
          http: {
            protocol: 'HTTP',
            defaultAction: { fixedResponse: 404 },
            rules: {
              admin: { priority: 1, match: { path: { exact: '/admin' } }, action: { fixedResponse: 404 } },
              writes: { priority: 2, match: { method: 'POST' }, action: { forward: 'v1' } },
              reads: { priority: 3, match: { path: { prefix: '/orders' } }, action: { forward } },
            },
          },
        },
      },
    },
    targetGroups: { v1: group, v2: group },
    principals: { client: { arn: CLIENT, sessionName: 'pod-1', policies: { identity: [policy(allow({}))] } } },
    local: { defaultVpc: 'vpc-a', credentials: { client: KEYS }, targetGroups: { v1: target, v2: target } },
  };
}

/** Requests with a signature each, good for five minutes from now. */
export function signedRequests(count: number): { target: string; headers: (readonly [string, string])[] }[] {
  const date = new Date();
  return Array.from({ length: count }, (_, i) => {
    const target = `/orders/${i}?expand=lines&open=true`;
    const headers = [['host', HOST] as const, ['user-agent', 'bench'] as const, ['accept', '*/*'] as const];
    const signed = signRequest({ method: 'GET', target, headers }, { credentials: KEYS, region: REGION, date });
    return { target: signed.target, headers: [...headers, ...signed.headers] };
  });
}
