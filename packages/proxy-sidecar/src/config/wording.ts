// wording.ts: the user's words in our messages: quoted on one line, listed, and the near name for a mistyped one.

const QUOTE_CHARS_MAX = 120;
/** Longer words are not compared: names are short, and the cost is the product of the lengths. */
const WORD_CHARS_MAX = 100;

/** In backticks; control characters and line breaks become spaces; long text is cut. */
export function quote(text: string): string {
  const cut = text.length > QUOTE_CHARS_MAX ? `${text.slice(0, QUOTE_CHARS_MAX)}…` : text;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not reach a terminal
  return `\`${cut.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g, ' ')}\``;
}

/** `a`, `a or b`, `a, b or c`. */
export function listOf(words: readonly string[], last = 'or'): string {
  if (words.length < 2) return words.join('');
  return `${words.slice(0, -1).join(', ')} ${last} ${words.at(-1)}`;
}

/** `; did you mean \`x\`?`, or nothing when no candidate is near. */
export function didYouMean(word: string, candidates: Iterable<string>): string {
  const near = nearest(word, candidates);
  return near === undefined ? '' : `; did you mean ${quote(near)}?`;
}

function nearest(word: string, candidates: Iterable<string>): string | undefined {
  if (word.length > WORD_CHARS_MAX) return undefined;
  const wanted = word.toLowerCase();
  let least = Math.max(1, Math.floor(word.length / 3)) + 1;
  let best: string | undefined;
  for (const candidate of candidates) {
    const edits = distance(wanted, candidate.toLowerCase());
    if (edits >= least) continue;
    best = candidate;
    least = edits;
  }
  return best;
}

/** Insertions, deletions and replacements between two words. */
function distance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const replaced = (previous[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      row.push(Math.min((previous[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, replaced));
    }
    previous = row;
  }
  return previous[b.length] ?? 0;
}
