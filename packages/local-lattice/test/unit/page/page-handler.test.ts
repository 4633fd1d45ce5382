// The page's API over a socket: what it serves, what it says of requests, and what it takes.
import { request } from 'node:http';
import { authorizerFor } from '@lattice-auth/stack';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { PageExplanation, PageRequest, PageTopology, TryQuestion } from '../../../src/page/browser/protocol.js';
import { pageHandler } from '../../../src/page/page-handler.js';
import { QuestionProblem } from '../../../src/page/read-question.js';
import { fakeView, seenRequest, serve } from '../../support/page/fake-view.js';

let view: ReturnType<typeof fakeView>;
let at: Awaited<ReturnType<typeof serve>>;
let asked: TryQuestion[];

beforeEach(async () => {
  view = fakeView();
  asked = [];
  at = await serve(
    pageHandler(view, async (question) => {
      asked.push(question);
      if (question.principal === 'nobody') throw new QuestionProblem('the stack has no principal `nobody`');
      if (question.principal === 'broken') throw new Error('secret detail');
      return { id: 'x', status: 200, headers: [], body: 'ok', cut: false, durationMs: 1 };
    }),
  );
});
afterEach(() => at.close());

const get = async <Kind>(path: string): Promise<Kind> => (await (await fetch(at.url + path)).json()) as Kind;
const post = (body: unknown, headers: Record<string, string> = { 'content-type': 'application/json' }) =>
  fetch(`${at.url}/api/try`, { method: 'POST', headers, body: typeof body === 'string' ? body : JSON.stringify(body) });

const question = { principal: 'web', service: 'orders', method: 'GET', path: '/orders/7' };

describe('files', () => {
  test('the document and the style are there, with the policy that nothing else may run', async () => {
    for (const path of ['/', '/page/page.css', '/page/icon.svg']) {
      const response = await fetch(at.url + path);
      expect(response.status).toBe(200);
      expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
      expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    }
  });

  test('the document has no script and no style of its own', async () => {
    const text = await (await fetch(at.url)).text();
    expect(text).not.toMatch(/<script(?![^>]*src=)|<style|\sstyle=|\son[a-z]+=/);
  });

  test('nothing is written to a file, and other paths are left to others', async () => {
    expect((await fetch(at.url, { method: 'POST' })).status).toBe(415);
    expect((await fetch(`${at.url}/page/../../package.json`)).status).toBe(404);
    expect(await (await fetch(`${at.url}/sts`)).text()).toBe('not taken');
    expect((await fetch(`${at.url}/api/other`)).status).toBe(404);
  });
});

test('the topology has what is drawn, and no command’s arguments', async () => {
  const topology = await get<PageTopology>('/api/topology');
  expect(topology.services).toMatchObject([
    {
      name: 'orders',
      authType: 'NONE',
      listeners: [
        {
          protocol: 'HTTP',
          port: 80,
          rules: [
            {
              match: 'GET /orders*',
              forwards: [
                { targetGroup: 'v1', weight: 3, share: 0.75 },
                { targetGroup: 'v2', share: 0.25 },
              ],
            },
            { match: 'otherwise', status: 404 },
          ],
        },
      ],
    },
  ]);
  expect(topology.serviceNetworks).toMatchObject([{ name: 'shop', authType: 'AWS_IAM', hasPolicy: false }]);
  expect(topology.targetGroups[0]?.targets).toEqual(['node server.mjs']);
  expect(JSON.stringify(topology)).not.toContain('hunter2');
});

describe('requests', () => {
  test('the last 200 are told, long texts cut', async () => {
    for (let i = 0; i < 300; i++)
      view.seen.push(seenRequest(view.stack, { id: `id-${i}`, target: `/${'x'.repeat(5_000)}` }));
    const requests = await get<PageRequest[]>('/api/requests');
    expect(requests).toHaveLength(200);
    expect(requests.at(-1)?.id).toBe('id-299');
    expect(requests[0]?.target).toHaveLength(1_000);
    expect(requests[0]?.durationMs).toBe(1.23);
  });

  test('why one was denied: the layer, the policy that is missing', async () => {
    const principal = { arn: 'arn:aws:iam::111122223333:role/web', sessionName: 'pod' };
    const asking = { principal, caller: 'assume-allowed', method: 'GET', path: '/orders/7' } as const;
    const decision = authorizerFor(view.stack, { service: 'orders', serviceNetwork: 'shop' }).authorize(asking);
    view.seen.push(
      seenRequest(view.stack, { id: 'a-1', question: asking, decision, status: 403, refusal: decision.message }),
    );
    const { request: row, decision: why, refusal } = await get<PageExplanation>('/api/requests/a-1/explanation');
    expect(row).toMatchObject({
      outcome: 'denied',
      decidedBy: 'service network: auth type AWS_IAM without a policy denies everything',
    });
    expect(why).toMatchObject({ allowed: false, message: decision.message });
    expect(why?.layers.find(({ name }) => name === 'service network')).toMatchObject({ mark: 'no', decides: true });
    expect(why?.text).toContain('DENY');
    expect(refusal).toBeUndefined();
  });

  test('why a signature was refused: the diagnosis', async () => {
    const diagnosis = { reason: 'the clock is off', hints: [{ code: 'clock-off', message: 'seven minutes' }] } as const;
    const verification = {
      kind: 'rejected',
      code: 'InvalidSignatureException',
      message: 'InvalidSignatureException: no',
      diagnosis,
    } as const;
    view.seen.push(
      seenRequest(view.stack, {
        id: 'a-2',
        principal: undefined,
        signature: { verification, principal: 'web' },
        status: 403,
      }),
    );
    const { request: row, signature, decision } = await get<PageExplanation>('/api/requests/a-2/explanation');
    expect(row).toMatchObject({ outcome: 'refused', decidedBy: 'signature: the clock is off' });
    expect(signature).toMatchObject({ reason: 'the clock is off', hints: ['seven minutes'] });
    expect(decision).toBeUndefined();
  });

  test('one that is no longer remembered is 404', async () => {
    expect((await fetch(`${at.url}/api/requests/gone/explanation`)).status).toBe(404);
    expect((await fetch(`${at.url}/api/requests/${'x'.repeat(65)}/explanation`)).status).toBe(404);
  });
});

describe('trying', () => {
  test('a question is passed on as it was put', async () => {
    const response = await post({ ...question, vpc: 'back', headers: [['x-a', 'b: c']], body: '{}' });
    expect(await response.json()).toMatchObject({ id: 'x', status: 200 });
    expect(asked).toEqual([{ ...question, vpc: 'back', headers: [['x-a', 'b: c']], body: '{}' }]);
  });

  test.each([
    ['not json', '{', 400],
    ['a list', '[]', 400],
    ['no principal', { ...question, principal: undefined }, 400],
    ['a method with a space', { ...question, method: 'GET /' }, 400],
    ['a path that is a URL', { ...question, path: 'http://evil.example/' }, 400],
    ['a path with a line break', { ...question, path: '/a\r\nx: y' }, 400],
    ['a header with a line break', { ...question, headers: [['x-a', 'b\r\nx: y']] }, 400],
    ['a header name with a colon', { ...question, headers: [['x:a', 'b']] }, 400],
    ['a header of three', { ...question, headers: [['x', 'a', 'b']] }, 400],
    ['too many headers', { ...question, headers: Array.from({ length: 101 }, () => ['x', 'y']) }, 400],
    ['an unknown principal', { ...question, principal: 'nobody' }, 400],
    ['too much', { ...question, body: 'x'.repeat(300_000) }, 413],
  ])('%s is refused', async (_, body, status) => {
    const response = await post(body);
    expect(response.status).toBe(status);
    expect(await response.json()).toEqual({ problem: expect.any(String) });
  });

  test('what fails inside is not told', async () => {
    const response = await post({ ...question, principal: 'broken' });
    expect(response.status).toBe(500);
    expect(await response.text()).not.toContain('secret');
  });

  test('nothing is sent for another page', async () => {
    const json = { 'content-type': 'application/json' };
    expect((await post(question, { ...json, origin: 'https://evil.example' })).status).toBe(403);
    expect((await post(question, { 'content-type': 'text/plain' })).status).toBe(415);
    expect(asked).toEqual([]);
  });
});

test('a name that somebody else’s DNS leads here gets nothing', async () => {
  const status = await new Promise((resolve, reject) => {
    const headers = { host: 'evil.example' };
    request(`${at.url}/api/topology`, { headers }, (response) => resolve(response.resume().statusCode))
      .on('error', reject)
      .end();
  });
  expect(status).toBe(421);
});
