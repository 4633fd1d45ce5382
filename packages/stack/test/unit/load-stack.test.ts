// Stacks from files: what is read, what can't be, and the examples that come with the project.
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { lintStack, loadStack, StackError } from '../../src/index.js';
import { minimalStack } from '../support/minimal-stack.js';

const folder = mkdtempSync(join(tmpdir(), 'lattice-auth-stack-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const POLICY =
  '{ "Version": "2012-10-17", "Statement": { "Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*" } }';

function write(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

const withPolicy = (path: string) => minimalStack('', `    authType: AWS_IAM\n    authPolicy: ${path}\n`);

async function failure(path: string): Promise<StackError> {
  const error: unknown = await loadStack(path).catch((cause: unknown) => cause);
  if (error instanceof StackError) return error;
  throw new Error('it loaded', { cause: error });
}

test('a stack with a policy of its own and one from above', async () => {
  mkdirSync(join(folder, 'deploy/policies'), { recursive: true });
  write('deploy/policies/a.json', POLICY);
  write('above.json', POLICY);
  const path = write(
    'deploy/stack.yaml',
    withPolicy('policies/a.json').replace('[api]', '[api], authPolicy: ../above.json'),
  );
  const stack = await loadStack(path);
  expect(stack.files).toEqual([path, join(folder, 'above.json'), join(folder, 'deploy/policies/a.json')]);
  expect(stack.services.api?.authPolicy?.policy.statements).toHaveLength(1);
});

test('the folder of Kubernetes is full of links', async () => {
  mkdirSync(join(folder, '..data'), { recursive: true });
  write('..data/linked.json', POLICY);
  symlinkSync('..data/linked.json', join(folder, 'linked.json'));
  const stack = await loadStack(write('linked.yaml', withPolicy('linked.json')));
  expect(stack.services.api?.authPolicy?.policy.name).toBe('linked.json');
});

test('a stack file that is not there', async () => {
  const path = join(folder, 'none.yaml');
  const error = await failure(path);
  expect(error).toMatchObject({ code: 'ERR_STACK_READ', file: path, line: 0, files: [path] });
  expect(error.message).toBe(`${path}: there is no file \`${path.slice(0, 80)}${path.length > 80 ? '…' : ''}\``);
});

test.each([
  ['a folder', 'ERR_STACK_READ', 'is not a file', () => mkdirSync(join(folder, 'folder.json'))],
  ['not UTF-8', 'ERR_STACK_READ', 'is not UTF-8', () => write('binary.json', Uint8Array.of(0x7b, 0xff, 0x7d))],
  ['too long', 'ERR_STACK_LIMIT', 'is longer than', () => write('long.json', ' '.repeat(1_048_577))],
  ['below a file', 'ERR_STACK_READ', 'there is no file', () => write('file.json', '{}')],
] as const)('a policy file that is %s', async (name, code, message, make) => {
  make();
  const names = {
    'a folder': 'folder.json',
    'not UTF-8': 'binary.json',
    'too long': 'long.json',
    'below a file': 'file.json/a.json',
  };
  const error = await failure(write('bad.yaml', withPolicy(names[name])));
  expect(error.problems).toMatchObject([{ code, line: 9, column: 17, pointer: '/services/api/authPolicy' }]);
  expect(error.message).toContain(message);
  expect(error.files).toEqual([join(folder, 'bad.yaml'), join(folder, names[name])]);
});

test('a byte order mark is no part of the text', async () => {
  const stack = await loadStack(write('bom.yaml', `\ufeff${minimalStack()}`));
  expect(stack.services.api?.place).toMatchObject({ line: 6, column: 3 });
});

const examples = fileURLToPath(new URL('../../../../examples/', import.meta.url));
const stacks = readdirSync(examples, { recursive: true, encoding: 'utf8' }).filter((path) =>
  /(^|\/)stack\.(yaml|json)$/.test(path),
);

test.each(stacks)('examples/%s loads and has no error', async (path) => {
  const stack = await loadStack(join(examples, path));
  expect(lintStack(stack).filter(({ severity }) => severity === 'error')).toEqual([]);
});

test('there are examples', () => {
  expect(stacks.length).toBeGreaterThanOrEqual(13);
});
