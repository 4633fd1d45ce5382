// config-file.ts: a configuration file, YAML 1.2 or JSON, as a layer that knows the line of each value. Plain data only:
// what YAML can do beyond that would make two readers see two files.
import { readFileSync, statSync } from 'node:fs';
import { isAlias, isMap, isNode, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml';
import { ConfigError, type ConfigProblem } from './config-error.js';
import { type ConfigLayer, type Document, isMapping, pathOf } from './config-layer.js';
import { quote } from './wording.js';

const FILE_BYTES_MAX = 1_048_576;
const ALIASES_MAX = 1_000;
const PROBLEMS_MAX = 50;

/** @throws {ConfigError} when the file cannot be read, or is not a mapping in YAML or JSON */
export function readConfigFile(path: string): ConfigLayer {
  return parseConfigFile(readText(path), path);
}

function readText(path: string): string {
  try {
    // Before opening: a pipe would keep us waiting.
    const found = statSync(path);
    if (!found.isFile()) throw new ConfigError([{ where: path, message: 'not a file' }]);
    if (found.size > FILE_BYTES_MAX) {
      throw new ConfigError([{ where: path, message: `larger than ${FILE_BYTES_MAX} bytes` }]);
    }
    return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(path));
  } catch (cause) {
    if (cause instanceof ConfigError) throw cause;
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
    const reasons: Readonly<Record<string, string>> = {
      ENOENT: 'no such file',
      EACCES: 'may not be read',
      ERR_ENCODING_INVALID_ENCODED_DATA: 'not UTF-8',
    };
    throw new ConfigError([{ where: path, message: reasons[code] ?? `cannot be read (${code})` }], { cause });
  }
}

/** @throws {ConfigError} with every mistake that the parser found */
export function parseConfigFile(text: string, file: string): ConfigLayer {
  const lines = new LineCounter();
  const where = (offset: number | undefined): string => {
    const { line, col } = lines.linePos(offset ?? 0);
    return `${file}:${Math.max(line, 1)}:${Math.max(col, 1)}`;
  };
  const document = parseDocument(text, { version: '1.2', lineCounter: lines, prettyErrors: false, logLevel: 'error' });
  const mistakes = [...document.errors, ...document.warnings].slice(0, PROBLEMS_MAX);
  refuse(mistakes.map(({ message, pos }) => ({ where: where(pos[0]), message: firstLine(message) })));
  const root = document.contents;
  refuse(oddities(root).map(({ offset, message }) => ({ where: where(offset), message })));
  const value = root === null ? {} : plain(() => document.toJS({ maxAliasCount: ALIASES_MAX }), file);
  if (!isMapping(value)) throw new ConfigError([{ where: where(0), message: 'must be a mapping' }]);
  const checked: Document = value;
  return {
    document: checked,
    whereIs(pointer, onKey) {
      const found = find(root, pathOf(pointer));
      return found === undefined ? undefined : where(onKey ? found.key : found.value);
    },
  };
}

function refuse(problems: readonly ConfigProblem[]): void {
  const [first, ...rest] = problems;
  if (first !== undefined) throw new ConfigError([first, ...rest]);
}

// Too many aliases show only when they are followed.
function plain(read: () => unknown, file: string): unknown {
  try {
    return read();
  } catch (cause) {
    throw new ConfigError([{ where: file, message: firstLine((cause as Error).message) }], { cause });
  }
}

/** Keys that are not text: `8080:` or `? [a]` would become text that nobody wrote. */
function oddities(node: unknown, depth = 0): { offset: number | undefined; message: string }[] {
  if (depth > 64) return [{ offset: startOf(node), message: 'nested deeper than 64 levels' }];
  if (isSeq(node)) return node.items.flatMap((item) => oddities(item, depth + 1));
  if (!isMap(node)) return [];
  return node.items.flatMap(({ key, value }) => {
    const isText = isScalar(key) && typeof key.value === 'string';
    const shown = isScalar(key) ? quote(String(key.source)) : 'a key';
    const own =
      isText || isAlias(key) ? [] : [{ offset: startOf(key), message: `${shown} is not text: put it in quotes` }];
    return [...own, ...oddities(value, depth + 1)];
  });
}

interface Found {
  readonly key: number | undefined;
  readonly value: number | undefined;
}

function find(root: Node | null, steps: readonly string[]): Found | undefined {
  let node: unknown = root;
  let found: Found = { key: startOf(root), value: startOf(root) };
  for (const step of steps) {
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === step);
      if (pair === undefined) return undefined;
      node = pair.value;
      found = { key: startOf(pair.key), value: startOf(pair.value) ?? startOf(pair.key) };
    } else {
      const item = isSeq(node) ? node.items[Number(step)] : undefined;
      if (item === undefined) return undefined;
      node = item;
      found = { key: startOf(item), value: startOf(item) };
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
