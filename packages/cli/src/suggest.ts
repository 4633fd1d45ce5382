// suggest.ts: "did you mean": the known word that is nearest to what was typed. Distance is counted in insertions,
// deletions, substitutions and swaps of neighbours (optimal string alignment).

/** A word that is further away than this share of its length is another word. */
const DISTANCE_SHARE_MAX = 1 / 3;
/** Longer words are not compared: names are short, and the cost is the product of the lengths. */
const WORD_CHARS_MAX = 100;

/** The candidate nearest to `word`, if one is near at all. */
export function nearest(word: string, candidates: Iterable<string>): string | undefined {
  let best: string | undefined;
  let bestDistance = Number.POSITIVE_INFINITY;
  const typed = word.toLowerCase();
  if (typed.length > WORD_CHARS_MAX) return undefined;
  for (const candidate of candidates) {
    if (candidate.length > WORD_CHARS_MAX) continue;
    const distance = editDistance(typed, candidate.toLowerCase());
    if (distance > Math.max(1, Math.floor(Math.max(typed.length, candidate.length) * DISTANCE_SHARE_MAX))) continue;
    if (distance >= bestDistance) continue;
    best = candidate;
    bestDistance = distance;
  }
  return best;
}

/** `did you mean x?`, or what there is when there are few enough to list. */
export function suggestion(word: string, candidates: Iterable<string>): string | undefined {
  const known = [...new Set(candidates)];
  const near = nearest(word, known);
  if (near !== undefined) return `did you mean \`${near}\`?`;
  if (known.length === 0 || known.length > 12) return undefined;
  return `known: ${known.map((name) => `\`${name}\``).join(', ')}`;
}

function editDistance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1];
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const left = row[j - 1] ?? 0;
      const up = last[j] ?? 0;
      const diagonal = last[j - 1] ?? 0;
      const swap = swapped ? (beforeLast[j - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY;
      row.push(Math.min(left + 1, up + 1, diagonal + (same ? 0 : 1), swap));
    }
    beforeLast = last;
    last = row;
  }
  return last[b.length] ?? 0;
}
