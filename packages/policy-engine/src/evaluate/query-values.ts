// Query parameters by name (docs/evaluation.md, LATTICE-QUERY).

/** Values of each name, percent-decoded, and the names for which decoding changed anything, in lower case. */
export interface QueryValues {
  readonly values: Readonly<Record<string, readonly string[]>>;
  readonly decodedNames: ReadonlySet<string>;
}

/** Reads `a=1&a=2&b`; a leading `?` is skipped. Names that objects inherit are ordinary names here. */
export function parseQuery(text: string): QueryValues {
  const values: Record<string, string[]> = Object.create(null);
  const decodedNames = new Set<string>();
  for (const pair of text.replace(/^\?/, '').split('&')) {
    if (pair === '') continue;
    const equals = pair.indexOf('=');
    const name = decode(equals === -1 ? pair : pair.slice(0, equals));
    const value = decode(equals === -1 ? '' : pair.slice(equals + 1));
    const known = values[name];
    if (known === undefined) values[name] = [value];
    else known.push(value);
    if (/[%+]/.test(pair)) decodedNames.add(name.toLowerCase());
  }
  return { values, decodedNames };
}

/** Text with a malformed escape stays as it is. */
function decode(text: string): string {
  const spaced = text.replace(/\+/g, ' ');
  try {
    return decodeURIComponent(spaced);
  } catch {
    return spaced;
  }
}
