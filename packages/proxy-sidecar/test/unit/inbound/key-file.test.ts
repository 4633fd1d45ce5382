// Keys of inbound signatures follow their file: written in place or swapped as Kubernetes does; bad ones change nothing in force.
import { mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { followKeyFile, type KeyFile } from '../../../src/inbound/key-file.js';
import { silentLogger } from '../../../src/log/logger.js';

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0).reverse()) close();
});

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'keys-'));
  closing.push(() => rmSync(path, { recursive: true }));
  return path;
}

const key = (accessKeyId: string) =>
  JSON.stringify([{ accessKeyId, secretAccessKey: `secret of ${accessKeyId}`, principal: 'web' }]);

function follow(file: string): { followed: KeyFile; learnt: unknown[] } {
  const learnt: unknown[] = [];
  const followed = followKeyFile({
    file,
    pollMs: 50,
    logger: silentLogger,
    learn: (secret) => void learnt.push(secret),
  });
  closing.push(() => followed.close());
  return { followed, learnt };
}

test('written in place: new keys count, bad ones leave the last good ones and are told', async () => {
  const file = join(folder(), 'keys.json');
  writeFileSync(file, key('ONE'));
  const { followed, learnt } = follow(file);
  expect([...followed.keys.keys()]).toEqual(['ONE']);
  writeFileSync(file, key('SECOND'));
  await vi.waitFor(() => expect([...followed.keys.keys()]).toEqual(['SECOND']));
  expect(learnt).toContain('secret of SECOND');
  writeFileSync(file, 'secret of nobody');
  await vi.waitFor(() => expect(followed.check()).toEqual({ ok: false, detail: `${file}: is not JSON` }));
  expect([...followed.keys.keys()]).toEqual(['SECOND']);
  writeFileSync(file, key('THIRD'));
  await vi.waitFor(() => expect(followed.check()).toEqual({ ok: true }));
});

test('swapped by a link, as a Secret of Kubernetes is', async () => {
  const path = folder();
  const version = (name: string, id: string) => {
    mkdirSync(join(path, name));
    writeFileSync(join(path, name, 'keys.json'), key(id));
    symlinkSync(name, join(path, '..tmp'));
    renameSync(join(path, '..tmp'), join(path, '..data'));
  };
  version('..v1', 'ONE');
  symlinkSync('..data/keys.json', join(path, 'keys.json'));
  const { followed } = follow(join(path, 'keys.json'));
  version('..v2', 'TWO');
  await vi.waitFor(() => expect([...followed.keys.keys()]).toEqual(['TWO']));
});

test('keys that cannot be used at the start are an error', () => {
  expect(() => follow(join(folder(), 'none.json'))).toThrow(expect.objectContaining({ code: 'ERR_SIDECAR_CONFIG' }));
});
