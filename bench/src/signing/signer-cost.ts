// signer-cost.ts — the time of one signature: this package's signer next to those of npm, each used as its documentation
// says and with everything reused that it lets one reuse. Before anything is timed, each one's signature is verified.
import { applySignature, type RawHeader, signRequest, verifyRequest } from '@lattice-auth/sigv4-fetch/core';
import { Hash } from '@smithy/hash-node';
import { SignatureV4 } from '@smithy/signature-v4';
import { SignatureV4a } from '@smithy/signature-v4a';
import crt from 'aws-crt';
import aws4 from 'aws4';
import { AwsV4Signer } from 'aws4fetch';
import { atLeast, atMost, type Figure } from './figures.ts';
import { callerHeaders, credentials, HOST, REGION, SERVICE, target } from './lattice-get.ts';
import { type Contender, measureRounds } from './rounds.ts';

/** Signs the request with this number; gives back its headers, in whatever form this signer has them. */
type Sign = (n: number) => unknown;

const UNSIGNED = 'UNSIGNED-PAYLOAD';
const callerPairs = Object.entries(callerHeaders);

const ours =
  (signedHeaders: 'minimal' | 'all', algorithm?: 'AWS4-ECDSA-P256-SHA256'): Sign =>
  (n) => {
    const headers: RawHeader[] = [['host', HOST], ...callerPairs];
    const date = new Date();
    const request = { method: 'GET', target: target(n), headers };
    return signRequest(request, { credentials, region: REGION, date, signedHeaders, algorithm }).headers;
  };

const withAws4: Sign = (n) => {
  const headers = { ...callerHeaders, 'x-amz-content-sha256': UNSIGNED };
  const request = { service: SERVICE, region: REGION, host: HOST, method: 'GET', path: target(n), headers };
  return aws4.sign(request, credentials).headers;
};

const keys = new Map<string, ArrayBuffer>();
const withAws4fetch: Sign = async (n) => {
  const headers = { ...callerHeaders, 'x-amz-content-sha256': UNSIGNED };
  const url = `https://${HOST}${target(n)}`;
  const signer = new AwsV4Signer({ ...credentials, url, headers, service: SERVICE, region: REGION, cache: keys });
  return (await signer.sign()).headers;
};

// As the SDK hands a request over: path and query apart, the query in a bag.
function smithyRequest(n: number) {
  const [path = '', query = ''] = target(n).split('?');
  return {
    method: 'GET',
    protocol: 'https:',
    hostname: HOST,
    path,
    query: Object.fromEntries(new URLSearchParams(query)),
    headers: { host: HOST, ...callerHeaders, 'x-amz-content-sha256': UNSIGNED } as Record<string, string>,
  };
}

const smithyOptions = {
  credentials,
  region: REGION,
  service: SERVICE,
  sha256: Hash.bind(null, 'sha256'),
  applyChecksum: false,
};
const smithy = new SignatureV4(smithyOptions);
const smithyA = new SignatureV4a(smithyOptions);
const withSmithy: Sign = async (n) => (await smithy.sign(smithyRequest(n))).headers;
const withSmithyA: Sign = async (n) => (await smithyA.sign(smithyRequest(n), {})).headers;

const { accessKeyId, secretAccessKey, sessionToken } = credentials;
const provider = crt.auth.AwsCredentialsProvider.newStatic(accessKeyId, secretAccessKey, sessionToken);

const withCrt =
  (algorithm: 'SigV4' | 'SigV4Asymmetric'): Sign =>
  async (n) => {
    const headers = new crt.http.HttpHeaders([['host', HOST], ...callerPairs]);
    const signed = await crt.auth.aws_sign_request(new crt.http.HttpRequest('GET', target(n), headers), {
      algorithm: crt.auth.AwsSigningAlgorithm[algorithm],
      signature_type: crt.auth.AwsSignatureType.HttpRequestViaHeaders,
      provider,
      region: REGION,
      service: SERVICE,
      date: new Date(),
      signed_body_value: UNSIGNED,
      signed_body_header: crt.auth.AwsSignedBodyHeaderType.XAmzContentSha256,
    });
    return signed.headers;
  };

/** Headers of any form, as pairs. */
function pairs(headers: unknown): RawHeader[] {
  const iterable = Symbol.iterator in Object(headers) ? (headers as Iterable<readonly [string, string]>) : undefined;
  return [...(iterable ?? Object.entries(headers as Record<string, string>))].map(([name, value]) => [name, value]);
}

async function assertValid(name: string, sign: Sign): Promise<void> {
  const headers = pairs(await sign(1));
  const all = applySignature(
    { method: 'GET', target: target(1), headers: [['host', HOST], ...callerPairs] },
    { target: target(1), headers: [] },
  ).headers;
  const given = new Map([...all, ...headers].map(([key, value]) => [key.toLowerCase(), value]));
  const options = { lookup: () => credentials, now: Date.now(), service: SERVICE, region: REGION };
  const verification = verifyRequest({ method: 'GET', target: target(1), headers: [...given] }, options);
  if (verification.kind !== 'signed')
    throw new Error(`${name} made a signature that does not hold: ${JSON.stringify(verification)}`);
}

// One after the other, as requests come in; a signer that gives a promise is waited for.
function contender<Name extends string>(name: Name, sign: Sign): Contender<Name> {
  let n = 0;
  return {
    name,
    async run(times) {
      for (let i = 0; i < times; i += 1) {
        const signed = sign(n++);
        if (signed instanceof Promise) await signed;
      }
    },
  };
}

async function compare<Name extends string>(signers: Record<Name, Sign>, rounds: number, times: number) {
  const entries = Object.entries(signers) as [Name, Sign][];
  for (const [name, sign] of entries) await assertValid(name, sign);
  const contenders = entries.map(([name, sign]) => contender(name, sign));
  return measureRounds(contenders, { rounds, times, clock: () => performance.now() * 1000 });
}

/** The figures of all signers. */
export async function measureSigners(quick: boolean): Promise<Figure[]> {
  const rounds = quick ? 1 : 25;
  const peers = { aws4: withAws4, smithy: withSmithy, crt: withCrt('SigV4'), aws4fetch: withAws4fetch };
  const v4 = await compare(
    { ours: ours('minimal'), 'ours, all headers': ours('all'), ...peers },
    rounds,
    quick ? 20 : 2_000,
  );
  const v4a = await compare(
    { ours: ours('minimal', 'AWS4-ECDSA-P256-SHA256'), smithy: withSmithyA, crt: withCrt('SigV4Asymmetric') },
    rounds,
    quick ? 5 : 100,
  );
  const us = (what: string, value: number) => atMost(what, value, undefined, ' µs', 1);
  return [
    us('sign a GET with a session token: signRequest', v4.median('ours')),
    us('  all headers signed', v4.median('ours, all headers')),
    us('  aws4', v4.median('aws4')),
    us('  @smithy/signature-v4, native hash', v4.median('smithy')),
    us('  aws-crt', v4.median('crt')),
    us('  aws4fetch', v4.median('aws4fetch')),
    atLeast('faster than aws4', v4.ratio('aws4', 'ours'), 5, 'x'),
    atLeast('faster than @smithy/signature-v4', v4.ratio('smithy', 'ours'), 8, 'x'),
    atLeast('faster than aws-crt', v4.ratio('crt', 'ours'), 4, 'x'),
    us('SigV4A: signRequest', v4a.median('ours')),
    us('  @smithy/signature-v4a', v4a.median('smithy')),
    us('  aws-crt', v4a.median('crt')),
    atLeast('faster than @smithy/signature-v4a', v4a.ratio('smithy', 'ours'), 10, 'x'),
  ];
}
