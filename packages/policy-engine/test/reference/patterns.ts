// Wildcards, variables and ARNs for the reference evaluator (GLOB, ARN, VAR). Text is a list of symbols: characters and
// whole variables; a pattern is a list of characters and the two wildcards.
import { UNDECIDED, type Value } from './question.js';

/** Reads a key; undefined in documents of Version 2008-10-17, where nothing is expanded. */
export type Variables = ((key: string) => Value) | undefined;
export const STAR = 'any characters';
export const ONE = 'one character';

export function glob(pattern: readonly string[], text: readonly string[]): boolean {
  let reached = new Set([0]); // how much of the text the pattern so far can have eaten
  for (const symbol of pattern) {
    const next = new Set<number>();
    for (const at of reached) {
      if (symbol === STAR) for (let end = at; end <= text.length; end++) next.add(end);
      else if (at < text.length && (symbol === ONE || symbol === text[at])) next.add(at + 1);
    }
    reached = next;
  }
  return reached.has(text.length);
}

const VARIABLE = /\$\{[^,}]*, '(?:(?!\$\{).)*'\}|\$\{[^}]*\}|./gsu;
export const symbolsOf = (text: string, variables: Variables) => (variables ? (text.match(VARIABLE) ?? []) : [...text]);
export const isVariable = (symbol: string) => symbol.startsWith('${') && !/^\$\{[*?$]\}$/.test(symbol);

export function splitArn(text: string, variables: Variables): string[][] {
  const parts: string[][] = [[]];
  for (const symbol of symbolsOf(text, variables)) {
    if (symbol === ':' && parts.length < 6) parts.push([]);
    else parts.at(-1)?.push(symbol);
  }
  return parts;
}

/** VAR-1 to VAR-7: the pattern that the symbols stand for, none when a variable has no value. */
export function expand(symbols: readonly string[], variables: Variables): string[] | undefined | typeof UNDECIDED {
  const pattern: string[] = [];
  for (const symbol of symbols) {
    if (symbol === '*' || symbol === '?') pattern.push(symbol === '*' ? STAR : ONE);
    else if (!symbol.startsWith('${')) pattern.push(symbol);
    else if (!isVariable(symbol)) pattern.push(symbol.charAt(2));
    else {
      const [, key = '', fallback] = /^\$\{([^,}]*)(?:, '(.*)')?\}$/s.exec(symbol) ?? [];
      const value = variables?.(key);
      if (value === UNDECIDED) return UNDECIDED;
      const text = typeof value === 'string' && value !== '' ? value : fallback;
      if (text === undefined) return undefined;
      pattern.push(...text);
    }
  }
  return pattern;
}
