// The path in a Lattice resource, and what else AWS may mean by it (docs/evaluation.md, LATTICE-PATH).
import type { OtherResource } from '../request-state.js';

const NONE: readonly OtherResource[] = [];

/** Other readings of the resource `prefix + path`, each with the assumption that it is not the one AWS uses. */
export function otherResources(prefix: string, path: string, query: string | undefined): readonly OtherResource[] {
  const isPlain = !/%|\/\/|\/\.|\\/.test(path);
  if (isPlain && !query) return NONE;
  const others: OtherResource[] = [];
  if (query) others.push({ text: `${prefix}${path}?${query}`, assumption: 'resource-without-query' });
  if (isPlain) return others;
  for (const other of new Set([decoded(path), normalized(path), normalized(decoded(path))])) {
    if (other !== path) others.push({ text: prefix + other, assumption: 'resource-path-raw' });
  }
  return others;
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/** Dot segments removed (RFC 3986, 5.2.4) and empty segments joined. */
function normalized(path: string): string {
  const kept: string[] = [];
  const segments = path.split(/[/\\]/).slice(1);
  for (const segment of segments) {
    if (segment === '..') kept.pop();
    else if (segment !== '.' && segment !== '') kept.push(segment);
  }
  const last = segments.at(-1);
  const slash = kept.length > 0 && (last === '' || last === '.' || last === '..') ? '/' : '';
  return `/${kept.join('/')}${slash}`;
}
