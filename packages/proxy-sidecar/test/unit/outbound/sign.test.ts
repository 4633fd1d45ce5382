// What goes out is what was signed, with every option; and signatures are reused only where they would be the same.
import { verifyRequest } from '@lattice-auth/sigv4-fetch/core';
import { expect, test } from 'vitest';
import { defaults, type SigningConfig } from '../../../src/config/sidecar-config.js';
import { RequestSigner } from '../../../src/outbound/sign.js';
import { CREDENTIALS, HOST, REGION } from '../../support/sidecar.js';

const SET = { ...CREDENTIALS, expiresAtMs: Number.POSITIVE_INFINITY };
const NOW = Date.UTC(2026, 10, 21, 12, 0, 0);

function sign(
  more: Partial<SigningConfig> = {},
  {
    headers = [],
    target = '/',
    region = REGION,
    signer = new RequestSigner(),
    nowMs = NOW,
  }: Partial<{
    headers: string[];
    target: string;
    region: string | readonly string[];
    signer: RequestSigner;
    nowMs: number;
  }> = {},
) {
  return signer.sign(
    'GET',
    target,
    HOST,
    headers,
    { signing: { ...defaults.outbound.signing, ...more }, region },
    SET,
    nowMs,
  );
}

function verified({ target, headers }: { target: string; headers: readonly string[] }, nowMs = NOW) {
  const pairs: [string, string][] = [['host', HOST]];
  for (let i = 0; i < headers.length; i += 2) pairs.push([headers[i] ?? '', headers[i + 1] ?? '']);
  const lookup = () => CREDENTIALS;
  return verifyRequest(
    { method: 'GET', target, headers: pairs },
    { lookup, now: nowMs, service: 'vpc-lattice-svcs', region: REGION },
  ).kind;
}

test('headers and query placement, SigV4 and SigV4A verify', () => {
  const headers = ['X-Amz-Meta', 'v', 'Accept', '*/*'];
  expect(verified(sign({}, { headers, target: '/a%20b?x=y&x=+z' }))).toBe('signed');
  expect(verified(sign({ placement: 'query' }, { headers }))).toBe('signed');
  expect(verified(sign({}, { headers, region: ['eu-west-1', 'us-east-1'] }))).toBe('signed');
  expect(verified(sign({ algorithm: 'sigv4a' }, { headers }))).toBe('signed');
});

test("the caller's own authorization is dropped, moved, or left", () => {
  const headers = ['Authorization', 'Bearer x'];
  expect(sign({}, { headers }).headers).not.toContain('Bearer x');
  const moved = sign({ moveAuthorizationTo: 'x-forwarded-authorization' }, { headers }).headers;
  expect(moved.slice(0, 2)).toEqual(['x-forwarded-authorization', 'Bearer x']);
  const query = sign({ placement: 'query' }, { headers });
  expect(query.headers).toContain('Bearer x');
  expect(verified(query)).toBe('signed');
});

test('strip, duplicate and custom headers, as in aws-sigv4-proxy', () => {
  const config = {
    strip: ['x-gone'],
    duplicateHeaders: ['authorization'],
    customHeaders: { 'x-env': 'test', accept: 'no' },
  };
  const { headers } = sign(config, { headers: ['X-Gone', '1', 'Authorization', 'Bearer x', 'Accept', 'yes'] });
  expect(headers.slice(0, 6)).toEqual(['x-original-authorization', 'Bearer x', 'Accept', 'yes', 'x-env', 'test']);
});

test('within a second the same request has the same signature; in the next, another', () => {
  const signer = new RequestSigner();
  const authorization = (at: number, target = '/') => sign({}, { signer, nowMs: at, target }).headers.at(-1);
  const first = authorization(NOW);
  expect(authorization(NOW + 900)).toBe(first);
  expect(authorization(NOW + 1_000)).not.toBe(first);
  expect(authorization(NOW, '/other')).not.toBe(first);
});
