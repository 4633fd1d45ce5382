// Policy variables (docs/evaluation.md, VAR-1..7): `${key}`, `${key, 'default'}` and the escapes `${*}`, `${?}`, `${$}`.
// A template is read once; putting values in is one pass, and what is put in is literal text.

/** A piece of a template. `pattern` text may hold wildcards, `literal` text never does. */
export type TemplatePart =
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
