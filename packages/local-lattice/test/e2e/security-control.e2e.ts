// The control port, and who may use any of the ports: no page in somebody's browser, no name that DNS was made to point
// here, no other machine. And that neither ports nor answers give more away than they must.

import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ProofPlane, startProofPlane } from '../support/proof.js';
import { securityStack } from '../support/proof-security-stack.js';
import { type EchoTarget, startEchoTarget } from '../support/proof-targets.js';
import { askBytes, parseAnswers, sendBytes, type WireAnswer } from '../support/proof-wire.js';

let target: EchoTarget;
let plane: ProofPlane;
beforeAll(async () => {
  target = await startEchoTarget();
  plane = await startProofPlane(securityStack(target.url));
});
afterAll(async () => {
  await plane.close();
  await target.close();
});

type Fields = Readonly<Record<string, string>>;

/** Asks the control port, as a program or as a browser would. */
function ask(method: string, path: string, fields: Fields = {}, body?: string): Promise<WireAnswer> {
  const all: Fields = {
    Host: `127.0.0.1:${plane.controlPort}`,
    ...(body !== undefined && { 'Content-Length': String(Buffer.byteLength(body)) }),
    ...fields,
  };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  const text = `${method} ${path} HTTP/1.1\r\n${lines.join('')}Connection: close\r\n\r\n${body ?? ''}`;
  return askBytes(plane.controlPort, Buffer.from(text, 'utf8'));
}

const QUESTION = JSON.stringify({ principal: 'client', service: 'orders', method: 'POST', path: '/orders' });
const STS =
  'Action=AssumeRoleWithWebIdentity&Version=2011-06-15&RoleArn=arn:aws:iam::111122223333:role/client&RoleSessionName=x&WebIdentityToken=a';
const PATHS: readonly (readonly [string, string, Fields, string | undefined])[] = [
  ['GET', '/', {}, undefined],
  ['GET', '/api/topology', {}, undefined],
  ['GET', '/api/requests', {}, undefined],
  ['GET', '/api/events', {}, undefined],
  ['POST', '/api/try', { 'Content-Type': 'application/json' }, QUESTION],
  ['GET', '/credentials/client', {}, undefined],
  ['POST', '/sts', { 'Content-Type': 'application/x-www-form-urlencoded' }, STS],
];

describe.each(PATHS)('%s %s', (method, path, fields, body) => {
  const SECRETS = /SecretAccessKey|SessionToken|"Token"|"principals"|"target"|event-stream/;

  test.each([
    'attacker.example',
    'localhost.attacker.example',
    '127.0.0.1.attacker.example',
    '169.254.169.254',
    '[::ffff:7f00:1]x',
    '',
  ])('is not answered under the name `%s` (DNS rebinding)', async (host) => {
    const answer = await ask(
      method,
      path,
      { ...fields, Host: host === '' ? '' : `${host}:${plane.controlPort}` },
      body,
    );
    expect(answer.status).toBe(421);
    expect(answer.text).not.toMatch(SECRETS);
  });

  test('is not answered to another page (CSRF)', async () => {
    // What the page is made of is no secret, and a link may lead to it; what it is about is.
    if (path === '/') return expect((await ask('GET', '/')).text).not.toMatch(/111122223333|vpc-0/);
    const before = target.delivered.length;
    for (const foreign of [
      { Origin: 'https://attacker.example' },
      { Origin: 'null' },
      { Origin: `http://localhost:${plane.controlPort + 1}` },
      { 'Sec-Fetch-Site': 'cross-site' },
      { 'Sec-Fetch-Site': 'same-site' },
    ]) {
      const answer = await ask(method, path, { ...fields, ...(foreign as Fields) }, body);
      expect(answer.status).toBe(403);
      expect(answer.text).not.toMatch(SECRETS);
      expect(answer.headers['access-control-allow-origin']).toBeUndefined();
    }
    expect(target.delivered).toHaveLength(before);
  });

  test('no preflight is granted', async () => {
    const answer = await ask('OPTIONS', path, {
      Origin: 'https://attacker.example',
      'Access-Control-Request-Method': method,
      'Access-Control-Request-Headers': 'content-type,authorization',
    });
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(Object.keys(answer.headers).filter((name) => name.startsWith('access-control-'))).toEqual([]);
  });
});

test('the form of the page takes only what a form elsewhere cannot send', async () => {
  const before = target.delivered.length;
  for (const type of [
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data',
    'text/plain; application/json',
    '',
  ]) {
    expect((await ask('POST', '/api/try', { 'Content-Type': type }, QUESTION)).status).toBe(415);
  }
  expect((await ask('GET', `/api/try?${QUESTION}`)).status).toBe(404);
  expect(target.delivered).toHaveLength(before);
  const own = {
    'Content-Type': 'application/json',
    Origin: `http://127.0.0.1:${plane.controlPort}`,
    'Sec-Fetch-Site': 'same-origin',
  };
  expect(await ask('POST', '/api/try', own, QUESTION)).toMatchObject({ status: 200 });
  expect(target.delivered).toHaveLength(before + 1);
});

test.each([
  '//attacker.example/',
  '/@attacker.example',
  '/\\attacker.example',
  'http://attacker.example/',
  '/x\r\nHost: y',
  '.attacker.example',
  ':1/',
])('the form sends nothing anywhere else: `%s`', async (path) => {
  const question = JSON.stringify({ principal: 'client', service: 'open', method: 'GET', path });
  const before = target.delivered.length;
  const answer = await ask('POST', '/api/try', { 'Content-Type': 'application/json' }, question);
  expect([200, 400]).toContain(answer.status);
  const delivered = target.delivered.slice(before);
  expect(delivered).toHaveLength(answer.status === 200 ? 1 : 0);
  for (const { rawHeaders } of delivered) expect(rawHeaders).toContain(plane.hostOf('open'));
});

test('a call of STS that must be signed is refused unsigned, and signed for the data plane', async () => {
  const form = 'Action=AssumeRole&Version=2011-06-15&RoleArn=arn:aws:iam::111122223333:role/client&RoleSessionName=xx';
  const fields = { 'Content-Type': 'application/x-www-form-urlencoded' };
  const unsigned = await ask('POST', '/sts', fields, form);
  expect([unsigned.status, unsigned.text]).toEqual([
    403,
    expect.stringContaining('<Code>MissingAuthenticationToken</Code>'),
  ]);
  const host = `127.0.0.1:${plane.controlPort}`;
  const { signRequest } = await import('@lattice-auth/sigv4-fetch/core');
  const options = { credentials: plane.keysOf('client'), region: 'eu-west-1', date: new Date() };
  const signed = signRequest({ method: 'POST', target: '/sts', headers: [['host', host]] }, options);
  const answer = await ask('POST', '/sts', { ...fields, ...Object.fromEntries(signed.headers) }, form);
  expect(answer.status).toBe(403);
  expect(answer.text).not.toContain('SecretAccessKey');
});

test('the data plane’s ports do not answer for the control port, nor that for them', async () => {
  const control = await askBytes(
    plane.httpPort,
    `GET /credentials/client HTTP/1.1\r\nHost: 127.0.0.1:${plane.httpPort}\r\nConnection: close\r\n\r\n`,
  );
  expect([control.status, control.headers['x-lattice-local']]).toEqual([404, 'no-service']);
  expect((await ask('GET', '/', { Host: plane.hostOf('open') })).status).toBe(421);
  const tunnel = await sendBytes(
    plane.controlPort,
    `CONNECT 127.0.0.1:${target.port} HTTP/1.1\r\nHost: 127.0.0.1:${plane.controlPort}\r\n\r\nGET / HTTP/1.1\r\nHost: x\r\n\r\n`,
  );
  expect(tunnel).not.toContain('200');
  const place = `http://127.0.0.1:${target.port}/`;
  const before = target.delivered.length;
  await ask('GET', place);
  expect(target.delivered).toHaveLength(before);
});

test('no port is open on an address that other machines reach', async () => {
  const addresses = Object.values(networkInterfaces()).flatMap((each) => each ?? []);
  const ports = [plane.httpPort, plane.controlPort];
  for (const { address, internal, family } of addresses) {
    if (internal || family !== 'IPv4') continue;
    for (const port of ports) expect(await isOpen(address, port)).toBe(false);
  }
  // Nor on the addresses that stand for VPCs: they are where requests come from.
  for (const port of ports) expect(await isOpen(plane.addressOf('vpc-a'), port)).toBe(false);
});

function isOpen(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: 1_000 });
    const done = (open: boolean) => () => {
      socket.destroy();
      resolve(open);
    };
    socket.once('connect', done(true)).once('error', done(false)).once('timeout', done(false));
  });
}

test('large and endless bodies are bounded', async () => {
  const big = 'x'.repeat(2_000_000);
  const fields = { 'Content-Type': 'application/json' };
  for (const path of ['/api/try', '/sts']) {
    const text = await sendBytes(
      plane.controlPort,
      `POST ${path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: ${big.length}\r\n\r\n${big}`,
    );
    expect(parseAnswers(text)[0]?.status ?? 413).toBe(413);
  }
  expect((await ask('POST', '/api/try', fields, '{'.repeat(1_000))).status).toBe(400);
  expect((await ask('POST', '/api/try', fields, '[]')).status).toBe(400);
});

test.each([
  '/credentials/',
  '/credentials/nobody',
  '/credentials/__proto__',
  '/credentials/%ff',
  '/credentials/../credentials/nobody',
  '/credentials/client/',
])('there are no credentials at %s', async (path) => {
  const answer = await ask('GET', path);
  expect(answer.status).toBe(404);
  expect(answer.text).not.toContain('SecretAccessKey');
});
