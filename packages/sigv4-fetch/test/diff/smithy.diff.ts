// `implementation: 'smithy'` and our own: the same interface, and the same results wherever Smithy is right.
import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { createSigner, type SignerOptions } from '../../src/index.js';

const RUNS = Number(process.env.RUNS ?? 200);
const SEED = Number(process.env.SEED ?? Date.now() % 2 ** 31);
const credentials = {
  accessKeyId: 'AKIDEXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
  sessionToken: 'tok/en+==',
};
const HOST = 'https://orders-0123456789abcdef0.7d67968.vpc-lattice-svcs.eu-west-1.on.aws';

function both(settings: SignerOptions) {
  return {
    lattice: createSigner({ credentials, ...settings }),
    smithy: createSigner({ credentials, ...settings, implementation: 'smithy' }),
  };
}

const part = fc.string({
  unit: fc.constantFrom(..."abZ09-._~!$&'()*,;=:@/%+é日[]|", '%2F', '%20', '..', '//'),
  maxLength: 20,
});
const request = fc.record({
  path: part,
  query: part,
  method: fc.constantFrom('GET', 'POST', 'DELETE'),
  headers: fc.dictionary(
    fc.constantFrom('X-Amz-Meta-A', 'x-amz-meta-b', 'content-type', 'traceparent'),
    fc.string({ unit: fc.constantFrom(...'ab ,;1'), maxLength: 8 }),
  ),
});
const valid = (url: string) => URL.canParse(url) && isUtf8(new URL(url).search);
function isUtf8(query: string): boolean {
  try {
    decodeURIComponent(query);
    return true;
  } catch {
    return false;
  }
}

describe.each([
  ['header', {}],
  ['query', { placement: 'query' }],
  ['token added after signing', { signSessionToken: false }],
  ['token added to the query after signing', { signSessionToken: false, placement: 'query' }],
  ['path as it is', { pathEncoding: 'none', normalizePath: false }],
  ['content-type signed too', { signedHeaders: (name: string) => name === 'content-type' }],
] satisfies [string, SignerOptions][])('%s', (_name, settings) => {
  test('both implementations agree on every URL and header', async () => {
    vi.useFakeTimers({ now: new Date('2026-11-21T10:00:00Z'), toFake: ['Date'] });
    const { lattice, smithy } = both(settings);
    await fc.assert(
      fc.asyncProperty(request, async ({ path, query, method, headers }) => {
        const url = `${HOST}/${path}?${query}`;
        fc.pre(valid(url) && new URL(url).origin === HOST);
        const ours = await lattice.sign({ url, method, headers });
        expect(await smithy.sign({ url, method, headers })).toEqual(ours);
      }),
      { numRuns: RUNS, seed: SEED },
    );
    vi.useRealTimers();
  });
});

test('presigned URLs agree', async () => {
  vi.useFakeTimers({ now: new Date('2026-11-21T10:00:00Z'), toFake: ['Date'] });
  const { lattice, smithy } = both({});
  const url = `${HOST}/a/b?c=d`;
  expect(await smithy.presign(url, { expiresSeconds: 60 })).toEqual(await lattice.presign(url, { expiresSeconds: 60 }));
  vi.useRealTimers();
});

describe('where Smithy is wrong, or has no way', () => {
  test('the query name `__proto__` is lost: Smithy signs the same for any value of it', async () => {
    const { lattice, smithy } = both({});
    const of = async (signer: typeof smithy, value: string) =>
      (await signer.sign({ url: `${HOST}/?__proto__=${value}` })).headers.authorization;
    expect(await of(smithy, '1')).toBe(await of(smithy, '2'));
    expect(await of(lattice, '1')).not.toBe(await of(lattice, '2'));
  });

  test.each([
    ['SigV4A', { region: '*' }],
    ['a path encoded once', { pathEncoding: 'single' }],
    ['a path encoded twice but not normalized', { normalizePath: false }],
  ] satisfies [string, SignerOptions][])('%s is refused, not signed some other way', async (_what, settings) => {
    await expect(Promise.resolve(both(settings).smithy.sign({ url: HOST }))).rejects.toMatchObject({
      code: 'ERR_SIGNING_UNSUPPORTED',
    });
  });

  test('a query that is not UTF-8 is refused', async () => {
    await expect(Promise.resolve(both({}).smithy.sign({ url: `${HOST}/?a=%C3` }))).rejects.toMatchObject({
      code: 'ERR_SIGNING_UNSUPPORTED',
    });
  });
});

test('ours is synchronous once credentials are there, Smithy’s never is', async () => {
  const { lattice, smithy } = both({});
  expect(lattice.sign({ url: HOST })).not.toBeInstanceOf(Promise);
  expect(smithy.sign({ url: HOST })).toBeInstanceOf(Promise);
  const provided = createSigner({ credentials: async () => credentials });
  expect(provided.sign({ url: HOST })).toBeInstanceOf(Promise);
  await provided.ready();
  expect(provided.sign({ url: HOST })).not.toBeInstanceOf(Promise);
});
