// Functions in processes of their own: a runtime in Node and one in Python, written against Lambda's Runtime API alone.
import { request as httpRequest } from 'node:http';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { lambdaRuntimeTarget } from '../../../src/targets/lambda-runtime-target.js';
import { ask, isAlive, TargetFolder, targetRequest } from '../../support/targets/targets.js';

let folder: TargetFolder;
beforeEach(() => {
  folder = new TargetFolder();
});
afterEach(() => folder.close());

const NODE_RUNTIME = `
const api = 'http://' + process.env.AWS_LAMBDA_RUNTIME_API + '/2018-06-01/runtime';
console.log('pid', process.pid, 'api', process.env.AWS_LAMBDA_RUNTIME_API);
let running = 0;
for (;;) {
  const next = await fetch(api + '/invocation/next');
  const id = next.headers.get('lambda-runtime-aws-request-id');
  const event = await next.json();
  const path = event.raw_path;
  const post = (kind, value) => fetch(api + '/invocation/' + id + '/' + kind, { method: 'POST', body: JSON.stringify(value) });
  if (path === '/crash') process.exit(3);
  if (path === '/hang') { await new Promise((wake) => setTimeout(wake, 60_000)); }
  if (path === '/fail') { await post('error', { errorType: 'KeyError', errorMessage: 'id', trace: [] }); continue; }
  if (path === '/huge') { await post('response', { statusCode: 200, body: 'x'.repeat(7_000_000) }); continue; }
  running += 1;
  const headers = Object.fromEntries([...next.headers].filter(([name]) => name.startsWith('lambda-')));
  await new Promise((wake) => setTimeout(wake, 5));
  await post('response', { statusCode: 200, body: JSON.stringify({ event, headers, running, env: process.env.AWS_LAMBDA_FUNCTION_NAME }) });
  running -= 1;
}
`;

const PYTHON_RUNTIME = `
import http.client, json, os
api = http.client.HTTPConnection(os.environ["AWS_LAMBDA_RUNTIME_API"])
base = "/2018-06-01/runtime/invocation/"
while True:
    api.request("GET", base + "next")
    answer = api.getresponse()
    event = json.load(answer)
    body = {"statusCode": 200, "headers": {"x-runtime": "python"}, "body": event["path"] + " " + os.environ["GREETING"]}
    api.request("POST", base + answer.headers["Lambda-Runtime-Aws-Request-Id"] + "/response", json.dumps(body))
    api.getresponse().read()
`;

function nodeTarget(timeoutMs = 5_000) {
  folder.write('runtime.mjs', NODE_RUNTIME);
  const local = { kind: 'lambdaRuntime', command: [process.execPath, 'runtime.mjs'], cwd: undefined, env: {} } as const;
  return folder.keep(lambdaRuntimeTarget(folder.parts(local, '{ type: LAMBDA }'), timeoutMs));
}

const at = (target: string) => targetRequest({ target });
const logged = (pattern: RegExp) =>
  vi.waitFor(() => {
    const found = folder.lines.map((line) => pattern.exec(line)).filter((match) => match !== null);
    expect(found).not.toEqual([]);
    return found;
  }, 5_000);

test('Node: an event with its headers, its answer', async () => {
  const answer = await ask(nodeTarget(), at('/a?b=c'));
  const { event, headers, env } = JSON.parse(answer.text);
  expect(event).toMatchObject({ raw_path: '/a?b=c', method: 'GET', query_string_parameters: { b: 'c' } });
  expect(env).toBe('orders');
  expect(headers['lambda-runtime-aws-request-id']).toMatch(/^[0-9a-f-]{36}$/);
  expect(headers['lambda-runtime-invoked-function-arn']).toMatch(/^arn:aws:lambda:.*:function:orders$/);
  expect(headers['lambda-runtime-trace-id']).toMatch(/^Root=1-[0-9a-f]{8}-[0-9a-f]{24};/);
  expect(Number(headers['lambda-runtime-deadline-ms']) - Date.now()).toBeGreaterThan(3_000);
});

test('Python', async () => {
  folder.write('runtime.py', PYTHON_RUNTIME);
  const local = {
    kind: 'lambdaRuntime',
    command: ['python3', 'runtime.py'],
    cwd: undefined,
    env: { GREETING: 'hello' },
  } as const;
  const group = '{ type: LAMBDA, lambdaEventVersion: V2 }';
  const target = folder.keep(lambdaRuntimeTarget(folder.parts(local, group)));
  expect(await ask(target, at('/py'))).toEqual({ status: 200, text: '/py hello' });
  expect(await ask(target, at('/again'))).toEqual({ status: 200, text: '/again hello' });
});

test('one event at a time, all of them answered', async () => {
  const target = nodeTarget();
  const answers = await Promise.all(Array.from({ length: 20 }, (_, i) => ask(target, at(`/${i}`))));
  const bodies = answers.map(({ text }) => JSON.parse(text));
  expect(bodies.map(({ event }) => event.raw_path)).toEqual(Array.from({ length: 20 }, (_, i) => `/${i}`));
  expect(new Set(bodies.map(({ running }) => running))).toEqual(new Set([1]));
});

test('errors, and answers that are too large', async () => {
  const target = nodeTarget();
  await expect(target.send(at('/fail'))).rejects.toMatchObject({
    failure: 'badAnswer',
    message: 'the function failed: KeyError: id',
  });
  await expect(target.send(at('/huge'))).rejects.toMatchObject({ failure: 'badAnswer', message: /larger than/ });
  expect((await ask(target, at('/ok'))).status).toBe(200);
});

test('a crash fails what it was given, and the next process goes on', async () => {
  const target = nodeTarget();
  await expect(target.send(at('/crash'))).rejects.toMatchObject({
    failure: 'badAnswer',
    message: "the function's process ended with 3",
  });
  expect((await ask(target, at('/ok'))).status).toBe(200);
  expect(folder.lines).toContain('[orders] ended with 3; started again in 100 ms');
});

test('a function out of time is stopped, and the next process goes on', async () => {
  const target = nodeTarget(2_500);
  await ask(target, at('/ready'));
  const [, first] = (await logged(/pid (\d+)/))[0] ?? [];
  await expect(target.send(at('/hang'))).rejects.toMatchObject({ failure: 'timeout' });
  await vi.waitFor(() => expect(isAlive(Number(first))).toBe(false));
  expect((await ask(target, at('/ok'))).status).toBe(200);
});

test('a function that hangs is stopped in time when its caller has gone, too', async () => {
  const target = nodeTarget(2_500);
  await ask(target, at('/ready'));
  const gone = new AbortController();
  const answer = target.send(targetRequest({ target: '/hang', signal: gone.signal }));
  setTimeout(() => gone.abort(), 50);
  await expect(answer).rejects.toMatchObject({ failure: 'cancelled' });
  await vi.waitFor(() => expect(folder.lines).toContain('[orders] ended by SIGKILL; started again in 100 ms'), 5_000);
  expect((await ask(target, at('/ok'))).status).toBe(200);
});

test('a process that never asks fails the requests that wait', async () => {
  const local = {
    kind: 'lambdaRuntime',
    command: [process.execPath, '-e', 'process.exit(1)'],
    cwd: undefined,
    env: {},
  } as const;
  const target = folder.keep(lambdaRuntimeTarget(folder.parts(local, '{ type: LAMBDA }')));
  await expect(target.send(at('/'))).rejects.toMatchObject({ failure: 'badAnswer', message: /ended with 1/ });
});

test('nothing is left after close', async () => {
  const target = nodeTarget();
  await ask(target, at('/ok'));
  const [, pid] = (await logged(/pid (\d+)/))[0] ?? [];
  expect(isAlive(Number(pid))).toBe(true);
  await target.close();
  expect(isAlive(Number(pid))).toBe(false);
});

test('pages and strangers get nothing from the Runtime API', async () => {
  const target = nodeTarget();
  await ask(target, at('/ok'));
  const [, api = ''] = (await logged(/api (\S+)/))[0] ?? [];
  const status = (path: string, method: string, headers: Record<string, string> = {}) =>
    new Promise((resolve, reject) => {
      const request = httpRequest(`http://${api}${path}`, { method, headers }, (response) => {
        response.resume();
        resolve(response.statusCode);
      });
      request.on('error', reject).end();
    });
  const next = '/2018-06-01/runtime/invocation/next';
  expect(await status(next, 'GET', { 'sec-fetch-site': 'cross-site' })).toBe(403);
  expect(await status(next, 'GET', { origin: 'https://example.com' })).toBe(403);
  expect(await status('/2018-06-01/runtime/invocation/00000000-0000-4000-8000-000000000000/response', 'POST')).toBe(
    400,
  );
  expect(await status('/', 'GET')).toBe(404);
});
