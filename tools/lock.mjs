// lock.mjs: one set-up or build at a time in one clone. `npm start` in one terminal and `npm test` in another must
// not install into the same node_modules at once. The lock is a file holding the owner's process id; an owner that
// no longer lives loses it.
import { mkdirSync, readFileSync, renameSync, statSync, unlinkSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const isAlive = (pid) => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
};

/** The owner's pid; 0 when the file has gone or is older than its writer's first breath and still empty. */
function ownerOf(path) {
  try {
    const pid = Number.parseInt(readFileSync(path, 'utf8'), 10);
    if (pid > 0) return pid;
    return Date.now() - statSync(path).mtimeMs > 5_000 ? 0 : process.ppid;
  } catch {
    return 0;
  }
}

function tryTake(path) {
  try {
    writeFileSync(path, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
    return false;
  }
}

/** Takes a dead owner's file away: renamed first, so that of two who see it dead only one succeeds. */
function clearStale(path, pid) {
  const aside = `${path}.${process.pid}`;
  try {
    renameSync(path, aside);
    const moved = Number.parseInt(readFileSync(aside, 'utf8'), 10);
    // A third process may have taken the lock between our look and our rename: give it back.
    if (moved > 0 && moved !== pid && isAlive(moved)) renameSync(aside, path);
    else unlinkSync(aside);
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
  }
}

/** Runs `work` while holding the lock at `path`; `onWait(pid)` is called once when another process has it. */
export async function withLock(path, work, onWait = () => {}) {
  mkdirSync(dirname(path), { recursive: true });
  let told = false;
  while (!tryTake(path)) {
    const pid = ownerOf(path);
    if (pid === 0 || !isAlive(pid)) clearStale(path, pid);
    else {
      if (!told) onWait(pid);
      told = true;
      await sleep(200);
    }
  }
  const release = () => {
    if (ownerOf(path) === process.pid) unlinkSync(path);
  };
  process.once('exit', release);
  try {
    return await work();
  } finally {
    process.removeListener('exit', release);
    release();
  }
}
