// changes.ts: changes of files, one after another. Folders are watched rather than files: editors replace a file by
// renaming another over it, and the old one would be watched for ever. What changes while nobody waits is remembered.
import { type FSWatcher, readlinkSync, watch } from 'node:fs';
import { basename, dirname, parse, resolve, sep } from 'node:path';

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
    // The folder itself has been moved or removed: what stands in its place has to be watched anew.
    const isFolder = name === basename(folder);
    if (isFolder) {
      watchers.get(folder)?.close();
      watchers.delete(folder);
    }
    if (name !== null && !isFolder && !wanted.has(path) && !isNew(name)) return;
    changed = path;
    wake();
  };
  return {
    follow(files) {
      wanted = withLinks(files);
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

/** As many links as Linux follows on the way to one file. */
const LINKS_MAX = 40;

/** Files, and every symbolic link on the way to them: one that points elsewhere changes the file without touching it. */
function withLinks(files: Iterable<string>): Set<string> {
  const found = new Set<string>();
  const targets = new Map<string, string | undefined>();
  for (const file of files) {
    let way = splitPath(file);
    for (let links = 0; links < LINKS_MAX; links += 1) {
      found.add(joinPath(way));
      const at = way.findIndex((_, index) => linkAt(joinPath(way.slice(0, index + 1)), targets) !== undefined);
      if (at === -1) break;
      const link = joinPath(way.slice(0, at + 1));
      found.add(link);
      way = [...splitPath(linkAt(link, targets) ?? link), ...way.slice(at + 1)];
    }
  }
  return found;
}

const splitPath = (path: string): string[] => {
  const { root } = parse(path);
  return [root, ...path.slice(root.length).split(sep).filter(Boolean)];
};
const joinPath = ([root = sep, ...names]: readonly string[]): string => root + names.join(sep);

/** Where a link points to; undefined for what is none. */
function linkAt(path: string, known: Map<string, string | undefined>): string | undefined {
  if (known.has(path)) return known.get(path);
  let target: string | undefined;
  try {
    target = resolve(dirname(path), readlinkSync(path));
  } catch {
    // No link, or nothing at all.
  }
  known.set(path, target);
  return target;
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
