// key-file.ts: the keys that inbound signatures are verified with, followed in their file as policies are: what cannot be used
// turns readiness red and leaves the last good ones in force.
import { statSync } from 'node:fs';
import type { CheckResult } from '../admin/health.js';
import type { Logger } from '../log/logger.js';
import { watchFiles } from '../policy/file-watch.js';
import { readStaticKeys, type StaticKey } from './static-keys.js';

/** Keys that change with their file. */
export interface KeyFile {
  /** The keys in force. */
  readonly keys: ReadonlyMap<string, StaticKey>;
  check(): CheckResult;
  close(): void;
}

/** What goes with following a file. */
export interface KeyFileParts {
  readonly file: string;
  readonly pollMs: number;
  readonly logger: Logger;
  /** Text that must not be logged. */
  learn(secret: string | undefined): void;
}

/** @throws {SidecarError} `ERR_SIDECAR_CONFIG` for keys that cannot be used now; later ones only turn readiness red. */
export function followKeyFile({ file, pollMs, logger, learn }: KeyFileParts): KeyFile {
  const read = () => {
    const all = readStaticKeys(file);
    for (const { secretAccessKey, sessionToken } of all.values()) {
      learn(secretAccessKey);
      learn(sessionToken);
    }
    return all;
  };
  let seen = stamp(file);
  let keys = read();
  let problem: string | undefined;
  const watch = watchFiles(pollMs, () => {
    const now = stamp(file);
    if (now === seen) return;
    seen = now;
    try {
      keys = read();
      problem = undefined;
      logger.info('the keys of inbound signatures are read anew', { file, keys: keys.size });
    } catch (error) {
      problem = (error as Error).message;
      logger.error('the new keys of inbound signatures cannot be used', { file, error });
    }
  });
  watch.follow([file]);
  return {
    get keys() {
      return keys;
    },
    check: () => (problem === undefined ? { ok: true } : { ok: false, detail: problem }),
    close: () => watch.close(),
  };
}

function stamp(file: string): string {
  const { mtimeMs = 0, size = 0, ino = 0 } = statSync(file, { throwIfNoEntry: false }) ?? {};
  return `${ino} ${mtimeMs} ${size}`;
}
