// flat-headers.ts: looking for a header in a flat list of names and values; names are compared in lower case.

/** The value of a header that there is once; undefined when there is none, or several. */
export function onlyHeader(flat: readonly string[], name: string): string | undefined {
  let found: string | undefined;
  for (let at = 0; at < flat.length; at += 2) {
    if (flat[at]?.toLowerCase() !== name) continue;
    if (found !== undefined) return undefined;
    found = flat[at + 1];
  }
  return found;
}

/** The first value of a header. */
export function firstHeader(flat: readonly string[], name: string): string | undefined {
  for (let at = 0; at < flat.length; at += 2) if (flat[at]?.toLowerCase() === name) return flat[at + 1];
  return undefined;
}
