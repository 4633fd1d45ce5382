// What a file is, what an error means, what a terminal shows.
import { describe, expect, test } from 'vitest';
import { kindOfFile } from '../../src/commands/kind-of-file.js';
import { CliError } from '../../src/errors.js';
import { problemsOf } from '../../src/foreign-errors.js';
import { processIo } from '../../src/index.js';
import { columns, displayWidth } from '../../src/table.js';

describe('the kind of a file', () => {
  const kind = (text: string, name = 'f.json') => kindOfFile({ name, path: `/${name}`, text }, undefined);
  const policy = (...statements: object[]) => JSON.stringify({ Version: '2012-10-17', Statement: statements });

  test.each([
    [policy({ Effect: 'Allow', Action: 'vpc-lattice-svcs:Invoke', Resource: '*' }), 'identity'],
    [policy({ Effect: 'Allow', Principal: '*', Action: 'vpc-lattice-svcs:Invoke' }), 'auth'],
    [policy({ Effect: 'Allow', Principal: '*', Action: ['s3:GetObject', 'vpc-lattice:Invoke'] }), 'auth'],
    [policy({ Effect: 'Allow', NotPrincipal: '*', NotAction: '*' }), 'auth'],
    [policy({ Effect: 'Allow', Principal: '*', Action: 's3:GetObject' }), 'resource'],
    [policy({ Effect: 'Allow', Principal: '*' }), 'auth'],
    ['{"Statement": {"Principal": "*", "Action": "*"}}', 'auth'],
    ['{"Statement": 3}', 'identity'],
    ['{"services": {}}', 'stack'],
    ['{"Statement": [', 'auth'],
    ['[]', 'auth'],
    ['', 'stack'],
    ['services: {}', 'stack'],
  ])('%s', (text, expected) => {
    expect(kind(text)).toBe(expected);
  });

  test('of a policy is what the user says', () => {
    expect(kindOfFile({ name: 'a', path: '/a', text: policy({}) }, 'scp')).toBe('scp');
    expect(kindOfFile({ name: 'a.yaml', path: '/a.yaml', text: 'services: {}' }, 'scp')).toBe('stack');
  });
});

describe('errors', () => {
  const io = processIo();

  test('of this program are told as defects, without a stack', () => {
    const { problems, exitCode } = problemsOf(new TypeError('x is\nundefined'), io);
    expect(exitCode).toBe(70);
    expect(new CliError(problems).message).toBe(
      'lattice-auth: error: TypeError: x is undefined; this is a defect of lattice-auth; LATTICE_AUTH_DEBUG=1 shows where [ERR_CLI_INTERNAL]',
    );
    expect(problemsOf('text', io).problems[0]?.message).toBe('text');
  });

  test('of signing get a hint in the words of the options', () => {
    const error = Object.assign(new Error('`h` would be called over plain http: see `allowInsecureHttp`'), {
      code: 'ERR_SIGNING_INSECURE_HTTP',
    });
    expect(problemsOf(error, io)).toMatchObject({
      exitCode: 2,
      problems: [{ message: '`h` would be called over plain http', hint: expect.stringContaining('--allow-http') }],
    });
  });
});

describe('columns', () => {
  test('fit their widest cell, colours aside', () => {
    expect(
      columns([
        ['a', 'b', 'c'],
        ['long', '', 'd'],
        ['\u001b[31mx\u001b[39m', 'yy', ''],
      ]),
    ).toEqual(['a     b   c', 'long      d', '\u001b[31mx\u001b[39m     yy']);
    expect(columns([])).toEqual([]);
  });

  test.each([
    ['abc', 3],
    ['日本', 4],
    ['e\u0301', 1],
    ['✓', 1],
    ['🚀', 2],
  ])('%s takes %i', (text, width) => {
    expect(displayWidth(text)).toBe(width);
  });
});
