// Which program of the image an argument names.
import { expect, test } from 'vitest';
import { runContainer } from '../../../src/container/run-container.js';

async function run(...argv: string[]) {
  let [stdout, stderr] = ['', ''];
  const code = await runContainer({
    argv,
    env: {},
    command: 'lattice-auth',
    stdout: (text) => {
      stdout += text;
    },
    stderr: (text) => {
      stderr += text;
    },
  });
  return { code, stdout, stderr };
}

const SIDECAR = 'Signs what an app sends';
const INJECTOR = 'Adds the sidecar to Pods';

test.each([
  [['--help'], SIDECAR],
  [['-h'], SIDECAR],
  [['proxy', '--help'], SIDECAR],
  [['injector', '--help'], INJECTOR],
])('%j', async (argv, text) => {
  const { code, stdout, stderr } = await run(...argv);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toContain(text);
});

test('anything else is no program, and is said to be none', async () => {
  expect(await run('sh', '-c', 'id')).toEqual({
    code: 64,
    stdout: '',
    stderr: '`sh` is not a program of this image: `proxy` or `injector` (ERR_SIDECAR_CONFIG)\n',
  });
});

test('what a program refuses, it refuses here', async () => {
  expect(await run('proxy', '--colour')).toMatchObject({ code: 64, stdout: '' });
  expect(await run('injector', '--listen', 'nowhere')).toMatchObject({ code: 64, stdout: '' });
});
