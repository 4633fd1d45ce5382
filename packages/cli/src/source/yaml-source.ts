// yaml-source.ts: YAML or JSON text as a plain value that knows where each part of it stands, so that every complaint can
// name line and column. Only plain data: what YAML can do beyond that would make two readers see two files.
import { isMap, isNode, isScalar, LineCounter, type Node, parseDocument } from 'yaml';
import { CliError, type FilePlace, type Problem } from '../errors.js';
import type { Input } from '../io.js';
import { PROBLEMS_MAX, YAML_ALIASES_MAX, YAML_CHARS_MAX } from '../limits.js';

/** The way down to a value: keys and indexes. */
export type ValuePath = readonly (string | number)[];

/** A file as data. */
export interface YamlSource {
  readonly name: string;
  /** Absolute. */
  readonly path: string;
  readonly value: unknown;
  /** Where a value stands; for one that is not there, where the nearest one above it does. */
  placeOf(path: ValuePath): FilePlace;
  /** Where the key of a value stands. */
  placeOfKey(path: ValuePath): FilePlace;
}

/**
 * Reads YAML 1.2, of which JSON is a part.
 *
 * @throws CliError `ERR_CLI_SYNTAX`, with every mistake that the parser found.
 */
export function parseYaml({ name, path, text }: Input): YamlSource {
  const lines = new LineCounter();
  const at = (offset: number | undefined): FilePlace => {
    const { line, col } = lines.linePos(offset ?? 0);
    return { file: name, line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  const fail = (message: string, offset?: number): Problem => ({ code: 'ERR_CLI_SYNTAX', message, place: at(offset) });
  if (text.length > YAML_CHARS_MAX) throw new CliError(fail(`longer than ${YAML_CHARS_MAX} characters`));
  const document = parseDocument(text, { version: '1.2', lineCounter: lines, prettyErrors: false });
  const mistakes = [...document.errors, ...document.warnings];
  if (mistakes.length > 0) {
    const problems = mistakes.map(({ message, pos }) => fail(firstLine(message), pos[0]));
    throw new CliError(problems.slice(0, PROBLEMS_MAX));
  }
  const root = document.contents;
  return {
    name,
    path,
    value: plain(() => document.toJS({ maxAliasCount: YAML_ALIASES_MAX }), fail),
    placeOf: (steps) => at(find(root, steps).value),
    placeOfKey: (steps) => at(find(root, steps).key),
  };
}

// Too many aliases, and aliases without an anchor, show only when they are followed.
function plain(read: () => unknown, fail: (message: string) => Problem): unknown {
  try {
    return read();
  } catch (cause) {
    throw new CliError(fail(firstLine((cause as Error).message)), undefined, { cause });
  }
}

interface Found {
  readonly key: number | undefined;
  readonly value: number | undefined;
}

function find(root: Node | null, steps: ValuePath): Found {
  let node: unknown = root;
  let found: Found = { key: startOf(root), value: startOf(root) };
  for (const step of steps) {
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => (isScalar(key) ? String(key.value) : undefined) === String(step));
      if (pair === undefined) break;
      node = pair.value;
      found = { key: startOf(pair.key), value: startOf(pair.value) ?? startOf(pair.key) };
    } else {
      const next =
        isNode(node) && 'get' in node ? (node.get as (key: unknown, keep: boolean) => unknown)(step, true) : undefined;
      if (!isNode(next)) break;
      node = next;
      found = { key: startOf(next), value: startOf(next) };
    }
  }
  return found;
}

function startOf(node: unknown): number | undefined {
  return isNode(node) ? node.range?.[0] : undefined;
}

function firstLine(message: string): string {
  const line = message.split('\n', 1)[0] ?? '';
  return `${line[0]?.toLowerCase() ?? ''}${line.slice(1)}`;
}
