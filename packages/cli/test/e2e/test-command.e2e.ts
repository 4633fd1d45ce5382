// `lattice-auth test` on a stack of its own, and on all examples.
import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Ajv } from 'ajv';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { runCli } from '../support/run-cli.js';

const ROOT = fileURLToPath(new URL('../../../../', import.meta.url));
const SHOP = fileURLToPath(new URL('../fixtures/shop/', import.meta.url));
const MAIN = fileURLToPath(new URL('../../dist/main.js', import.meta.url));

const folders: string[] = [];
let shop: string;
beforeEach(() => {
  shop = mkdtempSync(join(tmpdir(), 'lattice-auth-shop-'));
  folders.push(shop);
  cpSync(SHOP, shop, { recursive: true });
});
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

const edit = (file: string, from: string, to: string) => {
  const text = readFileSync(join(shop, file), 'utf8');
  expect(text).toContain(from);
  writeFileSync(join(shop, file), text.replace(from, to));
};
const run = (...argv: string[]) => runCli(['test', ...argv], { cwd: shop });

describe('a run', () => {
  test('that passes', async () => {
    const { code, stdout, stderr } = await run();
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout.replace(/in \d+ ms/, 'in 9 ms')).toBe(`shop.lattice-test.yaml (stack stack.yaml)
  ✓ reads
  ✓ writes
  ✓ admin
  ✓ without a policy of its own
  ✓ from nowhere
  ✓ who reads (6 combinations)

11 passed in 9 ms
${stdout.split('\n').at(-2)}
`);
  });

  test('that fails says what was expected, what came out, and what would have to differ', async () => {
    edit('shop.lattice-test.yaml', 'expect: { deny: service, reason: implicitDeny }', 'expect: allow');
    edit('shop.lattice-test.yaml', 'name: reads, request: {}, expect: allow', 'name: reads, request: {}, expect: deny');
    const { code, stdout } = await run();
    expect(code).toBe(1);
    expect(stdout).toMatch(
      /✗ writes shop\.lattice-test\.yaml:5:5\n {6}expected {3}allow\n {6}actual {5}deny by service \(implicitDeny\)\n {6}near miss {2}statement `ReadFromA` of orders\.json:4:5: .*RequestMethod.*`POST`.*`GET`/,
    );
    expect(stdout).toMatch(
      /✗ reads .*\n {6}expected {3}deny\n {6}actual {5}allow\n {6}allowed by serviceNetwork: statement `Signed` of network\.json:3:16\n {17}service: statement `ReadFromA`/,
    );
    expect(stdout).toContain('2 failed, 9 passed in ');
  });

  test('in a matrix shows the combination', async () => {
    edit('shop.lattice-test.yaml', '{ principal: web, is: allow }', '{ principal: web, is: deny }');
    const { code, stdout } = await run();
    expect(code).toBe(1);
    expect(stdout).toMatch(/ {2}✗ who reads \(6 combinations\)\n {4}✗ web from vpc-a shop\.lattice-test\.yaml:16:9\n/);
  });

  test('can be narrowed', async () => {
    const { stdout } = await run('--filter', '/> who reads > .*vpc-b$/');
    expect(stdout).toContain('3 passed, 8 left out');
    expect(await run('-f', 'nothing like it')).toMatchObject({
      code: 2,
      stdout: '',
      stderr:
        'lattice-auth: error: no case fits `nothing like it`; names are `file > matrix > case` [ERR_CLI_NOTHING]\n',
    });
  });

  test('shows who may call what', async () => {
    const { stdout } = await run('--table', '-f', 'reads');
    expect(stdout.slice(stdout.indexOf('who may call'))).toBe(`who may call what, from where
                           orders
             from          GET /
  web        vpc-a         ✓
             vpc-b         ✗ service
  bare       vpc-a         ✗ identity
             vpc-b         ✗ service
  anonymous  vpc-a, vpc-b  ✗ serviceNetwork
  ✓ allowed   ✗ denied, by whose policy   – no network leads there
`);
  });

  test('splits the table where the terminal ends', async () => {
    const eks = join(ROOT, 'examples', 'eks-datastore');
    const narrow = await runCli(['test', eks, '--table'], { tty: true, columns: 70, env: { NO_COLOR: '1' } });
    const wide = await runCli(['test', eks, '--table'], { tty: true, columns: 200, env: { NO_COLOR: '1' } });
    const tables = (text: string) => text.slice(text.indexOf('who may call')).split('\n');
    expect(Math.max(...tables(narrow.stdout).map((line) => line.length))).toBeLessThanOrEqual(71);
    expect(tables(narrow.stdout).length).toBeGreaterThan(tables(wide.stdout).length);
  });

  test.each(['json', 'junit', 'tap'])('reports as %s', async (reporter) => {
    const { code, stdout, stderr } = await run('--reporter', reporter, '--table');
    expect(code).toBe(0);
    expect(stderr).toContain('who may call what');
    if (reporter === 'json')
      expect(JSON.parse(stdout)).toMatchObject({ passed: 11, failed: 0, files: [{ stack: 'stack.yaml' }] });
    if (reporter === 'junit')
      expect(stdout).toMatch(/^<\?xml(?:.|\n)*<testsuites name="lattice-auth" tests="11" failures="0"/);
    if (reporter === 'tap')
      expect(stdout).toContain('\nok 11 - shop.lattice-test.yaml > who reads > anonymous from vpc-b\n');
  });

  test('has colours on a terminal only', async () => {
    const coloured = await runCli(['test'], { cwd: shop, tty: true });
    expect(coloured.stdout).toContain('\u001b[32m✓\u001b[39m');
    for (const options of [{ env: { NO_COLOR: '1' }, tty: true }, { tty: false }]) {
      expect((await runCli(['test'], { cwd: shop, ...options })).stdout).not.toContain('\u001b');
    }
    expect((await runCli(['test', '--no-color'], { cwd: shop, tty: true })).stdout).not.toContain('\u001b');
    expect((await runCli(['test'], { cwd: shop, env: { FORCE_COLOR: '1' } })).stdout).toContain('\u001b[32m');
  });
});

describe('bad input ends with 2 and a place', () => {
  test.each([
    [
      'stack: ./stack.yaml',
      'stack: ./stak.yaml',
      /^shop\.lattice-test\.yaml:1:8: error: there is no file `stak\.yaml`; did you mean `stack\.yaml`\? \[ERR_CLI_FILE\]\n$/,
    ],
    [
      'from: web, to',
      'from: wbe, to',
      /^shop\.lattice-test\.yaml:4:5: error: no principal is named `wbe`; did you mean `web`\? \[ERR_STACK_REFERENCE\]\n/,
    ],
    [
      'from: web, to: orders',
      'to: orders',
      /^shop\.lattice-test\.yaml:4:5: error: the request lacks `from`; give it in the request or in `defaults` \[ERR_CLI_CASE_FILE\]\n/,
    ],
    ['vpcs: [vpc-a, vpc-b]', 'vpcs: [vpc-a, vpc-c]', /error: `vpc-b` is not one of the matrix's `vpcs`/],
  ])('%s → %s', async (from, to, message) => {
    edit('shop.lattice-test.yaml', from, to);
    const { code, stdout, stderr } = await run();
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(message);
  });

  test('in a policy, and in the stack', async () => {
    edit('orders.json', '"Deny"', '"Dney"');
    expect((await run()).stderr).toMatch(/^orders\.json:19:17: error: .*`Dney`.* \[ERR_STACK_POLICY\]\n$/);
    edit('stack.yaml', 'serviceNetworks:', 'serviceNetwork:');
    expect((await run()).stderr).toMatch(/^stack\.yaml:11:1: error: .*did you mean `serviceNetworks`\?/m);
  });

  test('no file, no case, a file that is not there', async () => {
    writeFileSync(join(shop, 'empty.lattice-test.yaml'), 'stack: ./stack.yaml\ncases: []\n');
    expect(await run('empty.lattice-test.yaml')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('there are no cases in `empty.lattice-test.yaml`'),
    });
    expect(await run('shop.lattice-test.yml')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('did you mean `shop.lattice-test.yaml`?'),
    });
    rmSync(join(shop, 'empty.lattice-test.yaml'));
    rmSync(join(shop, 'shop.lattice-test.yaml'));
    expect(await run()).toMatchObject({ code: 2, stderr: expect.stringContaining('no case file below this folder') });
  });

  test('two bad files are both reported', async () => {
    writeFileSync(join(shop, 'a.lattice-test.yaml'), 'stak: 1\n');
    writeFileSync(join(shop, 'b.lattice-test.yaml'), '[\n');
    const { stderr } = await run();
    expect(stderr).toMatch(/^a\.lattice-test\.yaml:/m);
    expect(stderr).toMatch(/^b\.lattice-test\.yaml:/m);
  });
});

test('--schema is a schema that the case files follow', async () => {
  const { code, stdout } = await run('--schema');
  expect(code).toBe(0);
  const schema = JSON.parse(stdout);
  const validate = new Ajv({ strictTypes: false, formats: { 'date-time': true } }).compile(schema);
  expect(validate({ stack: 'a', cases: [{ name: 'n', request: {}, expect: 'unreachable' }] })).toBe(true);
  expect(validate({ stack: 'a', cases: [{ name: 'n', request: {}, expect: 'maybe' }] })).toBe(false);
});

test('every example passes', async () => {
  const { code, stdout, stderr } = await runCli(['test', '--reporter', 'json'], { cwd: join(ROOT, 'examples') });
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  const { files } = JSON.parse(stdout) as { files: { file: string; cases: unknown[] }[] };
  expect(files.length).toBeGreaterThanOrEqual(10);
  expect(files.find(({ file }) => file.startsWith('eks-datastore'))?.cases.length).toBeGreaterThanOrEqual(25);
});

describe('--watch', () => {
  test('runs again when a case, a stack or a policy changes, and survives mistakes', async () => {
    const child = spawn(process.execPath, [MAIN, 'test', '--watch'], { cwd: shop, env: { PATH: process.env.PATH } });
    let output = '';
    const listen = (chunk: Buffer) => {
      output += chunk.toString();
    };
    child.stdout.on('data', listen);
    child.stderr.on('data', listen);
    const seen = (pattern: RegExp) => expect.poll(() => output, { timeout: 10_000, interval: 20 }).toMatch(pattern);
    const change = async (file: string, from: string, to: string, pattern: RegExp) => {
      output = '';
      edit(file, from, to);
      await seen(pattern);
    };
    try {
      await seen(/11 passed/);
      await change('orders.json', '"GET"', '"PUT"', /orders\.json changed\n(?:.|\n)*4 failed, 7 passed/);
      await change('orders.json', '"PUT"', '"PUT', /orders\.json:\d+:\d+: error: /);
      await change('orders.json', '"PUT', '"GET"', /11 passed/);
      await change('shop.lattice-test.yaml', 'name: reads,', 'name: reads all,', /✓ reads all\n/);
      await change('stack.yaml', 'authPolicy: ./network.json', 'authPolicy: ./netwrk.json', /no file `.*netwrk\.json`/);
      await change('stack.yaml', './netwrk.json', './network.json', /11 passed/);
      output = '';
      cpSync(join(shop, 'shop.lattice-test.yaml'), join(shop, 'new.lattice-test.yaml'));
      await seen(/22 passed/);
    } finally {
      child.kill();
      await new Promise((resolve) => child.on('close', resolve));
    }
  });
});
