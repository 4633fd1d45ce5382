// What `npm start` runs, as a newcomer sees it: the story with its processes, and the command behind `--`.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { root } from '../workspace.mjs';

function start(...args) {
  const env = { ...process.env, NO_COLOR: '1' };
  const options = { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] };
  const child = spawn(process.execPath, [join(root, 'tools', 'start.mjs'), ...args], options);
  const run = { child, output: '' };
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text) => {
      run.output += text;
    });
  }
  run.ended = once(child, 'close').then(([code]) => code);
  return run;
}

async function until(holds) {
  for (let i = 0; i < 1_000 && !holds(); i++) await sleep(20);
  expect(holds()).toBe(true);
}

const parentOf = (pid) => Number(/\) \S+ (\d+)/.exec(readFileSync(`/proc/${pid}/stat`, 'utf8'))?.[1]);

/** All processes below one, as far as they can be seen. */
function descendants(pid) {
  const parents = new Map();
  for (const name of readdirSync('/proc').filter((each) => /^\d+$/.test(each))) {
    try {
      parents.set(Number(name), parentOf(name));
    } catch {
      // It has ended meanwhile.
    }
  }
  const below = [pid];
  for (const found of below)
    below.push(...[...parents].filter(([, parent]) => parent === found).map(([child]) => child));
  return below.slice(1);
}

const isAlive = (pid) => existsSync(`/proc/${pid}`) && !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));

describe('npm start', () => {
  test('tells who got in and why not, and ends when it was asked to', async () => {
    const run = start('--once');
    expect(await run.ended).toBe(0);
    const { output } = run;
    const line = (text) => output.split('\n').find((each) => each.includes(text));
    expect(line('GET /popular   200')).toMatch(/✓ frontend +sidecar signs +vpc-a .* datastore v1/);
    expect(line('POST /popular')).toMatch(/403 +Lattice allows; the datastore’s sidecar takes reads only/);
    expect(line('vpc-b  GET')).toMatch(/✗ aws-sigv4-client .* 403 +service: no Allow matches/);
    expect(line('client-without-policy')).toContain('identity policies: no Allow matches');
    expect(line('wrong secret')).toContain('signature: ');
    expect(line('nobody')).toContain('service network: no Allow matches');
    expect(output).toContain('✗ StringEquals vpc-lattice-svcs:SourceVpc');
    expect(line('GET /summary, 40 times')).toContain('v1 answered 20, v2 answered 20');
    expect(output.trimEnd()).toMatch(/\nEnded\.$/);
  });

  test.runIf(existsSync('/proc/self/stat'))('stays until an interrupt, which ends all of it, with 0', async () => {
    const run = start();
    await until(() => run.output.includes('Ctrl-C'));
    const [page] = /http:\/\/127\.0\.0\.1:\d+\/(?=\s)/.exec(run.output) ?? [];
    expect((await fetch(page)).status).toBe(200);
    const programs = descendants(run.child.pid);
    expect(programs.length).toBeGreaterThanOrEqual(7);
    run.child.kill('SIGINT');
    expect(await run.ended).toBe(0);
    await until(() => !programs.some(isAlive));
  });

  test('other arguments are the command’s, and so is the exit code', async () => {
    const run = start('test', 'examples/open-to-all');
    expect(await run.ended).toBe(0);
    expect(run.output).toMatch(/\d+ passed/);
    const unknown = start('nonsense');
    expect(await unknown.ended).toBe(2);
  });
});
