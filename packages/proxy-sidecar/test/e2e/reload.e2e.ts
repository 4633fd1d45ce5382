// Policies are read anew when their files change: in place, by rename, and as Kubernetes swaps a volume; bad ones leave the
// last good ones in force and turn readiness red, and mending them turns it green again.

import { renameSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { silentLogger } from '../../src/log/logger.js';
import { PolicyStore } from '../../src/policy/policy-store.js';
import { orderPolicy, PolicyFolder, STACK } from '../support/policy-files.js';

const open: { store: PolicyStore; folder: PolicyFolder }[] = [];
afterEach(() => {
  for (const { store, folder } of open.splice(0)) {
    store.close();
    folder.remove();
  }
});

async function storeOn(folder: PolicyFolder, pollMs = 60_000): Promise<PolicyStore> {
  const store = new PolicyStore({ files: { stack: folder.stack, inbound: [], pollMs } }, silentLogger);
  open.push({ store, folder });
  await store.start();
  return store;
}

const methodOf = (store: PolicyStore) => store.current?.stack?.services.orders?.authPolicy?.policy.statements[0]?.sid;
const files = (method: string) => ({ 'stack.yaml': STACK, 'orders.json': orderPolicy(method) });
const soon = { timeout: 5_000, interval: 20 };

test('a file written in place, and one renamed over it', async () => {
  const folder = new PolicyFolder().write(files('GET'));
  const store = await storeOn(folder);
  expect(methodOf(store)).toBe('MayGET');
  folder.write({ 'orders.json': orderPolicy('PUT') });
  await vi.waitFor(() => expect(methodOf(store)).toBe('MayPUT'), soon);
  folder.write({ 'orders.json.new': orderPolicy('POST') });
  renameSync(join(folder.path, 'orders.json.new'), join(folder.path, 'orders.json'));
  await vi.waitFor(() => expect(methodOf(store)).toBe('MayPOST'), soon);
});

test('a volume of Kubernetes, swapped several times', async () => {
  const folder = new PolicyFolder().swap(files('GET'));
  const store = await storeOn(folder);
  for (const method of ['PUT', 'POST', 'PATCH']) {
    folder.swap(files(method));
    await vi.waitFor(() => expect(methodOf(store)).toBe(`May${method}`), soon);
    expect(store.check()).toEqual({ ok: true });
  }
});

test('bad policies leave the last good ones in force; mended ones count', async () => {
  const folder = new PolicyFolder().swap(files('GET'));
  const store = await storeOn(folder);
  const good = store.current;
  folder.swap({ ...files('GET'), 'orders.json': '{"Statement": {"Effect": "Alow"}}' });
  await vi.waitFor(() => expect(store.check().ok).toBe(false), soon);
  expect(store.current).toBe(good);
  expect(store.check().detail).toMatch(/orders\.json:1:\d+: /);
  expect(store.numbers).toMatchObject({ usable: false, failures: 1 });
  folder.swap(files('PUT'));
  await vi.waitFor(() => expect(store.check().ok).toBe(true), soon);
  expect(methodOf(store)).toBe('MayPUT');
});

test('started without usable files, it waits for them', async () => {
  const folder = new PolicyFolder();
  const store = await storeOn(folder);
  expect(store.current).toBeUndefined();
  expect(store.check().ok).toBe(false);
  folder.write(files('GET'));
  await vi.waitFor(() => expect(methodOf(store)).toBe('MayGET'), soon);
});

test('looking from time to time finds what no watch has told', async () => {
  const folder = new PolicyFolder().write(files('GET'));
  const store = await storeOn(folder, 100);
  const before = store.numbers.reloads;
  folder.write({ 'stack.yaml': `${STACK}\n# more\n` });
  await vi.waitFor(() => expect(store.numbers.reloads).toBe(before + 1), soon);
});

test('what did not change is not read again', async () => {
  const folder = new PolicyFolder().write(files('GET'));
  const store = await storeOn(folder);
  const { current } = store;
  await store.refresh();
  await store.refresh();
  expect(store.current).toBe(current);
  expect(store.numbers.reloads).toBe(1);
});
