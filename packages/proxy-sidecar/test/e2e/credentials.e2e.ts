// Where credentials come from, against stand-ins on loopback: the container endpoint (EKS Pod Identity, ECS) with a token
// file that is rewritten, web identity (IRSA) and an assumed role with STS, the instance (IMDSv2), a profile's process, and nothing.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { CredentialsConfig } from '../../src/config/sidecar-config.js';
import { silentLogger } from '../../src/log/logger.js';
import { type KnownCredentials, openCredentials, tried } from '../../src/outbound/credentials.js';

type LogFields = Readonly<Record<string, unknown>>;

let folder: string;
let before: NodeJS.ProcessEnv;
let server: Server | undefined;
let lines: [string, LogFields | undefined][];
const secrets: string[] = [];

beforeEach(() => {
  before = process.env;
  folder = mkdtempSync(join(tmpdir(), 'sidecar-credentials-'));
  lines = [];
});
afterEach(() => {
  process.env = before;
  server?.close();
  server?.closeAllConnections();
  server = undefined;
  rmSync(folder, { recursive: true, force: true });
});

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

/** The environment of a container, with nothing of this machine in it. */
function openWith(env: Record<string, string>, config: CredentialsConfig = {}): KnownCredentials {
  process.env = {
    PATH: before.PATH,
    HOME: folder,
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_SHARED_CREDENTIALS_FILE: join(folder, 'credentials'),
    AWS_CONFIG_FILE: join(folder, 'config'),
    AWS_REGION: 'eu-west-1',
    ...env,
  };
  const logger = { ...silentLogger, info: (message: string, fields?: LogFields) => lines.push([message, fields]) };
  return openCredentials(config, process.env, logger as never, (secret) => secrets.push(secret ?? ''));
}

async function serve(answer: (request: IncomingMessage, body: string) => string): Promise<string> {
  const made = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => {
      body += chunk;
    });
    request.on('end', () => response.end(answer(request, body)));
  });
  server = made;
  await new Promise<void>((resolve) => made.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(made.address() as AddressInfo).port}`;
}

const later = new Date(Date.now() + 3_600_000).toISOString();

function stsAnswer(action: string, accessKeyId: string): string {
  return `<${action}Response xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><${action}Result><Credentials>
    <AccessKeyId>${accessKeyId}</AccessKeyId><SecretAccessKey>secret-of-sts</SecretAccessKey>
    <SessionToken>token-of-sts</SessionToken><Expiration>${later}</Expiration></Credentials>
    <AssumedRoleUser><Arn>arn:aws:sts::111122223333:assumed-role/r/s</Arn><AssumedRoleId>A:s</AssumedRoleId></AssumedRoleUser>
    </${action}Result></${action}Response>`;
}

test('keys of the environment are there at once, and loading nothing', async () => {
  const known = openWith({ AWS_ACCESS_KEY_ID: 'AKIDENV', AWS_SECRET_ACCESS_KEY: 'secret-of-env' });
  expect((await known.source.get()).accessKeyId).toBe('AKIDENV');
  expect(lines).toEqual([['credentials', { source: 'environment variables', expiration: undefined }]]);
  expect(secrets).toContain('secret-of-env');
});

test('EKS Pod Identity: the raw token, read anew each time', async () => {
  const tokens: (string | undefined)[] = [];
  const expiring = () => new Date(Date.now() + 1_500).toISOString();
  const url = await serve((request) => {
    tokens.push(request.headers.authorization);
    const AccessKeyId = `ASIAPOD${tokens.length}`;
    return JSON.stringify({
      AccessKeyId,
      SecretAccessKey: 'secret-of-pod',
      Token: 'token-of-pod',
      Expiration: expiring(),
    });
  });
  const tokenFile = file('token', 'first-token');
  const known = openWith({
    AWS_CONTAINER_CREDENTIALS_FULL_URI: `${url}/v1/credentials`,
    AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE: tokenFile,
  });
  expect((await known.source.get()).accessKeyId).toBe('ASIAPOD1');
  expect(known.usable()).toBe(true);
  expect(known.expireAt()).toBeInstanceOf(Date);
  file('token', 'second-token');
  await new Promise((resolve) => setTimeout(resolve, 1_700));
  await known.source.get();
  expect(tokens[0]).toBe('first-token');
  expect(tokens.at(-1)).toBe('second-token');
  expect(lines[0]?.[1]?.source).toBe('the container endpoint (EKS Pod Identity, ECS)');
  expect(secrets).toContain('token-of-pod');
});

test('web identity (IRSA): the token of the file goes to STS', async () => {
  let asked = '';
  const url = await serve((_request, body) => {
    asked = body;
    return stsAnswer('AssumeRoleWithWebIdentity', 'ASIAIRSA');
  });
  const known = openWith({
    AWS_WEB_IDENTITY_TOKEN_FILE: file('jwt', 'the-jwt'),
    AWS_ROLE_ARN: 'arn:aws:iam::111122223333:role/app',
    AWS_ENDPOINT_URL_STS: url,
  });
  expect((await known.source.get()).accessKeyId).toBe('ASIAIRSA');
  expect(asked).toContain('WebIdentityToken=the-jwt');
  expect(lines[0]?.[1]?.source).toBe('web identity (IRSA)');
});

test('an assumed role: external id, session name cut to 64 characters, signed with the keys found', async () => {
  let asked = '';
  let authorization = '';
  const url = await serve((request, body) => {
    asked = body;
    authorization = request.headers.authorization ?? '';
    return stsAnswer('AssumeRole', 'ASIAROLE');
  });
  const known = openWith(
    { AWS_ACCESS_KEY_ID: 'AKIDENV', AWS_SECRET_ACCESS_KEY: 'secret-of-env' },
    {
      roleArn: 'arn:aws:iam::111122223333:role/callers',
      externalId: 'ext-1',
      sessionName: 's'.repeat(80),
      durationSeconds: 900,
      stsEndpoint: url,
    },
  );
  const set = await known.source.get();
  expect([set.accessKeyId, set.sessionToken]).toEqual(['ASIAROLE', 'token-of-sts']);
  const form = new URLSearchParams(asked);
  expect(form.get('ExternalId')).toBe('ext-1');
  expect(form.get('RoleSessionName')).toBe('s'.repeat(64));
  expect(form.get('DurationSeconds')).toBe('900');
  expect(authorization).toContain('Credential=AKIDENV/');
  expect(secrets).toEqual(expect.arrayContaining(['secret-of-env', 'token-of-sts']));
  expect(lines[0]?.[1]?.source).toBe(
    'role `arn:aws:iam::111122223333:role/callers` assumed with environment variables',
  );
});

test('the instance (IMDSv2): a session token first, then the role’s name, then its keys', async () => {
  const asked: string[] = [];
  const url = await serve(({ method, url: path = '', headers }) => {
    const token = headers['x-aws-ec2-metadata-token'];
    asked.push(`${method} ${path} ${token ?? headers['x-aws-ec2-metadata-token-ttl-seconds'] ?? ''}`);
    if (method === 'PUT' && path === '/latest/api/token') return 'token-of-imds';
    if (token !== 'token-of-imds') return 'no token';
    if (!path.endsWith('/node-role')) return 'node-role';
    return JSON.stringify({
      Code: 'Success',
      Type: 'AWS-HMAC',
      LastUpdated: new Date().toISOString(),
      AccessKeyId: 'ASIANODE',
      SecretAccessKey: 'secret-of-node',
      Token: 'token-of-node',
      Expiration: later,
    });
  });
  const known = openWith({ AWS_EC2_METADATA_DISABLED: 'false', AWS_EC2_METADATA_SERVICE_ENDPOINT: url });
  const set = await known.source.get();
  expect([set.accessKeyId, set.sessionToken]).toEqual(['ASIANODE', 'token-of-node']);
  expect(asked).toEqual([
    'PUT /latest/api/token 21600',
    'GET /latest/meta-data/iam/security-credentials/ token-of-imds',
    'GET /latest/meta-data/iam/security-credentials/node-role token-of-imds',
  ]);
  expect(known.expireAt()?.toISOString()).toBe(later);
  expect(lines[0]?.[1]?.source).toBe('the instance (IMDS)');
  expect(secrets).toContain('token-of-node');
});

test('an assumed role names the source of the keys that it was assumed with', async () => {
  const url = await serve(() => stsAnswer('AssumeRole', 'ASIAROLE'));
  file('credentials', '[app]\naws_access_key_id = AKIDPROFILE\naws_secret_access_key = secret-of-profile\n');
  const roleArn = 'arn:aws:iam::111122223333:role/callers';
  const known = openWith({}, { profile: 'app', roleArn, stsEndpoint: url });
  expect((await known.source.get()).accessKeyId).toBe('ASIAROLE');
  expect(lines[0]?.[1]?.source).toBe(`role \`${roleArn}\` assumed with a profile`);
});

test('a profile, and the process of one', async () => {
  file('credentials', '[app]\naws_access_key_id = AKIDPROFILE\naws_secret_access_key = secret-of-profile\n');
  const answer = JSON.stringify({ Version: 1, AccessKeyId: 'AKIDPROCESS', SecretAccessKey: 'secret-of-process' });
  file('config', `[profile made]\ncredential_process = echo '${answer}'\n`);
  expect((await openWith({}, { profile: 'app' }).source.get()).accessKeyId).toBe('AKIDPROFILE');
  expect((await openWith({ AWS_PROFILE: 'made' }).source.get()).accessKeyId).toBe('AKIDPROCESS');
});

test('without any, it says what was tried, and is not usable', async () => {
  const known = openWith({});
  await expect(known.source.get()).rejects.toMatchObject({ code: 'ERR_SIGNING_CREDENTIALS' });
  expect(known.usable()).toBe(false);
  expect(tried({}, process.env)).toEqual([
    'environment variables (AWS_ACCESS_KEY_ID is not set)',
    'profile `default` (SSO, process, files)',
    'web identity (AWS_WEB_IDENTITY_TOKEN_FILE is not set)',
    'the instance (IMDS)',
  ]);
});
