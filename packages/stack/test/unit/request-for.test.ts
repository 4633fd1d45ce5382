// Questions in the stack's words: who, from which VPC, through which network, to which listener.
import { expect, test } from 'vitest';
import { authorizerFor, findServices, parseStack, requestFor, type StackQuestion } from '../../src/index.js';
import { errorOf, ids } from '../support/minimal-stack.js';

const stack = parseStack(
  `region: eu-west-1
account: "111122223333"
now: 2026-01-01T00:00:00Z
vpcs:
  a: { id: vpc-aaaaaaaa }
  b: { id: vpc-bbbbbbbb, account: "444455556666" }
  both: { id: vpc-cccccccc }
  none: { id: vpc-dddddddd }
serviceNetworks:
  one: { id: ${ids.network(1)}, vpcs: [a, both], services: [orders, tls, shared] }
  two: { id: ${ids.network(2)}, vpcs: [b], vpcEndpoints: [both], services: [stock, shared] }
services:
  orders:
    id: ${ids.service(1)}
    customDomain: orders.example.com
    dnsName: orders-0.7d67968.vpc-lattice-svcs.eu-west-1.on.aws
    listeners:
      http: { protocol: HTTP, defaultAction: { fixedResponse: 404 } }
      https: { protocol: HTTPS, port: 8443, defaultAction: { fixedResponse: 404 } }
  stock: { id: ${ids.service(2)}, customDomain: shared.example.com }
  tls:
    id: ${ids.service(3)}
    customDomain: shared.example.com
    listeners: { tls: { protocol: TLS_PASSTHROUGH, defaultAction: { forward: tcp } } }
  shared: { id: ${ids.service(4)} }
  alone: { id: ${ids.service(5)} }
targetGroups: { tcp: { type: IP, protocol: TCP } }
principals:
  web: { arn: "arn:aws:iam::111122223333:role/web", vpc: a, sourceIp: 10.0.0.7, policies: assume-allowed }
  job: { arn: "arn:aws:iam::111122223333:role/job" }
`,
  { file: 'stack.yaml' },
);

const ask = (question: StackQuestion) => {
  const asked = requestFor(stack, question);
  if (asked.kind !== 'connected') throw new Error(asked.message);
  return asked;
};

test('everything that the stack knows is filled in', () => {
  const asked = ask({ from: 'web', to: 'orders', path: '/orders/7', query: { a: 'b', c: ['d', 'e'] } });
  expect(asked).toMatchObject({
    serviceNetwork: 'one',
    service: 'orders',
    via: 'association',
    listener: { name: 'http' },
  });
  expect(asked.request).toEqual({
    principal: stack.principals.web?.principal,
    caller: 'assume-allowed',
    protocol: 'http',
    method: 'GET',
    path: '/orders/7',
    query: { a: ['b'], c: ['d', 'e'] },
    headers: undefined,
    port: 80,
    sourceVpc: 'vpc-aaaaaaaa',
    sourceVpcOwnerAccount: '111122223333',
    sourceIp: '10.0.0.7',
    time: new Date('2026-01-01T00:00:00Z'),
    context: undefined,
  });
});

test('what the question says goes first', () => {
  const { request, via } = ask({
    from: 'arn:aws:iam::111122223333:role/web',
    to: 'stock',
    vpc: 'vpc-bbbbbbbb',
    method: 'PUT',
    port: 8080,
    time: '2027-01-01T00:00:00Z',
    sourceIp: 'fd00::1',
    context: { 'aws:SecureTransport': true },
  });
  expect(via).toBe('association');
  expect(request).toMatchObject({
    method: 'PUT',
    port: 8080,
    sourceVpc: 'vpc-bbbbbbbb',
    sourceVpcOwnerAccount: '444455556666',
    sourceIp: 'fd00::1',
    time: new Date('2027-01-01T00:00:00Z'),
    context: { 'aws:SecureTransport': true },
  });
});

test('unsigned requests have no policies of their own', () => {
  expect(ask({ from: 'anonymous', to: 'orders', vpc: 'a' }).request).toMatchObject({
    principal: 'anonymous',
    caller: undefined,
  });
});

test.each([
  ['orders', 'orders'],
  [ids.service(1), 'orders'],
  [`arn:aws:vpc-lattice:eu-west-1:111122223333:service/${ids.service(1)}`, 'orders'],
  ['orders.example.com', 'orders'],
  ['Orders.Example.com.', 'orders'],
  ['orders-0.7d67968.vpc-lattice-svcs.eu-west-1.on.aws', 'orders'],
  ['stock-00000000000000002.7d67968.vpc-lattice-svcs.eu-west-1.on.aws', 'stock'],
])('%s means %s', (text, name) => {
  expect(findServices(stack, text).map((service) => service.name)).toEqual([name]);
});

test('a domain of two networks is that of the network that the caller is in', () => {
  expect(ask({ from: 'web', to: 'shared.example.com', vpc: 'a' }).service).toBe('tls');
  expect(ask({ from: 'web', to: 'shared.example.com', vpc: 'b' }).service).toBe('stock');
});

test('the association goes before the endpoint, unless the network is named', () => {
  expect(ask({ from: 'web', to: 'shared', vpc: 'both' })).toMatchObject({ serviceNetwork: 'one', via: 'association' });
  expect(ask({ from: 'web', to: 'shared', vpc: 'both', serviceNetwork: 'two' })).toMatchObject({
    serviceNetwork: 'two',
    via: 'endpoint',
  });
  expect(ask({ from: 'web', to: 'stock', vpc: 'both' })).toMatchObject({ serviceNetwork: 'two', via: 'endpoint' });
});

test('without a VPC the only network counts', () => {
  expect(ask({ from: 'job', to: 'orders' })).toMatchObject({ serviceNetwork: 'one', via: 'unstated', vpc: undefined });
  expect(ask({ from: 'job', to: 'orders' }).request.sourceVpc).toBeUndefined();
  expect(ask({ from: 'job', to: 'shared', serviceNetwork: 'two' }).serviceNetwork).toBe('two');
});

test('TLS passthrough and gRPC', () => {
  expect(ask({ from: 'web', to: 'tls' }).request).toMatchObject({ protocol: 'tls', method: undefined, port: 443 });
  expect(ask({ from: 'web', to: 'orders', protocol: 'grpc', port: 8443 }).request).toMatchObject({
    protocol: 'grpc',
    method: 'POST',
    port: 8443,
  });
});

test.each([
  [
    { to: 'stock', vpc: 'a' },
    'notConnected',
    "not connected: VPC `a` is associated with network `one`, which doesn't have service `stock`",
  ],
  [
    { to: 'alone', vpc: 'both' },
    'notConnected',
    "not connected: VPC `both` is associated with network `one` and has an endpoint for network `two`, which don't have service `alone`",
  ],
  [
    { to: 'orders', vpc: 'none' },
    'notConnected',
    'not connected: VPC `none` is in no service network; service `orders`, which is in `one`',
  ],
  [
    { to: 'alone', vpc: 'none' },
    'notConnected',
    'not connected: VPC `none` is in no service network; service `alone`, which is in no service network',
  ],
  [
    { to: 'orders', vpc: 'b', serviceNetwork: 'one' },
    'notConnected',
    'not connected: VPC `b` is not associated with service network `one` and has no endpoint for it',
  ],
  [{ to: 'alone' }, 'notConnected', 'not connected: service `alone` is in no service network'],
  [
    { to: 'orders', serviceNetwork: 'two' },
    'notConnected',
    "not connected: service network `two` doesn't have service `orders`",
  ],
  [
    { to: 'orders', vpc: 'a', port: 81 },
    'noListener',
    'no listener: service `orders` listens on 80 (HTTP) and 8443 (HTTPS), not on 81',
  ],
  [
    { to: 'orders', vpc: 'a', protocol: 'tls' },
    'noListener',
    'no listener: service `orders` listens on 80 (HTTP) and 8443 (HTTPS), not for TLS passthrough',
  ],
] as const)('unreachable: %o', (question, reason, message) => {
  expect(requestFor(stack, { from: 'job', ...question })).toEqual({ kind: 'unreachable', reason, message });
});

test.each([
  [
    { from: 'wep', to: 'orders' },
    'ERR_STACK_REFERENCE',
    'stack.yaml: no principal is named `wep`; did you mean `web`?',
  ],
  [
    { from: 'anonymus', to: 'orders' },
    'ERR_STACK_REFERENCE',
    'stack.yaml: no principal is named `anonymus`; did you mean `anonymous`?',
  ],
  [
    { from: 'web', to: 'order' },
    'ERR_STACK_REFERENCE',
    'stack.yaml: no service is named `order`; did you mean `orders`?',
  ],
  [{ from: 'web', to: 'orders', vpc: 'vpc' }, 'ERR_STACK_REFERENCE', 'stack.yaml: no VPC is named `vpc`'],
  [
    { from: 'web', to: 'orders', serviceNetwork: 'on' },
    'ERR_STACK_REFERENCE',
    'stack.yaml: no service network is named `on`; did you mean `one`?',
  ],
  [
    { from: 'job', to: 'shared' },
    'ERR_STACK_REQUEST',
    'stack.yaml: service `shared` is in the service networks `one` and `two`: name one, or the VPC that the request comes from',
  ],
  [
    { from: 'web', to: 'orders', time: 'soon' },
    'ERR_STACK_REQUEST',
    'stack.yaml: `soon` is not a time such as `2026-01-01T00:00:00Z`',
  ],
  [{ from: 'web', to: 'orders', sourceIp: '10.0.0' }, 'ERR_STACK_REQUEST', 'stack.yaml: `10.0.0` is not an IP address'],
  [{ from: 'constructor', to: 'orders' }, 'ERR_STACK_REFERENCE', 'stack.yaml: no principal is named `constructor`'],
])('no question: %o', (question, code, message) => {
  const error = errorOf(() => requestFor(stack, question));
  expect([error.code, error.message]).toEqual([code, message]);
});

test('an authorizer is made once', () => {
  const path = { serviceNetwork: 'one', service: 'orders' };
  expect(authorizerFor(stack, path)).toBe(authorizerFor(stack, { ...path }));
  expect(authorizerFor(stack, path)).not.toBe(authorizerFor(stack, { ...path, service: 'shared' }));
});

test.each([
  [
    { serviceNetwork: 'one', service: 'stock' },
    'ERR_STACK_NOT_ASSOCIATED',
    'stack.yaml: service `stock` is not associated with service network `one`: it is in `two`',
  ],
  [
    { serviceNetwork: 'one', service: 'alone' },
    'ERR_STACK_NOT_ASSOCIATED',
    'stack.yaml: service `alone` is not associated with service network `one`: it is in none',
  ],
  [
    { serviceNetwork: 'three', service: 'stock' },
    'ERR_STACK_REFERENCE',
    'stack.yaml: no service network is named `three`',
  ],
  [
    { serviceNetwork: 'one', service: 'stok' },
    'ERR_STACK_REFERENCE',
    'stack.yaml: no service is named `stok`; did you mean `stock`?',
  ],
])('no authorizer: %o', (path, code, message) => {
  const error = errorOf(() => authorizerFor(stack, path));
  expect([error.code, error.message]).toEqual([code, message]);
});
