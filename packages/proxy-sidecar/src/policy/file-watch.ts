// file-watch.ts: tells when files may have changed. Folders are watched rather than files: editors and Kubernetes replace
// (Kubernetes swaps the link `..data` beside them), and a watch on the old file would see nothing. Where a watch is not
// possible or silent (network file systems), looking again from time to time is what remains.
import { type FSWatcher, watch } from 'node:fs';
import { dirname, resolve } from 'node:path';

/** Changes that come within this time are one. */
const SETTLE_MS = 50;

/** A watch over files. */
export interface FileWatch {
  /** Sets the files, by path. */
  follow(files: readonly string[]): void;
  close(): void;
}

/** `onMaybeChanged` is called after anything happened beside a file, and every `pollMs`. */
export function watchFiles(pollMs: number, onMaybeChanged: () => void): FileWatch {
  const watchers = new Map<string, FSWatcher>();
  let settle: NodeJS.Timeout | undefined;
  let folders: ReadonlySet<string> = new Set();
  const notice = () => {
    settle ??= setTimeout(() => {
      settle = undefined;
      onMaybeChanged();
    }, SETTLE_MS).unref();
  };
  const openMissing = () => {
    for (const folder of folders) if (!watchers.has(folder)) open(watchers, folder, notice);
  };
  const poll = setInterval(() => {
    // A folder that was not there before may be there now.
    openMissing();
    onMaybeChanged();
  }, pollMs);
  poll.unref();
  return {
    follow(files) {
      folders = new Set(files.map((file) => dirname(resolve(file))));
      for (const [folder, watcher] of watchers) {
        if (folders.has(folder)) continue;
        watcher.close();
        watchers.delete(folder);
      }
      openMissing();
    },
    close() {
      clearInterval(poll);
      clearTimeout(settle);
      for (const watcher of watchers.values()) watcher.close();
      watchers.clear();
    },
  };
}

function open(watchers: Map<string, FSWatcher>, folder: string, notice: () => void): void {
  try {
    const watcher = watch(folder, { persistent: false }, notice);
    watcher.on('error', () => {
      watcher.close();
      watchers.delete(folder);
    });
    watchers.set(folder, watcher);
  } catch {
    watchers.delete(folder);
  }
}
