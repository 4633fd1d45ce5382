// `lattice-auth sign`: what it prints must be accepted by a server that verifies it. Environment credentials are read by
// the AWS SDK from the process, so these run as processes.
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { CREDENTIALS_ENV, startServer } from '../support/verifying-server.js';

const MAIN = fileURLToPath(new URL('../../dist/main.js', import.meta.url));
const call = promisify(execFile);
const sign = (...argv: string[]) => call(process.execPath, [MAIN, 'sign', ...argv], { env: { ...CREDENTIALS_ENV } });

test('headers that a server accepts', async () => {
  await using server = await startServer();
  const url = `${server.url}/a?b=c`;
  const { stdout, stderr } = await sign('PUT', url, '-H', 'x-amz-meta-a: 1');
  expect(stderr).toBe('');
  expect(stdout).not.toContain(CREDENTIALS_ENV.AWS_SECRET_ACCESS_KEY);
  const headers = stdout
    .trimEnd()
    .split('\n')
    .map((line) => line.split(/: (.*)/s, 2) as [string, string]);
  const response = await fetch(url, { method: 'PUT', headers });
  expect(await response.text()).toBe('signed PUT /a?b=c 0\n');
});

test('a presigned URL, which needs the header that is named on stderr', async () => {
  await using server = await startServer();
  const { stdout, stderr } = await sign('--presign', '--expires', '60', `${server.url}/a`);
  expect(stderr).toBe('send along: x-amz-content-sha256: UNSIGNED-PAYLOAD\n');
  expect(new URL(stdout).searchParams.get('X-Amz-Expires')).toBe('60');
  const response = await fetch(stdout.trim(), { headers: { 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' } });
  expect(await response.text()).toMatch(/^signed GET /);
});

test('JSON and a curl command with the same parts', async () => {
  const url = 'https://orders-0123456789abcdef0.7d67968.vpc-lattice-svcs.us-west-2.on.aws/';
  const [json, curl] = await Promise.all([sign('--json', 'POST', url), sign('--curl', 'POST', url)]);
  const signed = JSON.parse(json.stdout);
  expect(signed).toMatchObject({ url, method: 'POST', headers: { 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' } });
  expect(signed.headers.authorization).toContain('/us-west-2/vpc-lattice-svcs/aws4_request');
  expect(curl.stdout).toMatch(new RegExp(`^curl -X POST (-H '[^']+' )+${url}\n$`));
});

test('the canonical request has no token in it', async () => {
  const { stdout } = await sign('--canonical', '--region', '*', 'https://orders.example.com/a b');
  expect(stdout).toContain('  /a%2520b\n');
  expect(stdout).toContain('x-amz-security-token:[redacted]');
  expect(stdout).toContain('AWS4-ECDSA-P256-SHA256');
  expect(stdout).not.toContain(CREDENTIALS_ENV.AWS_SESSION_TOKEN);
});

test.each([
  [['FETCH IT', 'https://a.example/'], /`FETCH IT` is not a method; the method comes before the URL/],
  [['https://a.example/', '--expires', '5'], /`--expires` is for presigned URLs; add --presign/],
  [['--json', '--curl', 'https://a.example/'], /cannot be used with option/],
  [['--presign', '--expires', '604801', 'https://a.example/'], /at most 604800/],
  [['http://192.0.2.1/'], /pass --allow-http/],
])('%j is refused', async (argv, message) => {
  const failed = await sign(...argv).catch((error: unknown) => error);
  expect(failed).toMatchObject({ code: 2, stdout: '', stderr: expect.stringMatching(message) });
});
