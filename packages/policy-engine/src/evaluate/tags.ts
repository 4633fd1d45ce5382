// Reads a tag by name, in any casing when none is spelled as the policy spells it (docs/evaluation.md, KEY-1, KEY-3).
import type { AssumptionLog } from '../assumption-log.js';
import { REQUEST_NAMES_MAX } from '../limits.js';
import { type KeyValue, UNUSABLE_VALUE } from '../request-state.js';
import { UnreadableRequest } from './context-values.js';

/** The value behind `name` among own properties. */
export function readTag<Value extends string | readonly string[]>(
  tags: Readonly<Record<string, Value>> | undefined,
  name: string,
  assumed: AssumptionLog,
): KeyValue {
  if (tags === undefined) return undefined;
  if (Object.hasOwn(tags, name)) return tags[name];
  const folded = name.toLowerCase();
  const found = namesOf(tags).filter((key) => key.toLowerCase() === folded);
  const [only] = found;
  if (only === undefined) return undefined;
  assumed.push(found.length > 1 ? 'key-name-ambiguous' : 'key-name-folding');
  return found.length > 1 ? UNUSABLE_VALUE : tags[only];
}

/** @throws UnreadableRequest when there are more than can be looked through for each condition */
export function namesOf(values: object): readonly string[] {
  const names = Object.keys(values);
  if (names.length > REQUEST_NAMES_MAX) {
    throw new UnreadableRequest(`more than ${REQUEST_NAMES_MAX} headers, query parameters or tags`);
  }
  return names;
}
