// aws-suite.test.ts — every case of AWS's public SigV4 and SigV4A suites, step by step, for headers and for the query.
// The expected values are the suite's own (test/cases/aws-suite.json); nothing here was computed by this package.
import { createHash, createPublicKey, verify } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import {
  applySignature,
  explainSignature,
  type RawHeader,
  type SigningOptions,
  verifyRequest,
} from '../../../src/core.js';
import suite from '../../cases/aws-suite.json' with { type: 'json' };

type Case = (typeof suite.cases)[number];

const EMPTY_SHA256 = createHash('sha256').digest('hex');
const { accessKeyId, secretAccessKey, region, service } = suite.context;

function optionsOf(suiteCase: Case): SigningOptions {
  const { token } = suiteCase;
  return {
    credentials:
      token === undefined ? { accessKeyId, secretAccessKey } : { accessKeyId, secretAccessKey, sessionToken: token },
    region,
    service,
    date: new Date(suite.context.date),
    expiresSeconds: suite.context.expiresSeconds,
    payloadHash: suiteCase.signBody ?? EMPTY_SHA256,
    sendPayloadHash: suiteCase.signBody !== undefined,
    signedHeaders: 'all',
    normalizePath: suiteCase.normalize,
    signSessionToken: suiteCase.signToken ?? true,
  };
}

function requestOf({ method, target, headers }: Case) {
  return { method, target, headers: headers as unknown as RawHeader[] };
}

function expectedHeaders(suiteCase: Case, sigV4a: boolean): string {
  const lines = suiteCase.canonicalHeaders === '' ? [] : suiteCase.canonicalHeaders.split('\n');
  lines.push('host:example.amazonaws.com', 'x-amz-date:20150830T123600Z');
  if (sigV4a) lines.push(`x-amz-region-set:${region}`);
  if (suiteCase.signBody !== undefined) lines.push(`x-amz-content-sha256:${suiteCase.signBody}`);
  if (suiteCase.token !== undefined && suiteCase.signToken !== false)
    lines.push(`x-amz-security-token:${suiteCase.token}`);
  const names = lines.map((line) => line.slice(0, line.indexOf(':')));
  return `${[...lines].sort().join('\n')}\n\n${[...names].sort().join(';')}`;
}

function publicKey() {
  const base64url = (hex: string) => Buffer.from(hex, 'hex').toString('base64url');
  const { x, y } = suite.sigV4aPublicKey;
  return createPublicKey({ key: { kty: 'EC', crv: 'P-256', x: base64url(x), y: base64url(y) }, format: 'jwk' });
}

test('all 38 cases are here', () => {
  expect(new Set(suite.cases.map(({ name }) => name)).size).toBe(38);
});

describe.each(suite.cases)('$name', (suiteCase) => {
  const request = requestOf(suiteCase);
  const options = optionsOf(suiteCase);

  test('header: canonical request, string to sign, signature, signed request', () => {
    const steps = explainSignature(request, options);
    expect(steps.canonicalRequest).toBe(
      `${suiteCase.method}\n${suiteCase.canonicalPath}\n${suiteCase.canonicalQuery}\n${expectedHeaders(suiteCase, false)}\n${suiteCase.signBody ?? EMPTY_SHA256}`,
    );
    expect(steps.stringToSign).toBe(
      `AWS4-HMAC-SHA256\n20150830T123600Z\n20150830/us-east-1/service/aws4_request\n${suiteCase.canonicalRequestSha256}`,
    );
    expect(steps.signature).toBe(suiteCase.signature);
    expect(steps.target).toBe(suiteCase.target);
    expect(new Map(steps.headers).get('authorization')).toBe(
      `AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, SignedHeaders=${steps.signedHeaders}, Signature=${suiteCase.signature}`,
    );
    expect(new Map(steps.headers).get('x-amz-security-token')).toBe(suiteCase.token);
  });

  test('query: signature and signed target', () => {
    const steps = explainSignature(request, { ...options, placement: 'query' });
    if (suiteCase.querySignature !== undefined) expect(steps.signature).toBe(suiteCase.querySignature);
    const signedHeaders = steps.signedHeaders.replaceAll(';', '%3B');
    const token = suiteCase.token === undefined ? '' : `&X-Amz-Security-Token=${encodeURIComponent(suiteCase.token)}`;
    const before = suiteCase.signToken === false ? '' : token;
    const after = suiteCase.signToken === false ? token : '';
    expect(steps.target).toBe(
      `${suiteCase.target}${suiteCase.target.includes('?') ? '&' : '?'}X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIDEXAMPLE%2F20150830%2Fus-east-1%2Fservice%2Faws4_request&X-Amz-Date=20150830T123600Z&X-Amz-SignedHeaders=${signedHeaders}&X-Amz-Expires=3600${before}&X-Amz-Signature=${steps.signature}${after}`,
    );
  });

  test('SigV4A, header: canonical request, string to sign, and a signature that the published key verifies', () => {
    const steps = explainSignature(request, { ...options, algorithm: 'AWS4-ECDSA-P256-SHA256', regionSet: [region] });
    expect(steps.canonicalRequest).toBe(
      `${suiteCase.method}\n${suiteCase.canonicalPath}\n${suiteCase.canonicalQuery}\n${expectedHeaders(suiteCase, true)}\n${suiteCase.signBody ?? EMPTY_SHA256}`,
    );
    const hash = createHash('sha256').update(steps.canonicalRequest).digest('hex');
    expect(steps.stringToSign).toBe(`AWS4-ECDSA-P256-SHA256\n20150830T123600Z\n20150830/service/aws4_request\n${hash}`);
    expect(verify('sha256', Buffer.from(steps.stringToSign), publicKey(), Buffer.from(steps.signature, 'hex'))).toBe(
      true,
    );
  });

  test('SigV4A, query: order of the parameters, and a signature that the published key verifies', () => {
    const steps = explainSignature(request, { ...options, algorithm: 'AWS4-ECDSA-P256-SHA256', placement: 'query' });
    expect(steps.target).toContain(
      'X-Amz-Algorithm=AWS4-ECDSA-P256-SHA256&X-Amz-Credential=AKIDEXAMPLE%2F20150830%2Fservice%2Faws4_request&X-Amz-Date=20150830T123600Z&X-Amz-SignedHeaders=',
    );
    expect(steps.target).toMatch(
      /&X-Amz-Expires=3600(?:&X-Amz-Security-Token=[^&]+)?&X-Amz-Region-Set=us-east-1&X-Amz-Signature=/,
    );
    expect(verify('sha256', Buffer.from(steps.stringToSign), publicKey(), Buffer.from(steps.signature, 'hex'))).toBe(
      true,
    );
  });

  test.each(['header', 'query'] as const)('the verifier accepts it: %s', (placement) => {
    const signed = applySignature(request, explainSignature(request, { ...options, placement }));
    const token = suiteCase.token;
    const verification = verifyRequest(signed, {
      lookup: () => (token === undefined ? { secretAccessKey } : { secretAccessKey, sessionToken: token }),
      now: new Date(suite.context.date),
      region,
      service,
      normalizePath: suiteCase.normalize,
      payloadHash: suiteCase.signBody ?? EMPTY_SHA256,
    });
    // A token added after signing is not signed, and the verifier takes nothing that should be signed and is not.
    expect(verification.kind).toBe(suiteCase.signToken === false ? 'rejected' : 'signed');
  });
});

test.each(suite.sigV4aSignatures)(
  'the published SigV4A signature of $name ($placement) is over our string to sign',
  ({ name, placement, signature }) => {
    const suiteCase = suite.cases.find((candidate) => candidate.name === name) as Case;
    const steps = explainSignature(requestOf(suiteCase), {
      ...optionsOf(suiteCase),
      algorithm: 'AWS4-ECDSA-P256-SHA256',
      placement: placement as 'header' | 'query',
    });
    expect(verify('sha256', Buffer.from(steps.stringToSign), publicKey(), Buffer.from(signature, 'hex'))).toBe(true);
  },
);
