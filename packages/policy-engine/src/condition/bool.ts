// Reads booleans of Bool and Null conditions (docs/evaluation.md, BOOL-1).

/** `true` or `false` in any casing; `undefined` for any other text. */
export function parseBool(text: string): boolean | undefined {
  if (text === 'true') return true;
  if (text === 'false') return false;
  const folded = text.toLowerCase();
  return folded === 'true' ? true : folded === 'false' ? false : undefined;
}
