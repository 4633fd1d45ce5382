// read-source.ts — text to source tree: YAML 1.2 with its core schema, of which JSON is a part. What YAML can do
// beyond plain data is refused: tags, other versions, merge keys; aliases are counted as often as they are used.
import { type Alias, type Document, isAlias, isMap, isScalar, isSeq, type Node, type Pair, parseDocument } from 'yaml';
import { FILE_LENGTH_MAX, NESTING_MAX, NODES_MAX } from '../limits.js';
import { quote } from '../text/quote.js';
import { nodeCount, type SourceNode, type Span } from './source-tree.js';

type SyntaxCode = 'ERR_STACK_SYNTAX' | 'ERR_STACK_DUPLICATE_KEY' | 'ERR_STACK_LIMIT';

interface SyntaxProblem {
  readonly code: SyntaxCode;
  readonly message: string;
  readonly offset: number;
}

export interface ReadSource {
  /** The tree; undefined when there is a problem that leaves none, or one that cannot be trusted. */
  readonly root: SourceNode | undefined;
  readonly problems: readonly SyntaxProblem[];
}

const CORE_TAGS = /^tag:yaml\.org,2002:(?:str|int|float|bool|null|map|seq)$/;

/** Reads a whole file. Never throws, whatever the text. */
export function readSource(text: string): ReadSource {
  if (text.length > FILE_LENGTH_MAX) {
    const message = `the file is longer than ${FILE_LENGTH_MAX} characters`;
    return { root: undefined, problems: [{ code: 'ERR_STACK_LIMIT', message, offset: 0 }] };
  }
  let document: Document.Parsed;
  try {
    // Duplicate keys are found below: the parser's own check is quadratic.
    document = parseDocument(text, { version: '1.2', uniqueKeys: false, prettyErrors: false, logLevel: 'error' });
  } catch (error) {
    const message = `cannot be read as YAML: ${firstLine(error)}`;
    return { root: undefined, problems: [{ code: 'ERR_STACK_SYNTAX', message, offset: 0 }] };
  }
  const errors = [...syntaxErrors(document), ...directiveErrors(document)];
  if (errors.length > 0) return { root: undefined, problems: errors };
  return new Converter(text).convert(document.contents);
}

function syntaxErrors(document: Document.Parsed): SyntaxProblem[] {
  return [...document.errors, ...document.warnings].map((error) => {
    const deep = error.code === 'RESOURCE_EXHAUSTION';
    if (deep) return { code: 'ERR_STACK_LIMIT', message: 'nested too deeply', offset: error.pos[0] };
    if (error.code === 'MULTIPLE_DOCS') {
      return { code: 'ERR_STACK_SYNTAX', message: 'more than one document in the file', offset: error.pos[0] };
    }
    return { code: 'ERR_STACK_SYNTAX', message: lowerFirst(firstLine(error)), offset: error.pos[0] };
  });
}

function directiveErrors(document: Document.Parsed): SyntaxProblem[] {
  const version = document.directives?.yaml;
  if (!version?.explicit || version.version === '1.2') return [];
  return [{ code: 'ERR_STACK_SYNTAX', message: `only YAML 1.2 is read, not ${version.version}`, offset: 0 }];
}

/** Thrown within the converter when going on would cost too much. */
class TooLarge extends Error {}

class Converter {
  readonly #text: string;
  readonly #problems: SyntaxProblem[] = [];
  /** Anchors seen so far, in the order of the text: an alias means the nearest one before it. */
  readonly #anchors = new Map<string, SourceNode>();
  #count = 0;

  constructor(text: string) {
    this.#text = text;
  }

  convert(contents: Node | null): ReadSource {
    try {
      const root = contents === null ? emptyNode({ start: 0, end: 0 }) : this.#node(contents, 0);
      return { root: this.#problems.length > 0 ? undefined : root, problems: this.#problems };
    } catch (error) {
      if (!(error instanceof TooLarge)) throw error;
      return { root: undefined, problems: this.#problems };
    }
  }

  #node(node: Node, depth: number): SourceNode {
    const span = spanOf(node);
    if (depth > NESTING_MAX) this.#tooLarge(span, `nested deeper than ${NESTING_MAX} levels`);
    if (isAlias(node)) return this.#alias(node, span);
    this.#grow(1, span);
    if (node.tag !== undefined && !CORE_TAGS.test(node.tag)) {
      this.#refuse(span, `unknown tag ${quote(node.tag)}`);
      return emptyNode(span);
    }
    const converted = this.#content(node, span, depth);
    const anchor = 'anchor' in node ? node.anchor : undefined;
    if (anchor) this.#anchors.set(anchor, converted);
    return converted;
  }

  #content(node: Node, span: Span, depth: number): SourceNode {
    if (isMap<Node, Node | null>(node)) return this.#mapping(node.items, span, depth);
    if (isSeq<Node | Pair<Node, Node | null>>(node)) return this.#sequence(node.items, span, depth);
    if (!isScalar(node)) return emptyNode(span);
    const { value, source, type } = node;
    const plain =
      typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' || value === null;
    if (!plain) this.#refuse(span, 'a value that is not text, number, boolean or null');
    const block = type === 'BLOCK_LITERAL' ? blockContent(this.#text, span) : undefined;
    return { kind: 'scalar', value: plain ? value : null, text: source ?? String(value), block, ...span };
  }

  #sequence(items: readonly (Node | Pair<Node, Node | null>)[], span: Span, depth: number): SourceNode {
    const converted = items.map((item) => {
      // `[a: b]` is a mapping of one entry.
      if ('key' in item && 'value' in item && !isScalar(item))
        return this.#mapping([item], spanOf(item.key), depth + 1);
      return this.#node(item as Node, depth + 1);
    });
    return { kind: 'sequence', items: converted, count: total(converted), ...span };
  }

  #mapping(pairs: readonly Pair<Node, Node | null>[], span: Span, depth: number): SourceNode {
    const entries = new Map<string, { key: Span; value: SourceNode }>();
    for (const pair of pairs) {
      const key = spanOf(pair.key);
      const name = this.#keyName(pair.key, key);
      const value = pair.value ? this.#node(pair.value, depth + 1) : emptyNode({ start: key.end, end: key.end });
      if (entries.has(name)) {
        const message = `${quote(name)} stands here twice`;
        this.#problems.push({ code: 'ERR_STACK_DUPLICATE_KEY', message, offset: key.start });
      } else entries.set(name, { key, value });
    }
    const values = [...entries.values()].map((entry) => entry.value);
    return { kind: 'mapping', entries, count: total(values), ...span };
  }

  #keyName(key: Node, span: Span): string {
    if (isScalar(key) && key.tag === undefined && !key.anchor) {
      if (typeof key.value === 'string') return key.value;
      if (key.source) {
        this.#refuse(span, `the key ${quote(key.source)} is not text: put it in quotes`);
        return key.source;
      }
    }
    this.#refuse(span, 'a key that is not plain text');
    return '';
  }

  #alias(node: Alias, span: Span): SourceNode {
    const target = this.#anchors.get(node.source);
    if (target === undefined) {
      this.#refuse(span, `no anchor ${quote(node.source)} stands before this alias`);
      return emptyNode(span);
    }
    this.#grow(nodeCount(target), span);
    return target;
  }

  #grow(by: number, span: Span): void {
    this.#count += by;
    if (this.#count > NODES_MAX) this.#tooLarge(span, `more than ${NODES_MAX} values, aliases written out`);
  }

  #refuse(span: Span, message: string): void {
    this.#problems.push({ code: 'ERR_STACK_SYNTAX', message, offset: span.start });
  }

  #tooLarge(span: Span, message: string): never {
    this.#problems.push({ code: 'ERR_STACK_LIMIT', message, offset: span.start });
    throw new TooLarge(message);
  }
}

const total = (nodes: readonly SourceNode[]) => nodes.reduce((sum, node) => sum + nodeCount(node), 1);

const spanOf = (node: Node): Span => ({ start: node.range?.[0] ?? 0, end: node.range?.[1] ?? 0 });

const emptyNode = (span: Span): SourceNode => ({ kind: 'scalar', value: null, text: '', block: undefined, ...span });

/** Where the content of a literal block begins: the line after its `|`, and the indentation of its first full line. */
function blockContent(text: string, span: Span): { start: number; indent: number } | undefined {
  const start = text.indexOf('\n', span.start) + 1;
  if (start === 0 || start > span.end) return undefined;
  const first = /^(?:[ ]*\r?\n)*( *)/.exec(text.slice(start, span.end));
  return { start, indent: first?.[1]?.length ?? 0 };
}

function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n', 1)[0]?.trim() ?? '';
}

const lowerFirst = (text: string) => text.slice(0, 1).toLowerCase() + text.slice(1);
