// policy-text.ts — a policy inside a stack file as JSON text for the engine, with the way back: from an offset in that
// text to the offset in the stack file. The engine's places then mean lines that the user can open.
import { LineIndex } from '../source/line-index.js';
import type { ScalarNode, SourceNode, Span } from '../source/source-tree.js';
import { quote } from '../text/quote.js';

/** Text for the engine. `toFile` gives the file's offset for the start or the end of something in the text. */
export interface PolicyText {
  readonly text: string;
  toFile(offset: number, edge: 'start' | 'end'): number;
}

/** Something in a mapping that JSON cannot say. */
export interface UnsayableValue {
  readonly offset: number;
  readonly message: string;
}

const JSON_NUMBER = /^-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?$/;

/** A policy written as a mapping. */
export function textOfMapping(root: SourceNode): { policyText: PolicyText; problems: readonly UnsayableValue[] } {
  const problems: UnsayableValue[] = [];
  const starts = new Map<number, number>();
  const ends = new Map<number, number>();
  let text = '';
  const put = (json: string, span: Span) => {
    starts.set(text.length, span.start);
    text += json;
    ends.set(text.length, span.end);
  };
  const write = (node: SourceNode): void => {
    const start = text.length;
    if (node.kind === 'scalar') put(jsonScalar(node, problems), node);
    else if (node.kind === 'sequence') {
      writeAll('[', ']', node.items, write);
    } else {
      writeAll('{', '}', node.entries, ([name, entry]) => {
        put(JSON.stringify(name), entry.key);
        text += ':';
        write(entry.value);
      });
    }
    starts.set(start, node.start);
    ends.set(text.length, node.end);
  };
  const writeAll = <T>(open: string, close: string, items: Iterable<T>, each: (item: T) => void) => {
    text += open;
    let first = true;
    for (const item of items) {
      if (!first) text += ',';
      first = false;
      each(item);
    }
    text += close;
  };
  write(root);
  const toFile = (offset: number, edge: 'start' | 'end') => {
    const table = edge === 'start' ? starts : ends;
    // Places between two tokens belong to the token before them.
    for (let at = offset; at >= 0; at -= 1) {
      const found = table.get(at);
      if (found !== undefined) return found;
    }
    return root.start;
  };
  return { policyText: { text, toFile }, problems };
}

function jsonScalar(node: ScalarNode, problems: UnsayableValue[]): string {
  if (typeof node.value !== 'number') return JSON.stringify(node.value);
  if (JSON_NUMBER.test(node.text)) return node.text;
  const message = `${quote(node.text)} is a number that JSON writes differently: put it in quotes if it is text`;
  problems.push({ offset: node.start, message });
  return String(Number.isFinite(node.value) ? node.value : 0);
}

/** A policy written as JSON text. Lines and columns are exact for a `|` block, else all places are the value's. */
export function textOfScalar(node: ScalarNode, fileLines: LineIndex): PolicyText {
  const text = String(node.value);
  const { block } = node;
  if (block === undefined) {
    return { text, toFile: (_, edge) => (edge === 'start' ? node.start : node.end) };
  }
  const textLines = new LineIndex(text);
  const first = fileLines.at(block.start).line;
  return {
    text,
    toFile(offset) {
      const { line, column } = textLines.at(offset);
      return fileLines.startOf(first + line - 1) + block.indent + column - 1;
    },
  };
}
