// identity-headers.ts: the form of the headers in which VPC Lattice tells a target who calls: `name=value` pairs between
// semicolons, in any order, with or without spaces, values possibly empty, a semicolon in a value behind a backslash.
// Reading is strict where leniency would let a caller's own text pass for another field, and never throws.

/** Headers that Lattice sets and takes from callers' requests; here they are taken from whoever is not Lattice. */
export const IDENTITY_HEADERS: ReadonlySet<string> = new Set([
  'x-amzn-lattice-identity',
  'x-amzn-lattice-identity-tags',
  'x-amzn-lattice-network',
  'x-amzn-lattice-target',
  'x-amzn-source-vpc',
]);

const HEADER_CHARS_MAX = 32_768;
const FIELDS_MAX = 200;

/** Fields by their names as written. */
export type Fields = ReadonlyMap<string, string>;

/**
 * Reads one header's value; undefined when it is malformed: a part without `=`, a name twice (in whatever casing), too much.
 *
 * Only `\;` is an escape. Were `\\` one too, a value that ends in a backslash could end a field early, and what follows it
 * would be read as a field that the caller has written.
 */
export function parseFields(text: string): Fields | undefined {
  if (text.length > HEADER_CHARS_MAX) return undefined;
  const fields = new Map<string, string>();
  const folded = new Set<string>();
  for (const part of splitParts(text)) {
    const trimmed = part.trim();
    if (trimmed === '') continue;
    const at = trimmed.indexOf('=');
    const name = trimmed.slice(0, Math.max(at, 0)).trim();
    if (name === '' || folded.has(name.toLowerCase()) || fields.size >= FIELDS_MAX) return undefined;
    folded.add(name.toLowerCase());
    fields.set(name, trimmed.slice(at + 1));
  }
  return fields;
}

/** Parts between semicolons that no backslash stands before, unescaped. */
function splitParts(text: string): string[] {
  const parts: string[] = [];
  let part = '';
  let from = 0;
  for (let at = text.indexOf(';'); at !== -1; at = text.indexOf(';', at + 1)) {
    if (text[at - 1] === '\\') {
      part += `${text.slice(from, at - 1)};`;
    } else {
      parts.push(part + text.slice(from, at));
      part = '';
    }
    from = at + 1;
  }
  parts.push(part + text.slice(from));
  return parts;
}

/** Fields as a header's value, as Lattice writes them. */
export function formatFields(fields: Iterable<readonly [name: string, value: string]>): string {
  return [...fields].map(([name, value]) => `${name}=${value.replaceAll(';', '\\;')}`).join('; ');
}

/** The value of a field, whatever the casing of its name; undefined when it is absent or empty. */
export function fieldOf(fields: Fields, name: string): string | undefined {
  const exact = fields.get(name);
  if (exact !== undefined) return exact === '' ? undefined : exact;
  const wanted = name.toLowerCase();
  for (const [key, value] of fields) if (key.toLowerCase() === wanted) return value === '' ? undefined : value;
  return undefined;
}
