// What files that can't be used once led to: a tick for no file at all, a link that was its own suggestion, line 0.
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runCli } from '../../support/run-cli.js';

const POLICY = '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:GetObject","Resource":"*"}}';
let cwd = '';

beforeAll(() => {
  cwd = mkdtempSync(join(tmpdir(), 'odd-files-'));
  symlinkSync('nowhere', join(cwd, 'dangling.json'));
  writeFileSync(join(cwd, 'policy.json'), POLICY);
});

afterAll(() => rmSync(cwd, { recursive: true }));

const run = (...argv: string[]) => runCli(argv, { cwd });

describe('lint', () => {
  test.each(['missing.json', 'dangling.json', '.'])('says nothing good of no file: %s', async (file) => {
    const { code, stdout } = await run('lint', file);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  });

  test('counts the files that it read, each once', async () => {
    const { stdout } = await run('lint', 'policy.json', 'policy.json', 'missing.json');
    expect(stdout).toBe('✓ no findings in 1 file\n');
  });

  test('what is wrong with a file as a whole stands on no line', async () => {
    expect((await run('lint', '/dev/null')).stdout).toMatch(/^\/dev\/null: error: /);
    const log = JSON.parse((await run('lint', '/dev/null', '--format', 'sarif')).stdout);
    expect(log.runs[0].results[0].locations[0].physicalLocation).toEqual({
      artifactLocation: { uri: 'file:///dev/null' },
    });
  });
});

test('a link that leads nowhere is not its own suggestion', async () => {
  expect((await run('lint', 'dangling.json')).stderr).not.toContain('did you mean');
});
