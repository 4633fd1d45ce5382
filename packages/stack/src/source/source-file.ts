// source-file.ts — one file that was read: its text, its tree, and places in it.
import type { FilePlace } from '../errors.js';
import { LineIndex } from './line-index.js';
import { findNode, type SourceNode } from './source-tree.js';

export class SourceFile {
  readonly file: string;
  readonly text: string;
  readonly root: SourceNode;
  readonly lines: LineIndex;

  constructor(file: string, text: string, root: SourceNode) {
    this.file = file;
    this.text = text;
    this.root = root;
    this.lines = new LineIndex(text);
  }

  /** Where a pointer's value, or its key, stands; the nearest thing around it when there is no such value. */
  place(pointer: string, onKey: boolean): FilePlace {
    const found = findNode(this.root, pointer);
    const span = onKey ? found.key : found.value;
    return { file: this.file, pointer, ...this.lines.at(span.start) };
  }
}
