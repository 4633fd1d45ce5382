// Several processes as one: counters add up, gauges stand side by side, and who does not answer is not ready.
import { EventEmitter } from 'node:events';
import { expect, test } from 'vitest';
import { answerFor, askWorker, familiesByWorker, mergeReports, type ProcessStatus } from '../../../src/admin/fleet.js';
import { expose } from '../../../src/metrics/exposition.js';

/** Both ends of a channel between two processes; what is sent is copied, as between processes. */
function channel() {
  const [one, other] = [new EventEmitter(), new EventEmitter()];
  const send = (to: EventEmitter) => (message: unknown) =>
    setImmediate(() => to.emit('message', structuredClone(message)));
  return [Object.assign(one, { send: send(other) }), Object.assign(other, { send: send(one) })] as const;
}

function statusWith(requests: number, ok = true): ProcessStatus {
  const counter = { labels: { code: '200' }, value: requests };
  const gauge = { labels: {}, value: requests };
  return {
    report: { ready: ok, checks: [{ name: 'credentials', ok }] },
    families: [
      { name: 'requests_total', help: 'h', type: 'counter', aggregator: 'sum', values: [counter] },
      { name: 'memory', help: 'h', type: 'gauge', aggregator: 'sum', values: [gauge] },
    ],
  };
}

test('a worker is asked and answers; other messages are none of ours', async () => {
  const [first, worker] = channel();
  answerFor(worker, () => statusWith(3));
  first.send('anything');
  first.emit('message', { latticeAuth: 'status', id: -1, status: statusWith(9) });
  expect(await askWorker(first)).toEqual(statusWith(3));
  expect(first.listenerCount('message')).toBe(0);
});

test('a worker that does not answer is given up', async () => {
  const [first] = channel();
  expect(await askWorker(first)).toBeUndefined();
});

test('numbers of all', async () => {
  const { text } = await expose(familiesByWorker([statusWith(3), undefined, statusWith(4)]));
  expect(text).toContain('requests_total{code="200"} 7\n');
  expect(text).toContain('memory{worker="1"} 3\nmemory{worker="3"} 4\n');
});

test('ready when all are there and ready', () => {
  expect(mergeReports([statusWith(1), statusWith(1)], 2).ready).toBe(true);
  expect(mergeReports([statusWith(1), statusWith(1, false)], 2).ready).toBe(false);
  expect(mergeReports([statusWith(1), undefined], 2).ready).toBe(false);
  expect(mergeReports([statusWith(1)], 2)).toEqual({
    ready: false,
    checks: [
      { name: 'worker 1: credentials', ok: true },
      { name: 'workers', ok: false, detail: '1 of 2 are not running' },
    ],
  });
});
