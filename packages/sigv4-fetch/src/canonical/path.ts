// path.ts — the canonical path (docs/signing.md, SIGN-10..13): dot segments removed, then encoded.
// Works on the raw path: `%2e%2e` is not a dot segment, and a URL parser must not have touched it before.
import { encodeComponent, recodeComponent } from './uri-encode.js';

/** How the path on the wire becomes the canonical path. */
export type PathEncoding = 'double' | 'single' | 'none';

// Segments of unreserved characters that do not begin with a dot: nothing to normalize, nothing to encode, in any mode.
// Most paths are of this form, and testing it costs a tenth of the work it saves (bench/signing).
const ALREADY_CANONICAL = /^(?:\/[\w\-~][\w\-.~]*)*\/?$/;

const SEGMENT = /[^/]+/g;

/** The canonical path of a raw path; the empty path is `/`. */
export function canonicalPath(path: string, encoding: PathEncoding, normalize: boolean): string {
  if (path.length > 0 && ALREADY_CANONICAL.test(path)) return path;
  const cleaned = normalize ? removeDotSegments(path) : path === '' ? '/' : path;
  if (encoding === 'none') return cleaned;
  return cleaned.replace(SEGMENT, encoding === 'double' ? encodeComponent : recodeComponent);
}

/** Removes `.`, `..` and empty segments. A final `/` stays; climbing above the root stops at the root. */
function removeDotSegments(path: string): string {
  const kept: string[] = [];
  for (const segment of path.split('/')) {
    if (segment === '' || segment === '.') continue;
    if (segment === '..') kept.pop();
    else kept.push(segment);
  }
  const end = kept.length > 0 && path.endsWith('/') ? '/' : '';
  return `/${kept.join('/')}${end}`;
}
