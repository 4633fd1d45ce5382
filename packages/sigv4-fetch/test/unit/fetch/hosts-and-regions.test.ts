// Which hosts are signed for, and for which region.
import { afterEach, describe, expect, test, vi } from 'vitest';
import { hostTest, latticeRegion } from '../../../src/fetch/allowed-hosts.js';
import { destinations } from '../../../src/fetch/destination.js';
import { signingRegion } from '../../../src/fetch/region.js';
import { createLatticeFetch, createSigner } from '../../../src/index.js';

const HOST = 'orders-0123456789abcdef0.7d67968.vpc-lattice-svcs.eu-west-1.on.aws';
const credentials = { accessKeyId: 'AKID', secretAccessKey: 'secret' };
afterEach(() => vi.unstubAllEnvs());

describe('hosts', () => {
  test.each([
    [HOST, 'eu-west-1'],
    ['vpce-0a-snsa-0b.7d67968.vpc-lattice-svcs.us-gov-west-1.on.aws', 'us-gov-west-1'],
    ['vpc-lattice-svcs.eu-west-1.on.aws', undefined],
    [`${HOST}.example.com`, undefined],
    [`${HOST}.`, undefined],
    ['a.vpc-lattice-svcs.eu-west-1.on.aws.evil', undefined],
    ['a.vpc-lattice-svcs.evil.com.on.aws', undefined],
    ['xvpc-lattice-svcs.eu-west-1.on.aws', undefined],
    ['lambda-url.eu-west-1.on.aws', undefined],
  ])('%s is of region %s', (host, region) => {
    expect(latticeRegion(host)).toBe(region);
    expect(hostTest()(host)).toBe(region !== undefined);
  });

  test('what the caller names', () => {
    const allows = hostTest(['API.example.com', '*.internal', /^svc-\d+$/g, (host) => host === 'custom', '[::1]']);
    for (const host of ['api.example.com', 'a.internal', 'a.b.internal', 'svc-1', 'svc-1', 'custom', '[::1]', HOST])
      expect(allows(host), host).toBe(true);
    for (const host of ['example.com', 'x.api.example.com', 'internal', 'xinternal', 'a.internal.com', 'svc-', ''])
      expect(allows(host), host).toBe(false);
  });

  test.each(['*', '*.', 'https://api.example.com', 'api.example.com:443', 'api.example.com/x', 'a.*.b', '', 'a b'])(
    '`%s` is not a pattern',
    (pattern) => {
      expect(() => createLatticeFetch({ hosts: [pattern] })).toThrow(
        expect.objectContaining({ code: 'ERR_SIGNING_OPTION' }),
      );
    },
  );

  test('loopback needs no TLS, everything else does', () => {
    const at = (url: string) =>
      destinations({ allows: () => true, hostNotAllowed: 'error', allowInsecureHttp: false, region: 'eu-west-1' }).of(
        new URL(url),
      );
    for (const url of [
      'http://localhost:1/',
      'http://127.0.0.1/',
      'http://127.9.9.9/',
      'http://[::1]:80/',
      'http://a.localhost/',
      'https://a/',
    ])
      expect(at(url).region).toBeDefined();
    for (const url of [
      'http://128.0.0.1/',
      'http://169.254.171.1/',
      'http://localhost.example.com/',
      'http://127.0.0.1.example.com/',
    ]) {
      expect(() => at(url)).toThrow(expect.objectContaining({ code: 'ERR_SIGNING_INSECURE_HTTP' }));
    }
  });

  test('a great many origins do not fill the memory', () => {
    const all = destinations({
      allows: () => true,
      hostNotAllowed: 'error',
      allowInsecureHttp: false,
      region: 'eu-west-1',
    });
    const first = all.of(new URL('https://h0/'));
    expect(all.of(new URL('https://h0/other'))).toBe(first);
    for (let i = 1; i <= 1_000; i += 1) all.of(new URL(`https://h${i}/`));
    expect(all.of(new URL('https://h0/'))).not.toBe(first);
  });
});

describe('the region is the first of', () => {
  test('the option, the host name, AWS_REGION, AWS_DEFAULT_REGION', () => {
    vi.stubEnv('AWS_REGION', 'eu-north-1');
    vi.stubEnv('AWS_DEFAULT_REGION', 'eu-south-1');
    expect(signingRegion('us-east-1', HOST)).toEqual({ region: 'us-east-1' });
    expect(signingRegion(undefined, HOST)).toEqual({ region: 'eu-west-1' });
    expect(signingRegion(undefined, 'api.example.com')).toEqual({ region: 'eu-north-1' });
    vi.stubEnv('AWS_REGION', '');
    expect(signingRegion(undefined, 'api.example.com')).toEqual({ region: 'eu-south-1' });
    vi.stubEnv('AWS_DEFAULT_REGION', undefined);
    expect(() => signingRegion(undefined, 'api.example.com')).toThrow(
      expect.objectContaining({ code: 'ERR_SIGNING_REGION' }),
    );
  });

  test('a list or a star signs with SigV4A', async () => {
    const url = `https://${HOST}/`;
    for (const [region, set] of [
      ['*', '*'],
      [['eu-west-1', 'us-east-1'], 'eu-west-1,us-east-1'],
    ] as const) {
      const { headers } = await createSigner({ credentials, region }).sign({ url });
      expect(headers.authorization).toMatch(/^AWS4-ECDSA-P256-SHA256 /);
      expect(headers['x-amz-region-set']).toBe(set);
    }
  });

  test.each([['EU_WEST'], ['eu-west-1\r\nx: y'], [''], [[]], [['eu west']]])('%j is refused', (region) => {
    expect(() => signingRegion(region, HOST)).toThrow(expect.objectContaining({ code: 'ERR_SIGNING_REGION' }));
  });
});
