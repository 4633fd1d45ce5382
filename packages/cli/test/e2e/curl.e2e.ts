// `lattice-auth curl` against servers on loopback that check the signature.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { runCli } from '../support/run-cli.js';
import { CREDENTIALS_ENV, NO_IDENTITY_POLICY, startServer } from '../support/verifying-server.js';

const MAIN = fileURLToPath(new URL('../../dist/main.js', import.meta.url));
const FIXTURES = fileURLToPath(new URL('../fixtures/', import.meta.url));

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'lattice-auth-curl-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Done {
  readonly code: number;
  readonly stdout: Buffer;
  readonly stderr: string;
}

// In this process: credentials come from its environment, as the AWS SDK reads it.
async function curl(argv: readonly string[], stdin?: Uint8Array, env: Record<string, string> = {}): Promise<Done> {
  for (const [name, value] of Object.entries({ HOME: folder, ...CREDENTIALS_ENV, ...env })) vi.stubEnv(name, value);
  const { code, stdoutBytes, stderr } = await runCli(['curl', ...argv], { cwd: folder, ...(stdin ? { stdin } : {}) });
  return { code, stdout: stdoutBytes, stderr };
}
afterEach(() => {
  vi.unstubAllEnvs();
});

describe('what is sent', () => {
  test('a signed GET, and the answer on stdout alone', async () => {
    await using server = await startServer();
    const done = await curl([`${server.url}/a%20b?x=1+2`]);
    expect(done).toMatchObject({ code: 0, stderr: '' });
    expect(done.stdout.toString()).toBe('signed GET /a%20b?x=1%202 0\n');
  });

  test('data is joined with &, read from files without line ends, and posted as a form', async () => {
    await using server = await startServer();
    writeFileSync(join(folder, 'part'), 'two\r\nlines\n');
    await curl([`${server.url}/`, '-d', 'one=1', '-d', '@part', '--data-raw', '@raw', '--data-urlencode', 'q=a b&c']);
    const [request] = server.received;
    expect(request?.method).toBe('POST');
    expect(request?.headers['content-type']).toBe('application/x-www-form-urlencoded');
    expect(request?.body.toString()).toBe('one=1&twolines&@raw&q=a%20b%26c');
    expect(request?.headers['content-length']).toBe('31');
  });

  test('-G puts the data into the query, --json sets both types', async () => {
    await using server = await startServer();
    await curl(['-G', '-d', 'a=1', '--data-urlencode', 'b=x y', `${server.url}/s?z=0`]);
    await curl(['--json', '{"a":', '--json', '1}', `${server.url}/j`]);
    expect(server.received[0]).toMatchObject({ method: 'GET', target: '/s?z=0&a=1&b=x%20y' });
    expect(server.received[1]?.body.toString()).toBe('{"a":1}');
    expect(server.received[1]?.headers).toMatchObject({
      accept: 'application/json',
      'content-type': 'application/json',
    });
  });

  test('files and stdin are sent byte for byte, both ways', async () => {
    await using server = await startServer(({ body }, response) => void response.end(body));
    const bytes = Buffer.from(Array.from({ length: 300_000 }, (_, i) => (i * 7 + (i >> 8)) % 256));
    writeFileSync(join(folder, 'bytes'), bytes);
    const fromFile = await curl(['--data-binary', '@bytes', `${server.url}/`]);
    const fromStdin = await curl(['-T', '-', `${server.url}/`, '-o', 'answer'], bytes);
    expect(fromFile.stdout.equals(bytes)).toBe(true);
    expect(server.received[0]?.headers['content-length']).toBe('300000');
    expect(fromStdin.stdout).toHaveLength(0);
    expect(readFileSync(join(folder, 'answer')).equals(bytes)).toBe(true);
    expect(server.received[1]).toMatchObject({ method: 'PUT' });
    expect(server.received.every(({ verification }) => verification.kind === 'signed')).toBe(true);
  });

  test('-T names the file in a folder; headers replace, remove and empty', async () => {
    await using server = await startServer();
    writeFileSync(join(folder, 'up.txt'), 'x');
    writeFileSync(join(folder, 'lines'), 'x-one: 1\nx-two: 2\n');
    await curl(['-T', 'up.txt', `${server.url}/in/`, '-H', 'Accept:', '-H', 'X-Empty;', '-H', '@lines', '-A', 'me']);
    const [request] = server.received;
    expect(request?.target).toBe('/in/up.txt');
    expect(request?.headers).toMatchObject({ 'x-empty': '', 'x-one': '1', 'x-two': '2', 'user-agent': 'me' });
    expect(request?.headers.accept).toBeUndefined();
  });
});

describe('whose credentials', () => {
  test('--profile names one of the configuration files, whatever the environment holds', async () => {
    await using server = await startServer();
    const { AWS_ACCESS_KEY_ID: id, AWS_SECRET_ACCESS_KEY: secret, AWS_SESSION_TOKEN: token } = CREDENTIALS_ENV;
    const file = join(folder, 'credentials');
    const section = [
      '[other]',
      `aws_access_key_id=${id}`,
      `aws_secret_access_key=${secret}`,
      `aws_session_token=${token}`,
    ];
    writeFileSync(file, section.join('\n'));
    const elsewhere = { AWS_SHARED_CREDENTIALS_FILE: file, AWS_CONFIG_FILE: file, AWS_ACCESS_KEY_ID: 'wrong' };
    const done = await curl(['--profile', 'other', server.url], undefined, elsewhere);
    expect(done.stdout.toString()).toBe('signed GET / 0\n');
    const unknown = await curl(['--profile', 'othr', server.url], undefined, elsewhere);
    expect(unknown).toMatchObject({ code: 2, stderr: expect.stringMatching(/othr.*\[ERR_SIGNING_CREDENTIALS\]\n$/) });
  });
});

test('--retry tries again after failures that may pass, signed anew', async () => {
  let failures = 2;
  await using server = await startServer(({ verification }, response) => {
    failures -= 1;
    if (failures >= 0) response.writeHead(503).end('later');
    else response.end(verification.kind);
  });
  expect((await curl([server.url])).stdout.toString()).toBe('later');
  expect((await curl(['--retry', '2', server.url])).stdout.toString()).toBe('signed');
});

describe('what is printed', () => {
  test('an answer is not decoded: its bytes are the server’s', async () => {
    const packed = gzipSync('hello');
    await using server = await startServer(
      (_, response) => void response.setHeader('content-encoding', 'gzip').end(packed),
    );
    expect((await curl([`${server.url}/`])).stdout.equals(packed)).toBe(true);
  });

  test('-i and -I print the head as it came', async () => {
    await using server = await startServer((_, response) => {
      response.writeHead(201, 'Made', ['X-Case', 'Kept', 'Set-Cookie', 'a=1', 'Set-Cookie', 'b=2']).end('body');
    });
    const included = await curl(['-i', server.url]);
    const headed = await curl(['-I', server.url]);
    expect(included.stdout.toString()).toMatch(
      /^HTTP\/1\.1 201 Made\r\nX-Case: Kept\r\nSet-Cookie: a=1\r\nSet-Cookie: b=2\r\n.*\r\n\r\nbody$/s,
    );
    expect(headed.stdout.toString()).toMatch(/^HTTP\/1\.1 201 Made\r\nX-Case: Kept\r\n.*\r\n\r\n$/s);
    expect(server.received.map(({ method }) => method)).toEqual(['GET', 'HEAD']);
  });

  test('-v says what goes over the wire, and no secret', async () => {
    await using server = await startServer();
    const { stderr } = await curl(['-v', `${server.url}/x`]);
    expect(stderr).toMatch(/^\* connected to 127\.0\.0\.1:\d+ /);
    expect(stderr).toContain('> GET /x HTTP/1.1\n');
    expect(stderr).toContain('> x-amz-security-token: [redacted]\n');
    expect(stderr).toContain('Signature=[redacted]\n');
    expect(stderr).toContain('< HTTP/1.1 200 OK\n');
    expect(stderr).not.toContain(CREDENTIALS_ENV.AWS_SESSION_TOKEN);
    expect(stderr).not.toMatch(/Signature=[0-9a-f]/);
  });

  test('-w fills in what scripts ask for', async () => {
    await using server = await startServer((_, response) => void response.writeHead(204).end());
    const { stdout } = await curl([
      '-w',
      String.raw`%{http_code} %{method} %{num_redirects} 100%%\n%{nope}`,
      server.url,
    ]);
    expect(stdout.toString()).toBe('204 GET 0 100%\n%{unknown: nope}');
  });
});

describe('a 403', () => {
  const refuse = () =>
    startServer((_, response) => void response.writeHead(403, { 'x-amzn-requestid': 'r-77' }).end(NO_IDENTITY_POLICY));

  test('is explained on stderr, and the body is on stdout untouched', async () => {
    await using server = await refuse();
    const { code, stdout, stderr } = await curl([`${server.url}/orders`]);
    expect(code).toBe(0);
    expect(stdout.toString()).toBe(NO_IDENTITY_POLICY);
    expect(stderr.split('\n')).toEqual([
      "✗ refused: nothing in the caller's own identity-based policies allows this",
      '  who      arn:aws:sts::111122223333:assumed-role/app/pod-1',
      '  what     vpc-lattice-svcs:Invoke (GET)',
      '  on       arn:aws:vpc-lattice:eu-west-1:111122223333:service/svc-0123456789abcdef0/orders',
      '  look at  the policies of role app: VPC Lattice asks them within one account too',
      '  request  r-77 (requestId in the access log)',
      '',
    ]);
  });

  test('-f ends with 22 and no body, -s says nothing', async () => {
    await using server = await refuse();
    const [failed, silent] = await Promise.all([curl(['-f', server.url]), curl(['-sf', server.url])]);
    expect(failed).toMatchObject({ code: 22, stdout: Buffer.alloc(0) });
    expect(failed.stderr).toMatch(
      /refused: nothing in.*lattice-auth: error: the server answered with status 403 \[ERR_CLI_TRANSFER\]\n$/s,
    );
    expect(silent).toMatchObject({ code: 22, stdout: Buffer.alloc(0), stderr: '' });
    expect(await curl(['--fail-with-body', '-sS', server.url])).toMatchObject({
      code: 22,
      stdout: Buffer.from(NO_IDENTITY_POLICY),
    });
  });

  test('about the signature says what to look for', async () => {
    await using server = await startServer();
    const { stderr } = await curl([server.url], undefined, { AWS_SECRET_ACCESS_KEY: 'wrong' });
    expect(stderr).toMatch(/^✗ the signature was refused\n {2}said {5}InvalidSignatureException: .*look for a proxy/s);
  });

  test('of the service itself is not taken for one of Lattice', async () => {
    await using server = await startServer((_, response) => void response.writeHead(403).end('not for you'));
    expect((await curl([server.url])).stderr).toBe(
      "✗ this 403 doesn't carry VPC Lattice's text: it is probably the service's own answer\n",
    );
    expect((await curl(['-I', server.url])).stderr).toContain('HEAD has none');
  });
});

describe('redirects', () => {
  test('are printed without -L, and followed and signed anew with it', async () => {
    await using server = await startServer(({ target, method, verification }, response) => {
      if (target === '/from') response.writeHead(303, { location: '/to?x=1' }).end('see');
      else response.end(`${method} ${target} ${verification.kind}`);
    });
    expect((await curl([`${server.url}/from`])).stdout.toString()).toBe('see');
    const followed = await curl(['-L', '-d', 'a=1', `${server.url}/from`, '-w', ' %{num_redirects}']);
    expect(followed.stdout.toString()).toBe('GET /to?x=1 signed 1');
  });

  test('to another host carry nothing that says who asks', async () => {
    await using other = await startServer(
      ({ headers }, response) => void response.end(JSON.stringify(Object.keys(headers))),
    );
    const elsewhere = `http://localhost:${other.port}/`;
    await using server = await startServer(
      (_, response) => void response.writeHead(302, { location: elsewhere }).end(),
    );
    const { stdout, stderr } = await curl([
      '-L',
      server.url,
      '-H',
      'Cookie: a=1',
      '-H',
      'Authorization: Bearer x',
      '-H',
      'x-amz-meta-a: 1',
    ]);
    expect(stderr).toBe('');
    expect(JSON.parse(stdout.toString())).toEqual(
      expect.not.arrayContaining(['authorization', 'cookie', 'x-amz-meta-a', 'x-amz-security-token']),
    );
    const posted = await curl(['-L', '--data-binary', 'secret', '-X', 'PUT', server.url]);
    expect(posted).toMatchObject({ code: 2, stderr: expect.stringContaining('would take the body to `localhost:') });
    expect(other.received).toHaveLength(1);
  });

  test('end', async () => {
    await using server = await startServer((_, response) => void response.writeHead(302, { location: '/' }).end());
    expect(await curl(['-L', '--max-redirs', '3', server.url])).toMatchObject({ code: 47 });
    expect(server.received).toHaveLength(4);
  });
});

describe('failures have curl’s exit codes and one line', () => {
  test.each([
    [
      'a refused connection',
      ['http://127.0.0.1:1/'],
      7,
      /^lattice-auth: error: 127\.0\.0\.1:1: the connection was refused \[ERR_CLI_TRANSFER\]\n$/,
    ],
    ['a URL that is none', ['http://a b/'], 3, /is not a URL/],
    [
      'plain http off this machine',
      ['http://192.0.2.1/'],
      2,
      /plain http; use https:\/\/, or pass --allow-http .*\[ERR_SIGNING_INSECURE_HTTP\]/,
    ],
    ['a file that is not there', ['--data-binary', '@nope', 'http://127.0.0.1:1/'], 26, /there is no file `nope`/],
    ['two bodies', ['-d', 'a', '-T', 'b', 'http://127.0.0.1:1/'], 2, /make two bodies/],
    [
      'an unknown option',
      ['--insecur', 'http://127.0.0.1:1/'],
      2,
      /unknown option `--insecur`; did you mean --insecure\?/,
    ],
    ['a header that is none', ['-H', 'no colon', 'http://127.0.0.1:1/'], 2, /write `Name: value`/],
    ['a name and a password', ['https://me:pw@127.0.0.1/'], 3, /credentials: see --profile/],
  ])('%s', async (_, argv, code, stderr) => {
    const done = await curl(argv);
    expect(done.stderr).toMatch(stderr);
    expect(done.stderr.trimEnd().split('\n')).toHaveLength(1);
    expect(done.code).toBe(code);
  });

  test('--max-time ends a slow answer, in its body too', async () => {
    await using server = await startServer((_, response) => void response.writeHead(200).write('begin'));
    const { code, stdout, stderr } = await curl(['-m', '1', server.url]);
    expect({ code, stdout: stdout.toString() }).toEqual({ code: 28, stdout: 'begin' });
    expect(stderr).toContain('silence is the network');
  });

  test('no credentials, said with what to do', async () => {
    await using server = await startServer();
    const none = { AWS_ACCESS_KEY_ID: '', AWS_SECRET_ACCESS_KEY: '', AWS_SESSION_TOKEN: '' };
    const { code, stderr } = await curl([server.url], undefined, none);
    expect(code).toBe(2);
    expect(stderr).toMatch(
      /^lattice-auth: error: the credential provider failed.*pass --profile \[ERR_SIGNING_CREDENTIALS\]\n$/,
    );
    expect(server.received).toHaveLength(0);
  });

  test('a reader that goes away ends the transfer', async () => {
    await using server = await startServer((_, response) => void response.end(Buffer.alloc(5_000_000, 'x\n')));
    const script = `"${process.execPath}" "${MAIN}" curl ${server.url} | head -c 10; exit \${PIPESTATUS[0]}`;
    const child = spawn('bash', ['-c', script], { env: { PATH: process.env.PATH, ...CREDENTIALS_ENV } });
    let stderr = '';
    child.stderr.on('data', (text) => {
      stderr += text;
    });
    const code = await new Promise((resolve) => child.on('close', resolve));
    expect({ code, stderr }).toEqual({
      code: 23,
      stderr: expect.stringContaining('the output cannot be written (EPIPE)'),
    });
  });
});

describe('TLS', () => {
  const tls = {
    key: readFileSync(join(FIXTURES, 'loopback-key.pem'), 'utf8'),
    cert: readFileSync(join(FIXTURES, 'loopback-cert.pem'), 'utf8'),
  };

  test('certificates are checked unless -k; --cacert and --resolve reach a custom domain on loopback', async () => {
    await using server = await startServer(undefined, tls);
    const domain = `https://datastore.lattice-test.io:${server.port}/summary`;
    const resolve = ['--resolve', `datastore.lattice-test.io:${server.port}:127.0.0.1`];
    const [unknown, insecure, known] = await Promise.all([
      curl([...resolve, domain]),
      curl([...resolve, '-k', domain]),
      curl([...resolve, '--cacert', join(FIXTURES, 'loopback-cert.pem'), domain]),
    ]);
    expect(unknown).toMatchObject({ code: 60, stderr: expect.stringContaining('self-signed; see --cacert and -k') });
    expect(insecure.stdout.toString()).toBe('signed GET /summary 0\n');
    expect(known.stdout.toString()).toBe('signed GET /summary 0\n');
    expect(server.received[0]?.headers.host).toBe(`datastore.lattice-test.io:${server.port}`);
  });
});
