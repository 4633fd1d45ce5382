// Requests as they come: batched, bounded whoever reads and however fast they come, and forgotten with the last reader.
import { EventEmitter } from 'node:events';
import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { PageRequestsEvent } from '../../../src/page/browser/protocol.js';
import { EventStreams } from '../../../src/page/event-streams.js';
import { pageHandler } from '../../../src/page/page-handler.js';
import { fakeView, seenRequest, serve } from '../../support/page/fake-view.js';

let view: ReturnType<typeof fakeView>;
let at: Awaited<ReturnType<typeof serve>>;
let stop: AbortController;

beforeEach(async () => {
  view = fakeView();
  stop = new AbortController();
  at = await serve(pageHandler(view, () => Promise.reject(new Error('not here'))));
});
afterEach(async () => {
  stop.abort();
  await at.close();
});

interface Follower {
  readonly status: number;
  next(name: string): Promise<unknown>;
}

async function follow(): Promise<Follower> {
  const response = await fetch(`${at.url}/api/events`, { signal: stop.signal });
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  return {
    status: response.status,
    async next(name) {
      for (;;) {
        const found = new RegExp(`event: ${name}\ndata: (.*)\n\n`).exec(text);
        if (found !== null) {
          text = text.slice(found.index + found[0].length);
          return JSON.parse(found[1] ?? '');
        }
        const { done, value } = (await reader?.read()) ?? { done: true, value: '' };
        if (done) throw new Error('ended');
        text += value;
      }
    },
  };
}

test('requests and reloads are told', async () => {
  const follower = await follow();
  view.see(seenRequest(view.stack, { id: 'one' }));
  view.see(seenRequest(view.stack, { id: 'two' }));
  const event = (await follower.next('requests')) as PageRequestsEvent;
  expect(event.requests.map(({ id }) => id)).toEqual(['one', 'two']);
  expect(event.left).toBe(0);
  view.reload('stack.yaml:1:1: no');
  expect(await follower.next('reload')).toEqual({ problem: 'stack.yaml:1:1: no' });
  view.reload(undefined);
  expect(await follower.next('reload')).toEqual({});
});

test('a flood is told in part, and how much is left out', async () => {
  const follower = await follow();
  for (let i = 0; i < 1_000; i++) view.see(seenRequest(view.stack, { id: `id-${i}` }));
  const event = (await follower.next('requests')) as PageRequestsEvent;
  expect(event.requests).toHaveLength(100);
  expect(event.requests.at(-1)?.id).toBe('id-999');
  expect(event.left).toBe(900);
});

test('a line break in what a request says does not begin another event', async () => {
  const follower = await follow();
  view.see(seenRequest(view.stack, { target: '/\n\nevent: reload\ndata: {}\n\n' }));
  const event = (await follower.next('requests')) as PageRequestsEvent;
  expect(event.requests[0]?.target).toBe('/\n\nevent: reload\ndata: {}\n\n');
});

test('no more than 16 follow, and the data plane is not listened to once all have gone', async () => {
  const followers = await Promise.all(Array.from({ length: 17 }, follow));
  expect(followers.map(({ status }) => status).sort()).toEqual([...Array(16).fill(200), 503]);
  expect(view.listeners.size).toBe(16);
  stop.abort();
  for (let i = 0; i < 100 && view.listeners.size > 0; i++) await sleep(10);
  expect(view.listeners.size).toBe(0);
});

test('what a page doesn’t read is not kept for it, only counted', async () => {
  const written: string[] = [];
  const response = Object.assign(new EventEmitter(), {
    writableLength: 0,
    writeHead: () => response,
    write: (text: string) => written.push(text) > 0,
  });
  new EventStreams(view).add(response as unknown as ServerResponse);
  const before = written.length;
  response.writableLength = 300_000;
  for (let i = 0; i < 10; i++) view.see(seenRequest(view.stack, { id: `id-${i}` }));
  await sleep(200);
  expect(written).toHaveLength(before);
  response.writableLength = 0;
  await sleep(1_100);
  expect(written.at(-1)).toContain('"requests":[],"left":10');
  response.emit('close');
  expect(view.listeners.size).toBe(0);
});
