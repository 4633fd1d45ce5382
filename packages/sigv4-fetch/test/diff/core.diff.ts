// core.diff.ts — the same requests signed by three other signers: where they are right, every signature is equal.
// Where one of them is known to be wrong, the case is excluded by name below, with what goes wrong.
import { createHash, createHmac } from 'node:crypto';
import { SignatureV4 } from '@smithy/signature-v4';
import aws4 from 'aws4';
import { AwsV4Signer } from 'aws4fetch';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { explainSignature, type RawHeader, type SigningOptions, signRequest } from '../../src/core.js';
import { NOW, SECRET, settings, TOKEN } from '../arbitraries/core-requests.js';

const HOST = 'svc-0a1b.7d67968.vpc-lattice-svcs.eu-west-1.on.aws';
const AMZ_DATE = '20261121T102030Z';

interface Sample {
  readonly method: string;
  readonly path: string;
  readonly parameters: readonly (readonly [string, string])[];
  readonly headers: readonly RawHeader[];
  readonly token: boolean;
}

/** Text whose encoding by the peers is not in question: any Unicode letters, marks and blanks, well-formed. */
const text = fc.string({
  unit: fc.constantFrom(...'abzAZ019-._~ !*\'()/:@&=?#[]{}|"<>^`\\%;,$é', 'ሴ', '😀'),
  maxLength: 6,
});
const sample: fc.Arbitrary<Sample> = fc.record({
  method: fc.constantFrom('GET', 'POST', 'PUT', 'DELETE'),
  path: fc.array(text, { maxLength: 4 }).map((segments) => `/${segments.map(encode).join('/')}`),
  parameters: fc.array(fc.tuple(text, text), { maxLength: 5 }),
  headers: fc.uniqueArray(
    fc.tuple(
      fc.constantFrom('accept', 'my-header', 'x-amz-meta', 'x-amz-target', 'x-request-id'),
      fc.constantFrom('v', 'a  b', ' trim ', '"q"', 'a,b'),
    ),
    { selector: ([name]) => name, maxLength: 4 },
  ),
  token: fc.boolean(),
});

/** As a careful client writes it on the wire: RFC 3986. */
function encode(raw: string): string {
  return encodeURIComponent(raw).replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
}

function targetOf({ path, parameters }: Sample): string {
  const query = parameters.map(([name, value]) => `${encode(name)}=${encode(value)}`).join('&');
  return query === '' ? path : `${path}?${query}`;
}

function credentialsOf({ token }: Sample) {
  return { accessKeyId: 'ASIAEXAMPLE', secretAccessKey: SECRET, ...(token ? { sessionToken: TOKEN } : {}) };
}

function ours(given: Sample, changes: Partial<SigningOptions> = {}) {
  const headers: RawHeader[] = [['host', HOST], ...given.headers];
  const options: SigningOptions = {
    credentials: credentialsOf(given),
    region: 'eu-west-1',
    date: NOW,
    signedHeaders: 'all',
    ...changes,
  };
  return explainSignature({ method: given.method, target: targetOf(given), headers }, options);
}

function signatureIn(authorization: string | null | undefined): string {
  return /Signature=([0-9a-f]{64})$/.exec(authorization ?? '')?.[1] ?? 'none';
}

class NodeSha256 {
  private readonly hash;
  constructor(secret?: string | ArrayBuffer | ArrayBufferView) {
    this.hash = secret === undefined ? createHash('sha256') : createHmac('sha256', secret as Uint8Array);
  }
  update(data: Uint8Array): void {
    this.hash.update(data);
  }
  async digest(): Promise<Uint8Array> {
    return this.hash.digest();
  }
  reset(): void {}
}

describe('@smithy/signature-v4', () => {
  /** What Smithy gets wrong. */
  function known({ parameters }: Sample): string | undefined {
    if (parameters.some(([name]) => name === '__proto__'))
      return 'query key `__proto__` is written as `[object Object]`';
    return undefined;
  }

  function queryOf({ parameters }: Sample): Record<string, string[]> {
    const query = new Map<string, string[]>();
    for (const [name, value] of parameters) query.set(name, [...(query.get(name) ?? []), value]);
    return Object.fromEntries(query);
  }

  function signer(given: Sample, uriEscapePath: boolean) {
    return new SignatureV4({
      service: 'vpc-lattice-svcs',
      region: 'eu-west-1',
      credentials: credentialsOf(given),
      sha256: NodeSha256,
      uriEscapePath,
    });
  }

  function requestOf(given: Sample) {
    const { method, path } = given;
    const headers = { host: HOST, ...Object.fromEntries(given.headers), 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' };
    return { method, path, protocol: 'https:', hostname: HOST, query: queryOf(given), headers };
  }

  test('signs alike in headers, with the path encoded twice or once', async () => {
    await fc.assert(
      fc.asyncProperty(sample, fc.boolean(), async (given, twice) => {
        fc.pre(known(given) === undefined);
        const signed = await signer(given, twice).sign(requestOf(given), { signingDate: NOW });
        // Smithy neither encodes nor normalizes where it does not encode twice.
        const changes: Partial<SigningOptions> = twice ? {} : { pathEncoding: 'none', normalizePath: false };
        expect(ours(given, changes).signature).toBe(signatureIn(signed.headers.authorization));
      }),
      settings(200),
    );
  });

  test('presigns alike', async () => {
    await fc.assert(
      fc.asyncProperty(sample, async (given) => {
        fc.pre(known(given) === undefined);
        const request = { ...requestOf(given), headers: { host: HOST, 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' } };
        const signed = await signer(given, true).presign(request, {
          signingDate: NOW,
          expiresIn: 300,
          unhoistableHeaders: new Set(['x-amz-content-sha256']),
          unsignableHeaders: new Set(),
        });
        const mine = signRequest(
          { method: given.method, target: targetOf(given), headers: [['host', HOST]] },
          { credentials: credentialsOf(given), region: 'eu-west-1', date: NOW, placement: 'query' },
        );
        expect(/X-Amz-Signature=([0-9a-f]+)/.exec(mine.target)?.[1]).toBe(signed.query?.['X-Amz-Signature']);
      }),
      settings(200),
    );
  });

  test('the bug that is excluded by name is still there: `__proto__` keys all sign alike', async () => {
    const given = (value: string): Sample => ({
      method: 'GET',
      path: '/',
      parameters: [['__proto__', value]],
      headers: [],
      token: false,
    });
    const sign = async (value: string) => {
      const signed = await signer(given(value), true).sign(requestOf(given(value)), { signingDate: NOW });
      return signatureIn(signed.headers.authorization);
    };
    expect(await sign('1')).toBe(await sign('2'));
    expect(ours(given('1')).signature).not.toBe(ours(given('2')).signature);
  });
});

describe('aws4', () => {
  /** What aws4 gets wrong. */
  function known({ parameters }: Sample): string | undefined {
    if (parameters.some(([name]) => name === '__proto__')) return 'query key `__proto__`';
    if (parameters.some(([name]) => name === '')) return 'an empty name is dropped from the query';
    return undefined;
  }

  test('signs alike in headers', () => {
    fc.assert(
      fc.property(sample, (given) => {
        fc.pre(known(given) === undefined);
        const headers = {
          Host: HOST,
          ...Object.fromEntries(given.headers),
          'X-Amz-Date': AMZ_DATE,
          'X-Amz-Content-Sha256': 'UNSIGNED-PAYLOAD',
        };
        const signed = aws4.sign(
          {
            service: 'vpc-lattice-svcs',
            region: 'eu-west-1',
            host: HOST,
            method: given.method,
            path: targetOf(given),
            headers,
            extraHeadersToIgnore: { 'content-type': true, 'content-length': true },
          },
          credentialsOf(given),
        );
        expect(ours(given).signature).toBe(signatureIn(String(signed.headers?.Authorization)));
      }),
      settings(300),
    );
  });
});

describe('aws4fetch', () => {
  /** What aws4fetch gets wrong, or what the URL parser it goes through changes before it signs. */
  function known({ parameters, path }: Sample): string | undefined {
    if (parameters.some(([name]) => name === '')) return 'an empty name is dropped from the query';
    if (path.split('/').some((segment) => /^(?:\.|%2E){1,2}$/i.test(segment)))
      return 'dot segments are removed by the URL parser';
    if (path.includes('//')) return 'empty segments are kept';
    return undefined;
  }

  test('signs alike in headers', async () => {
    await fc.assert(
      fc.asyncProperty(sample, async (given) => {
        fc.pre(known(given) === undefined);
        const headers = { ...Object.fromEntries(given.headers), 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' };
        const signer = new AwsV4Signer({
          ...credentialsOf(given),
          service: 'vpc-lattice-svcs',
          region: 'eu-west-1',
          method: given.method,
          url: `https://${HOST}${targetOf(given)}`,
          headers,
          datetime: AMZ_DATE,
          allHeaders: true,
        });
        const signed = await signer.sign();
        expect(ours(given).signature).toBe(signatureIn(signed.headers.get('authorization')));
      }),
      settings(100),
    );
  });
});
