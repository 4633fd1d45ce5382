// Where requests go: three addresses that are one in simple cases, and never where nobody allowed it.
import { expect, test } from 'vitest';
import { type DestinationConfig, defaults, type OutboundConfig } from '../../../src/config/sidecar-config.js';
import { Router } from '../../../src/outbound/router.js';
import { HOST } from '../../support/sidecar.js';

function router(destination: DestinationConfig, more: Partial<OutboundConfig> = {}, region?: string): Router {
  return new Router({ ...defaults.outbound, ...more, destination }, region);
}

test('by host: the address is the host, the region is in its name', () => {
  const found = router({ mode: 'host' }).find(HOST, '/');
  expect(found).toMatchObject({ authority: HOST, region: 'eu-west-1', route: 'default' });
  expect(found.origin).toMatchObject({ host: HOST, port: 443, serverName: HOST });
});

test('the port of the host is kept, in the address and in what is signed', () => {
  const found = router({ mode: 'host' }).find(`${HOST}:8443`, '/');
  expect([found.origin.port, found.authority, found.origin.serverName]).toEqual([8443, `${HOST}:8443`, HOST]);
});

test.each(['evil.example', '169.254.169.254', '[::1]', `${HOST}.evil.example`, `a${HOST.slice(HOST.indexOf('.'))}x`])(
  'by host, %s is refused',
  (host) => {
    expect(() => router({ mode: 'host' }, {}, 'eu-west-1').find(host, '/')).toThrow('not on the allow-list');
  },
);

test('a pattern allows names below it, not the name itself', () => {
  const one = router({ mode: 'host' }, { allow: ['*.example.com'] }, 'eu-west-1');
  expect(one.find('a.b.example.com', '/').authority).toBe('a.b.example.com');
  expect(() => one.find('example.com', '/')).toThrow('not on the allow-list');
  expect(() => one.find('aexample.com', '/')).toThrow('not on the allow-list');
});

test('connect, server name and signed host are three things', () => {
  const target = { connect: '10.0.0.1:8443', serverName: 'tls.example.com', signedHost: HOST };
  const found = router({ mode: 'upstream', target }).find('whatever', '/');
  expect(found.authority).toBe(HOST);
  expect(found.origin).toMatchObject({ host: '10.0.0.1', port: 8443, serverName: 'tls.example.com' });
});

test('the first row that fits is taken; prefixes are whole segments', () => {
  const routes = [
    { name: 'admin', pathPrefix: '/admin', connect: 'admin.internal', signedHost: HOST },
    { name: 'orders', host: 'orders.example.com', signing: { region: 'us-east-1' } },
  ];
  const one = router({ mode: 'routes', routes }, {}, 'eu-west-1');
  expect(one.find('orders.example.com', '/admin/x').route).toBe('admin');
  expect(one.find('orders.example.com', '/administrator').route).toBe('orders');
  expect(one.find('orders.example.com', '/').region).toBe('us-east-1');
  expect(() => one.find('other.example.com', '/')).toThrow('no route');
});

test('without a region anywhere, nothing is signed', () => {
  expect(() => router({ mode: 'host' }, { allow: ['a.example.com'] }).find('a.example.com', '/')).toThrow('no region');
});
