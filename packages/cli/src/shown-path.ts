// shown-path.ts: paths as the user would write them.
import { isAbsolute, relative } from 'node:path';
import type { Io } from './io.js';

/** Relative to the working directory when that is shorter. */
export function shownPath(io: Io, path: string): string {
  if (!isAbsolute(path)) return path;
  const short = relative(io.cwd, path);
  return short !== '' && short.length < path.length ? short : path;
}
