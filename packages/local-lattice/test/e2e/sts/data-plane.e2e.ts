// Credentials from STS and functions as targets, by way of the data plane: sessions get in and are refused as their role,
// their session policy and their time say; functions see who called.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AssumeRoleCommand, GetSessionTokenCommand, STSClient } from '@aws-sdk/client-sts';
import { fromHttp } from '@aws-sdk/credential-providers';
import { applySignature, type SigningCredentials, signRequest } from '@lattice-auth/sigv4-fetch/core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type LocalLattice, startLocalLattice } from '../../../src/index.js';
import { send } from '../../support/sts/wire.js';

const WEB = 'arn:aws:iam::111122223333:role/web';
const SERVICE = 'arn:aws:vpc-lattice:eu-west-1:111122223333:service/svc-00000000000000001';

const allow = (more: Readonly<Record<string, unknown>> = {}) => ({
  Version: '2012-10-17',
  Statement: { Effect: 'Allow', Action: 'vpc-lattice-svcs:Invoke', Resource: '*', ...more },
});
const stack = {
  region: 'eu-west-1',
  account: '111122223333',
  vpcs: { front: { id: 'vpc-11111111' } },
  serviceNetworks: { net: { id: 'sn-00000000000000001', vpcs: ['front'], services: ['api'] } },
  services: {
    api: {
      id: 'svc-00000000000000001',
      authType: 'AWS_IAM',
      customDomain: 'api.example.com',
      authPolicy: allow({
        Principal: { AWS: [WEB, 'arn:aws:iam::111122223333:user/alice'] },
        Condition: { StringEqualsIfExists: { 'aws:PrincipalTag/env': 'test' } },
      }),
      listeners: {
        http: {
          protocol: 'HTTP',
          defaultAction: { forward: 'v2' },
          rules: { one: { priority: 1, match: { path: { prefix: '/v1' } }, action: { forward: 'v1' } } },
        },
      },
    },
  },
  targetGroups: { v1: { type: 'LAMBDA' }, v2: { type: 'LAMBDA', lambdaEventVersion: 'V2' } },
  principals: {
    web: { arn: WEB, policies: { identity: [allow()] } },
    alice: { arn: 'arn:aws:iam::111122223333:user/alice', policies: { identity: [allow()] } },
  },
  local: {
    defaultVpc: 'front',
    targetGroups: { v1: { targets: [{ lambda: 'echo.mjs' }] }, v2: { targets: [{ lambda: 'echo.mjs' }] } },
  },
};

let folder: string;
let lattice: LocalLattice;
let nowMs: number | undefined;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'local-sessions-'));
  writeFileSync(
    join(folder, 'echo.mjs'),
    `export async function handler(event, { invokedFunctionArn }) {
      if (event.raw_path === '/v1/broken') return 'no answer';
      return { statusCode: 200, headers: { 'x-function': invokedFunctionArn }, body: JSON.stringify(event) };
    }`,
  );
  lattice = await startLocalLattice(stack, { folder, now: () => new Date(nowMs ?? Date.now()) });
});
afterAll(async () => {
  await lattice.close();
  rmSync(folder, { recursive: true });
});

/** Calls the service with whatever credentials there are. */
async function call(credentials: SigningCredentials, path = '/'): Promise<string> {
  const request = { method: 'GET', target: path, headers: [['Host', 'api.example.com']] as const };
  const options = { credentials, region: 'eu-west-1', date: new Date(nowMs ?? Date.now()) };
  const { target, headers } = applySignature(request, signRequest(request, options));
  const lines = [...headers, ['Connection', 'close']].map(([name, value]) => `${name}: ${value}\r\n`);
  return await send(Number(new URL(lattice.httpUrl).port), `GET ${target} HTTP/1.1\r\n${lines.join('')}\r\n`);
}

const bodyOf = (answer: string) => JSON.parse(answer.slice(answer.indexOf('\r\n\r\n') + 4));

const sts = () =>
  new STSClient({
    region: 'eu-west-1',
    endpoint: `${lattice.controlUrl}/sts`,
    credentials: lattice.credentialsOf('alice'),
    maxAttempts: 1,
  });

async function assume(changes: Partial<AssumeRoleCommand['input']> = {}): Promise<SigningCredentials> {
  const input = { RoleArn: WEB, RoleSessionName: 'build', ...changes };
  return credentialsIn((await sts().send(new AssumeRoleCommand(input))).Credentials);
}

function credentialsIn(
  given: {
    AccessKeyId?: string | undefined;
    SecretAccessKey?: string | undefined;
    SessionToken?: string | undefined;
  } = {},
) {
  const { AccessKeyId = '', SecretAccessKey = '', SessionToken = '' } = given;
  return { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken };
}

test('a session gets in as its role, and the function sees it', async () => {
  const event = bodyOf(await call(await assume(), '/orders?id=7'));
  expect(event).toMatchObject({
    version: '2.0',
    path: '/orders?id=7',
    queryStringParameters: { id: ['7'] },
    requestContext: {
      serviceArn: SERVICE,
      region: 'eu-west-1',
      identity: {
        type: 'AWS_IAM',
        principal: 'arn:aws:sts::111122223333:assumed-role/web/build',
        sessionName: 'build',
        sourceVpcArn: 'arn:aws:ec2:eu-west-1:111122223333:vpc/vpc-11111111',
      },
    },
  });
  expect(Object.keys(event.headers).filter((name) => name.startsWith('x-amzn-lattice'))).toEqual([]);
});

test('V1 tells who called in its headers', async () => {
  const answer = await call(await assume(), '/v1/a');
  expect(answer).toMatch(/\r\nx-function: arn:aws:lambda:eu-west-1:111122223333:function:v1\r\n/);
  const event = bodyOf(answer);
  expect(event.raw_path).toBe('/v1/a');
  expect(event.headers['x-amzn-lattice-identity']).toContain(
    'Principal=arn:aws:sts::111122223333:assumed-role/web/build;',
  );
});

test('container credentials and session tokens get in', async () => {
  const { accessKeyId, secretAccessKey, sessionToken } = await fromHttp({
    awsContainerCredentialsFullUri: `${lattice.controlUrl}/credentials/web`,
  })();
  expect(await call({ accessKeyId, secretAccessKey, sessionToken })).toContain('assumed-role/web/local');
  const { Credentials } = await sts().send(new GetSessionTokenCommand({}));
  expect(await call(credentialsIn(Credentials))).toContain('arn:aws:iam::111122223333:user/alice');
});

test('session policies and session tags decide', async () => {
  const denied = await call(await assume({ Policy: JSON.stringify(allow({ Action: 's3:*' })) }));
  expect(denied).toContain('HTTP/1.1 403 ');
  expect(denied).toContain(
    `AccessDeniedException: User: arn:aws:sts::111122223333:assumed-role/web/build is not authorized to perform: vpc-lattice-svcs:Invoke on resource: ${SERVICE}/`,
  );
  const only = JSON.stringify(allow({ Resource: `${SERVICE}/ok` }));
  const limited = await assume({ Policy: only });
  expect(await call(limited, '/ok')).toContain('HTTP/1.1 200 ');
  expect(await call(limited, '/no')).toContain('HTTP/1.1 403 ');
  const tagged = (value: string) => assume({ Tags: [{ Key: 'env', Value: value }] });
  expect(await call(await tagged('test'))).toContain('HTTP/1.1 200 ');
  expect(await call(await tagged('prod'))).toContain('because no service-based policy allows');
});

test('a session without its token, with another secret, and past its time', async () => {
  const session = await assume({ DurationSeconds: 900 });
  const refused = async (credentials: SigningCredentials) => (await call(credentials)).split('\r\n\r\n')[1];
  expect(await refused({ ...session, sessionToken: undefined })).toBe(
    'UnrecognizedClientException: The security token included in the request is invalid.',
  );
  expect(await refused({ ...session, secretAccessKey: 'x' })).toMatch(/^InvalidSignatureException: /);
  nowMs = Date.now() + 901_000;
  try {
    expect(await refused(session)).toBe('ExpiredTokenException: The security token included in the request is expired');
  } finally {
    nowMs = undefined;
  }
});

test('a bad answer of a function is a 502', async () => {
  const answer = await call(await assume(), '/v1/broken');
  expect(answer).toContain('HTTP/1.1 502 ');
  expect(lattice.seen.at(-1)).toMatchObject({ status: 502, refusal: expect.stringContaining('a string') });
});
