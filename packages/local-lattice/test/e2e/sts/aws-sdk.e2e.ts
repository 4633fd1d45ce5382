// AWS's own SDK gets credentials here: STS's operations, role chaining, web identity, container credentials, and its
// default chain with nothing but the environment set.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  AssumeRoleCommand,
  AssumeRoleWithWebIdentityCommand,
  GetCallerIdentityCommand,
  GetSessionTokenCommand,
  STSClient,
} from '@aws-sdk/client-sts';
import {
  fromHttp,
  fromNodeProviderChain,
  fromTemporaryCredentials,
  fromTokenFile,
} from '@aws-sdk/credential-providers';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { type ControlServer, ROLE, startControlServer } from '../../support/sts/control-server.js';

let control: ControlServer;
let folder: string;

beforeAll(async () => {
  control = await startControlServer();
  folder = mkdtempSync(join(tmpdir(), 'local-sts-'));
  writeFileSync(join(folder, 'token'), token({ sub: 'system:serviceaccount:shop:web', aud: ['sts.amazonaws.com'] }));
});
afterAll(async () => {
  await control.close();
  rmSync(folder, { recursive: true });
});
afterEach(() => {
  vi.unstubAllEnvs();
});

const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
function token(claims: Readonly<Record<string, unknown>>): string {
  return `${part({ alg: 'RS256' })}.${part({ iss: 'https://oidc.example.com/id/1', ...claims })}.c2lnbmF0dXJl`;
}

const client = (credentials = control.book.credentialsOf('alice')) =>
  new STSClient({
    region: 'eu-west-1',
    endpoint: `${control.url}/sts`,
    ...(credentials && { credentials }),
    maxAttempts: 1,
  });

test('AssumeRole gives a session of the role', async () => {
  const answer = await client().send(
    new AssumeRoleCommand({
      RoleArn: ROLE,
      RoleSessionName: 'build-7',
      DurationSeconds: 900,
      Tags: [{ Key: 'TEAM', Value: 'orders' }],
      SourceIdentity: 'alice',
    }),
  );
  expect(answer.AssumedRoleUser?.Arn).toBe('arn:aws:sts::111122223333:assumed-role/web/build-7');
  expect(answer.AssumedRoleUser?.AssumedRoleId).toMatch(/^AROA[A-Z2-7]{16}:build-7$/);
  expect(answer.SourceIdentity).toBe('alice');
  const { AccessKeyId = '', SecretAccessKey, SessionToken, Expiration } = answer.Credentials ?? {};
  expect(AccessKeyId).toMatch(/^ASIA[A-Z2-7]{16}$/);
  expect(Number(Expiration) - Date.now()).toBeGreaterThan(890_000);
  expect(Number(Expiration) - Date.now()).toBeLessThan(901_000);
  const known = control.book.lookup(AccessKeyId);
  expect(known).toMatchObject({ secretAccessKey: SecretAccessKey, sessionToken: SessionToken, expiration: Expiration });
  expect(known?.caller).toMatchObject({
    name: 'web',
    vpc: 'front',
    principal: {
      arn: 'arn:aws:sts::111122223333:assumed-role/web/build-7',
      roleArn: ROLE,
      tags: { Stage: 'test', TEAM: 'orders' },
    },
  });
});

test('a session calls on: who it is, and chained with its transitive tags', async () => {
  const base = { region: 'eu-west-1', endpoint: `${control.url}/sts` };
  const master = control.book.credentialsOf('alice');
  const chained = fromTemporaryCredentials({
    ...(master && { masterCredentials: master }),
    clientConfig: base,
    params: {
      RoleArn: ROLE,
      RoleSessionName: 'first',
      Tags: [{ Key: 'cost', Value: '1' }],
      TransitiveTagKeys: ['cost'],
    },
  });
  const sts = new STSClient({ ...base, credentials: chained });
  expect(await sts.send(new GetCallerIdentityCommand({}))).toMatchObject({
    Arn: 'arn:aws:sts::111122223333:assumed-role/web/first',
    Account: '111122223333',
  });
  const second = await sts.send(
    new AssumeRoleCommand({ RoleArn: 'arn:aws:iam::111122223333:role/free', RoleSessionName: 'second' }),
  );
  expect(control.book.lookup(second.Credentials?.AccessKeyId ?? '')?.caller.principal.tags).toEqual({ cost: '1' });
  await expect(
    sts.send(new AssumeRoleCommand({ RoleArn: ROLE, RoleSessionName: 'third', Tags: [{ Key: 'Cost', Value: '2' }] })),
  ).rejects.toMatchObject({ name: 'InvalidParameterValue' });
  await expect(
    sts.send(new AssumeRoleCommand({ RoleArn: ROLE, RoleSessionName: 'third', DurationSeconds: 3_601 })),
  ).rejects.toMatchObject({ name: 'ValidationError', message: expect.stringContaining('1 hour session limit') });
});

test('a user stays itself with a session token', async () => {
  const { Credentials } = await client().send(new GetSessionTokenCommand({ DurationSeconds: 900 }));
  const credentials = {
    accessKeyId: Credentials?.AccessKeyId ?? '',
    secretAccessKey: Credentials?.SecretAccessKey ?? '',
    sessionToken: Credentials?.SessionToken ?? '',
  };
  expect(await client(credentials).send(new GetCallerIdentityCommand({}))).toMatchObject({
    Arn: 'arn:aws:iam::111122223333:user/alice',
    UserId: 'AIDAALICE',
  });
});

test('web identity, unsigned', async () => {
  const answer = await new STSClient({ region: 'us-east-1', endpoint: `${control.url}/sts` }).send(
    new AssumeRoleWithWebIdentityCommand({
      RoleArn: ROLE,
      RoleSessionName: 'pod',
      WebIdentityToken: token({
        sub: 'system:serviceaccount:shop:web',
        aud: 'sts.amazonaws.com',
        'https://aws.amazon.com/tags': { principal_tags: { 'kubernetes-namespace': ['shop'] } },
      }),
    }),
  );
  expect(answer).toMatchObject({
    SubjectFromWebIdentityToken: 'system:serviceaccount:shop:web',
    Audience: 'sts.amazonaws.com',
    Provider: 'oidc.example.com/id/1',
    AssumedRoleUser: { Arn: 'arn:aws:sts::111122223333:assumed-role/web/pod' },
  });
  const { principal } = control.book.lookup(answer.Credentials?.AccessKeyId ?? '')?.caller ?? {};
  expect(principal?.tags).toEqual({ team: 'shop', Stage: 'test', 'kubernetes-namespace': 'shop' });
});

test('IRSA: a token file and a role', async () => {
  vi.stubEnv('AWS_ENDPOINT_URL_STS', `${control.url}/sts`);
  vi.stubEnv('AWS_REGION', 'eu-west-1');
  vi.stubEnv('AWS_ROLE_ARN', ROLE);
  vi.stubEnv('AWS_WEB_IDENTITY_TOKEN_FILE', join(folder, 'token'));
  vi.stubEnv('AWS_ROLE_SESSION_NAME', 'irsa');
  for (const provider of [fromTokenFile(), fromNodeProviderChain()]) {
    const { accessKeyId } = await provider();
    expect(control.book.lookup(accessKeyId)?.caller.principal.arn).toBe(
      'arn:aws:sts::111122223333:assumed-role/web/irsa',
    );
  }
});

test('containers: the default chain and fromHttp', async () => {
  for (const name of ['AWS_ACCESS_KEY_ID', 'AWS_PROFILE', 'AWS_ROLE_ARN']) vi.stubEnv(name, undefined);
  vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', join(folder, 'none'));
  vi.stubEnv('AWS_CONFIG_FILE', join(folder, 'none'));
  vi.stubEnv('AWS_CONTAINER_CREDENTIALS_FULL_URI', `${control.url}/credentials/web`);
  for (const provider of [fromNodeProviderChain(), fromHttp()]) {
    const { accessKeyId, expiration } = await provider();
    expect(Number(expiration) - Date.now()).toBeGreaterThan(3_590_000);
    expect(control.book.lookup(accessKeyId)?.caller.principal.arn).toBe(
      'arn:aws:sts::111122223333:assumed-role/web/local',
    );
  }
});

test('EKS Pod Identity: a token in a file is sent, and not asked for', async () => {
  writeFileSync(join(folder, 'pod-token'), 'a-token');
  vi.stubEnv('AWS_CONTAINER_CREDENTIALS_FULL_URI', `${control.url}/credentials/web`);
  vi.stubEnv('AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE', join(folder, 'pod-token'));
  const { accessKeyId } = await fromHttp()();
  expect(control.book.lookup(accessKeyId)).toBeDefined();
});

test.each([
  ['a wrong secret', { secretAccessKey: 'wrong' }, 'SignatureDoesNotMatch', 403],
  ['an unknown key', { accessKeyId: 'AKIANOBODYKNOWSIT' }, 'InvalidClientTokenId', 403],
])('%s is refused as AWS refuses it', async (_, changes, name, status) => {
  const own = control.book.credentialsOf('alice');
  const credentials = { accessKeyId: '', secretAccessKey: '', ...own, ...changes };
  await expect(client(credentials).send(new GetCallerIdentityCommand({}))).rejects.toMatchObject({
    name,
    $metadata: { httpStatusCode: status, requestId: expect.any(String) },
  });
});

test('a session that has run out is refused', async () => {
  const { Credentials } = await client().send(
    new AssumeRoleCommand({ RoleArn: ROLE, RoleSessionName: 'short', DurationSeconds: 900 }),
  );
  const credentials = {
    accessKeyId: Credentials?.AccessKeyId ?? '',
    secretAccessKey: Credentials?.SecretAccessKey ?? '',
    sessionToken: Credentials?.SessionToken ?? '',
  };
  control.nowMs = Date.now() + 901_000;
  try {
    const later = new STSClient({
      region: 'eu-west-1',
      endpoint: `${control.url}/sts`,
      credentials,
      systemClockOffset: 901_000,
      maxAttempts: 1,
    });
    await expect(later.send(new GetCallerIdentityCommand({}))).rejects.toMatchObject({
      name: expect.stringMatching(/^ExpiredToken/),
      message: 'The security token included in the request is expired',
    });
  } finally {
    control.nowMs = undefined;
  }
});

test.each([
  ['an unknown role', { RoleArn: 'arn:aws:iam::111122223333:role/none' }, 'AccessDenied'],
  ['a session name with a space', { RoleSessionName: 'a b' }, 'ValidationError'],
  ['a session name that is too short', { RoleSessionName: 'a' }, 'ValidationError'],
  ['too short a time', { DurationSeconds: 899 }, 'ValidationError'],
  ['too long a time', { DurationSeconds: 43_201 }, 'ValidationError'],
  ['a policy that is none', { Policy: '{"Statement": {"Effect": "Maybe"}}' }, 'MalformedPolicyDocumentException'],
  ['too long a policy', { Policy: `{"a": "${'x'.repeat(2_048)}"}` }, 'PackedPolicyTooLargeException'],
  [
    'a tag twice',
    {
      Tags: [
        { Key: 'a', Value: '1' },
        { Key: 'A', Value: '2' },
      ],
    },
    'InvalidParameterValue',
  ],
  ['a transitive tag that is none', { TransitiveTagKeys: ['a'] }, 'InvalidParameterValue'],
  ['managed policies', { PolicyArns: [{ arn: 'arn:aws:iam::aws:policy/ReadOnlyAccess' }] }, 'ValidationError'],
])('AssumeRole refuses %s', async (_, changes, name) => {
  const input = { RoleArn: ROLE, RoleSessionName: 'build', ...changes };
  await expect(client().send(new AssumeRoleCommand(input))).rejects.toMatchObject({ name });
});

test.each([
  ['no JWT', 'not-a-token', 'InvalidIdentityTokenException'],
  ['one that has run out', token({ exp: 1_000_000_000 }), 'ExpiredTokenException'],
])('AssumeRoleWithWebIdentity refuses %s', async (_, webIdentityToken, name) => {
  const command = new AssumeRoleWithWebIdentityCommand({
    RoleArn: ROLE,
    RoleSessionName: 'pod',
    WebIdentityToken: webIdentityToken,
  });
  await expect(client().send(command)).rejects.toMatchObject({ name });
});
