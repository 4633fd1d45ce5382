// Redirects: signed afresh on hosts of the list, and nothing that identifies the caller anywhere else.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createLatticeFetch } from '../../src/index.js';
import { CREDENTIALS, type LatticeServer, REGION, startLatticeServer, verified } from '../support/lattice-server.js';

let service: LatticeServer; // on the list as 127.0.0.1
let foreign: LatticeServer; // reached as `localhost`, which is not
beforeAll(async () => {
  service = await startLatticeServer();
  foreign = await startLatticeServer({ hostname: 'localhost' });
});
afterAll(async () => {
  await service.close();
  await foreign.close();
});
beforeEach(() => {
  service.received.length = 0;
  foreign.received.length = 0;
  foreign.answer = undefined;
});

const options = { credentials: CREDENTIALS, region: REGION, hosts: ['127.0.0.1'] };
const lattice = createLatticeFetch(options);
const foreignUrl = () => `http://localhost:${foreign.port}/caught`;

function redirectOnce(status: number, location: string): void {
  service.answer = (request, response) => {
    if (request.target.startsWith('/from')) response.writeHead(status, { location }).end('moved');
    else return verified(request, response);
  };
}

/** Everything a request of ours could leak. */
function leaks(): string[] {
  return foreign.received.flatMap(({ rawHeaders, target, body }) => {
    const text = `${target}\n${rawHeaders.join('\n')}\n${body}`.toLowerCase();
    const secrets = ['x-amz', 'aws4', 'authorization', CREDENTIALS.accessKeyId, CREDENTIALS.sessionToken, 'cookie'];
    return secrets.filter((secret) => text.includes(secret.toLowerCase()));
  });
}

describe('within the list', () => {
  test.each([301, 302, 303, 307, 308])('%i is followed and signed for its own path', async (status) => {
    redirectOnce(status, '/to?x=1+2');
    const response = await lattice(`${service.origin}/from`);
    expect(await response.json()).toMatchObject({ kind: 'signed', method: 'GET', target: '/to?x=1%202' });
    expect(response.redirected).toBe(true);
    expect(response.url).toBe(`${service.origin}/to?x=1%202`);
  });

  test.each([
    [301, 'POST', 'GET', 0],
    [302, 'POST', 'GET', 0],
    [303, 'PUT', 'GET', 0],
    [303, 'HEAD', 'HEAD', 0],
    [301, 'PUT', 'PUT', 4],
    [307, 'POST', 'POST', 4],
    [308, 'PATCH', 'PATCH', 4],
  ])('%i turns %s into %s with %i bytes', async (status, method, next, bytes) => {
    redirectOnce(status, '/to');
    await lattice(`${service.origin}/from`, method === 'HEAD' ? { method } : { method, body: 'body' });
    const arrived = service.received.at(-1);
    expect(arrived).toMatchObject({ method: next, target: '/to', verification: { kind: 'signed' } });
    expect(arrived?.body.length).toBe(bytes);
    if (bytes === 0) expect(arrived?.headers['content-type']).toBeUndefined();
  });

  test('a body that is gone cannot follow; one that is made anew can', async () => {
    redirectOnce(307, '/to');
    async function* body() {
      yield 'streamed';
    }
    const gone = lattice(`${service.origin}/from`, { method: 'POST', body: body() });
    await expect(gone).rejects.toMatchObject({ code: 'ERR_SIGNING_BODY_NOT_REPLAYABLE' });
    await lattice(`${service.origin}/from`, { method: 'POST', body });
    expect(service.received.at(-1)?.body.toString()).toBe('streamed');
  });

  test('a Request is followed with what it carried', async () => {
    redirectOnce(302, '/to');
    await lattice(new Request(`${service.origin}/from`, { headers: { 'x-mine': '1' } }));
    expect(service.received.at(-1)).toMatchObject({ target: '/to', headers: { 'x-mine': '1' } });
  });

  test('`manual` hands the redirect over, `error` fails, on init and on a Request', async () => {
    redirectOnce(302, '/to');
    for (const input of [new Request(`${service.origin}/from`, { redirect: 'manual' }), `${service.origin}/from`]) {
      const response = await lattice(input, typeof input === 'string' ? { redirect: 'manual' } : {});
      expect([response.status, response.headers.get('location')]).toEqual([302, '/to']);
    }
    await expect(lattice(`${service.origin}/from`, { redirect: 'error' })).rejects.toThrow(TypeError);
  });

  test('twenty are followed, the next is an error; so is a target that is no URL', async () => {
    service.answer = (request, response) => {
      const n = Number(request.target.slice(1));
      if (n === 20 && request.headers['x-stop'] !== undefined) return verified(request, response);
      response.writeHead(302, { location: `/${n + 1}` }).end();
    };
    expect((await lattice(`${service.origin}/0`, { headers: { 'x-stop': '1' } })).status).toBe(200);
    await expect(lattice(`${service.origin}/0`)).rejects.toMatchObject({ code: 'ERR_SIGNING_REDIRECT' });
    for (const location of ['http://[', 'file:///etc/passwd', 'http://user:pass@127.0.0.1/']) {
      redirectOnce(302, location);
      await expect(lattice(`${service.origin}/from`)).rejects.toMatchObject({ code: 'ERR_SIGNING_REDIRECT' });
    }
  });
});

describe('out of the list', () => {
  const headers = {
    'X-Amz-Meta-Secret': 'x-amz',
    cookie: 'a=b',
    'proxy-authorization': 'authorization',
    'x-mine': '1',
  };

  test.each([301, 302, 303, 307, 308])('%i goes on without anything of ours', async (status) => {
    redirectOnce(status, foreignUrl());
    const response = await lattice(`${service.origin}/from`, { headers });
    expect(response.status).toBe(200);
    expect(foreign.received).toHaveLength(1);
    expect(foreign.received[0]?.headers['x-mine']).toBe('1');
    expect(leaks()).toEqual([]);
  });

  test('with the signature in the query too, whose Authorization is the application’s', async () => {
    redirectOnce(302, foreignUrl());
    const query = lattice.extend({ placement: 'query' });
    await query(`${service.origin}/from`, { headers: { ...headers, authorization: 'Bearer mine' } });
    expect(service.received[0]).toMatchObject({
      headers: { authorization: 'Bearer mine' },
      verification: { kind: 'signed' },
    });
    expect(leaks()).toEqual([]);
  });

  test('a body does not go along', async () => {
    redirectOnce(307, foreignUrl());
    const sent = lattice(`${service.origin}/from`, { method: 'POST', body: 'body' });
    await expect(sent).rejects.toMatchObject({ code: 'ERR_SIGNING_REDIRECT' });
    expect(foreign.received).toHaveLength(0);
  });

  test('coming back from there, the request is signed again', async () => {
    foreign.answer = (_request, response) => void response.writeHead(302, { location: `${service.origin}/back` }).end();
    redirectOnce(302, foreignUrl());
    const response = await lattice(`${service.origin}/from`);
    expect(await response.json()).toMatchObject({ kind: 'signed', target: '/back' });
    expect(leaks()).toEqual([]);
  });

  test('a host that is named gets a signature of its own', async () => {
    redirectOnce(302, foreignUrl());
    const both = lattice.extend({ hosts: ['127.0.0.1', 'localhost'] });
    expect(await (await both(`${service.origin}/from`)).json()).toMatchObject({ kind: 'signed', target: '/caught' });
    expect(foreign.received[0]?.headers.host).toBe(`localhost:${foreign.port}`);
  });
});

describe('no credential is touched for a host that is not on the list', () => {
  let asked = 0;
  const counting = createLatticeFetch({
    ...options,
    credentials: async () => {
      asked += 1;
      return CREDENTIALS;
    },
  });

  test.each([
    ['https://example.com/'],
    ['https://evil.vpc-lattice-svcs.eu-west-1.on.aws.example.com/'],
    ['https://a.vpc-lattice-svcs.eu-west-1.on.aws@example.com/'],
    ['https://xvpc-lattice-svcs.eu-west-1.on.aws/'],
    ['data:text/plain,x'],
  ])('%s', async (url) => {
    for (const send of [counting, counting.request, counting.sign, counting.presign]) {
      await expect(Promise.resolve(send(url)).then()).rejects.toThrow();
    }
    expect(asked).toBe(0);
  });

  test('plain http off this machine needs a word', async () => {
    const url = 'http://orders-0123456789abcdef0.7d67968.vpc-lattice-svcs.eu-west-1.on.aws/';
    await expect(counting(url)).rejects.toMatchObject({ code: 'ERR_SIGNING_INSECURE_HTTP' });
    expect(asked).toBe(0);
    const signed = await counting.extend({ allowInsecureHttp: true }).sign(url);
    expect(signed.headers.authorization).toContain('/eu-west-1/vpc-lattice-svcs/aws4_request');
  });

  test('or passes through as it is', async () => {
    const response = await counting.extend({ hostNotAllowed: 'pass-through' })(foreignUrl(), {
      headers: { authorization: 'Bearer x' },
    });
    expect(await response.json()).toMatchObject({ kind: 'anonymous' });
    expect(foreign.received[0]?.headers.authorization).toBe('Bearer x');
  });
});
