// `explain`, `eval` and `lint`, and what all commands share: help, version, mistakes in the command line.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { runCli } from '../support/run-cli.js';

const SHOP = fileURLToPath(new URL('../fixtures/shop/', import.meta.url));
const MAIN = fileURLToPath(new URL('../../dist/main.js', import.meta.url));
const run = (...argv: string[]) => runCli(argv, { cwd: SHOP });
const piped = (stdin: string, ...argv: string[]) => runCli(argv, { cwd: SHOP, stdin });

describe('explain', () => {
  const asked = ['explain', '--stack', 'stack.yaml', '--from', 'web', '--to', 'orders'];

  test('an allow ends with 0', async () => {
    const { code, stdout, stderr } = await run(...asked, 'GET', '/orders');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^web from vpc-a → orders through net: GET \/orders\n\nALLOW\n/);
  });

  test('a denial ends with 1 and says what would have to differ', async () => {
    const { code, stdout } = await run(...asked, '--vpc', 'vpc-b', '/orders');
    expect(code).toBe(1);
    expect(stdout).toMatch(/^web from vpc-b → orders through net: GET \/orders\n\nDENY/);
    expect(stdout).toContain('orders.json:4:5');
    expect(stdout).toContain('vpc-0a0a0a0a0a0a0a0a0');
  });

  test('headers, time, address and further keys reach the request', async () => {
    const options = [
      '-H',
      'x-a: 1',
      '-H',
      'x-a: 2',
      '--time',
      '2026-02-01T00:00:00Z',
      '--source-ip',
      '10.1.2.3',
      '--port',
      '80',
      '-C',
      'aws:X=1',
      '--json',
    ];
    const { code, stdout } = await run(...asked, ...options, 'POST', '/orders?q=1');
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      version: 1,
      kind: 'decided',
      serviceNetwork: 'net',
      service: 'orders',
      via: 'association',
      decision: { decision: 'deny', deniedBy: 'service' },
      nearMisses: [{ statement: { sid: 'ReadFromA' } }],
    });
  });

  test('no way there is no decision', async () => {
    const nowhere = [...asked, '--vpc', 'vpc-z', '/'];
    expect(await run(...nowhere)).toMatchObject({
      code: 1,
      stdout: expect.stringMatching(/^✗ unreachable: .*; no policy is asked\n$/),
    });
    expect(JSON.parse((await run(...nowhere, '--json')).stdout)).toMatchObject({ version: 1, kind: 'unreachable' });
  });

  test('--all shows what does not matter', async () => {
    const short = (await run(...asked, '/orders')).stdout;
    expect((await run(...asked, '--all', '/orders')).stdout.length).toBeGreaterThan(short.length);
  });

  test.each([
    [
      ['--to', 'ordrs', '/'],
      /^stack\.yaml: error: no service is named `ordrs`; did you mean `orders`\? \[ERR_STACK_REFERENCE\]\n$/,
    ],
    [['--stack', 'stac.yaml', '/'], /no file `stac\.yaml`; did you mean `stack\.yaml`\?/],
    [['orders'], /`orders` is not a path; the method comes first, the path begins with \//],
    [['--time', 'noon', '/'], /`noon` is not a time/],
    [['--source-ip', 'x', '/'], /`x` is not an IP address/],
    [['-C', 'aws:X', '/'], /write `aws:Key=value`/],
    [['--port', '99999', '/'], /It takes a port/],
    [['--protocol', 'htp', '/'], /Allowed choices are http, grpc, tls/],
    [[], /missing required argument/],
  ])('%j is refused', async (argv, message) => {
    const { code, stdout, stderr } = await run(...asked, ...argv);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(message);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  });
});

describe('eval', () => {
  const RESOURCE = 'arn:aws:vpc-lattice:eu-west-1:111122223333:service/svc-00000000000000001/orders';
  const request = JSON.stringify({
    principal: { arn: 'arn:aws:sts::111122223333:assumed-role/web/pod-1' },
    action: 'vpc-lattice-svcs:Invoke',
    resource: RESOURCE,
    context: { 'vpc-lattice-svcs:SourceVpc': 'vpc-0a0a0a0a0a0a0a0a0', 'vpc-lattice-svcs:RequestMethod': 'GET' },
  });

  test('says what one policy makes of one request', async () => {
    expect(await piped(request, 'eval', 'orders.json', '-')).toMatchObject({
      code: 0,
      stdout: 'allow\n  by statement `ReadFromA` of orders.json:4:5\n',
    });
    expect(
      await piped(request, 'eval', 'orders.json', '-', '--resource', `${RESOURCE.slice(0, -6)}admin`),
    ).toMatchObject({
      code: 1,
      stdout: 'explicit deny\n  by statement `NoAdmin` of orders.json:17:5\n',
    });
    expect(await piped(request, 'eval', 'orders.json', '-', '--principal', 'anonymous')).toMatchObject({
      code: 1,
      stdout: 'implicit deny: no Allow matches\n',
    });
  });

  test('takes the policy from stdin and the request from options, and prints JSON', async () => {
    const policy = readFileSync(join(SHOP, 'invoke.json'), 'utf8');
    const options = [
      '--principal',
      'arn:aws:iam::111122223333:user/u',
      '--action',
      'vpc-lattice-svcs:Invoke',
      '--resource',
      RESOURCE,
    ];
    const { code, stdout } = await piped(policy, 'eval', '-', ...options, '--json');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      version: 1,
      type: 'identity',
      effect: 'allow',
      determining: [{ sid: 'Invoke' }],
      assumptions: [],
    });
  });

  test.each([
    [
      ['eval', 'orders.json', '-'],
      '{"principl": "anonymous"}',
      /^<stdin>:1:2: error: unknown field `principl`; did you mean `principal`\? \[ERR_CLI_REQUEST\]\n$/,
    ],
    [['eval', 'orders.json'], '', /the request lacks `principal`; pass --principal/],
    [['eval', '-', '-'], '', /cannot both be on stdin/],
    [['eval', 'stack.yaml', '-'], request, /^stack\.yaml: error: is not a policy document; .* see `explain`/],
    [
      ['eval', '-', '--principal', 'anonymous', '--action', 'a:b', '--resource', '*'],
      '{"Statement": {"Effect": "Alow"}}',
      /^<stdin>:1:\d+: error: .*\n(?:.*\n)*.*`Alow`/,
    ],
    [['eval', 'orders.jsn'], '', /did you mean `orders\.json`\?/],
  ])('%j is refused', async (argv, stdin, message) => {
    const { code, stdout, stderr } = await piped(stdin, ...argv);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(message);
  });
});

describe('lint', () => {
  const bad = JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: '*', Action: 'vpc-lattice:Invoke', Resource: '*' }],
  });

  test('finds what is wrong, with its place and code', async () => {
    const { code, stdout, stderr } = await piped(bad, 'lint', '-');
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
    expect(stdout).toMatch(/^<stdin>:1:\d+: (?:error|security): .+ \[[A-Z_]+\]\n/);
    expect(stdout).toMatch(/in 1 file\n$/);
  });

  test('what does not parse is a finding, what cannot be read is not', async () => {
    expect(await piped('{"Statement": [', 'lint', '-', 'nope.json')).toMatchObject({
      code: 2,
      stdout: expect.stringMatching(/^<stdin>:1:\d+: error: /),
      stderr: 'lattice-auth: error: there is no file `nope.json` [ERR_CLI_FILE]\n',
    });
  });

  test('a clean file ends with 0; --type overrides what is told from the content', async () => {
    expect(await run('lint', 'invoke.json')).toMatchObject({ code: 0 });
    expect(await run('lint', '--type', 'auth', 'invoke.json')).toMatchObject({
      code: 1,
      stdout: expect.stringContaining('Principal'),
    });
  });

  test('a stack file, with its policies', async () => {
    const { code, stdout } = await run('lint', 'stack.yaml');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^stack\.yaml:\d+:\d+: warning: principal `bare` has no identity policy/m);
    expect(await run('lint', 'stack.yaml', '--max-warnings', '0')).toMatchObject({ code: 1 });
    expect(await piped('services: { a: { id: x } }\n', 'lint', '-')).toMatchObject({
      code: 1,
      stdout: expect.stringMatching(/^<stdin>:1:\d+: error: /),
    });
  });

  test('-q leaves out what does not count', async () => {
    expect((await run('lint', '-q', 'stack.yaml')).stdout).toBe('✓ no findings in 1 file\n');
  });

  test('as JSON', async () => {
    const report = JSON.parse((await piped(bad, 'lint', '-', '--format', 'json')).stdout);
    expect(report).toMatchObject({
      version: 1,
      findings: expect.arrayContaining([expect.objectContaining({ file: '<stdin>', line: 1 })]),
    });
    expect(report.counts.error + report.counts.security).toBeGreaterThan(0);
  });

  test('as SARIF that follows the schema of SARIF', async () => {
    const require = createRequire(import.meta.url);
    const folder = dirname(require.resolve('@microsoft/jest-sarif'));
    const schema = JSON.parse(readFileSync(join(folder, 'schemas', 'sarif-2.1.0-rtm.5.json'), 'utf8'));
    // Draft 4 as ajv reads draft 7: nothing in it differs but the name of the id.
    const { id, $schema: _draft, ...rest } = schema;
    const ajv = new Ajv({ strict: false, validateFormats: false, unicodeRegExp: false });
    const validate = ajv.compile({ ...rest, $id: id });
    const { stdout } = await piped(bad, 'lint', '-', 'stack.yaml', 'orders.json', '--format', 'sarif');
    const log = JSON.parse(stdout);
    validate(log);
    expect(validate.errors).toBeNull();
    const [{ results, tool }] = log.runs;
    expect(results.length).toBeGreaterThan(1);
    for (const { ruleId, ruleIndex } of results) expect(tool.driver.rules[ruleIndex].id).toBe(ruleId);
  });
});

describe('the command line', () => {
  test('help of every command has examples', async () => {
    const { stdout } = await run('--help');
    const names = [...stdout.matchAll(/^ {2}([a-z]+) (?:\[|<)/gm)]
      .map(([, name]) => name ?? '')
      .filter((name) => name !== 'help');
    expect(names).toEqual(['test', 'explain', 'lint', 'eval', 'curl', 'sign', 'dev']);
    for (const name of names) {
      const help = await run('help', name);
      expect(help).toMatchObject({ code: 0, stderr: '' });
      expect(help.stdout).toMatch(new RegExp(`^Usage: lattice-auth ${name} (?:.|\\n)*\\nExamples:\\n  \\$ `));
      expect(help.stdout).toMatch(/Exit codes/);
    }
  });

  test('--version', async () => {
    expect(await run('--version')).toMatchObject({ code: 0, stdout: expect.stringMatching(/^\d+\.\d+\.\d+/) });
  });

  test.each([
    [['tset'], 'lattice-auth: error: unknown command `tset`; did you mean test? [ERR_CLI_USAGE]\n'],
    [['test', '--wtch'], 'lattice-auth: error: unknown option `--wtch`; did you mean --watch? [ERR_CLI_USAGE]\n'],
    [['lint'], 'lattice-auth: error: missing required argument `files`; see --help [ERR_CLI_USAGE]\n'],
    [
      ['test', '-r', 'dot'],
      'lattice-auth: error: option `-r, --reporter <name>` argument `dot` is invalid. Allowed choices are spec, json, junit, tap.; see --help [ERR_CLI_USAGE]\n',
    ],
  ])('%j', async (argv, stderr) => {
    expect(await run(...argv)).toEqual(expect.objectContaining({ code: 2, stdout: '', stderr }));
  });

  test('without a command, help on stderr and 2', async () => {
    expect(await run()).toMatchObject({ code: 2, stdout: '', stderr: expect.stringMatching(/^Usage: lattice-auth/) });
  });

  test('a reader that goes away ends the output and keeps the exit code', async () => {
    const script = `"${process.execPath}" "${MAIN}" explain --stack stack.yaml --from bare --to orders /orders | head -n 1; exit \${PIPESTATUS[0]}`;
    const child = spawn('bash', ['-c', script], { cwd: SHOP });
    let all = '';
    child.stdout.on('data', (text) => {
      all += text;
    });
    child.stderr.on('data', (text) => {
      all += text;
    });
    const code = await new Promise((resolve) => child.on('close', resolve));
    expect({ code, all }).toEqual({ code: 1, all: 'bare from vpc-a → orders through net: GET /orders\n' });
  });
});
