// STS and the container endpoint as they are on the wire: who may ask, in which form, and that no secret is logged.
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { signRequest } from '@lattice-auth/sigv4-fetch/core';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type ControlServer, ROLE, startControlServer } from '../../support/sts/control-server.js';
import { send } from '../../support/sts/wire.js';

let control: ControlServer;
beforeEach(async () => {
  control = await startControlServer();
});
afterEach(() => control.close());

const jwt = `${Buffer.from('{}').toString('base64url')}.${Buffer.from('{}').toString('base64url')}.eA`;
const webIdentity = (changes: Record<string, string> = {}) =>
  new URLSearchParams({
    Action: 'AssumeRoleWithWebIdentity',
    Version: '2011-06-15',
    RoleArn: ROLE,
    RoleSessionName: 'pod',
    WebIdentityToken: jwt,
    ...changes,
  }).toString();

const post = (body: string, headers = '') =>
  send(
    control.port,
    `POST /sts HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n${headers}Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
const get = (target: string, headers = 'Host: 127.0.0.1\r\n') =>
  send(control.port, `GET ${target} HTTP/1.1\r\n${headers}Connection: close\r\n\r\n`);

test('a form and a query say the same', async () => {
  for (const answer of [await post(webIdentity()), await get(`/sts/?${webIdentity()}`)]) {
    expect(answer).toMatch(/^HTTP\/1\.1 200 /);
    expect(answer).toContain('<AssumeRoleWithWebIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">');
    expect(answer).toMatch(/<Expiration>\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ<\/Expiration>/);
    expect(answer).toMatch(/\r\nx-amzn-requestid: ([0-9a-f-]{36})\r\n[\s\S]*<RequestId>\1<\/RequestId>/);
  }
});

test.each([
  ['no action', '', 'MissingAction', 400],
  ['another action', 'Action=DecodeAuthorizationMessage&Version=2011-06-15', 'InvalidAction', 400],
  ['another version', 'Action=GetCallerIdentity&Version=2010-01-01', 'InvalidAction', 400],
  ['no signature', 'Action=GetCallerIdentity&Version=2011-06-15', 'MissingAuthenticationToken', 403],
  ['no signature', `Action=AssumeRole&RoleArn=${ROLE}&RoleSessionName=pod`, 'MissingAuthenticationToken', 403],
  ['no role', 'Action=AssumeRoleWithWebIdentity', 'ValidationError', 400],
  ['markup', 'Action=%3Cscript%3E%00', 'InvalidAction', 400],
])('%s: %s', async (_, body, code, status) => {
  const answer = await post(body);
  expect(answer).toContain(`HTTP/1.1 ${status} `);
  expect(answer).toContain(`<Code>${code}</Code>`);
  expect(answer).not.toContain('<script>');
  expect(control.lines).toHaveLength(1);
});

test('pages, other names for loopback, and other methods', async () => {
  expect(await post(webIdentity(), 'Origin: http://example.com\r\n')).toContain('HTTP/1.1 403 ');
  expect(await post(webIdentity(), 'Sec-Fetch-Site: cross-site\r\n')).toContain('HTTP/1.1 403 ');
  expect(await get(`/sts?${webIdentity()}`, 'Host: rebound.example.com\r\n')).toContain('HTTP/1.1 403 ');
  expect(await get(`/sts?${webIdentity()}`, 'Host: localhost:8080\r\n')).toContain('HTTP/1.1 200 ');
  const put = `PUT /sts HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`;
  expect(await send(control.port, put)).toContain('<Code>InvalidAction</Code>');
  expect(await get('/stsx')).toContain('HTTP/1.1 404 ');
});

test('more than fits', async () => {
  const answer = await post(`Action=AssumeRoleWithWebIdentity&WebIdentityToken=${'x'.repeat(70_000)}`);
  expect(answer).toContain('HTTP/1.1 413 ');
  expect(await post(webIdentity({ WebIdentityToken: 'x'.repeat(20_001) }))).toContain('<Code>ValidationError</Code>');
});

test('a body other than the one that was signed, and one that was left open', async () => {
  const credentials = control.book.credentialsOf('alice') ?? { accessKeyId: '', secretAccessKey: '' };
  const who = 'Action=GetCallerIdentity&Version=2011-06-15';
  const signed = (payloadHash?: string) => {
    const options = { credentials, region: 'eu-west-1', date: new Date(), service: 'sts', payloadHash };
    const { headers } = signRequest({ method: 'POST', target: '/sts', headers: [['Host', '127.0.0.1']] }, options);
    return headers.map(([name, value]) => `${name}: ${value}\r\n`).join('');
  };
  const hash = createHash('sha256').update(who).digest('hex');
  expect(await post(who, signed(hash))).toContain('<Arn>arn:aws:iam::111122223333:user/alice</Arn>');
  expect(await post('Action=GetSessionToken', signed(hash))).toContain('<Code>SignatureDoesNotMatch</Code>');
  expect(await post(who, signed())).toContain('<Code>SignatureDoesNotMatch</Code>');
});

test('a presigned URL', async () => {
  const credentials = control.book.credentialsOf('alice') ?? { accessKeyId: '', secretAccessKey: '' };
  const target = '/sts?Action=GetCallerIdentity&Version=2011-06-15';
  const payloadHash = createHash('sha256').digest('hex');
  const options = { credentials, region: 'eu-west-1', date: new Date(), service: 'sts', payloadHash } as const;
  const request = { method: 'GET', target, headers: [['Host', '127.0.0.1']] as const };
  const presigned = signRequest(request, { ...options, placement: 'query' });
  expect(await get(presigned.target)).toContain('user/alice');
  expect(await get(presigned.target.replace('GetCallerIdentity', 'GetSessionToken'))).toContain(
    'SignatureDoesNotMatch',
  );
});

test('secrets and tokens are in no log line', async () => {
  await post(webIdentity({ RoleArn: `${ROLE}-none`, WebIdentityToken: `${jwt}secret` }));
  await post(webIdentity({ WebIdentityToken: 'a.b.c-secret' }));
  expect(control.lines).toHaveLength(2);
  expect(control.lines.join('\n')).not.toContain('secret');
});

test('container credentials: name, method, callers', async () => {
  const host = 'Host: 127.0.0.1\r\n';
  const answer = await get('/credentials/web');
  expect(answer).toContain('HTTP/1.1 200 ');
  expect(Object.keys(JSON.parse(answer.slice(answer.indexOf('{'))))).toEqual([
    'AccessKeyId',
    'SecretAccessKey',
    'Token',
    'Expiration',
    'RoleArn',
    'AccountId',
  ]);
  expect(await get('/credentials/none')).toContain('"code":"NoSuchPrincipal"');
  expect(await get('/credentials/__proto__')).toContain('HTTP/1.1 404 ');
  expect(await get('/credentials/%zz')).toContain('HTTP/1.1 404 ');
  expect(await get('/credentials/web', `${host}Origin: http://example.com\r\n`)).toContain('HTTP/1.1 403 ');
  const posted = `POST /credentials/web HTTP/1.1\r\n${host}Connection: close\r\nContent-Length: 0\r\n\r\n`;
  expect(await send(control.port, posted)).toContain('HTTP/1.1 405 ');
});

test('botocore assumes a role', async () => {
  const alice = control.book.credentialsOf('alice');
  const script = `
import botocore.session
client = botocore.session.get_session().create_client("sts", region_name="eu-west-1", endpoint_url="${control.url}/sts")
print(client.assume_role(RoleArn="${ROLE}", RoleSessionName="boto", Tags=[{"Key": "a", "Value": "b"}])["AssumedRoleUser"]["Arn"])
try:
    client.assume_role(RoleArn="${ROLE}-none", RoleSessionName="boto")
except client.exceptions.ClientError as error:
    print(error.response["Error"]["Code"], error.response["ResponseMetadata"]["HTTPStatusCode"])
`;
  const python = '/usr/bin/python3';
  const env = {
    PATH: process.env.PATH,
    AWS_ACCESS_KEY_ID: alice?.accessKeyId,
    AWS_SECRET_ACCESS_KEY: alice?.secretAccessKey,
  };
  const { stdout } = await promisify(execFile)(python, ['-c', script], { env });
  expect(stdout.trim().split('\n')).toEqual(['arn:aws:sts::111122223333:assumed-role/web/boto', 'AccessDenied 403']);
});
