// Credentials over time: one provider call at a time, in the background while a set still works.
import { describe, expect, test } from 'vitest';
import { cachedCredentials, createCredentialSource } from '../../../src/credentials/credential-source.js';
import { type Credentials, toCredentialSet } from '../../../src/credentials/credentials.js';

const MINUTE_MS = 60_000;

/** A provider on a clock of its own; `life` is how long each set lasts, `failing` makes it fail. */
function scene({ life = 60 * MINUTE_MS, random = 0 } = {}) {
  const state = { nowMs: 1_000_000, life, calls: [] as unknown[], failing: false, same: false };
  let release: (() => void) | undefined;
  const hold = { on: false };
  const provider = async (options?: object): Promise<Credentials> => {
    state.calls.push(options);
    const n = state.same ? 1 : state.calls.length;
    const expiration = new Date(state.same ? 1_000_000 + life : state.nowMs + state.life);
    if (hold.on) await new Promise<void>((resolve) => (release = resolve));
    if (state.failing) throw new Error('provider is down');
    return { accessKeyId: `key-${n}`, secretAccessKey: `secret-${n}`, expiration };
  };
  const source = cachedCredentials(provider, { now: () => state.nowMs, random: () => random });
  return { state, source, hold, release: () => release?.() };
}
const settle = () => new Promise((resolve) => setTimeout(resolve, 0));

describe('cachedCredentials', () => {
  test('asks once for any number of waiting requests, and never while the set is fresh', async () => {
    const { state, source } = scene();
    const sets = await Promise.all(Array.from({ length: 50 }, () => source.get()));
    expect(new Set(sets).size).toBe(1);
    state.nowMs += 54 * MINUTE_MS;
    expect(source.peek()).toBe(sets[0]);
    await settle();
    expect(state.calls).toEqual([undefined]);
  });

  test('refreshes in the background five minutes before the end, with the old set in use meanwhile', async () => {
    const { state, source } = scene();
    const first = await source.get();
    state.nowMs += 55 * MINUTE_MS;
    expect(source.peek()).toBe(first);
    expect(source.peek()).toBe(first);
    await settle();
    expect(state.calls).toEqual([undefined, { forceRefresh: true }]);
    expect(source.peek()?.accessKeyId).toBe('key-2');
  });

  test('jitter puts the refresh off by up to a minute', async () => {
    const { state, source } = scene({ random: 0.99 });
    await source.get();
    state.nowMs += 55.9 * MINUTE_MS;
    source.peek();
    expect(state.calls).toHaveLength(1);
    state.nowMs += 0.1 * MINUTE_MS;
    source.peek();
    await settle();
    expect(state.calls).toHaveLength(2);
  });

  test('a set that still works survives failing refreshes, which are spaced out', async () => {
    const { state, source } = scene();
    const first = await source.get();
    state.nowMs += 56 * MINUTE_MS;
    state.failing = true;
    for (let i = 0; i < 100; i += 1) {
      expect(source.peek()).toBe(first);
      await settle();
    }
    expect(state.calls).toHaveLength(2);
    for (let second = 0; second < 60; second += 1) {
      state.nowMs += 1_000;
      expect(source.peek()).toBe(first);
      await settle();
    }
    expect(state.calls.length).toBeGreaterThan(3);
    expect(state.calls.length).toBeLessThan(10);
  });

  test('blocks when the set has expired, and fails when there is no other', async () => {
    const { state, source } = scene();
    await source.get();
    state.nowMs += 61 * MINUTE_MS;
    expect(source.peek()).toBeUndefined();
    expect((await source.get()).accessKeyId).toBe('key-2');
    state.nowMs += 61 * MINUTE_MS;
    state.failing = true;
    await expect(source.get()).rejects.toMatchObject({
      code: 'ERR_SIGNING_CREDENTIALS',
      cause: { message: 'provider is down' },
    });
    state.failing = false;
    expect((await source.get()).accessKeyId).toBe('key-4');
  });

  test('a provider that keeps giving the same set is not asked by every request', async () => {
    const { state, source } = scene();
    state.same = true;
    const first = await source.get();
    state.nowMs += 57 * MINUTE_MS;
    for (let i = 0; i < 100; i += 1) {
      expect(source.peek()).toBe(first);
      await settle();
    }
    expect(state.calls).toHaveLength(2);
  });

  test('sets shorter than the window are refreshed halfway, not constantly', async () => {
    const { state, source } = scene({ life: 4 * MINUTE_MS });
    await source.get();
    state.nowMs += 30_000;
    source.peek();
    expect(state.calls).toHaveLength(1);
    state.nowMs += 100_000;
    source.peek();
    await settle();
    expect(state.calls).toHaveLength(2);
  });

  test('replace: one refresh for all who hold the rejected set, none for those who are late', async () => {
    const { state, source } = scene();
    const rejected = await source.get();
    const fresh = await Promise.all([source.replace(rejected), source.replace(rejected), source.replace(rejected)]);
    expect(new Set(fresh).size).toBe(1);
    expect(await source.replace(rejected)).toBe(fresh[0]);
    expect(state.calls).toEqual([undefined, { forceRefresh: true }]);
  });

  test('a provider that throws at once is a failure like any other', async () => {
    const source = cachedCredentials(() => {
      throw new TypeError('not async');
    });
    await expect(source.get()).rejects.toMatchObject({ code: 'ERR_SIGNING_CREDENTIALS' });
  });
});

describe('sets of credentials', () => {
  test('are copied, so that a change to one half never mixes two', async () => {
    const given = { accessKeyId: 'AKID', secretAccessKey: 'secret', sessionToken: 'token' };
    const source = createCredentialSource(given);
    given.sessionToken = 'other';
    expect(source.peek()).toMatchObject({ sessionToken: 'token' });
    expect(Object.isFrozen(source.peek())).toBe(true);
    expect(await source.replace(toCredentialSet(given))).toBe(source.peek());
  });

  test.each([
    [{}, 'accessKeyId'],
    [{ accessKeyId: 'AKID' }, 'secretAccessKey'],
    [{ accessKeyId: 'AKID', secretAccessKey: '' }, 'secretAccessKey'],
    [{ accessKeyId: 'AK ID', secretAccessKey: 's' }, 'accessKeyId'],
    [{ accessKeyId: 'AKID', secretAccessKey: 's\n' }, 'secretAccessKey'],
    [{ accessKeyId: 'AKID', secretAccessKey: 's', sessionToken: 'é' }, 'sessionToken'],
    [{ accessKeyId: 'AKID', secretAccessKey: 's', expiration: 'never' }, 'expiration'],
    [undefined, 'accessKeyId'],
  ])('%j is refused, naming %s and no value', (value, name) => {
    expect(() => toCredentialSet(value as never)).toThrow(
      expect.objectContaining({ code: 'ERR_SIGNING_CREDENTIALS', message: expect.stringContaining(`\`${name}\``) }),
    );
  });

  test.each([[null], ['AKIA'], [42], [{}]])('%j instead of credentials is refused with a code', (given) => {
    expect(() => createCredentialSource(given as never)).toThrow(
      expect.objectContaining({ code: 'ERR_SIGNING_CREDENTIALS' }),
    );
  });

  test('an empty token is none; a date may be a string', () => {
    expect(toCredentialSet({ accessKeyId: 'A', secretAccessKey: 's', sessionToken: '' })).not.toHaveProperty(
      'sessionToken',
    );
    const expiration = '2026-11-21T10:00:00Z' as unknown as Date;
    expect(toCredentialSet({ accessKeyId: 'A', secretAccessKey: 's', expiration }).expiresAtMs).toBe(
      Date.parse('2026-11-21T10:00:00Z'),
    );
  });
});
