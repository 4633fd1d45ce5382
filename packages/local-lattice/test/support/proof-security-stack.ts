// proof-security-stack.ts — the stack that attacks are tried on: a service for each thing that one could try to get past.
import type { StackShape } from './proof.js';

const ACCOUNT = '111122223333';
const ORDERS = `arn:aws:vpc-lattice:eu-west-1:${ACCOUNT}:service/svc-${'1'.repeat(17)}`;
const CLIENT = `arn:aws:iam::${ACCOUNT}:role/client`;

const policy = (...Statement: object[]) => ({ Version: '2012-10-17', Statement });
const allow = (more: object = {}) => ({
  ...{ Effect: 'Allow', Principal: '*', Action: 'vpc-lattice-svcs:Invoke', Resource: '*' },
  ...more,
});
const INVOKE = policy({ Effect: 'Allow', Action: 'vpc-lattice-svcs:Invoke', Resource: '*' });

const SERVICES = ['orders', 'open', 'by-vpc', 'by-header', 'paths'] as const;

/** All services forward to `targetUrl`. */
export function securityStack(targetUrl: string): StackShape {
  // A target group belongs to one service.
  const http = (service: (typeof SERVICES)[number], rules: object = {}) => ({
    listeners: { http: { protocol: 'HTTP', defaultAction: { forward: service }, rules } },
  });
  const each = (value: object) => Object.fromEntries(SERVICES.map((name) => [name, value]));
  const admin = { priority: 1, match: { path: { prefix: '/admin' } }, action: { forward: 'paths' } };
  return {
    region: 'eu-west-1',
    account: ACCOUNT,
    vpcs: { 'vpc-a': { id: 'vpc-0aaaaaaa' }, 'vpc-b': { id: 'vpc-0bbbbbbb' } },
    serviceNetworks: {
      net: {
        ...{ id: `sn-${'1'.repeat(17)}`, authType: 'AWS_IAM', authPolicy: policy(allow()) },
        vpcs: ['vpc-a', 'vpc-b'],
        services: SERVICES,
      },
    },
    services: {
      // Only the role `client`, and only here.
      orders: {
        id: `svc-${'1'.repeat(17)}`,
        authType: 'AWS_IAM',
        authPolicy: policy(allow({ Principal: { AWS: CLIENT }, Resource: [`${ORDERS}/orders`, `${ORDERS}/public`] })),
        ...http('orders'),
      },
      open: { id: `svc-${'2'.repeat(17)}`, authType: 'AWS_IAM', authPolicy: policy(allow()), ...http('open') },
      'by-vpc': {
        id: `svc-${'3'.repeat(17)}`,
        authType: 'AWS_IAM',
        authPolicy: policy(allow({ Condition: { StringEquals: { 'vpc-lattice-svcs:SourceVpc': 'vpc-0bbbbbbb' } } })),
        ...http('by-vpc'),
      },
      paths: {
        id: `svc-${'4'.repeat(17)}`,
        authType: 'AWS_IAM',
        authPolicy: policy(allow(), {
          ...{ Effect: 'Deny', Principal: '*', Action: '*' },
          Resource: `arn:aws:vpc-lattice:eu-west-1:${ACCOUNT}:service/svc-${'4'.repeat(17)}/admin*`,
        }),
        ...http('paths', { admin }),
      },
      'by-header': {
        id: `svc-${'5'.repeat(17)}`,
        authType: 'AWS_IAM',
        authPolicy: policy(
          ...['x-role', 'x-amzn-lattice-identity', 'x_amzn_lattice_identity'].map((name) =>
            allow({ Condition: { StringEquals: { [`vpc-lattice-svcs:RequestHeader/${name}`]: 'admin' } } }),
          ),
        ),
        ...http('by-header'),
      },
    },
    targetGroups: each({ type: 'IP', protocol: 'HTTP', port: 80, vpc: 'vpc-a' }),
    principals: {
      client: { arn: CLIENT, sessionName: 'pod-1', policies: { identity: [INVOKE] } },
    },
    local: { defaultVpc: 'vpc-a', targetGroups: each({ targets: [{ url: targetUrl }] }) },
  };
}
