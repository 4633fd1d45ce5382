// source-tree.ts — a file as a tree of values that remember where they stand. YAML and JSON both become this;
// everything after it speaks of places by JSON Pointer (RFC 6901) only.

/** A stretch of text: offsets in UTF-16 code units. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export interface ScalarNode extends Span {
  readonly kind: 'scalar';
  readonly value: string | number | boolean | null;
  /** As it was written, without quotes. */
  readonly text: string;
  /** Offset of the content's first line and its indentation, when line N of the value is line N of the file. */
  readonly block: { readonly start: number; readonly indent: number } | undefined;
}

interface SequenceNode extends Span {
  readonly kind: 'sequence';
  readonly items: readonly SourceNode[];
  readonly count: number;
}

interface MappingNode extends Span {
  readonly kind: 'mapping';
  readonly entries: ReadonlyMap<string, { readonly key: Span; readonly value: SourceNode }>;
  readonly count: number;
}

export type SourceNode = ScalarNode | SequenceNode | MappingNode;

/** How many values a node holds, itself included, with aliases written out. */
export function nodeCount(node: SourceNode): number {
  return node.kind === 'scalar' ? 1 : node.count;
}

/** The plain value, with prototype-less objects: a key named `__proto__` is a key like any other. */
export function plainValue(node: SourceNode): unknown {
  if (node.kind === 'scalar') return node.value;
  if (node.kind === 'sequence') return node.items.map(plainValue);
  const value: Record<string, unknown> = Object.create(null);
  for (const [key, entry] of node.entries) value[key] = plainValue(entry.value);
  return value;
}

/** One segment of a JSON Pointer, escaped. */
export function pointerSegment(name: string | number): string {
  return `/${String(name).replaceAll('~', '~0').replaceAll('/', '~1')}`;
}

/** The names on the way down a JSON Pointer. */
export function pointerSegments(pointer: string): string[] {
  const parts = pointer.split('/').slice(1);
  return parts.map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
}

function childOf(node: SourceNode, segment: string): { key: Span; value: SourceNode } | undefined {
  if (node.kind === 'mapping') return node.entries.get(segment);
  const item = node.kind === 'sequence' ? node.items[Number(segment)] : undefined;
  return item && { key: item, value: item };
}

/** What a pointer leads to and its key; for a pointer that leads nowhere, the deepest place on its way. */
export function findNode(root: SourceNode, pointer: string): { key: Span; value: SourceNode; found: boolean } {
  let at: { key: Span; value: SourceNode } = { key: root, value: root };
  for (const segment of pointerSegments(pointer)) {
    const next = childOf(at.value, segment);
    if (next === undefined) return { ...at, found: false };
    at = next;
  }
  return { ...at, found: true };
}
