// The default chain for real: the AWS SDK's own providers, told by environment and files alone where their endpoints are,
// and each set they bring used for a request whose signature is checked.
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { createLatticeFetch } from '../../src/index.js';
import { type CredentialEndpoints, startCredentialEndpoints } from '../support/credential-endpoints.js';
import { type LatticeServer, REGION, startLatticeServer } from '../support/lattice-server.js';

let server: LatticeServer;
let endpoints: CredentialEndpoints;
let home: string;
beforeAll(async () => {
  server = await startLatticeServer();
});
afterAll(() => server.close());
beforeEach(async () => {
  endpoints = await startCredentialEndpoints(({ accessKeyId, ...set }) => void server.secrets.set(accessKeyId, set));
  home = mkdtempSync(join(tmpdir(), 'lattice-credentials-'));
  mkdirSync(join(home, '.aws/sso/cache'), { recursive: true });
  for (const name of Object.keys(process.env)) if (name.startsWith('AWS_')) vi.stubEnv(name, undefined);
  env({
    HOME: home,
    AWS_SHARED_CREDENTIALS_FILE: file('credentials', ''),
    AWS_CONFIG_FILE: file('config', ''),
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_REGION: REGION,
  });
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await endpoints.close();
  rmSync(home, { recursive: true });
});

function env(values: Record<string, string>): void {
  for (const [name, value] of Object.entries(values)) vi.stubEnv(name, value);
}
function file(name: string, text: string): string {
  const path = join(home, name);
  writeFileSync(path, text);
  return path;
}
const client = () => createLatticeFetch({ hosts: ['127.0.0.1'] });

/** Ten requests at once with the default chain; the access key they were signed with. */
async function keyOf(lattice = client()): Promise<string> {
  const before = server.received.length;
  const answers = await Promise.all(Array.from({ length: 10 }, () => lattice(server.origin)));
  for (const response of answers) expect(response.status).toBe(200);
  const keys = new Set(
    server.received.slice(before).map(({ verification }) => 'accessKeyId' in verification && verification.accessKeyId),
  );
  expect(keys.size).toBe(1);
  return String([...keys][0]);
}
const tokenFile = (text: string) => file('token', text);

test('environment', async () => {
  env({ AWS_ACCESS_KEY_ID: 'AKIAFROMENVIRONMENT0', AWS_SECRET_ACCESS_KEY: 'from-env', AWS_SESSION_TOKEN: 'env-token' });
  server.secrets.set('AKIAFROMENVIRONMENT0', { secretAccessKey: 'from-env', sessionToken: 'env-token' });
  expect(await keyOf()).toBe('AKIAFROMENVIRONMENT0');
});

test('given credentials are never mixed with a token from the environment', async () => {
  env({ AWS_SESSION_TOKEN: 'of-someone-else' });
  server.secrets.set('AKIAGIVEN00000000000', { secretAccessKey: 'given' });
  const credentials = { accessKeyId: 'AKIAGIVEN00000000000', secretAccessKey: 'given' };
  const response = await createLatticeFetch({ hosts: ['127.0.0.1'], credentials })(server.origin);
  expect(response.status).toBe(200);
  expect(server.received.at(-1)?.headers['x-amz-security-token']).toBeUndefined();
});

test('web identity (IRSA): one call to STS for all, and the token file read anew for the next', async () => {
  env({
    AWS_ROLE_ARN: 'arn:aws:iam::111122223333:role/app',
    AWS_WEB_IDENTITY_TOKEN_FILE: tokenFile('first-jwt'),
    AWS_ROLE_SESSION_NAME: 'pod',
    AWS_ENDPOINT_URL_STS: endpoints.origin,
  });
  const lattice = client();
  expect(await keyOf(lattice)).toBe(endpoints.issued[0]?.accessKeyId);
  expect(endpoints.asked).toHaveLength(1);
  const form = new URLSearchParams(endpoints.asked[0]?.body);
  expect(form.get('Action')).toBe('AssumeRoleWithWebIdentity');
  expect(form.get('WebIdentityToken')).toBe('first-jwt');
  // The service stops accepting the set: one refresh mends it, with the token that the kubelet wrote meanwhile.
  tokenFile('second-jwt');
  const revoked = endpoints.issued[0]?.accessKeyId ?? '';
  server.secrets.set(revoked, { ...endpoints.issued[0], secretAccessKey: 'secret-1', expiration: new Date(0) });
  expect((await lattice(server.origin)).status).toBe(200);
  expect(new URLSearchParams(endpoints.asked[1]?.body).get('WebIdentityToken')).toBe('second-jwt');
  expect(await keyOf(lattice)).toBe(endpoints.issued[1]?.accessKeyId);
});

test('EKS Pod Identity: the token of the file, as it is', async () => {
  env({
    AWS_CONTAINER_CREDENTIALS_FULL_URI: `${endpoints.origin}/container/v1/credentials`,
    AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE: tokenFile('pod-token'),
  });
  expect(await keyOf()).toBe(endpoints.issued[0]?.accessKeyId);
  expect(endpoints.asked.map(({ target, headers }) => [target, headers.authorization])).toEqual([
    ['/container/v1/credentials', 'pod-token'],
  ]);
});

test('ECS: the token of the environment', async () => {
  env({
    AWS_CONTAINER_CREDENTIALS_FULL_URI: `${endpoints.origin}/container/task`,
    AWS_CONTAINER_AUTHORIZATION_TOKEN: 'pod-token',
  });
  expect(await keyOf()).toBe(endpoints.issued[0]?.accessKeyId);
});

test('EC2: IMDSv2, with its token', async () => {
  env({ AWS_EC2_METADATA_DISABLED: 'false', AWS_EC2_METADATA_SERVICE_ENDPOINT: endpoints.origin });
  expect(await keyOf()).toBe(endpoints.issued.at(-1)?.accessKeyId);
  expect(endpoints.asked[0]).toMatchObject({ method: 'PUT', target: '/latest/api/token' });
});

test('profile of the shared files', async () => {
  file('credentials', '[other]\naws_access_key_id = AKIAPROFILE000000000\naws_secret_access_key = of-profile\n');
  env({ AWS_PROFILE: 'other' });
  server.secrets.set('AKIAPROFILE000000000', { secretAccessKey: 'of-profile' });
  expect(await keyOf()).toBe('AKIAPROFILE000000000');
});

test('process', async () => {
  const set = {
    Version: 1,
    AccessKeyId: 'AKIAPROCESS000000000',
    SecretAccessKey: 'of-process',
    SessionToken: 'process-token',
  };
  const script = file('print.cjs', `console.log(${JSON.stringify(JSON.stringify(set))})`);
  file('config', `[profile made]\ncredential_process = "${process.execPath}" "${script}"\n`);
  env({ AWS_PROFILE: 'made' });
  server.secrets.set(set.AccessKeyId, { secretAccessKey: 'of-process', sessionToken: 'process-token' });
  expect(await keyOf()).toBe(set.AccessKeyId);
});

test('SSO: the cached login, exchanged at the portal', async () => {
  const startUrl = 'https://example.awsapps.com/start';
  const cache = `.aws/sso/cache/${createHash('sha1').update(startUrl).digest('hex')}.json`;
  file(
    cache,
    JSON.stringify({
      accessToken: 'sso-token',
      expiresAt: new Date(Date.now() + 3_600_000).toISOString(),
      region: REGION,
      startUrl,
    }),
  );
  file(
    'config',
    `[profile sso]\nsso_start_url = ${startUrl}\nsso_region = ${REGION}\nsso_account_id = 111122223333\nsso_role_name = app\n`,
  );
  env({ AWS_PROFILE: 'sso', AWS_ENDPOINT_URL_SSO: endpoints.origin });
  expect(await keyOf()).toBe(endpoints.issued[0]?.accessKeyId);
  expect(endpoints.asked[0]?.target).toContain('role_name=app');
});

test('a role assumed from a profile', async () => {
  file('credentials', '[base]\naws_access_key_id = AKIABASE000000000000\naws_secret_access_key = of-base\n');
  file(
    'config',
    `[profile app]\nrole_arn = arn:aws:iam::111122223333:role/app\nweb_identity_token_file = ${tokenFile('jwt')}\nregion = ${REGION}\n`,
  );
  env({ AWS_PROFILE: 'app', AWS_ENDPOINT_URL_STS: endpoints.origin });
  expect(await keyOf()).toBe(endpoints.issued[0]?.accessKeyId);
});

test('nothing anywhere: an error that says so, and holds no secret', async () => {
  const error = await client()(server.origin).catch((cause: unknown) => cause);
  expect(error).toMatchObject({
    name: 'SigningError',
    code: 'ERR_SIGNING_CREDENTIALS',
    cause: { name: 'CredentialsProviderError' },
  });
});
