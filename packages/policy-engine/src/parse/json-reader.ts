// A strict reader of JSON (RFC 8259; docs/evaluation.md, PARSE-JSON) that keeps what JSON.parse throws away: where each value and key stands, the text
// of numbers, and keys that occur twice. Objects become Maps, so that no key can touch a prototype.
// Linear time and bounded depth on any text; a fault is reported at the place where reading has to stop.
import { NESTING_MAX, STRING_LENGTH_MAX } from '../limits.js';
import { quote } from '../quote.js';
import { type Extent, type ProblemCode, type Report, Stop } from './problems.js';

/** `text` is the value of a string, without escapes, and what was written of everything else. */
export interface JsonScalar extends Extent {
  readonly kind: 'string' | 'number' | 'boolean' | 'null';
  readonly text: string;
}

interface JsonArray extends Extent {
  readonly kind: 'array';
  readonly items: readonly JsonNode[];
}

export interface JsonMember {
  readonly key: JsonScalar;
  readonly value: JsonNode;
}

export interface JsonObject extends Extent {
  readonly kind: 'object';
  readonly members: ReadonlyMap<string, JsonMember>;
}

export type JsonNode = JsonScalar | JsonArray | JsonObject;

interface Reading {
  readonly text: string;
  readonly report: Report;
  at: number;
}

/**
 * Reads a whole text as one JSON value. Duplicate keys are reported, and the last one kept.
 * @throws {Stop} when the text is no JSON, after reporting why
 */
export function readJson(text: string, report: Report): JsonNode {
  const reading: Reading = { text, report, at: 0 };
  skipWhitespace(reading);
  const root = readValue(reading, '', 0);
  skipWhitespace(reading);
  return reading.at < text.length ? unexpected(reading, '', 'the end of the text') : root;
}

/** The plain value of a node. Its objects have no prototype, so that each key is only a key. */
export function plainValue(node: JsonNode): unknown {
  if (node.kind === 'array') return node.items.map(plainValue);
  if (node.kind === 'string') return node.text;
  if (node.kind !== 'object') return JSON.parse(node.text);
  const value: Record<string, unknown> = Object.create(null);
  for (const [key, member] of node.members) value[key] = plainValue(member.value);
  return value;
}

function fail(reading: Reading, code: ProblemCode, pointer: string, start: number, message: string): never {
  reading.report(code, { pointer, start }, message);
  throw new Stop();
}

function malformed(reading: Reading, pointer: string, start: number, message: string): never {
  return fail(reading, 'JSON_SYNTAX_ERROR', pointer, start, message);
}

function exceeded(reading: Reading, pointer: string, start: number, what: string, limit: string): never {
  return fail(reading, 'LIMIT_EXCEEDED', pointer, start, `${what} exceeds the limit of ${limit}`);
}

/** What people write who know another JSON, by its first characters. */
const HINTS: readonly (readonly [RegExp, string])[] = [
  [/^'/, '; strings and keys need double quotes'],
  [/^(\/[/*]|#)/, '; JSON has no comments'],
  [/^\uFEFF/, '; remove the byte order mark'],
];

function unexpected(reading: Reading, pointer: string, wanted: string): never {
  const rest = reading.text.slice(reading.at, reading.at + 64);
  const found = /^(?:[\w$.+-]+|.|\s)/u.exec(rest)?.[0];
  const hint = HINTS.find(([start]) => start.test(rest))?.[1] ?? '';
  const shown = found === undefined ? 'the end of the text' : quote(found);
  return malformed(reading, pointer, reading.at, `expected ${wanted}, found ${shown}${hint}`);
}

function skipWhitespace(reading: Reading): void {
  for (;;) {
    const code = reading.text.charCodeAt(reading.at);
    if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return;
    reading.at++;
  }
}

function readValue(reading: Reading, pointer: string, depth: number): JsonNode {
  const first = reading.text[reading.at];
  if (first === '{') return readObject(reading, pointer, depth);
  if (first === '[') return readArray(reading, pointer, depth);
  return first === '"' ? readString(reading, pointer) : readLiteral(reading, pointer);
}

function readObject(reading: Reading, pointer: string, depth: number): JsonObject {
  const start = reading.at;
  const members = new Map<string, JsonMember>();
  readItems(reading, pointer, depth, '}', () => {
    if (reading.text[reading.at] !== '"') unexpected(reading, pointer, 'a key in double quotes');
    const name = readString(reading, pointer);
    const key = { ...name, pointer: `${pointer}/${name.text.replaceAll('~', '~0').replaceAll('/', '~1')}` };
    skipWhitespace(reading);
    if (reading.text[reading.at] !== ':') unexpected(reading, pointer, 'a colon after the key');
    reading.at++;
    skipWhitespace(reading);
    if (members.has(key.text)) reading.report('JSON_SYNTAX_ERROR', key, `duplicate key ${quote(key.text)}`);
    members.set(key.text, { key, value: readValue(reading, key.pointer, depth + 1) });
  });
  return { kind: 'object', members, pointer, start, end: reading.at };
}

function readArray(reading: Reading, pointer: string, depth: number): JsonArray {
  const start = reading.at;
  const items: JsonNode[] = [];
  readItems(reading, pointer, depth, ']', () => {
    items.push(readValue(reading, `${pointer}/${items.length}`, depth + 1));
  });
  return { kind: 'array', items, pointer, start, end: reading.at };
}

/** From the opening character to behind the closing one. */
function readItems(reading: Reading, pointer: string, depth: number, close: string, readItem: () => void): void {
  if (depth === NESTING_MAX) exceeded(reading, pointer, reading.at, 'nesting', `${NESTING_MAX} levels`);
  reading.at++;
  skipWhitespace(reading);
  if (reading.text[reading.at] !== close) {
    for (;;) {
      readItem();
      skipWhitespace(reading);
      const comma = reading.at;
      if (reading.text[comma] === close) break;
      if (reading.text[comma] !== ',') unexpected(reading, pointer, `a comma or \`${close}\``);
      reading.at++;
      skipWhitespace(reading);
      if (reading.text[reading.at] === close) malformed(reading, pointer, comma, 'trailing comma');
    }
  }
  reading.at++;
}

function readString(reading: Reading, pointer: string): JsonScalar {
  const { text, at: start } = reading;
  let end = start + 1;
  let escaped = false;
  for (let code = text.charCodeAt(end); code !== 0x22; code = text.charCodeAt(end)) {
    if (code === 0x5c) {
      escaped = true;
      end += escapeLength(reading, pointer, end);
    } else if (code >= 0x20) end++;
    else if (end >= text.length) malformed(reading, pointer, start, 'string without closing quote');
    else malformed(reading, pointer, end, `control character ${quote(text.charAt(end))} in a string must be escaped`);
  }
  end++;
  const value: string = escaped ? JSON.parse(text.slice(start, end)) : text.slice(start + 1, end - 1);
  // Half a pair can't be sent to any service, and would be replaced on the way.
  if (/\p{Surrogate}/u.test(value)) malformed(reading, pointer, start, 'string with half a surrogate pair');
  return scalar(reading, 'string', value, pointer, end);
}

function escapeLength(reading: Reading, pointer: string, at: number): number {
  const found = /^\\(?:["\\/bfnrt]|u[\dA-Fa-f]{4})/.exec(reading.text.slice(at, at + 6));
  return (
    found?.[0].length ?? malformed(reading, pointer, at, `${quote(reading.text.slice(at, at + 2))} is no JSON escape`)
  );
}

/** The lookahead refuses numbers and names that only start well: `01`, `1.`, `truer`. */
const LITERAL = /(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)(?![\w$.+-])/y;

function readLiteral(reading: Reading, pointer: string): JsonScalar {
  LITERAL.lastIndex = reading.at;
  const text = LITERAL.exec(reading.text)?.[0] ?? unexpected(reading, pointer, 'a JSON value');
  const kind = text === 'null' ? 'null' : text === 'true' || text === 'false' ? 'boolean' : 'number';
  return scalar(reading, kind, text, pointer, reading.at + text.length);
}

function scalar(reading: Reading, kind: JsonScalar['kind'], text: string, pointer: string, end: number): JsonScalar {
  const start = reading.at;
  if (text.length > STRING_LENGTH_MAX) exceeded(reading, pointer, start, kind, `${STRING_LENGTH_MAX} characters`);
  reading.at = end;
  return { kind, text, pointer, start, end };
}
