// The text of a 403: Lattice's own lines, AWS's, and whatever else may come.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseDenial } from '../../../src/fetch/denial.js';

const RESOURCE = 'arn:aws:vpc-lattice:eu-west-1:111122223333:service/svc-0123456789abcdef0';
const denied = (principal: string, path: string, reason: string) =>
  `AccessDeniedException: User: ${principal} is not authorized to perform: vpc-lattice-svcs:Invoke on resource: ${RESOURCE}${path} ${reason}`;
const ROLE = 'arn:aws:sts::111122223333:assumed-role/app/pod-1';
const implicit = (layer: string) => `because no ${layer} policy allows the vpc-lattice-svcs:Invoke action`;

describe('denied by a policy', () => {
  test.each([
    [implicit('network-based'), 'serviceNetwork', false],
    [implicit('service-based'), 'service', false],
    [implicit('identity-based'), 'identity', false],
    ['because no permissions boundary allows the vpc-lattice-svcs:Invoke action', 'permissionsBoundary', false],
    ['because no session policy allows the vpc-lattice-svcs:Invoke action', 'session', false],
    ['because no service control policy allows the vpc-lattice-svcs:Invoke action', 'serviceControl', false],
    ['with an explicit deny in a service-based policy', 'service', true],
    ['with an explicit deny in a network-based policy', 'serviceNetwork', true],
    [
      'with an explicit deny in an identity-based policy: arn:aws:iam::111122223333:policy/service-based',
      'identity',
      true,
    ],
    ['with an explicit deny in a service control policy', 'serviceControl', true],
    ['with an explicit deny in a resource control policy', 'resourceControl', true],
    ['with an explicit deny in a VPC endpoint policy', 'vpcEndpoint', true],
    ['because no unheard-of policy allows it', 'unknown', false],
    ['', 'unknown', false],
  ])('%s', (reason, layer, explicitDeny) => {
    for (const principal of [ROLE, 'anonymous']) {
      expect(parseDenial(`${denied(principal, '/orders', reason)}\n`)).toMatchObject({
        kind: 'access',
        exception: 'AccessDeniedException',
        principal,
        action: 'vpc-lattice-svcs:Invoke',
        resource: expect.stringMatching(/service\/svc-0123456789abcdef0\/orders$/),
        layer,
        explicitDeny,
      });
    }
  });

  test('a path that imitates a reason does not choose the layer', () => {
    const path = '/a because no identity-based policy allows with an explicit deny in a network-based policy';
    expect(parseDenial(denied(ROLE, path, implicit('service-based')))).toMatchObject({
      layer: 'service',
      explicitDeny: false,
      resource: RESOURCE + path,
    });
  });
});

describe('a refused signature', () => {
  test.each([
    ['InvalidSignatureException: Signed payloads are not supported', 'payload'],
    ["IncompleteSignatureException: Missing the 'x-amz-content-sha256' in canonical headers", 'incomplete'],
    [
      "IncompleteSignatureException: 'x-amz-security-token' is named as a SignedHeader, but it does not exist in the HTTP request.",
      'incomplete',
    ],
    [
      'InvalidSignatureException: The request signature we calculated does not match the signature you provided.',
      'invalid',
    ],
    ['UnrecognizedClientException: The security token included in the request is invalid.', 'token'],
    ['ExpiredTokenException: The security token included in the request is expired', 'token'],
    ['InvalidSignatureException: Credential should be scoped to a valid Region, not us-east-1.', 'invalid'],
  ])('%s', (text, problem) => {
    expect(parseDenial(text)).toMatchObject({ kind: 'signature', problem, serverTime: undefined });
  });

  test('the server’s clock is read out of the text', () => {
    const early =
      'InvalidSignatureException: Signature not yet current: 20261121T101000Z is still later than 20261121T100459Z (20261121T095959Z + 5 min.)';
    expect(parseDenial(early)).toMatchObject({ problem: 'skew', serverTime: new Date('2026-11-21T09:59:59Z') });
    const late =
      'InvalidSignatureException: Signature expired: 20261121T095000Z is now earlier than 20261121T095500Z (20261121T100000Z - 5 min.)';
    expect(parseDenial(late)).toMatchObject({ problem: 'expired', serverTime: new Date('2026-11-21T10:00:00Z') });
    const broken = late.replace('20261121T100000Z', '20269921T990000Z');
    expect(parseDenial(broken)).toMatchObject({ problem: 'expired', serverTime: undefined });
  });
});

describe('anything else', () => {
  test.each(['', 'Forbidden', '{"message":"Forbidden"}', '<html>403</html>', 'AccessDeniedException: no'])(
    '%j is not ours',
    (text) => {
      expect(parseDenial(text)).toBeUndefined();
    },
  );

  test('what is not text is not ours', () => {
    for (const value of [undefined, null, 1, {}]) expect(parseDenial(value as never)).toBeUndefined();
  });

  test('hostile text is read in linear time, and never throws', () => {
    const words = [
      'User: ',
      ' is not authorized to perform: ',
      'a:b',
      ' on resource: ',
      ' because no ',
      ' with an explicit deny',
      "Missing the '",
      '(20261121T',
      '\n',
      'x',
    ];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...words), { maxLength: 60 }), (parts) => void parseDenial(parts.join(''))),
    );
    const startedMs = performance.now();
    for (const word of words) parseDenial(`AccessDeniedException: User: a${word.repeat(200_000)}`);
    expect(performance.now() - startedMs).toBeLessThan(500);
  });
});
