// stacks.ts — small stacks for tests, as documents.

const ACCOUNT = '111122223333';
export const ORDERS_ARN = `arn:aws:vpc-lattice:eu-west-1:${ACCOUNT}:service/svc-0123456789abcdef0`;
export const ORDERS_HOST = 'orders-0123456789abcdef0.7d67968.vpc-lattice-svcs.eu-west-1.on.aws';

type Document = Record<string, unknown>;

const allow = (principal: unknown, resource: string, more: Document = {}): Document => ({
  Version: '2012-10-17',
  Statement: { Effect: 'Allow', Principal: principal, Action: 'vpc-lattice-svcs:Invoke', Resource: resource, ...more },
});

const INVOKE_ALL: Document = {
  Version: '2012-10-17',
  Statement: { Effect: 'Allow', Action: 'vpc-lattice-svcs:Invoke', Resource: '*' },
};

/** What a test may want to have otherwise. */
export interface OrdersStack {
  readonly targets?: readonly Document[];
  readonly service?: Document;
  readonly group?: Document;
  readonly local?: Document;
  readonly more?: Document;
}

/**
 * One service, `orders`, on HTTP and HTTPS, in a network with VPC `front`; VPC `far` is in none. `web` may read, `spy` has
 * no policy, and everybody may GET /public.
 */
export function ordersStack({ targets = [], service = {}, group = {}, local = {}, more = {} }: OrdersStack = {}) {
  return {
    region: 'eu-west-1',
    account: ACCOUNT,
    vpcs: {
      front: { id: 'vpc-0a1b2c3d' },
      far: { id: 'vpc-0e4f5a6b' },
    },
    serviceNetworks: {
      net: { id: 'sn-0123456789abcdef0', vpcs: ['front'], services: ['orders'] },
    },
    services: {
      orders: {
        id: 'svc-0123456789abcdef0',
        authType: 'AWS_IAM',
        customDomain: 'orders.example.com',
        authPolicy: {
          Version: '2012-10-17',
          Statement: [
            allow({ AWS: `arn:aws:iam::${ACCOUNT}:role/web` }, `${ORDERS_ARN}/*`).Statement,
            allow('*', `${ORDERS_ARN}/public*`).Statement,
          ],
        },
        listeners: {
          http: { protocol: 'HTTP', port: 80, defaultAction: { forward: 'main' } },
          https: { protocol: 'HTTPS', port: 443, defaultAction: { forward: 'main' } },
        },
        ...service,
      },
    },
    targetGroups: { main: { type: 'IP', protocol: 'HTTP', port: 8080, vpc: 'front', ...group } },
    principals: {
      web: {
        arn: `arn:aws:iam::${ACCOUNT}:role/web`,
        sessionName: 'pod-1',
        organization: { id: 'o-a1b2c3d4e5', paths: ['o-a1b2c3d4e5/r-ab12/'] },
        tags: { team: 'shop;front' },
        vpc: 'front',
        policies: { identity: [INVOKE_ALL] },
      },
      spy: { arn: `arn:aws:iam::${ACCOUNT}:role/web`, sessionName: 'spy-1', vpc: 'front' },
    },
    local: { defaultVpc: 'front', ...(targets.length === 0 ? {} : { targetGroups: { main: { targets } } }), ...local },
    ...more,
  };
}
