// What the entry offers, and what it refuses: options, signatures without sending, types.
import { afterEach, describe, expect, expectTypeOf, test, vi } from 'vitest';
import * as entry from '../../../src/index.js';
import { createLatticeFetch, createSigner, type LatticeFetch } from '../../../src/index.js';

const HOST = 'https://orders-0123456789abcdef0.7d67968.vpc-lattice-svcs.eu-west-1.on.aws';
const credentials = { accessKeyId: 'AKID', secretAccessKey: 'secret', sessionToken: 'token' };
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

test('the entry exports what is documented, and nothing else', () => {
  expect(Object.keys(entry).sort()).toEqual([
    'LatticeAccessDeniedError',
    'LatticeResponseError',
    'LatticeSignatureError',
    'LatticeTimeoutError',
    'SigningError',
    'createCredentialSource',
    'createLatticeFetch',
    'createSigner',
  ]);
});

test('a lattice fetch goes wherever a fetch goes', () => {
  expectTypeOf<LatticeFetch>().toExtend<typeof fetch>();
  expectTypeOf<LatticeFetch>().toExtend<(input: Request) => Promise<Response>>();
  const iterable: AsyncIterable<Uint8Array> = (async function* () {})();
  expectTypeOf(createLatticeFetch).returns.toBeCallableWith(HOST, { method: 'POST', body: iterable });
  expectTypeOf(createLatticeFetch).returns.toBeCallableWith(HOST, { method: 'POST', body: () => iterable });
  expectTypeOf(createLatticeFetch).returns.toBeCallableWith(HOST, { method: 'POST', body: new FormData() });
});

test.each([
  [{ service: 'no spaces' }],
  [{ retry: { attempts: 0 } }],
  [{ timeout: { totalMs: 0 } }],
  [{ timeout: { attemptMs: Number.NaN } }],
  [{ credentials: { accessKeyId: '', secretAccessKey: '' } }],
])('options %j are refused at once', (options) => {
  expect(() => createLatticeFetch(options)).toThrow(expect.objectContaining({ name: 'SigningError' }));
});

test('a request id must fit into a header', async () => {
  const lattice = createLatticeFetch({ credentials, requestId: () => 'a b' });
  await expect(lattice(HOST)).rejects.toMatchObject({ code: 'ERR_SIGNING_OPTION' });
});

describe('signing without sending', () => {
  test('sign gives the URL and all headers to send', async () => {
    vi.useFakeTimers({ now: new Date('2026-11-21T10:00:00Z') });
    const signed = await createLatticeFetch({ credentials }).sign(`${HOST}/a?b=c+d`, {
      method: 'post',
      headers: { 'Content-Type': 'text/plain' },
    });
    expect(signed).toEqual({
      url: `${HOST}/a?b=c%20d`,
      method: 'POST',
      headers: {
        'content-type': 'text/plain',
        'x-amz-content-sha256': 'UNSIGNED-PAYLOAD',
        'x-amz-date': '20261121T100000Z',
        'x-amz-security-token': 'token',
        authorization: expect.stringMatching(
          /^AWS4-HMAC-SHA256 Credential=AKID\/20261121\/eu-west-1\/vpc-lattice-svcs\/aws4_request, SignedHeaders=host;x-amz-content-sha256;x-amz-date;x-amz-security-token, Signature=[0-9a-f]{64}$/,
        ),
      },
    });
  });

  test('presign leaves Authorization alone and says which header must go along', async () => {
    const { url, headers } = await createLatticeFetch({ credentials }).presign(`${HOST}/a?b=c`, {
      expiresSeconds: 60,
      headers: { authorization: 'Bearer mine' },
    });
    const { searchParams } = new URL(url);
    expect(searchParams.get('X-Amz-Expires')).toBe('60');
    expect(searchParams.get('X-Amz-SignedHeaders')).toBe('host;x-amz-content-sha256');
    expect(searchParams.get('X-Amz-Security-Token')).toBe('token');
    expect(headers).toEqual({ authorization: 'Bearer mine', 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' });
  });

  test('explain shows the steps without the token', async () => {
    const steps = await createSigner({ credentials }).explain({ url: `${HOST}/%20?x=1` });
    expect(steps.canonicalRequest).toMatch(/^GET\n\/%2520\nx=1\nhost:orders-/);
    expect(steps.canonicalRequest).toContain('x-amz-security-token:[redacted]');
    expect(steps.stringToSign).toMatch(/^AWS4-HMAC-SHA256\n/);
  });

  test('for another service, with the hash the caller worked out', async () => {
    const signer = createSigner({
      credentials,
      service: 'execute-api',
      region: 'eu-west-1',
      hosts: ['*.amazonaws.com'],
    });
    const hash = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';
    const url = 'https://abc.execute-api.eu-west-1.amazonaws.com/x';
    expect(
      (await signer.sign({ url, headers: { 'x-amz-content-sha256': hash } })).headers['x-amz-content-sha256'],
    ).toBe(hash);
    expect((await signer.sign({ url })).headers['x-amz-content-sha256']).toBe('UNSIGNED-PAYLOAD');
  });

  test('a signer signs for hosts of the list only', () => {
    expect(() => createSigner({ credentials }).sign({ url: 'https://example.com/' })).toThrow(
      expect.objectContaining({ code: 'ERR_SIGNING_HOST_NOT_ALLOWED' }),
    );
    const lenient = createSigner({ credentials, hostNotAllowed: 'pass-through' });
    expect(() => lenient.sign({ url: 'https://example.com/' })).toThrow(
      expect.objectContaining({ code: 'ERR_SIGNING_HOST_NOT_ALLOWED' }),
    );
  });
});

describe('with a fetch of one’s own', () => {
  const calls: [input: unknown, init: RequestInit][] = [];
  const fake = async (input: string | URL | Request, init: RequestInit = {}) => {
    calls.push([input, init]);
    return new Response('ok');
  };

  test('it gets a URL, plain headers, and what else was in `init`', async () => {
    const lattice = createLatticeFetch({ credentials, fetch: fake, baseUrl: HOST });
    const { signal } = new AbortController();
    await lattice('/a?b=c d', { signal, cache: 'no-store', keepalive: true, retry: false });
    const [input, init] = calls.at(-1) ?? [];
    expect(input).toBe(`${HOST}/a?b=c%20d`);
    expect(init).toMatchObject({ method: 'GET', cache: 'no-store', keepalive: true, redirect: 'manual' });
    expect(init?.signal).toBe(signal);
    expect(init).not.toHaveProperty('retry');
    expect(Object.keys(init?.headers ?? {})).toContain('authorization');
  });

  test('it gets the Request itself, with what it carries', async () => {
    const request = new Request(`${HOST}/r`, { method: 'PUT', body: 'x', redirect: 'manual' });
    await createLatticeFetch({ credentials, fetch: fake })(request);
    expect(calls.at(-1)?.[0]).toBe(request);
  });

  test('the platform’s is looked up at each call, so that it can be mocked', async () => {
    const lattice = createLatticeFetch({ credentials });
    vi.stubGlobal('fetch', fake);
    expect(await (await lattice(HOST)).text()).toBe('ok');
  });

  test('a platform that hides redirects is told apart from a response', async () => {
    const opaque = Object.defineProperties(new Response(null), {
      type: { value: 'opaqueredirect' },
      status: { value: 0 },
    });
    const lattice = createLatticeFetch({ credentials, fetch: async () => opaque });
    await expect(lattice(HOST)).rejects.toMatchObject({ code: 'ERR_SIGNING_REDIRECT' });
    expect(await lattice(HOST, { redirect: 'manual' })).toBe(opaque);
  });
});

test('extend shares credentials, clock and budget, and changes only what it is given', async () => {
  let asked = 0;
  const provider = async () => {
    asked += 1;
    return credentials;
  };
  const base = createLatticeFetch({ credentials: provider });
  const signed = await Promise.all([
    base.sign(HOST),
    base.extend({ region: 'us-east-1' }).sign(HOST),
    base.orThrow.sign(HOST),
  ]);
  expect(asked).toBe(1);
  expect(signed.map(({ headers }) => headers.authorization?.split('/')[2])).toEqual([
    'eu-west-1',
    'us-east-1',
    'eu-west-1',
  ]);
  expect(base.orThrow).toBe(base.orThrow);
  await base.extend({ credentials: provider }).sign(HOST);
  expect(asked).toBe(2);
});
