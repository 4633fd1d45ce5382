// The injector as a process: it starts with a certificate from files, takes up another one when they change, and stops on
// SIGTERM; with --patch it is a command, for workloads of every kind.
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, describe, expect, test, vi } from 'vitest';
import { parse } from 'yaml';
import { CERTIFICATE, KEY, OTHER_CERTIFICATE, OTHER_KEY } from '../support/certificate.js';
import { patched } from '../support/injector/apply-patch.js';
import { INJECT, podWith, reviewOf } from '../support/injector/pods.js';
import { problemsOf } from '../support/injector/strict-schema.js';
import { ask } from '../support/injector/webhook.js';

const MAIN = fileURLToPath(new URL('../../dist/injector/main.js', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'injector-'));
afterAll(() => rmSync(folder, { recursive: true }));

let child: ChildProcess | undefined;
afterEach(() => {
  child?.kill('SIGKILL');
});

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

interface Run {
  readonly process: ChildProcess;
  readonly output: () => string;
  readonly exit: Promise<number | null>;
}

function run(args: readonly string[], input = ''): Run {
  const started = spawn(process.execPath, [MAIN, ...args], { env: {} });
  child = started;
  let text = '';
  const take = (chunk: Buffer) => {
    text += chunk.toString();
  };
  started.stdout.on('data', take);
  started.stderr.on('data', take);
  started.stdin.on('error', () => undefined).end(input);
  return {
    process: started,
    output: () => text,
    exit: new Promise((resolve) => started.on('close', resolve)),
  };
}

const yaml = (object: unknown) => JSON.stringify(object);
const IMAGE = ['--image', 'registry.example.com/lattice-auth:1'];

test('it serves, takes up a new certificate, and stops when it is told', async () => {
  const [cert, key] = [file('tls.crt', CERTIFICATE), file('tls.key', KEY)];
  const config = file('injector.yaml', 'image: registry.example.com/lattice-auth:1\n');
  const tls = ['--tls-cert-file', cert, '--tls-key-file', key];
  const {
    process: injector,
    output,
    exit,
  } = run([...['-c', config, '--listen', '127.0.0.1:0', '--drain-linger-ms', '200'], ...tls]);
  const port = await vi.waitFor(() => Number(/"port":(\d+)/.exec(output())?.[1] ?? expect.fail('not yet')), 10_000);
  const body = JSON.stringify(reviewOf(podWith({ annotations: INJECT })));
  const { text } = await ask(port, 'POST', '/mutate', body);
  expect(JSON.parse(text)).toMatchObject({ response: { allowed: true, patchType: 'JSONPatch' } });
  file('tls.crt', OTHER_CERTIFICATE);
  file('tls.key', OTHER_KEY);
  const renewed = () => ask(port, 'GET', '/ready', '', {}, OTHER_CERTIFICATE);
  await vi.waitFor(async () => expect((await renewed()).status).toBe(200), { timeout: 15_000, interval: 200 });
  injector.kill('SIGTERM');
  expect(await exit).toBe(0);
  const lines = output()
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { message: string });
  expect(lines.map(({ message }) => message)).toEqual(
    expect.arrayContaining(['injecting', 'reviewed', 'stopping', 'stopped']),
  );
}, 40_000);

describe('what cannot be is said in one line', () => {
  test.each([
    [[], 64, /`image` is missing/],
    [[...IMAGE], 64, /a webhook needs --tls-cert-file/],
    [[...IMAGE, '--tls-cert-file', '/none', '--tls-key-file', '/none'], 69, /cannot read the certificate/],
    [[...IMAGE, '--certificate-secret', 'mesh/tls'], 64, /needs --certificate-host and --webhook/],
    [
      [...IMAGE, '--certificate-secret', 'mesh/tls', '--certificate-host', 'a.b.svc', '--webhook', 'a'],
      64,
      /this is no Pod/,
    ],
    [['--listen', 'nowhere'], 64, /must be `host:port` or `port`/],
    [['-c', '/none.yaml'], 64, /cannot read `\/none.yaml`/],
  ])('%j', async (args, code, line) => {
    const { exit, output } = run(args);
    expect([await exit, output()]).toEqual([code, expect.stringMatching(line)]);
    expect(output().trim().split('\n')).toHaveLength(1);
  });

  test.each([
    ['immage: x', /`immage` is not known/],
    ['native: perhaps', /`native` must be true or false/],
    ['resources: { cpuRequest: much }', /`resources` `cpuRequest` must be a quantity/],
    ['annotations: { lattice-auth.io/regoin: x }', /`annotations` `lattice-auth.io\/regoin` is not known/],
    ['annotations: { lattice-auth.io/inject: "yes" }', /`lattice-auth.io\/inject` must be `true` or `false`/],
    ['namespaces: { shop: { lattice-auth.io/mode: sideways } }', /`shop` `lattice-auth.io\/mode` must be/],
    ['{', /is neither YAML nor JSON/],
  ])('configuration: %s', async (text, line) => {
    const { exit, output } = run(['-c', file('bad.yaml', text)]);
    expect([await exit, output()]).toEqual([64, expect.stringMatching(line)]);
  });
});

describe('--patch', () => {
  const pod = podWith({ annotations: INJECT });
  const { metadata, spec } = pod;
  const deployment = {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web' },
    spec: { selector: { matchLabels: { a: 'b' } }, template: { metadata, spec } },
  };
  const cronJob = {
    apiVersion: 'batch/v1',
    kind: 'CronJob',
    metadata: { name: 'report' },
    spec: { schedule: '@daily', jobTemplate: { spec: { template: { metadata, spec } } } },
  };

  test.each([pod, deployment, cronJob].map((object) => [object.kind, object] as const))(
    'a %s',
    async (_kind, object) => {
      const { exit, output } = run([...IMAGE, '--patch', '-'], yaml(object));
      expect([await exit, output()]).toEqual([0, expect.stringContaining('lattice-auth-proxy')]);
      expect(problemsOf(parse(output()))).toEqual([]);
    },
  );

  test('the patch itself', async () => {
    const { exit, output } = run([...IMAGE, '--patch', file('pod.yaml', yaml(pod)), '--output', 'json-patch']);
    expect(await exit).toBe(0);
    const after = patched(pod, JSON.parse(output()));
    expect(after.spec.initContainers?.map(({ name }) => name)).toEqual(['lattice-auth-proxy']);
  });

  test('a List, as kubectl prints it', async () => {
    const list = { apiVersion: 'v1', kind: 'List', items: [deployment, { apiVersion: 'v1', kind: 'Service' }, pod] };
    const { exit, output } = run([...IMAGE, '--patch', '-'], yaml(list));
    expect(await exit).toBe(0);
    const [, after, service, last] = output().split(/^ {2}- apiVersion/m);
    expect([after, last]).toEqual(Array(2).fill(expect.stringContaining('name: lattice-auth-proxy')));
    expect(service).not.toContain('lattice-auth-proxy');
  });

  test('what an apiserver would not take: annotations that are no text', async () => {
    const wrong = { ...deployment, spec: { template: { metadata: { annotations: { a: true } }, spec } } };
    const { exit, output } = run([...IMAGE, '--patch', '-'], yaml(wrong));
    expect([await exit, output()]).toEqual([
      64,
      expect.stringContaining('annotation `a` is no text: put it in quotes'),
    ]);
    const broken = { ...deployment, spec: { template: { metadata, spec: { containers: [{}] } } } };
    const second = run([...IMAGE, '--patch', '-'], yaml(broken));
    expect([await second.exit, second.output()]).toEqual([
      64,
      expect.stringContaining('the Pod in `Deployment` `web` cannot be read'),
    ]);
  });

  test('what the webhook would refuse', async () => {
    const wrong = podWith({ annotations: { ...INJECT, 'lattice-auth.io/mode': 'sideways' } });
    const { exit, output } = run([...IMAGE, '--patch', '-'], yaml(wrong));
    expect([await exit, output()]).toEqual([64, expect.stringContaining('lattice-auth.io/mode must be')]);
  });
});
