// prepare-document.ts — from a source tree to a document that the building steps can trust: what the schema has
// something against is reported and left out, so that the rest can still be checked in the same run.
import type { Problems, Section } from '../build/build-context.js';
import { SECTION_WORDS } from '../build/build-context.js';
import type { StackDocument } from '../document.js';
import type { SourceFile } from '../source/source-file.js';
import { plainValue, pointerSegment, pointerSegments } from '../source/source-tree.js';
import { type Violation, validateDocument } from './validate-document.js';

export interface PreparedDocument {
  readonly document: StackDocument;
  /** Pointers of what was left out. */
  readonly broken: ReadonlySet<string>;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isSection = (name: string | undefined): name is Section => name !== undefined && name in SECTION_WORDS;

/** Reports the schema's violations; undefined when the file is no mapping at all. */
export function prepareDocument(source: SourceFile, problems: Problems): PreparedDocument | undefined {
  const value = plainValue(source.root);
  const violations = validateDocument(value);
  for (const { code, pointer, onKey, message } of violations) {
    problems.add(code, source.place(pointer, onKey), message);
  }
  if (!isObject(value)) return undefined;
  const broken = new Set<string>();
  for (const violation of violations) leaveOut(value, violation, broken);
  for (const section of ['serviceNetworks', 'services']) {
    if (isObject(value[section])) continue;
    value[section] = Object.create(null);
    broken.add(`/${section}`);
  }
  // INVARIANT: whatever the schema was against is gone, and everything it requires is there.
  return { document: value as unknown as StackDocument, broken };
}

/** Takes out the smallest part that leaves a valid rest: an unknown property, a setting, or a whole named thing. */
function leaveOut(document: Record<string, unknown>, violation: Violation, broken: Set<string>): void {
  const segments = pointerSegments(violation.pointer);
  if (violation.unknownProperty) {
    remove(document, segments);
    return;
  }
  const top = segments[0];
  const whole = isSection(top) && segments.length > 1 ? segments.slice(0, 2) : segments.slice(0, 1);
  if (whole.length === 0) return;
  broken.add(whole.map(pointerSegment).join(''));
  remove(document, whole);
}

function remove(document: Record<string, unknown>, segments: readonly string[]): void {
  let at: unknown = document;
  for (const segment of segments.slice(0, -1)) {
    if (isObject(at)) at = at[segment];
    else if (Array.isArray(at)) at = at[Number(segment)];
  }
  const last = segments.at(-1);
  if (isObject(at) && last !== undefined) delete at[last];
}
