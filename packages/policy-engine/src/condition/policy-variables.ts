// Policy variables (docs/evaluation.md, VAR-1..7): `${key}`, `${key, 'default'}` and the escapes `${*}`, `${?}`, `${$}`.
// A template is read once; putting values in is one pass, and what is put in is literal text.

import { type GlobToken, tokenizeGlob } from '../match/wildcard.js';
import type { PolicyVersion } from '../model.js';
import { type RequestState, UNKNOWN_VALUE } from '../request-state.js';
import { type ConditionKey, conditionKey } from './condition-key.js';

/** A piece of a template. `pattern` text may hold wildcards, `literal` text never does. */
type TemplatePart =
  | { readonly kind: 'pattern'; readonly text: string }
  | { readonly kind: 'literal'; readonly text: string }
  | { readonly kind: 'variable'; readonly key: string; readonly fallback: string | undefined };

export interface Template {
  readonly parts: readonly TemplatePart[];
  readonly hasVariables: boolean;
}

/** What is wrong with a template, and the offset of the `${` it stands in. */
export interface TemplateProblem {
  readonly problem: 'missingBrace' | 'missingQuote' | 'empty' | 'space';
  readonly at: number;
}

/** The template of a text in which variables are not expanded (Version 2008-10-17, or an element without variables). */
export function plainTemplate(text: string): Template {
  return { parts: text === '' ? [] : [{ kind: 'pattern', text }], hasVariables: false };
}

/** Reads a text with variables. */
export function parseTemplate(text: string): Template | TemplateProblem {
  const parts: TemplatePart[] = [];
  let hasVariables = false;
  let position = 0;
  while (position < text.length) {
    const start = text.indexOf('${', position);
    const plain = start === -1 ? text.slice(position) : text.slice(position, start);
    if (plain !== '') parts.push({ kind: 'pattern', text: plain });
    if (start === -1) break;
    const read = readVariable(text, start);
    if ('problem' in read) return read;
    hasVariables ||= read.part.kind === 'variable';
    parts.push(read.part);
    position = read.end;
  }
  return { parts, hasVariables };
}

function readVariable(text: string, at: number): { part: TemplatePart; end: number } | TemplateProblem {
  const brace = text.indexOf('}', at);
  if (brace === -1) return { problem: 'missingBrace', at };
  const body = text.slice(at + 2, brace);
  if (body === '*' || body === '?' || body === '$') return { part: { kind: 'literal', text: body }, end: brace + 1 };
  const comma = body.indexOf(',');
  if (comma !== -1) return readDefault(text, at, at + 2 + comma);
  if (body === '') return { problem: 'empty', at };
  if (body.includes('${')) return { problem: 'missingBrace', at };
  if (/\s/.test(body)) return { problem: 'space', at };
  return { part: { kind: 'variable', key: body, fallback: undefined }, end: brace + 1 };
}

/** The default runs to the last `'}` before the next `${`, so that it may hold quotes, braces and commas. */
function readDefault(text: string, at: number, comma: number): { part: TemplatePart; end: number } | TemplateProblem {
  const key = text.slice(at + 2, comma);
  if (key === '') return { problem: 'empty', at };
  if (key.includes('${')) return { problem: 'missingBrace', at };
  if (/\s/.test(key)) return { problem: 'space', at };
  if (!text.startsWith(", '", comma)) return { problem: 'missingQuote', at };
  const next = text.indexOf('${', comma);
  const end = text.lastIndexOf("'}", next === -1 ? text.length : next - 1);
  if (end < comma + 3) return { problem: 'missingQuote', at };
  return { part: { kind: 'variable', key, fallback: text.slice(comma + 3, end) }, end: end + 2 };
}

/** A piece of a template after its variables got their values. */
export interface ExpandedPart {
  readonly text: string;
  /** Stars and question marks in `text` are wildcards. */
  readonly isPattern: boolean;
}

export type Expansion = readonly ExpandedPart[] | 'noValue' | 'unknown';

/** Puts values in. `noValue` when a variable has neither value nor default; `unknown` when its value can't be known. */
export function expandTemplate(parts: readonly CompiledPart[], state: RequestState): Expansion {
  const expanded: ExpandedPart[] = [];
  for (const part of parts) {
    if (part.kind !== 'variable') {
      expanded.push({ text: part.text, isPattern: part.kind === 'pattern' });
      continue;
    }
    const value = variableValue(part, state);
    if (value === UNKNOWN_VALUE) return 'unknown';
    if (value === undefined) return 'noValue';
    expanded.push({ text: value, isPattern: false });
  }
  return expanded;
}

export type CompiledPart =
  | Exclude<TemplatePart, { kind: 'variable' }>
  | { readonly kind: 'variable'; readonly key: ConditionKey; readonly fallback: string | undefined };

/** Resolves the key names of a template once. */
export function compileTemplate(template: Template): readonly CompiledPart[] {
  return template.parts.map((part) => (part.kind === 'variable' ? { ...part, key: conditionKey(part.key) } : part));
}

function variableValue(
  part: Extract<CompiledPart, { kind: 'variable' }>,
  state: RequestState,
): string | undefined | typeof UNKNOWN_VALUE {
  const value = state.read(part.key);
  if (value === UNKNOWN_VALUE || (typeof value === 'string' && value !== '')) return value;
  if (value === '') state.assumed.push('variable-empty');
  if (part.fallback !== undefined && /['{},$]/.test(part.fallback)) state.assumed.push('variable-default-text');
  return part.fallback;
}

/** The text of an expansion, for operators without wildcards. */
export function expandedText(parts: readonly ExpandedPart[]): string {
  return parts.map((part) => part.text).join('');
}

/** The tokens of an expansion, for operators with wildcards. */
export function expandedGlob(parts: readonly ExpandedPart[]): GlobToken[] {
  return parts.flatMap((part) => (part.isPattern ? tokenizeGlob(part.text) : [{ literal: part.text }]));
}

/** The parts of a template without variables. */
export function constantParts(parts: readonly CompiledPart[]): readonly ExpandedPart[] | undefined {
  const constant: ExpandedPart[] = [];
  for (const part of parts) {
    if (part.kind === 'variable') return undefined;
    constant.push({ text: part.text, isPattern: part.kind === 'pattern' });
  }
  return constant;
}

/** The template of an operand or resource: variables only in Version 2012-10-17 (VAR-8). */
export function readTemplate(text: string, version: PolicyVersion): Template {
  if (version !== '2012-10-17') return plainTemplate(text);
  const template = parseTemplate(text);
  // INVARIANT: the parser refuses malformed variables; what is read here without it is literal.
  return 'problem' in template ? plainTemplate(text) : template;
}
