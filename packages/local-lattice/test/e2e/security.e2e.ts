// What attackers and careless clients send, over real sockets: signatures that must not count, names that are not theirs to
// say, paths and framing that two readers take differently, places that are not the stack's. The advisories are those of
// verifiers and emulators elsewhere; each test names what went wrong there.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type ProofPlane, startProofPlane } from '../support/proof.js';
import { securityStack } from '../support/proof-security-stack.js';
import { type EchoTarget, startEchoTarget, valuesOf } from '../support/proof-targets.js';
import {
  askBytes,
  bytesOf,
  changed,
  type Draft,
  headerOf,
  openSocket,
  parseAnswers,
  sendBytes,
  signedDraft,
  type WireAnswer,
} from '../support/proof-wire.js';

const MISMATCH = 'InvalidSignatureException: The request signature we calculated does not match the signature';
const UNKNOWN = 'UnrecognizedClientException: The security token included in the request is invalid.';

let target: EchoTarget;
let outside: EchoTarget;
let plane: ProofPlane;
let orders: string;
beforeAll(async () => {
  [target, outside] = [await startEchoTarget(), await startEchoTarget()];
  plane = await startProofPlane(securityStack(target.url));
  orders = plane.hostOf('orders');
});
afterAll(async () => {
  await plane.close();
  await target.close();
  await outside.close();
});
beforeEach(() => {
  target.delivered.length = 0;
  outside.delivered.length = 0;
});

const keys = () => plane.keysOf('client');
const signed = (draft: Partial<Draft> = {}, options = {}): Draft =>
  signedDraft({ host: orders, target: '/orders', ...draft }, keys(), options);
const ask = (draft: Draft): Promise<WireAnswer> => askBytes(plane.httpPort, bytesOf(draft));

/** Refused with this text, and no target has seen anything of it. */
async function refused(draft: Draft | string, text: string | RegExp, status = 403): Promise<void> {
  const before = target.delivered.length;
  const answer = typeof draft === 'string' ? await askBytes(plane.httpPort, draft) : await ask(draft);
  if (typeof text === 'string') expect(answer.text.slice(0, text.length)).toBe(text);
  else expect(answer.text).toMatch(text);
  expect(answer.status).toBe(status);
  expect(target.delivered).toHaveLength(before);
}

async function accepted(draft: Draft): Promise<void> {
  expect(await ask(draft)).toMatchObject({ status: 200 });
}

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

describe('names that are not the client’s to say', () => {
  const spoofs = [
    'x-amzn-lattice-identity',
    'X-Amzn-Lattice-Identity',
    'x_amzn_lattice_identity',
    'x-amzn_lattice-identity',
    'x-amzn-lattice-identity-tags',
    'x-amzn-lattice-network',
    'x-amzn-lattice-target',
    'x-amzn-lattice-something-new',
    'x-amzn-source-vpc',
    'x_amzn_source_vpc',
    'x-forwarded-for',
    'X_Forwarded_For',
    'x-forwarded-proto',
    'x-forwarded-port',
  ];

  test.each(spoofs)('%s never reaches a target as it was sent', async (name) => {
    const draft = { host: plane.hostOf('open'), target: '/', headers: [[name, 'spoofed']] as const };
    await accepted(draft);
    await accepted(signedDraft(draft, keys()));
    expect(target.delivered).toHaveLength(2);
    expect(target.delivered.flatMap(({ rawHeaders }) => rawHeaders)).not.toContain('spoofed');
  });

  test('nor does naming them in Connection take ours away', async () => {
    const names = 'x-amzn-lattice-identity, x-forwarded-for, x-amzn-source-vpc, host, authorization';
    const draft = signedDraft({ host: plane.hostOf('open'), target: '/', headers: [['Connection', names]] }, keys());
    await accepted(draft);
    const [delivered] = target.delivered;
    if (delivered === undefined) throw new Error('nothing was delivered');
    expect(valuesOf(delivered, 'x-amzn-lattice-identity')).toEqual([
      expect.stringContaining('assumed-role/client/pod-1'),
    ]);
    expect(valuesOf(delivered, 'x-forwarded-for')).toEqual(['127.0.0.1']);
    expect(valuesOf(delivered, 'x-amzn-source-vpc')).toEqual(['vpc-0aaaaaaa']);
    expect(valuesOf(delivered, 'host')).toEqual([plane.hostOf('open')]);
  });

  test('an unsigned caller has no identity, whatever it says', async () => {
    await accepted({
      host: plane.hostOf('open'),
      target: '/',
      headers: [['x-amzn-lattice-identity', 'Principal=root']],
    });
    const [delivered] = target.delivered;
    expect(delivered && valuesOf(delivered, 'x-amzn-lattice-identity')).toEqual([]);
  });

  test.each(['x-amzn-lattice-identity', 'x_amzn_lattice_identity'])('policies do not see %s either', async (name) => {
    const draft = { host: plane.hostOf('by-header'), target: '/', headers: [[name, 'admin']] as const };
    await refused(draft, /because no service-based policy allows/);
    await accepted({ ...draft, headers: [['x-role', 'admin']] });
  });

  test('the VPC is that of the connection: no header says another unless the stack names that header', async () => {
    const draft = { host: plane.hostOf('by-vpc'), target: '/' };
    for (const name of ['x-local-vpc', 'x-amzn-source-vpc', 'x-amzn-lattice-network', 'x-vpc']) {
      await refused({ ...draft, headers: [[name, 'vpc-b']] }, /because no service-based policy allows/);
    }
    expect((await askBytes(plane.httpPort, bytesOf(draft), plane.addressOf('vpc-b'))).status).toBe(200);
  });

  test('our own client says its VPC by its port: the same port on another address is another client', async () => {
    const response = await plane.lattice.fetchAs('anonymous', { vpc: 'vpc-b' })(plane.lattice.urlOf('by-vpc'));
    expect([response.status, (await response.text()).length > 0]).toEqual([200, true]);
    const { sourcePort } = plane.seen.at(-1) ?? {};
    const socket = await openSocket(plane.httpPort, plane.addressOf('vpc-a'), sourcePort);
    const answer = new Promise<string>((resolve) => socket.once('data', (chunk) => resolve(String(chunk))));
    socket.write(bytesOf({ host: plane.hostOf('by-vpc'), target: '/' }));
    expect(await answer).toMatch(/^HTTP\/1\.1 403 /);
    socket.destroy();
  });

  test('where it is named, it counts only where the connection says nothing', async () => {
    const shape = securityStack(target.url);
    const named = await startProofPlane({ ...shape, local: { ...(shape.local as object), vpcHeader: 'x-local-vpc' } });
    try {
      const draft = { host: named.hostOf('by-vpc'), target: '/', headers: [['X-Local-VPC', 'vpc-b']] as const };
      expect((await askBytes(named.httpPort, bytesOf(draft))).status).toBe(200);
      expect(target.delivered[0] && valuesOf(target.delivered[0], 'x-local-vpc')).toEqual([]);
      const fromA = await askBytes(named.httpPort, bytesOf(draft), named.addressOf('vpc-a'));
      expect([fromA.status, fromA.text]).toEqual([403, expect.stringContaining('no service-based policy allows')]);
      const nobody = { ...draft, headers: [['x-local-vpc', '__proto__']] as const };
      expect((await askBytes(named.httpPort, bytesOf(nobody))).status).toBe(400);
    } finally {
      await named.close();
    }
  });
});

describe('places outside of the stack', () => {
  const absolute = (url: string, host: string) => `GET ${url} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`;

  test('are not forwarded to: it is no open proxy', async () => {
    const place = `127.0.0.1:${outside.port}`;
    for (const bytes of [
      absolute(`http://${place}/`, place),
      absolute(`https://${place}/`, place),
      absolute('/', place),
      absolute(`//${place}/`, plane.hostOf('open')),
      absolute(`http://${place}/`, plane.hostOf('open')),
      absolute('http://169.254.169.254/latest/meta-data/', '169.254.169.254'),
      absolute('file:///etc/passwd', plane.hostOf('open')),
      absolute('http://localhost/', 'localhost'),
    ]) {
      const answer = await askBytes(plane.httpPort, bytes);
      expect([200, 400, 404]).toContain(answer.status);
      // The one path that only looks like a host goes where its Host says.
      if (answer.status === 200) expect(JSON.parse(answer.text)).toMatchObject({ target: `//${place}/` });
    }
    expect(outside.delivered).toEqual([]);
  });

  test('nor tunnelled to', async () => {
    for (const place of [
      `127.0.0.1:${outside.port}`,
      `localhost:${outside.port}`,
      `[::1]:${outside.port}`,
      'example.com:443',
      orders,
      '',
    ]) {
      const text = await sendBytes(
        plane.httpPort,
        `CONNECT ${place} HTTP/1.1\r\nHost: ${place}\r\n\r\nGET / HTTP/1.1\r\nHost: x\r\n\r\n`,
      );
      expect(text).toMatch(/^HTTP\/1\.1 4\d\d /);
      expect(text.match(/^HTTP\/1\.1 /gm)).toHaveLength(1);
    }
    expect(outside.delivered).toEqual([]);
  });

  test('and inside of a tunnel to a service nothing else is reached than outside', async () => {
    const tunnel = (inner: string) =>
      sendBytes(plane.httpPort, `CONNECT ${orders}:80 HTTP/1.1\r\nHost: ${orders}:80\r\n\r\n${inner}`);
    const place = `127.0.0.1:${outside.port}`;
    expect(await tunnel(absolute('/', place))).toMatch(/^HTTP\/1\.1 200 Connection Established\r\n\r\nHTTP\/1\.1 404 /);
    expect(await tunnel(bytesOf({ host: orders, target: '/orders' }))).toMatch(/Established\r\n\r\nHTTP\/1\.1 403 /);
    expect(await tunnel(bytesOf(signed()))).toMatch(/Established\r\n\r\nHTTP\/1\.1 200 /);
    expect(await tunnel(`CONNECT ${place} HTTP/1.1\r\nHost: ${place}\r\n\r\n`)).toMatch(
      /Established\r\n\r\nHTTP\/1\.1 404 /,
    );
    expect(outside.delivered).toEqual([]);
  });

  test('TRACE, and targets without a form, are refused', async () => {
    const open = plane.hostOf('open');
    await refused(`TRACE / HTTP/1.1\r\nHost: ${open}\r\nConnection: close\r\n\r\n`, 'the method TRACE is not', 405);
    await refused(
      `OPTIONS * HTTP/1.1\r\nHost: ${open}\r\nConnection: close\r\n\r\n`,
      'the request target has no form',
      400,
    );
  });
});

describe('paths', () => {
  const odd = [
    '/admin',
    '/Admin',
    '//admin',
    '/./admin',
    '/public/../admin',
    '/public/%2e%2e/admin',
    '/public/%2E%2E%2Fadmin',
    '/%61dmin',
    '/admin%2F',
    '/admin/',
    '/admin;x',
    '/admin%00',
    '/public%2F..%2Fadmin',
    '/public\\..\\admin',
    '/admin?x',
    '/public#/admin',
    '/ADMIN%20',
    '/public/..;/admin',
    '/%2561dmin',
    '/;/admin',
    '/admin..',
    '/*',
    '/${aws:username}',
    '/%ff',
    '/%',
    '/%zz',
    '/\xc3\xbc',
    '/\xff',
  ];

  test.each(odd)('%s: the bytes that are decided on are those that are routed and delivered', async (path) => {
    const host = plane.hostOf('paths');
    const answer = await askBytes(plane.httpPort, bytesOf({ host, target: path }));
    const seen = plane.seen.at(-1);
    if (answer.status === 400) {
      expect(target.delivered).toEqual([]);
      return;
    }
    const bare = path.split('?')[0] ?? '';
    const text = Buffer.from(bare, 'latin1').toString('utf8');
    const utf8 = Buffer.from(text, 'utf8').toString('latin1');
    expect(seen?.question?.path).toBe(text);
    // Denied are exactly the paths that begin with the policy's words, in its letters.
    if (bare.startsWith('/admin')) {
      expect(answer.status).toBe(403);
      expect(answer.text).toContain(
        `service/svc-${'4'.repeat(17)}${utf8} with an explicit deny in a service-based policy`,
      );
      expect(target.delivered).toEqual([]);
      return;
    }
    expect(answer.status).toBe(200);
    expect(target.delivered.map((one) => one.target)).toEqual([path]);
    // Lattice's rules don't look at letter case unless told to; its policies do.
    expect(seen?.rule).toBe(bare.toLowerCase().startsWith('/admin') ? 'admin' : 'default');
  });

  test('a signature holds for the normalized path, and yet the policy is asked about the one that came', async () => {
    const draft = signed({ target: '/orders' });
    const answer = await ask({ ...draft, target: '/x/../orders' });
    expect([answer.status, answer.text]).toEqual([
      403,
      expect.stringContaining('/x/../orders because no service-based'),
    ]);
    await refused({ ...draft, target: '/x/%2e%2e/orders' }, MISMATCH);
  });
});

describe('framing', () => {
  const head = (fields: string) => `POST / HTTP/1.1\r\nHost: ${plane.hostOf('open')}\r\n${fields}`;
  const inner = () => `GET /smuggled HTTP/1.1\r\nHost: ${plane.hostOf('open')}\r\n\r\n`;

  test.each<[string, string, string]>([
    ['both a length and chunks', 'Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n', '0\r\n\r\n'],
    ['chunks, then a length', 'Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n', '0\r\n\r\n'],
    ['two lengths', 'Content-Length: 0\r\nContent-Length: 44\r\n\r\n', ''],
    ['a list of lengths', 'Content-Length: 0, 44\r\n\r\n', ''],
    ['a signed length', 'Content-Length: +0\r\n\r\n', ''],
    ['a length in hexadecimal', 'Content-Length: 0x0\r\n\r\n', ''],
    ['a space before the colon', 'Content-Length : 0\r\n\r\n', ''],
    ['chunked with a space before the colon', 'Transfer-Encoding : chunked\r\n\r\n', '0\r\n\r\n'],
    ['another coding than chunked', 'Transfer-Encoding: xchunked\r\n\r\n', '0\r\n\r\n'],
    ['chunked not last', 'Transfer-Encoding: chunked, identity\r\n\r\n', '0\r\n\r\n'],
    ['chunked twice', 'Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n', '0\r\n\r\n'],
    ['a vertical tab', 'Transfer-Encoding:\x0bchunked\r\n\r\n', '0\r\n\r\n'],
    ['a folded field', 'Transfer-Encoding:\r\n chunked\r\n\r\n', '0\r\n\r\n'],
    ['a bare line feed in the head', 'X: y\nTransfer-Encoding: chunked\r\n\r\n', '0\r\n\r\n'],
    ['a bare carriage return in the head', 'X: y\rTransfer-Encoding: chunked\r\n\r\n', '0\r\n\r\n'],
    ['a chunk that ends too late', 'Transfer-Encoding: chunked\r\n\r\n', '1\r\nXX0\r\n\r\n'],
    ['a size that is no size', 'Transfer-Encoding: chunked\r\n\r\n', '-1\r\n\r\n'],
    ['a size beyond all bounds', 'Transfer-Encoding: chunked\r\n\r\n', 'fffffffffffffffff\r\n\r\n'],
    ['a NUL in a value', 'X: a\0b\r\nContent-Length: 0\r\n\r\n', ''],
  ])('%s: at most one request is read, and what follows is none', async (_, fields, body) => {
    const text = await sendBytes(plane.httpPort, `${head(fields)}${body}${inner()}`);
    const answers = text === '' ? [] : parseAnswers(text);
    expect(answers.length).toBeLessThanOrEqual(1);
    expect(answers[0]?.status ?? 400).toBe(400);
    expect(target.delivered.map((one) => one.target)).not.toContain('/smuggled');
  });

  test('well-framed requests in a row are one answer each, each decided by itself', async () => {
    const open = bytesOf({ host: plane.hostOf('open'), target: '/1' }).replace('Connection: close\r\n', '');
    const closed = bytesOf({ host: orders, target: '/orders' }).replace('Connection: close\r\n', '');
    const answers = parseAnswers(await sendBytes(plane.httpPort, open + closed + open.replace('/1', '/2')));
    expect(answers.map(({ status }) => status)).toEqual([200, 403, 200]);
    expect(target.delivered.map((one) => one.target)).toEqual(['/1', '/2']);
  });

  test('a body that is refused is not the next request', async () => {
    const body = inner();
    const refusedBody = `POST /orders HTTP/1.1\r\nHost: ${orders}\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
    const answers = parseAnswers(await sendBytes(plane.httpPort, refusedBody));
    expect(answers.map(({ status }) => status)).toEqual([403]);
    expect(target.delivered).toEqual([]);
  });

  test('trailers don’t become headers', async () => {
    const fields = 'Transfer-Encoding: chunked\r\nTrailer: x-amzn-lattice-identity\r\nConnection: close\r\n\r\n';
    const text = await sendBytes(plane.httpPort, `${head(fields)}0\r\nx-amzn-lattice-identity: spoofed\r\n\r\n`);
    expect(text).toMatch(/^HTTP\/1\.1 (?:200|400) /);
    expect(target.delivered.flatMap(({ rawHeaders }) => rawHeaders)).not.toContain('spoofed');
  });
});

describe('too much and too slow', () => {
  const open = () => `GET / HTTP/1.1\r\nHost: ${plane.hostOf('open')}\r\n`;

  test('a head beyond the limit is refused, and one just below is not', async () => {
    const big = await sendBytes(plane.httpPort, `${open()}X: ${'a'.repeat(70_000)}\r\n\r\n`);
    expect(big).toMatch(/^HTTP\/1\.1 431 /);
    const many = Array.from({ length: 1_001 }, (_, i) => `x-${i}: 1\r\n`).join('');
    expect(await sendBytes(plane.httpPort, `${open()}${many}Connection: close\r\n\r\n`)).toMatch(/^HTTP\/1\.1 431 /);
    const fits = `${open()}X: ${'a'.repeat(50_000)}\r\nConnection: close\r\n\r\n`;
    expect(await sendBytes(plane.httpPort, fits)).toMatch(/^HTTP\/1\.1 200 /);
    expect(await sendBytes(plane.httpPort, `GET /${'a'.repeat(70_000)} HTTP/1.1\r\n\r\n`)).toMatch(
      /^HTTP\/1\.1 4(?:31|14) /,
    );
  });

  test('a signature with thousands of headers costs no more than its length', async () => {
    const headers = Array.from({ length: 900 }, (_, i) => [`x-amz-${i}`, 'v'] as const);
    const started = performance.now();
    await refused(
      { ...signed(), headers: [...(signed().headers ?? []), ...headers] },
      'InvalidSignatureException: There were',
    );
    expect(performance.now() - started).toBeLessThan(1_000);
  });

  test('who never finishes a head is let go, and others are served meanwhile', async () => {
    const slow = await startProofPlane(securityStack(target.url), { timeouts: { idleMs: 400 } });
    try {
      const sockets = await Promise.all(Array.from({ length: 50 }, () => openSocket(slow.httpPort)));
      const gone = sockets.map((socket) => new Promise<void>((resolve) => socket.once('close', () => resolve())));
      for (const socket of sockets) socket.on('error', () => undefined).resume();
      const drips = setInterval(() => {
        for (const socket of sockets)
          socket.write('GET / HTTP/1.1\r\nX: '.charAt(Math.floor(performance.now() / 50) % 19));
      }, 50);
      for (const socket of sockets) socket.write(`GET / HTTP/1.1\r\nHost: ${slow.hostOf('open')}\r\nX: `);
      expect((await askBytes(slow.httpPort, bytesOf({ host: slow.hostOf('open'), target: '/' }))).status).toBe(200);
      const started = performance.now();
      for (const socket of sockets) socket.on('end', () => socket.end());
      await Promise.all(gone);
      clearInterval(drips);
      expect(performance.now() - started).toBeLessThan(30_000);
    } finally {
      await slow.close();
    }
  });

  test('who does not say what it speaks, or stops in the middle of a handshake, has ten seconds', async () => {
    const started = performance.now();
    const begun = ['', 'PRI * HTTP', '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03', '\x16'];
    const ended = begun.map(async (bytes) => {
      const socket = await openSocket(plane.httpPort);
      socket.on('error', () => undefined).on('end', () => socket.end());
      socket.resume();
      if (bytes !== '') socket.write(Buffer.from(bytes, 'latin1'));
      await new Promise<void>((resolve) => socket.once('close', () => resolve()));
    });
    await Promise.all(ended);
    expect(performance.now() - started).toBeLessThan(13_000);
  });
});
