// Signatures that must not count, over real sockets. The advisories are those of verifiers and emulators elsewhere; each test
// names what went wrong there.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type ProofPlane, startProofPlane } from '../support/proof.js';
import { callsTo } from '../support/proof-calls.js';
import { securityStack } from '../support/proof-security-stack.js';
import { type EchoTarget, startEchoTarget } from '../support/proof-targets.js';
import { askBytes, changed, type Draft, headerOf, signedDraft } from '../support/proof-wire.js';

const MISMATCH = 'InvalidSignatureException: The request signature we calculated does not match the signature';
const UNKNOWN = 'UnrecognizedClientException: The security token included in the request is invalid.';

let target: EchoTarget;
let plane: ProofPlane;
let orders: string;
beforeAll(async () => {
  target = await startEchoTarget();
  plane = await startProofPlane(securityStack(target.url));
  orders = plane.hostOf('orders');
});
afterAll(async () => {
  await plane.close();
  await target.close();
});
beforeEach(() => {
  target.delivered.length = 0;
});

const { keys, signed, ask, refused, accepted } = callsTo(() => ({ plane, target }));

describe('advisories on signatures', () => {
  test('the ground that the others stand on: a good one gets in', async () => {
    await accepted(signed());
    await accepted(signed({}, { placement: 'query' }));
  });

  // CVE-2025-31489
  test('a payload said to be streamed, unsigned, with a trailer, does not excuse the signature', async () => {
    const value = 'STREAMING-UNSIGNED-PAYLOAD-TRAILER';
    for (const signature of ['0'.repeat(64), undefined]) {
      const draft = changed(signed(), 'x-amz-content-sha256', value);
      const spoilt = headerOf(draft, 'authorization').replace(/[0-9a-f]{64}$/, signature ?? '$&');
      const all: Draft = changed(draft, 'authorization', spoilt);
      const streamed = { ...all, headers: [...(all.headers ?? []), ['x-amz-decoded-content-length', '1'] as const] };
      await refused(streamed, /^InvalidSignatureException: |^IncompleteSignatureException: /);
      await refused(all, 'InvalidSignatureException: Signed payloads are not supported');
    }
  });

  // CVE-2026-40344, CVE-2026-41145
  test.each([
    ['a credential alone', '?X-Amz-Credential=KEY%2FSCOPE'],
    ['an algorithm alone', '?X-Amz-Algorithm=AWS4-HMAC-SHA256'],
    ['a signature alone', `?X-Amz-Signature=${'0'.repeat(64)}`],
    ['lower-case names', '?x-amz-credential=KEY%2FSCOPE&x-amz-algorithm=AWS4-HMAC-SHA256'],
    ['an encoded name', '?X%2DAmz%2DCredential=KEY%2FSCOPE'],
  ])('%s in the query is a broken signature, not an unsigned request, and no way past one', async (_, query) => {
    const day = new Date().toISOString().slice(0, 10).replaceAll('-', '');
    const scope = `${day}%2Feu-west-1%2Fvpc-lattice-svcs%2Faws4_request`;
    const path = `/public${query.replace('KEY', keys().accessKeyId).replace('SCOPE', scope)}`;
    await refused({ host: orders, target: path }, 'IncompleteSignatureException: ');
  });

  test.each([
    ['x-amz-copy-source', '/elsewhere'],
    ['x-amz-meta-role', 'admin'],
    ['X-AMZ-Tagging', 'a=b'],
    ['x-amz-security-token', 'a-token'],
  ])('%s added after signing is refused', async (name, value) => {
    const draft = signed();
    await refused({ ...draft, headers: [...(draft.headers ?? []), [name, value]] }, /^InvalidSignature|^Unrecognized/);
  });

  test('a signature that leaves out host or date says nothing of where and when', async () => {
    const draft = signed();
    const authorization = headerOf(draft, 'authorization');
    const without = (name: string) => changed(draft, 'authorization', authorization.replace(name, ''));
    await refused(without('host;'), "IncompleteSignatureException: 'Host' or ':authority' must be a 'SignedHeader'");
    await refused(without(';x-amz-date'), 'InvalidSignatureException: There were headers present in the request');
    await refused(
      changed(without(';x-amz-date'), 'x-amz-date', undefined),
      "IncompleteSignatureException: Authorization header requires 'X-Amz-Date' parameter.",
    );
  });

  test('a signature for one service is none for another', async () => {
    await refused({ ...signed(), host: plane.hostOf('open') }, MISMATCH);
  });

  test('a signature is good for five minutes either way, in the header as in the query', async () => {
    const at = (seconds: number) => ({ date: new Date(Date.now() + seconds * 1000) });
    await accepted(signed({}, at(-280)));
    await accepted(signed({}, at(280)));
    await refused(signed({}, at(-302)), 'InvalidSignatureException: Signature expired: ');
    await refused(signed({}, at(302)), 'InvalidSignatureException: Signature not yet current: ');
    const query = (seconds: number, expiresSeconds: number) => ({ ...at(seconds), placement: 'query', expiresSeconds });
    await accepted(signed({}, query(-50, 60)));
    await refused(signed({}, query(-62, 60)), 'InvalidSignatureException: Signature expired: ');
    await refused(signed({}, query(302, 60)), 'InvalidSignatureException: Signature not yet current: ');
    const forever = signed({}, query(0, 60));
    await refused({ ...forever, target: forever.target.replace('Expires=60', 'Expires=604801') }, 'Incomplete');
  });

  // floci#2680: an unknown key's secret was its own id.
  test('an unknown key has no secret that anybody could know', async () => {
    for (const secretAccessKey of ['AKIANOBODY', 'no-such-access-key-no-such-access-key-no', 'undefined', 'x']) {
      const unknown = { accessKeyId: 'AKIANOBODY', secretAccessKey };
      await refused(signedDraft({ host: orders, target: '/orders' }, unknown), UNKNOWN);
    }
    const own = { accessKeyId: keys().accessKeyId, secretAccessKey: keys().accessKeyId };
    await refused(signedDraft({ host: orders, target: '/orders' }, own), MISMATCH);
  });

  test.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])('no key is called %s', async (accessKeyId) => {
    const unknown = { accessKeyId, secretAccessKey: 'undefined' };
    await refused(signedDraft({ host: orders, target: '/orders' }, unknown), UNKNOWN);
  });

  // floci#1841, ministack#1232
  test('the signature of a presigned URL is checked', async () => {
    const draft = signed({}, { placement: 'query' });
    const other = draft.target.replace(/[0-9a-f]{64}$/, '0'.repeat(64));
    await refused({ ...draft, target: other }, MISMATCH);
    await refused({ ...draft, target: `${draft.target}&more=1` }, MISMATCH);
    await refused({ ...draft, target: draft.target.replace('/orders', '/public') }, MISMATCH);
    const missing = changed(draft, 'x-amz-content-sha256', undefined);
    await refused(missing, "IncompleteSignatureException: Missing the 'x-amz-content-sha256'");
  });

  // CVE-2022-2385
  test('a parameter given twice, or in another case, is refused: which of them would count?', async () => {
    const draft = signed({}, { placement: 'query' });
    for (const name of ['X-Amz-Signature', 'X-Amz-Credential', 'x-amz-credential', 'X-AMZ-DATE', 'X%2dAmz-Expires']) {
      const doubled = { ...draft, target: `${draft.target}&${name}=1` };
      await refused(
        doubled,
        /^IncompleteSignatureException: AWS query-string parameter '.+' is given more than once\./,
      );
    }
  });

  // CVE-2020-16250
  test('a signed call to another of the cloud’s services proves nothing here', async () => {
    const draft = { host: orders, target: '/orders' };
    for (const service of ['sts', 's3', 'vpc-lattice', 'execute-api', '']) {
      const foreign = signedDraft(draft, keys(), { service: service === '' ? 'x' : service, sendPayloadHash: true });
      await refused(
        foreign,
        /^InvalidSignatureException: Credential should be scoped to correct service: 'vpc-lattice-svcs'\./,
      );
    }
  });

  // trinodb/aws-proxy#133
  test.each([
    'unsigned-payload',
    'UNSIGNED-PAYLOAD,UNSIGNED-PAYLOAD',
    '',
    'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  ])('the payload said to be `%s` is not the literal that is due', async (payloadHash) => {
    const draft = changed(signed(), 'x-amz-content-sha256', payloadHash);
    await refused(draft, 'InvalidSignatureException: Signed payloads are not supported');
  });

  test.each(['AWS4-HMAC-SHA1', 'AWS4-HMAC-SHA256-PAYLOAD', 'AWS4-none', 'aws4-hmac-sha256'])(
    'the algorithm %s is none',
    async (algorithm) => {
      const draft = signed();
      const authorization = headerOf(draft, 'authorization').replace('AWS4-HMAC-SHA256', algorithm);
      await refused(changed(draft, 'authorization', authorization), 'IncompleteSignatureException: Unsupported AWS');
    },
  );

  // CVE-2023-30610
  test('neither secret nor token nor signature reaches a log, an answer or what is remembered of requests', async () => {
    const session = await plane.sessionOf('client');
    const wrong = { ...session, secretAccessKey: `${session.secretAccessKey}x` };
    await ask(signedDraft({ host: orders, target: '/orders' }, session));
    const draft = signedDraft({ host: orders, target: '/orders' }, wrong);
    const answer = await ask(draft);
    expect(answer.status).toBe(403);
    const query = signedDraft({ host: orders, target: '/orders' }, wrong, { placement: 'query' });
    const texts = [answer.text, (await ask(query)).text, ...plane.logged, JSON.stringify(plane.seen.map(withoutStack))];
    const remembered = texts.join('\n').replaceAll(query.target, '');
    const signature = headerOf(draft, 'authorization').slice(-64);
    for (const secret of [session.secretAccessKey, session.sessionToken, signature]) {
      expect(remembered).not.toContain(secret);
    }
  });
});

const withoutStack = ({ stack: _stack, question: _question, ...rest }: ProofPlane['seen'][number]) => rest;

describe('what comes twice', () => {
  test('two Authorization headers', async () => {
    const draft = signed();
    const authorization = headerOf(draft, 'authorization');
    for (const value of [authorization, 'Bearer x', 'AWS4-HMAC-SHA256 Credential=x']) {
      const doubled = { ...draft, headers: [...(draft.headers ?? []), ['Authorization', value] as const] };
      await refused(doubled, /^(?:Invalid|Incomplete)SignatureException: /);
      const before = { ...draft, headers: [['Authorization', value] as const, ...(draft.headers ?? [])] };
      await refused(before, /^(?:Invalid|Incomplete)SignatureException: /);
    }
  });

  test('a signature in the header and one in the query', async () => {
    const query = signed({}, { placement: 'query' });
    const header = signed();
    const both = {
      ...query,
      headers: [...(query.headers ?? []), ['Authorization', headerOf(header, 'authorization')] as const],
    };
    await refused(both, 'InvalidSignatureException: Only one auth mechanism allowed');
  });

  test.each(['x-amz-date', 'x-amz-content-sha256', 'x-amz-security-token'])('two of %s', async (name) => {
    const draft = signedDraft({ host: orders, target: '/orders' }, await plane.sessionOf('client'));
    const doubled = { ...draft, headers: [...(draft.headers ?? []), [name, headerOf(draft, name)] as const] };
    await refused(doubled, /^(?:Invalid|Incomplete)SignatureException: |^UnrecognizedClientException: /);
  });

  test('two Hosts, none, and one that is no name', async () => {
    const open = plane.hostOf('open');
    const head = (hosts: string[]) =>
      `GET / HTTP/1.1\r\n${hosts.map((one) => `Host: ${one}\r\n`).join('')}Connection: close\r\n\r\n`;
    await refused(head([open, orders]), 'more than one Host header', 400);
    await refused(head([open, open]), 'more than one Host header', 400);
    await refused(head([]), 'there is no Host header', 400);
    for (const bad of [
      `${open}@${orders}`,
      `${open} ${orders}`,
      `${open}/x`,
      `${open},${orders}`,
      `${open}:80:80`,
      '%00',
    ]) {
      await refused(head([bad]), 'Host is not a name', 400);
    }
  });

  test('a target that names another host than Host does', async () => {
    const open = plane.hostOf('open');
    const absolute = (url: string, host: string) => `GET ${url} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`;
    await refused(absolute(`http://${open}/`, orders), 'Host and the request target differ', 400);
    await refused(absolute(`http://${orders}/`, open), 'Host and the request target differ', 400);
    await refused(absolute(`http://user@${open}/`, open), /differ|not a name/, 400);
    expect((await askBytes(plane.httpPort, absolute(`http://${open}/`, open))).status).toBe(200);
  });
});
