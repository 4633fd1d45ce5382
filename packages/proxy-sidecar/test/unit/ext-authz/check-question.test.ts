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

const forwardedIn = (headers: readonly string[] = []) => {
  const at = headers.findIndex((name, index) => index % 2 === 0 && name === 'x-forwarded-for');
  return at < 0 ? undefined : headers[at + 1];
};

test.each([
  ['10.9.9.9, 169.254.171.9', '10.9.9.9'],
  ['10.9.9.9,::ffff:169.254.171.9', '10.9.9.9'],
  ['10.9.9.9, 169.254.171.8', '10.9.9.9, 169.254.171.8'],
  ['169.254.171.9', undefined],
  ['169.254.171.9,169.254.171.9', '169.254.171.9'],
])('gRPC: the peer at the end of x-forwarded-for may be of Envoy’s: %s', (forwarded, left) => {
  const headers = { 'x-forwarded-for': forwarded };
  expect(forwardedIn(fromGrpc({ headers, peer: '169.254.171.9' })?.request.headers)).toBe(left);
});

test.each([
  ['10.9.9.9,169.254.171.9,10.0.0.5', '10.9.9.9'],
  ['10.9.9.9, 169.254.171.9, 10.0.0.5', '10.9.9.9'],
  ['6.6.6.6, 10.9.9.9,10.0.0.5', '6.6.6.6, 10.9.9.9'],
  ['6.6.6.6, 169.254.171.9, 10.9.9.9,10.0.0.5', '6.6.6.6, 169.254.171.9, 10.9.9.9'],
  // Envoy's own is there also when it was not told to show the header.
  ['10.0.0.5', undefined],
  ['169.254.171.9,10.0.0.5', undefined],
])('HTTP: Envoy’s own address is at the end of x-forwarded-for: %s', (forwarded, left) => {
  const headers = ['X-Forwarded-For', forwarded, 'x-lattice-auth-peer', '169.254.171.9'];
  expect(forwardedIn(questionFromHttp({ ...message, headers })?.request.headers)).toBe(left);
  const withoutPeer = questionFromHttp({ ...message, headers: headers.slice(0, 2) });
  const rest = forwarded.replace(/(?:^|, ?)10\.0\.0\.5$/, '');
  expect(forwardedIn(withoutPeer?.request.headers)).toBe(rest === '' ? undefined : rest);
});

test('a header that has the name of another as its value changes nothing', () => {
  const rawHeaders = [
    ['x-a', 'x-forwarded-for'],
    ['x-forwarded-for', '10.9.9.9,169.254.171.9'],
  ] as const;
  const question = fromGrpc({ rawHeaders, peer: '169.254.171.9' });
  expect(forwardedIn(question?.request.headers)).toBe('10.9.9.9');
});
