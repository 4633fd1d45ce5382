// The JSON behind a policy, for what the parsed form leaves out: where a Sid or an operator stands, and blocks that are
// empty. Read once per lint, and only when a rule asks.
import { type JsonNode, type JsonObject, readJson } from '../parse/json-reader.js';
import { lineTable } from '../parse/line-table.js';
import { Stop } from '../parse/problems.js';
import type { Spot } from './rule.js';

export interface SourceDocument {
  /** The value that a JSON Pointer names; `undefined` when there is none. */
  node(pointer: string): JsonNode | undefined;
  /** Where the key of a member stands, or an item of a list; the start of the document when there is no such place. */
  spot(pointer: string): Spot;
}

export function sourceDocument(text: string): SourceDocument {
  let root: JsonNode | undefined;
  let positionOf: ReturnType<typeof lineTable> | undefined;
  const read = (): JsonNode | undefined => {
    positionOf ??= lineTable(text);
    root ??= readOrNothing(text);
    return root;
  };
  return {
    node: (pointer) => nodeAt(read(), pointer),
    spot: (pointer) => {
      const start = startOf(read(), pointer);
      return start === undefined || positionOf === undefined
        ? { pointer: '', line: 1, column: 1 }
        : { pointer, ...positionOf(start) };
    },
  };
}

/** A policy put together by hand may carry any text: then nothing has a place in it. */
function readOrNothing(text: string): JsonNode | undefined {
  try {
    return readJson(text, () => {});
  } catch (error) {
    if (error instanceof Stop) return undefined;
    throw error;
  }
}

function nodeAt(root: JsonNode | undefined, pointer: string): JsonNode | undefined {
  let node = root;
  for (const name of namesOf(pointer)) {
    if (node?.kind === 'object') node = node.members.get(name)?.value;
    else if (node?.kind === 'array') node = node.items[Number(name)];
    else return undefined;
  }
  return node;
}

function startOf(root: JsonNode | undefined, pointer: string): number | undefined {
  const slash = pointer.lastIndexOf('/');
  if (slash === -1) return root?.start;
  const parent = nodeAt(root, pointer.slice(0, slash));
  const [name = ''] = namesOf(pointer.slice(slash));
  if (parent?.kind === 'object') return parent.members.get(name)?.key.start;
  return parent?.kind === 'array' ? parent.items[Number(name)]?.start : undefined;
}

function namesOf(pointer: string): string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((name) => name.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** Every member of an object with its pointer; nothing for other nodes. */
export function membersOf(node: JsonNode | undefined): [string, JsonNode][] {
  const members: JsonObject['members'] = node?.kind === 'object' ? node.members : new Map();
  return [...members.values()].map((member) => [member.key.pointer, member.value]);
}
