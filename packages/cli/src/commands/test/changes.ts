// changes.ts: changes of files, one after another. Folders are watched rather than files: editors replace a file by
// renaming another over it, and the old one would be watched for ever. What changes while nobody waits is remembered.
import { type FSWatcher, watch } from 'node:fs';
import { dirname, resolve } from 'node:path';

/** Changes that come within this time are one. */
const SETTLE_MS = 60;

/** A watch over a set of files. */
export interface Changes {
  /** Sets what is watched from now on, by absolute paths. */
  follow(files: Iterable<string>): void;
  /** The next file that changes, or has changed since the last call; undefined once closed. */
  next(): Promise<string | undefined>;
  close(): void;
}

/** Starts with nothing; files that `isNew` knows by name are noticed in the watched folders even when not followed. */
export function watchChanges(isNew: (name: string) => boolean): Changes {
  const watchers = new Map<string, FSWatcher>();
  let wanted: ReadonlySet<string> = new Set();
  let changed: string | undefined;
  let closed = false;
  let wake = (): void => undefined;
  const notice = (folder: string, name: string | null) => {
    const path = name === null ? folder : resolve(folder, name);
    if (name !== null && !wanted.has(path) && !isNew(name)) return;
    changed = path;
    wake();
  };
  return {
    follow(files) {
      wanted = new Set(files);
      const folders = new Set([...wanted].map((file) => dirname(file)));
      for (const [folder, watcher] of watchers) {
        if (folders.has(folder)) continue;
        watcher.close();
        watchers.delete(folder);
      }
      for (const folder of folders) if (!watchers.has(folder)) open(watchers, folder, notice);
    },
    async next() {
      while (changed === undefined && !closed) {
        await new Promise<void>((resume) => {
          wake = resume;
        });
      }
      if (!closed) await new Promise((resume) => setTimeout(resume, SETTLE_MS));
      const path = changed;
      changed = undefined;
      return closed ? undefined : path;
    },
    close() {
      closed = true;
      for (const watcher of watchers.values()) watcher.close();
      wake();
    },
  };
}

// A folder that goes away, or is not there yet, is not watched until the set is next made.
function open(
  watchers: Map<string, FSWatcher>,
  folder: string,
  notice: (folder: string, name: string | null) => void,
): void {
  try {
    const watcher = watch(folder, (_event, name) => notice(folder, name));
    watcher.on('error', () => {
      watcher.close();
      watchers.delete(folder);
    });
    watchers.set(folder, watcher);
  } catch {
    watchers.delete(folder);
  }
}
