// json-patch.ts: the difference of two JSON values as an RFC 6902 patch. Small on purpose: what the injector changes are a few
// members of objects and a few items of lists, and the patch should read like that, not as whole lists replaced.
import { isObject } from './pod.js';

/** One step of a patch. */
export type PatchOperation =
  | { readonly op: 'add' | 'replace'; readonly path: string; readonly value: unknown }
  | { readonly op: 'remove'; readonly path: string };

/** What turns `before` into `after`. Members that are `undefined` are taken for absent. */
export function jsonPatch(before: unknown, after: unknown, path = ''): PatchOperation[] {
  if (same(before, after)) return [];
  if (isObject(before) && isObject(after)) return objectPatch(before, after, path);
  if (Array.isArray(before) && Array.isArray(after)) return listPatch(before, after, path);
  return [{ op: 'replace', path, value: after }];
}

function objectPatch(before: Record<string, unknown>, after: Record<string, unknown>, path: string): PatchOperation[] {
  const removed = Object.keys(before).filter((key) => own(before, key) !== undefined && own(after, key) === undefined);
  const changed = Object.entries(after).flatMap(([key, value]): PatchOperation[] => {
    if (value === undefined) return [];
    const here = `${path}/${escapeKey(key)}`;
    const old = own(before, key);
    return old === undefined ? [{ op: 'add', path: here, value }] : jsonPatch(old, value, here);
  });
  return [...removed.map((key) => ({ op: 'remove' as const, path: `${path}/${escapeKey(key)}` })), ...changed];
}

/** Equal items at both ends stay; of the rest, items are changed pairwise, then added or removed. */
function listPatch(before: readonly unknown[], after: readonly unknown[], path: string): PatchOperation[] {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && same(before[start], after[start])) start++;
  let end = 0;
  while (end < shorter - start && same(before[before.length - 1 - end], after[after.length - 1 - end])) end++;
  const old = before.slice(start, before.length - end);
  const fresh = after.slice(start, after.length - end);
  const paired = Math.min(old.length, fresh.length);
  const changed = fresh.slice(0, paired).flatMap((item, i) => jsonPatch(old[i], item, `${path}/${start + i}`));
  const added = fresh
    .slice(paired)
    .map((value, i) => ({ op: 'add' as const, path: `${path}/${start + paired + i}`, value }));
  const removed = old.slice(paired).map(() => ({ op: 'remove' as const, path: `${path}/${start + paired}` }));
  return [...changed, ...added, ...removed];
}

function same(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (Array.isArray(one) && Array.isArray(other)) {
    return one.length === other.length && one.every((item, i) => same(item, other[i]));
  }
  if (!isObject(one) || !isObject(other)) return false;
  const keys = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...keys].every((key) => same(own(one, key), own(other, key)));
}

/** Never what an object inherits: a label may be called `constructor`. */
function own(object: Record<string, unknown>, key: string): unknown {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

/** RFC 6901: `~` and `/` in a key. */
function escapeKey(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1');
}
