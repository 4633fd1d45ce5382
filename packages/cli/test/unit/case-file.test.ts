// Case files: the format, its mistakes with their places, matrices.
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable, Writable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type CaseFile, readCaseFile } from '../../src/commands/test/case-file.js';
import { caseFilter } from '../../src/commands/test/filter.js';
import { findCaseFiles } from '../../src/commands/test/find-files.js';
import type { Io } from '../../src/index.js';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'lattice-auth-cases-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const io = (): Io => ({
  stdin: Readable.from([]),
  stdout: new Writable(),
  stderr: new Writable(),
  env: {},
  cwd: folder,
});

async function read(text: string, name = 'a.lattice-test.yaml'): Promise<CaseFile> {
  writeFileSync(join(folder, name), text);
  return readCaseFile(io(), name);
}

const mistakes = (text: string) =>
  read(text).then(
    () => [],
    (error: Error) => error.message.split('\n'),
  );

describe('cases', () => {
  test('get the defaults; mappings are merged, values replaced', async () => {
    const { cases, stackPath } = await read(`
stack: ../stack.yaml
defaults: { to: datastore, method: GET, headers: { a: '1', b: '2' }, context: { k: v } }
cases:
  - name: one
    request: { from: role, method: POST, headers: { b: '3' } }
    expect: allow
  - name: two
    request: { from: anonymous }
    expect: { deny: service, reason: implicitDeny, statement: 0 }
`);
    expect(stackPath).toBe(join(folder, '..', 'stack.yaml'));
    expect(cases.map(({ request }) => request)).toEqual([
      { from: 'role', to: 'datastore', method: 'POST', headers: { a: '1', b: '3' }, context: { k: 'v' } },
      { from: 'anonymous', to: 'datastore', method: 'GET', headers: { a: '1', b: '2' }, context: { k: 'v' } },
    ]);
    expect(cases[1]?.expect).toEqual({ deny: 'service', reason: 'implicitDeny', statement: 0 });
    expect(cases[1]?.place).toEqual({ file: 'a.lattice-test.yaml', line: 8, column: 5 });
  });

  test('can be JSON', async () => {
    const text = JSON.stringify({ stack: 's.json', cases: [{ name: 'x', request: { from: 'a' }, expect: 'deny' }] });
    const file = await read(text, 'a.lattice-test.json');
    expect(file.cases).toHaveLength(1);
  });
});

describe('mistakes name their place, and the near field', () => {
  test.each([
    [
      'stak: s.yaml',
      [
        'a.lattice-test.yaml:1:1: error: the file lacks `stack` [ERR_CLI_CASE_FILE]',
        'a.lattice-test.yaml:1:1: error: unknown field `stak`; did you mean `stack`? [ERR_CLI_CASE_FILE]',
      ],
    ],
    ['', ['a.lattice-test.yaml:1:1: error: the file must be a mapping, not nothing [ERR_CLI_CASE_FILE]']],
    [
      'stack: s\ncases:\n  - { name: n, request: { form: a }, expect: allow }',
      ['a.lattice-test.yaml:3:27: error: unknown field `form`; did you mean `from`? [ERR_CLI_CASE_FILE]'],
    ],
    [
      'stack: s\ncases:\n  - { name: n, request: {}, expect: alow }',
      [
        'a.lattice-test.yaml:3:37: error: `expect` must be one of `allow`, `deny`, `unreachable`; did you mean `allow`? [ERR_CLI_CASE_FILE]',
      ],
    ],
    [
      'stack: s\ncases:\n  - { name: n, request: {}, expect: { deny: network } }',
      [
        'a.lattice-test.yaml:3:45: error: `deny` must be one of `serviceNetwork`, `service`, `identity`, `permissionsBoundary`, `session`, `scp` [ERR_CLI_CASE_FILE]',
      ],
    ],
    [
      'stack: s\ndefaults: { headers: { a: 1 } }',
      [
        'a.lattice-test.yaml:2:27: error: `a` must be text or a list, not a number; put it in quotes [ERR_CLI_CASE_FILE]',
      ],
    ],
    [
      'stack: s\ndefaults: { port: 0, path: x, time: noon }',
      [
        'a.lattice-test.yaml:2:19: error: `port` must be at least 1 [ERR_CLI_CASE_FILE]',
        'a.lattice-test.yaml:2:28: error: `path` must be a path that begins with `/` [ERR_CLI_CASE_FILE]',
        'a.lattice-test.yaml:2:37: error: `time` is not a time such as `2026-01-31T12:00:00Z` [ERR_CLI_CASE_FILE]',
      ],
    ],
    [
      'stack: s\ncases: {}',
      ['a.lattice-test.yaml:2:8: error: `cases` must be a list, not a mapping [ERR_CLI_CASE_FILE]'],
    ],
  ])('%s', async (text, expected) => {
    expect(await mistakes(text)).toEqual(expected);
  });

  test.each([
    ['stack: [', /^a\.lattice-test\.yaml:1:9: error: .* \[ERR_CLI_SYNTAX\]$/],
    ['stack: a\nstack: b', /^a\.lattice-test\.yaml:2:1: error: map keys must be unique \[ERR_CLI_SYNTAX\]$/],
    ['a: *x', /ERR_CLI_SYNTAX/],
    ['stack: !!js/function x', /ERR_CLI_SYNTAX/],
    [
      `a: &a [x, x, x, x, x, x, x, x, x]\n${'bcdefg'
        .split('')
        .map((k, i) => `${k}: &${k} [${Array(9).fill(`*${'abcdef'[i]}`).join(', ')}]`)
        .join('\n')}`,
      /ERR_CLI_SYNTAX/,
    ],
    ['"\\ud800": 1', /ERR_CLI_/],
    ['stack: s\n__proto__: 1', /unknown field `__proto__`/],
  ])('%j', async (text, expected) => {
    expect((await mistakes(text))[0]).toMatch(expected);
  });
});

describe('a matrix', () => {
  const matrix = (rows: string, axes = 'principals: [a, b], methods: [GET, POST], vpcs: [v1, v2]') =>
    `stack: s\ndefaults: { to: d }\nmatrix:\n  - { name: m, ${axes}, expect: [${rows}] }\n`;

  test('is every combination, with the first row that fits', async () => {
    const { cases } = await read(
      matrix('{ principal: a, vpc: [v1], is: allow }, { method: POST, is: { deny: service } }, { is: deny }'),
    );
    expect(cases.map(({ name, expect: is }) => [name, is])).toEqual([
      ['a GET from v1', 'allow'],
      ['a POST from v1', 'allow'],
      ['a GET from v2', 'deny'],
      ['a POST from v2', { deny: 'service' }],
      ['b GET from v1', 'deny'],
      ['b POST from v1', { deny: 'service' }],
      ['b GET from v2', 'deny'],
      ['b POST from v2', { deny: 'service' }],
    ]);
    expect(cases[0]?.request).toEqual({ from: 'a', to: 'd', vpc: 'v1', method: 'GET' });
    expect(cases.every((one) => one.matrix === 'm')).toBe(true);
  });

  test.each([
    [
      'a hole',
      '{ principal: a, is: allow }',
      /no row says what is expected of `b GET from v1` and 3 more; end with a row/,
    ],
    ['an idle row', '{ is: deny }, { principal: a, is: allow }', /this row decides nothing/],
    [
      'an unknown value',
      '{ vpc: v3, is: allow }, { is: deny }',
      /`v3` is not one of the matrix's `vpcs`; did you mean `v1`\?/,
    ],
  ])('with %s is a mistake', async (_, rows, message) => {
    expect((await mistakes(matrix(rows)))[0]).toMatch(message);
  });

  test('has a size', async () => {
    const many = Array.from({ length: 400 }, (_, i) => `x${i}`).join(', ');
    const text = matrix('{ is: deny }', `principals: [${many}], paths: [${many.replaceAll('x', '/x')}]`);
    expect((await mistakes(text))[0]).toMatch(/the matrix makes 160000 cases, more than 100000/);
  });
});

describe('finding files', () => {
  test('below folders, not in node_modules, in order; a named file as it is named', async () => {
    const { mkdirSync } = await import('node:fs');
    const root = mkdtempSync(join(folder, 'find-'));
    for (const dir of ['b', 'a', 'empty', 'node_modules/x', '.hidden']) mkdirSync(join(root, dir), { recursive: true });
    for (const name of [
      'b/1.lattice-test.yml',
      'a/2.lattice-test.json',
      'node_modules/x/3.lattice-test.yaml',
      '.hidden/4.lattice-test.yaml',
      'a/other.yaml',
    ]) {
      writeFileSync(join(root, name), '');
    }
    const here = { ...io(), cwd: root };
    expect(await findCaseFiles(here, [])).toEqual(['a/2.lattice-test.json', 'b/1.lattice-test.yml']);
    expect(await findCaseFiles(here, ['a/other.yaml', 'a', './a/other.yaml'])).toEqual([
      './a/other.yaml',
      'a/2.lattice-test.json',
    ]);
    await expect(findCaseFiles(here, ['a/othr.yaml'])).rejects.toThrow(
      'no file `a/othr.yaml`; did you mean `a/other.yaml`?',
    );
    await expect(findCaseFiles(here, ['b', 'empty'])).rejects.toThrow(/no case file below/);
    // A link is a case file even when it leads nowhere: the run must not pass over it.
    symlinkSync('nowhere', join(root, 'empty/5.lattice-test.yaml'));
    expect(await findCaseFiles(here, ['empty'])).toEqual(['empty/5.lattice-test.yaml']);
  });
});

describe('filters', () => {
  const named = (name: string, matrix?: string) =>
    ({ name, matrix, request: {}, expect: 'allow', place: { file: 'f' } }) as const;

  test('are text in any casing, or a pattern of linear time', async () => {
    expect((await caseFilter('READS'))('f', named('who reads'))).toBe(true);
    expect((await caseFilter('/^f > m > .* reads$/'))('f', named('who reads', 'm'))).toBe(true);
    expect((await caseFilter('/READS/'))('f', named('who reads'))).toBe(false);
    expect((await caseFilter('/READS/i'))('f', named('who reads'))).toBe(true);
    expect((await caseFilter(undefined))('f', named('any'))).toBe(true);
    const stars = await caseFilter('/(a*)*(a*)*(a*)*b$/');
    const started = performance.now();
    expect(stars('f', named('a'.repeat(5_000)))).toBe(false);
    expect(performance.now() - started).toBeLessThan(2_000);
  });

  test('that are none say why', async () => {
    await expect(caseFilter('/(/')).rejects.toThrow(/`\/\(\/` is not a pattern/);
    await expect(caseFilter('/(?=a)/')).rejects.toThrow(/is not a pattern/);
  });
});
