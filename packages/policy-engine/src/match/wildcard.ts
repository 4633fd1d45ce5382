// Wildcards of IAM: `*` is any run of characters, also across `/`, `:` and line breaks; `?` is exactly one character
// (docs/evaluation.md, GLOB-1..4). Never a RegExp: the cost is at most pattern length times text length.

/** One unit of a pattern: literal text, or a wildcard. Escaped wildcards arrive as literal text. */
export type GlobToken = { readonly literal: string } | { readonly wildcard: '*' | '?' };

/** A compiled pattern. `exact` and `prefix` are the shapes that most policies have. */
export type Glob =
  | { readonly shape: 'any' }
  | { readonly shape: 'exact'; readonly text: string }
  | { readonly shape: 'prefix'; readonly text: string }
  | { readonly shape: 'runs'; readonly runs: readonly string[]; readonly lengthMin: number }
  | { readonly shape: 'characters'; readonly characters: readonly string[] };

const ANY: Glob = { shape: 'any' };
// Private-use markers can't collide with a literal: literals of a `characters` glob are compared after this check.
const STAR = '\u{F0000}*';
const ONE = '\u{F0000}?';

/** Reads pattern text in which every `*` and `?` is a wildcard. */
export function tokenizeGlob(text: string): GlobToken[] {
  const tokens: GlobToken[] = [];
  let start = 0;
  for (let index = 0; index < text.length; index++) {
    const character = text[index];
    if (character !== '*' && character !== '?') continue;
    if (index > start) tokens.push({ literal: text.slice(start, index) });
    tokens.push({ wildcard: character });
    start = index + 1;
  }
  if (start < text.length) tokens.push({ literal: text.slice(start) });
  return tokens;
}

/** Compiles a pattern. Neighbouring stars count as one. */
export function compileGlob(pattern: string | readonly GlobToken[]): Glob {
  const tokens = typeof pattern === 'string' ? tokenizeGlob(pattern) : pattern;
  if (tokens.some((token) => 'wildcard' in token && token.wildcard === '?')) return charactersGlob(tokens);
  const runs = [''];
  for (const token of tokens) {
    if ('literal' in token) runs[runs.length - 1] += token.literal;
    else runs.push('');
  }
  const [first = '', ...rest] = runs;
  if (rest.length === 0) return { shape: 'exact', text: first };
  if (rest.every((run) => run === '')) return first === '' ? ANY : { shape: 'prefix', text: first };
  return { shape: 'runs', runs, lengthMin: runs.reduce((sum, run) => sum + run.length, 0) };
}

function charactersGlob(tokens: readonly GlobToken[]): Glob {
  const characters: string[] = [];
  for (const token of tokens) {
    if ('literal' in token) characters.push(...token.literal);
    else if (token.wildcard === '?') characters.push(ONE);
    else if (characters.at(-1) !== STAR) characters.push(STAR);
  }
  return { shape: 'characters', characters };
}

/** Whether the whole of `text` matches. */
export function matchesGlob(glob: Glob, text: string): boolean {
  switch (glob.shape) {
    case 'exact':
      return text === glob.text;
    case 'prefix':
      return hasPrefix(text, glob.text);
    case 'any':
      return true;
    case 'runs':
      return matchesRuns(glob.runs, glob.lengthMin, text);
    case 'characters':
      return matchesCharacters(glob.characters, [...text]);
  }
}

/** First and last run are anchored; each run between is taken at its leftmost place, which never costs a match. */
function matchesRuns(runs: readonly string[], lengthMin: number, text: string): boolean {
  const last = runs.length - 1;
  const tail = runs[last] ?? '';
  const head = runs[0] ?? '';
  if (text.length < lengthMin || !hasSuffix(text, tail)) return false;
  const end = text.length - tail.length;
  let position = head.length;
  for (let index = 1; index < last; index++) {
    const run = runs[index] ?? '';
    const found = text.indexOf(run, position);
    if (found === -1 || found + run.length > end) return false;
    position = found + run.length;
  }
  // Last, because it takes longest: the first run is half an ARN, and most requests lack one of the others.
  return hasPrefix(text, head);
}

/**
 * `startsWith` compares one character at a time, a slice is compared at once, and patterns of one policy tend to differ at
 * their ends (bench engine, "all for everybody": a third of the time).
 */
export function hasPrefix(text: string, prefix: string): boolean {
  const { length } = prefix;
  if (length === 0) return true;
  return text.charCodeAt(length - 1) === prefix.charCodeAt(length - 1) && text.slice(0, length) === prefix;
}

function hasSuffix(text: string, suffix: string): boolean {
  const start = text.length - suffix.length;
  if (suffix.length === 0) return true;
  return text.charCodeAt(start) === suffix.charCodeAt(0) && text.slice(start) === suffix;
}

/** Two cursors with one point of return: the last star seen. */
function matchesCharacters(pattern: readonly string[], text: readonly string[]): boolean {
  let at = 0;
  let next = 0;
  let star = -1;
  let resume = 0;
  while (at < text.length) {
    const wanted = pattern[next];
    if (wanted === STAR) {
      star = next++;
      resume = at;
    } else if (wanted === ONE || (wanted !== undefined && wanted === text[at])) {
      next++;
      at++;
    } else if (star !== -1) {
      next = star + 1;
      at = ++resume;
    } else {
      return false;
    }
  }
  while (pattern[next] === STAR) next++;
  return next === pattern.length;
}

/** Whether `?` met a character outside the Basic Multilingual Plane, where AWS does not say what one character is. */
export function dependsOnCharacterSize(glob: Glob, text: string): boolean {
  return glob.shape === 'characters' && /[\ud800-\udfff]/.test(text);
}
