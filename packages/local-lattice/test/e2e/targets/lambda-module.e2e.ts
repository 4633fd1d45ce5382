// Functions in modules, called as Lambda's Node runtime calls them.
import { utimesSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { LAMBDA_REQUEST_BYTES_MAX } from '../../../src/targets/lambda-limits.js';
import { lambdaModuleTarget } from '../../../src/targets/lambda-module-target.js';
import { ask, TargetFolder, targetRequest } from '../../support/targets/targets.js';

let folder: TargetFolder;
beforeEach(() => {
  folder = new TargetFolder();
});
afterEach(() => folder.close());

const REGISTERED = 'arn:aws:lambda:eu-west-1:111122223333:function:orders-v1';

function target(
  text: string,
  { name = 'fn.mjs', exportName = 'handler', group = '{ type: LAMBDA }', timeoutMs = 2_000 } = {},
) {
  folder.write(name, text);
  return folder.keep(lambdaModuleTarget(folder.parts({ kind: 'lambda', module: name, exportName }, group), timeoutMs));
}

test('an async handler gets the event of its group and a context', async () => {
  const fn = target(
    `export async function main(event, context) {
      return { statusCode: 200, headers: { 'x-a': '1' }, body: JSON.stringify({ event, context, left: context.getRemainingTimeInMillis() }) };
    }`,
    { exportName: 'main', group: `{ type: LAMBDA, lambdaEventVersion: V2, targets: [{ id: "${REGISTERED}" }] }` },
  );
  expect(fn.address).toBe('fn.mjs#main');
  const { status, text } = await ask(fn, targetRequest({ target: '/a?b=c', body: 'hello' }));
  expect(status).toBe(200);
  const { event, context, left } = JSON.parse(text);
  expect(event).toMatchObject({
    version: '2.0',
    path: '/a?b=c',
    method: 'POST',
    body: 'hello',
    isBase64Encoded: false,
  });
  expect(context).toMatchObject({
    functionName: 'orders-v1',
    functionVersion: '$LATEST',
    invokedFunctionArn: REGISTERED,
    memoryLimitInMB: '128',
    awsRequestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    logGroupName: '/aws/lambda/orders-v1',
  });
  expect(left).toBeGreaterThan(1_000);
  expect(left).toBeLessThanOrEqual(2_000);
});

test.each([
  ['a value', 'export const handler = (event) => ({ statusCode: 200, body: event.raw_path });'],
  [
    'a callback',
    'export const handler = (event, context, callback) => { setTimeout(() => callback(null, { statusCode: 200, body: event.raw_path })); };',
  ],
  [
    'context.succeed',
    'export const handler = (event, context) => { context.succeed({ statusCode: 200, body: event.raw_path }); };',
  ],
])('answers with %s', async (_, text) => {
  expect(await ask(target(text), targetRequest({ target: '/x' }))).toEqual({ status: 200, text: '/x' });
});

test('CommonJS and TypeScript', async () => {
  const common = target("exports.handler = async () => ({ statusCode: 200, body: 'cjs' });", { name: 'fn.cjs' });
  expect(await ask(common)).toEqual({ status: 200, text: 'cjs' });
});

test('a changed module is loaded anew', async () => {
  for (const name of ['fn.mjs', 'fn.cjs']) {
    const text = (version: number) => {
      const handler = `async () => ({ statusCode: 200, body: 'v${version}' })`;
      return name === 'fn.cjs' ? `exports.handler = ${handler};` : `export const handler = ${handler};`;
    };
    const fn = target(text(1), { name });
    expect((await ask(fn)).text).toBe('v1');
    folder.write(name, text(2));
    utimesSync(join(folder.path, name), new Date(), new Date(Date.now() + 5_000));
    expect((await ask(fn)).text).toBe('v2');
  }
});

test.each([
  [
    'throws',
    "export const handler = () => { throw new RangeError('no\\nmore'); };",
    /^the function failed: RangeError: no more$/,
  ],
  ['rejects', "export const handler = async () => { throw 'no'; };", /^the function failed: no$/],
  [
    'fails by callback',
    "export const handler = (e, c, callback) => { callback(new Error('no')); };",
    /failed: Error: no/,
  ],
  ['answers a cycle', 'export const handler = async () => { const a = {}; a.a = a; return a; };', /failed: TypeError/],
  ['answers nothing', 'export const handler = async () => undefined;', /nothing, not an object/],
  ['is not there', 'export const other = 1;', /exports no function of that name/],
  ['does not load', 'export const handler = ;', /can not be loaded/],
  ['breaks as it loads', "throw new Error('broken');", /can not be loaded: broken/],
])('a function that %s is a bad answer', async (_, text, message) => {
  const fn = target(text);
  await expect(fn.send(targetRequest())).rejects.toMatchObject({ failure: 'badAnswer', message });
});

test('what does not load is logged once, at once', async () => {
  const fn = target('export const other = 1;');
  for (let i = 0; i < 3; i += 1) await expect(fn.send(targetRequest())).rejects.toThrow();
  expect(folder.lines).toEqual(['the module of `fn.mjs#handler` exports no function of that name']);
});

test('out of time', async () => {
  const fn = target('export const handler = () => new Promise(() => {});', { timeoutMs: 30 });
  await expect(fn.send(targetRequest())).rejects.toMatchObject({ failure: 'timeout' });
});

test('a caller who goes away waits no longer, before or after the body', async () => {
  const fn = target('export const handler = () => new Promise(() => {});');
  for (const body of [undefined, new PassThrough()]) {
    const gone = new AbortController();
    const answer = fn.send(targetRequest({ signal: gone.signal, ...(body && { body }) }));
    setTimeout(() => gone.abort(), 20);
    await expect(answer).rejects.toMatchObject({ failure: 'cancelled' });
  }
  await expect(fn.send(targetRequest({ signal: AbortSignal.abort() }))).rejects.toMatchObject({ failure: 'cancelled' });
});

test('bodies up to 6 MB, and the connection stays when there is more', async () => {
  const fn = target('export const handler = async ({ body }) => ({ statusCode: 200, body: String(body.length) });');
  const most = 'x'.repeat(LAMBDA_REQUEST_BYTES_MAX);
  expect(await ask(fn, targetRequest({ body: most }))).toEqual({ status: 200, text: String(most.length) });
  const body = Readable.from([Buffer.from(most), Buffer.from('x'), Buffer.from('y')]);
  await expect(fn.send(targetRequest({ body }))).rejects.toMatchObject({ failure: 'tooLarge' });
  expect(body.destroyed).toBe(false);
});
