// The list of what is in flight: whoever leaves leaves, wherever it stood, and whoever is late is told once it is.
import { expect, test } from 'vitest';
import { Deadlines, type Timed } from '../../../src/http/deadlines.js';

const item = (deadlineMs = Number.POSITIVE_INFINITY) => {
  const one = { deadlineMs, slot: -1, told: 0, onDeadline: () => void one.told++ };
  return one;
};

test('items leave in any order, once, and the others stay', () => {
  const deadlines = new Deadlines();
  const items: Timed[] = Array.from({ length: 6 }, () => item());
  for (const one of items) deadlines.add(one);
  for (const i of [2, 5, 0, 2]) deadlines.delete(items[i] as Timed);
  expect(deadlines.size).toBe(3);
  for (const i of [1, 3, 4]) deadlines.delete(items[i] as Timed);
  expect(deadlines.size).toBe(0);
  deadlines.stop();
});

test('late ones are told, and may leave while they are', async () => {
  const deadlines = new Deadlines(5);
  const late = item(performance.now());
  const leaving = item(performance.now());
  const early = item(performance.now() + 60_000);
  const { onDeadline } = leaving;
  leaving.onDeadline = () => {
    onDeadline();
    deadlines.delete(leaving);
  };
  for (const one of [late, leaving, early]) deadlines.add(one);
  await new Promise((resolve) => setTimeout(resolve, 40));
  expect(late.told).toBeGreaterThan(0);
  expect([leaving.told, early.told, deadlines.size]).toEqual([1, 0, 2]);
  deadlines.stop();
});
