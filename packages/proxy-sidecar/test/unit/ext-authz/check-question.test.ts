// From what Envoy says of a request to the request as the judge sees it.
import { expect, test } from 'vitest';
import { questionFromGrpc, questionFromHttp } from '../../../src/ext-authz/check-question.js';
import { readCheckRequest } from '../../../src/ext-authz/check-request.js';
import { type EnvoyRequest, encodeRequest } from '../../support/ext-authz/envoy-protocol.js';

function fromGrpc(request: EnvoyRequest) {
  const read = readCheckRequest(encodeRequest(request), { headerCount: 100 });
  return read && questionFromGrpc(read);
}

const message = {
  method: 'GET',
  target: '/orders',
  authority: 'Orders.example.com',
  headers: ['Host', 'Orders.example.com'],
  peerHeader: 'x-lattice-auth-peer',
};

test('pseudo headers are none, the authority becomes `host`', () => {
  const question = fromGrpc({ host: 'Orders.Example.com:8443', headers: { 'x-a': '1' } });
  expect(question?.request).toMatchObject({
    authority: 'orders.example.com:8443',
    target: '/orders/7',
    peerAddress: '10.1.2.3',
  });
  expect(question?.request.headers).toEqual(['x-request-id', 'req-1', 'x-a', '1', 'host', 'Orders.Example.com:8443']);
  expect(fromGrpc({ host: '', headers: { host: 'a' } })?.request).toMatchObject({ authority: 'a' });
  expect(fromGrpc({ host: '' })).toBeUndefined();
});

test('ids: Lattice’s, then Envoy’s', () => {
  expect(fromGrpc({ headers: { 'x-amzn-requestid': 'lattice-1' } })?.requestId).toBe('lattice-1');
  expect(fromGrpc({})?.requestId).toBe('1234567890');
  expect(questionFromHttp({ ...message, headers: ['x-request-id', 'req-2'] })?.requestId).toBe('req-2');
});

test('empty extensions say nothing', () => {
  expect(fromGrpc({ extensions: { 'lattice-auth.service': '' } })?.route.service).toBeUndefined();
});

test('HTTP: what Envoy has put in is not the request’s', () => {
  const headers = ['X-A', '1', 'Content-Length', '0', 'X-Lattice-Auth-Peer', ' 169.254.171.9 '];
  const question = questionFromHttp({ ...message, headers });
  expect(question?.request).toMatchObject({
    headers: ['x-a', '1'],
    peerAddress: '169.254.171.9',
    authority: 'orders.example.com',
  });
  expect(questionFromHttp({ ...message, headers, peerHeader: undefined })?.request.peerAddress).toBe('');
});

test.each([
  ['10.9.9.9, 169.254.171.9', '10.9.9.9'],
  ['10.9.9.9,::ffff:169.254.171.9', '10.9.9.9'],
  ['10.9.9.9, 169.254.171.8', '10.9.9.9, 169.254.171.8'],
  ['169.254.171.9', undefined],
  ['169.254.171.9,169.254.171.9', '169.254.171.9'],
])('x-forwarded-for: %s', (forwarded, left) => {
  const headers = ['x-forwarded-for', forwarded, 'x-lattice-auth-peer', '169.254.171.9'];
  const kept = questionFromHttp({ ...message, headers })?.request.headers ?? [];
  const at = kept.indexOf('x-forwarded-for');
  expect(at < 0 ? undefined : kept[at + 1]).toBe(left);
});
