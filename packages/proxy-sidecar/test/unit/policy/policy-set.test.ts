// Reading policies: what is wrong is said with its place, and the configuration's names must be found.
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { fingerprint, readPolicies } from '../../../src/policy/policy-set.js';
import { orderPolicy, PolicyFolder, SERVICE_ARN, STACK, WEB_ARN } from '../../support/policy-files.js';

const folders: PolicyFolder[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) folder.remove();
});

function folderWith(files: Record<string, string>): PolicyFolder {
  const folder = new PolicyFolder().write(files);
  folders.push(folder);
  return folder;
}

const good = { 'stack.yaml': STACK, 'orders.json': orderPolicy('GET') };
const wanted = (folder: PolicyFolder, more: object = {}, inbound: string[] = []) => ({
  files: { stack: folder.stack, inbound: inbound.map((file) => join(folder.path, file)), pollMs: 1_000, ...more },
});

async function problemsOf(...[folder, more, inbound]: Parameters<typeof wanted>): Promise<string[]> {
  const read = await readPolicies(wanted(folder, more, inbound));
  return read.kind === 'read' ? [] : read.problems.map((problem) => problem.replaceAll(`${folder.path}/`, ''));
}

test('all files are named, so that they can be followed', async () => {
  const folder = folderWith({ ...good, 'finer.json': orderPolicy('GET') });
  const read = await readPolicies(wanted(folder, { caller: 'web' }, ['finer.json']));
  expect(read.kind).toBe('read');
  expect(read.files.map((file) => file.replace(`${folder.path}/`, ''))).toEqual([
    'stack.yaml',
    'orders.json',
    'finer.json',
  ]);
});

test.each([
  ['a stack that is none', { ...good, 'stack.yaml': 'serviceNetworks: 1\n' }, 'stack.yaml:1:1: `services` is missing'],
  ['a policy of the stack', { ...good, 'orders.json': '{"Statement":[]' }, 'orders.json:1:16: '],
  ['no stack', {}, 'stack.yaml: '],
])('what is wrong in files: %s', async (_, files, problem) => {
  expect((await problemsOf(folderWith(files)))[0]).toContain(problem);
});

test.each([
  [{ caller: 'webb' }, 'stack.yaml: no principal is `webb`, as `policies.caller` says; did you mean `web`?'],
  [{ sourceVpc: 'frontt' }, 'stack.yaml: no VPC is `frontt`, as `policies.sourceVpc` says; did you mean `front`?'],
])('names of the configuration that the stack does not have: %j', async (more, problem) => {
  expect(await problemsOf(folderWith(good), more)).toEqual([problem]);
});

test('inbound.service must be in the stack', async () => {
  const read = await readPolicies({ ...wanted(folderWith(good)), service: 'ordres' });
  expect(read.kind === 'unusable' && read.problems[0]).toContain('no service is `ordres`');
  expect((await readPolicies({ ...wanted(folderWith(good)), service: SERVICE_ARN })).kind).toBe('read');
});

test('a caller may be named by ARN, or be nobody', async () => {
  expect(await problemsOf(folderWith(good), { caller: WEB_ARN })).toEqual([]);
  expect(await problemsOf(folderWith(good), { caller: 'anonymous' })).toEqual([]);
});

test('policies of one’s own: line and column, missing files, all at once', async () => {
  const folder = folderWith({ ...good, 'a.json': '{\n "Statement": { "Effect": "Alow" } }' });
  const problems = await problemsOf(folder, {}, ['a.json', 'b.json', '.']);
  expect(problems[0]).toMatch(/^a\.json:2:\d+: /);
  expect(problems[1]).toBe('b.json: cannot be read (ENOENT)');
  expect(problems[2]).toMatch(/: not a file$/);
});

test('a fingerprint changes with content, coming and going', async () => {
  const folder = folderWith({ a: '1' });
  const files = [join(folder.path, 'a'), join(folder.path, 'b')];
  const first = await fingerprint(files);
  expect(await fingerprint(files)).toBe(first);
  folder.write({ b: '' });
  const second = await fingerprint(files);
  expect(second).not.toBe(first);
  folder.write({ a: '2' });
  expect(await fingerprint(files)).not.toBe(second);
});
