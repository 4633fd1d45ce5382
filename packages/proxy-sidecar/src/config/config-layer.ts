// config-layer.ts: one source of settings (file, environment, flags) as a partial document, and how several become one:
// later ones win, mappings are merged, lists and scalars replaced. Each value keeps where it was said, for errors.

/** A plain mapping without a prototype, or one that came from a reader. */
export type Document = Record<string, unknown>;

/** One source of settings. */
export interface ConfigLayer {
  readonly document: Document;
  /** Where a value was said; undefined when it was not said here. `onKey`: the place of its name. */
  whereIs(pointer: string, onKey: boolean): string | undefined;
}

export const isMapping = (value: unknown): value is Document =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The layers as one document; the last wins. */
export function mergeLayers(layers: readonly ConfigLayer[]): Document {
  const merged: Document = Object.create(null);
  for (const { document } of layers) mergeInto(merged, document);
  return merged;
}

function mergeInto(target: Document, source: Document): void {
  for (const [key, value] of Object.entries(source)) {
    if (!isMapping(value)) {
      target[key] = value;
      continue;
    }
    const below: Document = Object.create(null);
    const before = target[key];
    if (isMapping(before)) mergeInto(below, before);
    mergeInto(below, value);
    target[key] = below;
  }
}

/** Where a value of the merged document was said: in the last layer that has it. */
export function whereIs(layers: readonly ConfigLayer[], pointer: string, onKey: boolean): string {
  for (let at = pointer; ; at = at.slice(0, at.lastIndexOf('/'))) {
    for (const layer of layers.toReversed()) {
      const where = layer.whereIs(at, onKey && at === pointer);
      if (where !== undefined) return where;
    }
    if (at === '') return 'configuration';
  }
}

/** A layer of single settings, such as flags: each with its name. */
export class SettingsLayer implements ConfigLayer {
  readonly document: Document = Object.create(null);
  readonly #names = new Map<string, string>();

  /** Sets the value at a path; `name` is what the user calls it. */
  set(path: readonly string[], value: unknown, name: string): void {
    let at = this.document;
    for (const key of path.slice(0, -1)) {
      const next = at[key];
      const below: Document = isMapping(next) ? next : Object.create(null);
      at[key] = below;
      at = below;
    }
    const last = path.at(-1);
    if (last !== undefined) at[last] = value;
    this.#names.set(pointerOf(path), name);
  }

  /** The value at a path, as far as it was set here. */
  get(path: readonly string[]): unknown {
    let at: unknown = this.document;
    for (const key of path) at = isMapping(at) ? at[key] : undefined;
    return at;
  }

  whereIs(pointer: string): string | undefined {
    const own = this.#names.get(pointer);
    if (own !== undefined) return own;
    // An error may be about the mapping around settings that were set here.
    const below = [...this.#names].find(([name]) => pointer !== '' && name.startsWith(`${pointer}/`));
    return below?.[1];
  }
}

/** A JSON Pointer (RFC 6901). */
export function pointerOf(path: readonly string[]): string {
  return path.map((name) => `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

/** The names on the way down a JSON Pointer. */
export function pathOf(pointer: string): string[] {
  const parts = pointer.split('/').slice(1);
  return parts.map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
}
