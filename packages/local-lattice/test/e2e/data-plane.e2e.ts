// data-plane.e2e.ts — requests through a data plane on real sockets: who gets in, what targets see, what callers are told.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type LocalLattice, startLocalLattice } from '../../src/index.js';
import { ORDERS_ARN, ORDERS_HOST, ordersStack } from '../support/stacks.js';
import { headerOf, startUpstream, type Told, type Upstream } from '../support/upstream.js';

let upstream: Upstream;
let lattice: LocalLattice;

beforeAll(async () => {
  upstream = await startUpstream();
  lattice = await startLocalLattice(ordersStack({ targets: [{ url: upstream.url }] }));
});

afterAll(async () => {
  await lattice.close();
  await upstream.close();
});

test.each(['http', 'https'])('a signed request gets through, over %s', async (scheme) => {
  const response = await lattice.fetchAs('web')(`${scheme}://${ORDERS_HOST}/orders/7?x=1&y=a%20b`);
  const told = (await response.json()) as Told;
  expect(response.status).toBe(200);
  expect(told.url).toBe('/orders/7?x=1&y=a%20b');
  expect(response.headers.get('x-amzn-requestid')).toMatch(/^[0-9a-f-]{36}$/);
  expect(headerOf(told, 'x-amzn-lattice-identity')).toEqual([
    'Principal=arn:aws:sts::111122223333:assumed-role/web/pod-1; PrincipalOrgID=o-a1b2c3d4e5; PrincipalOrgPaths=o-a1b2c3d4e5/r-ab12/; SessionName=pod-1; Type=AWS_IAM',
  ]);
  expect(headerOf(told, 'x-amzn-lattice-identity-tags')).toEqual([
    'principal=arn:aws:sts::111122223333:assumed-role/web/pod-1;principalorgid=o-a1b2c3d4e5;principalorgpath=o-a1b2c3d4e5/r-ab12/;team=shop\\;front',
  ]);
  expect(headerOf(told, 'x-amzn-lattice-network')).toEqual([
    'SourceVpcArn=arn:aws:ec2:eu-west-1:111122223333:vpc/vpc-0a1b2c3d',
  ]);
  expect(headerOf(told, 'x-amzn-source-vpc')).toEqual(['vpc-0a1b2c3d']);
  expect(headerOf(told, 'x-amzn-lattice-target')[0]).toMatch(
    /^ServiceArn=arn:aws:vpc-lattice:eu-west-1:111122223333:service\/svc-0123456789abcdef0; ServiceNetworkArn=arn:aws:vpc-lattice:eu-west-1:111122223333:servicenetwork\/sn-0123456789abcdef0; TargetGroupArn=arn:aws:vpc-lattice:eu-west-1:111122223333:targetgroup\/tg-[0-9a-f]{17}$/,
  );
  expect(headerOf(told, 'x-forwarded-proto')).toEqual([scheme]);
  expect(headerOf(told, 'x-forwarded-port')).toEqual([scheme === 'http' ? '80' : '443']);
  expect(headerOf(told, 'host')).toEqual([ORDERS_HOST]);
});

test('an unsigned request gets 403 with the text of Lattice', async () => {
  const response = await lattice.fetchAs('anonymous')(`http://${ORDERS_HOST}/orders`);
  expect(response.status).toBe(403);
  expect(response.headers.get('content-type')).toBe('text/plain');
  expect(await response.text()).toBe(
    `AccessDeniedException: User: anonymous is not authorized to perform: vpc-lattice-svcs:Invoke on resource: ${ORDERS_ARN}/orders because no service-based policy allows the vpc-lattice-svcs:Invoke action`,
  );
});

test('an unsigned request gets in where everybody does', async () => {
  const response = await lattice.fetchAs('anonymous')(`http://${ORDERS_HOST}/public`);
  expect(response.status).toBe(200);
  expect(headerOf((await response.json()) as Told, 'x-amzn-lattice-identity')).toEqual([]);
});

test('a body goes there and its answer back', async () => {
  const body = 'x'.repeat(300_000);
  const response = await lattice.fetchAs('web')(`https://${ORDERS_HOST}/orders`, { method: 'POST', body });
  expect(((await response.json()) as Told).body).toBe(body);
});

test('the custom domain names the service too', async () => {
  const response = await lattice.fetchAs('web')('https://orders.example.com/orders');
  expect(response.status).toBe(200);
});

test('what was seen says it all', async () => {
  lattice.forget();
  await (await lattice.fetchAs('spy')(`http://${ORDERS_HOST}/orders`)).text();
  expect(lattice.seen).toHaveLength(1);
  expect(lattice.seen[0]).toMatchObject({
    service: 'orders',
    serviceNetwork: 'net',
    vpc: 'front',
    principal: 'spy',
    status: 403,
    decision: { decision: 'deny', deniedBy: 'identity' },
  });
});

test('from a VPC that is in no network nothing is reached, which is no denial', async () => {
  const response = await lattice.fetchAs('web', { vpc: 'far' })(`http://${ORDERS_HOST}/orders`);
  expect(response.status).toBe(504);
  expect(response.headers.get('x-lattice-local')).toBe('not-connected');
});
