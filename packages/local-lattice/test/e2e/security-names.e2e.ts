// What is not a client's to say, over real sockets: names and headers that are Lattice's own, places that are not the stack's,
// paths that two readers take differently.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type ProofPlane, startProofPlane } from '../support/proof.js';
import { callsTo } from '../support/proof-calls.js';
import { securityStack } from '../support/proof-security-stack.js';
import { type EchoTarget, startEchoTarget, valuesOf } from '../support/proof-targets.js';
import { askBytes, bytesOf, openSocket, sendBytes, signedDraft } from '../support/proof-wire.js';

const MISMATCH = 'InvalidSignatureException: The request signature we calculated does not match the signature';

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

const { keys, signed, ask, refused, accepted } = callsTo(() => ({ plane, target }));

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
