// Reads a tag by name, in any casing when none is spelled as the policy spells it (docs/evaluation.md, KEY-1, KEY-3).
import type { AssumptionLog } from '../assumption-log.js';
import { type KeyValue, UNUSABLE_VALUE } from '../request-state.js';

/** The value behind `name` among own properties. */
export function readTag<Value extends string | readonly string[]>(
  tags: Readonly<Record<string, Value>> | undefined,
  name: string,
  assumed: AssumptionLog,
): KeyValue {
  if (tags === undefined) return undefined;
  if (Object.hasOwn(tags, name)) return tags[name];
  const folded = name.toLowerCase();
  const found = Object.keys(tags).filter((key) => key.toLowerCase() === folded);
  const [only] = found;
  if (only === undefined) return undefined;
  assumed.push(found.length > 1 ? 'key-name-ambiguous' : 'key-name-folding');
  return found.length > 1 ? UNUSABLE_VALUE : tags[only];
}
