// Other ways of writing a document or a context that must not change what it says.
import fc from 'fast-check';
import type { Json } from '../reference/question.js';

export const statementsOf = (document: Json): Json[] => [document.Statement].flat() as Json[];

/** Applies a change to every list of an element: principals, actions, resources, operands. */
export function mapLists(statement: Json, change: (value: unknown) => unknown): Json {
  const changed = Object.entries(statement).map(([name, value]) => {
    if (/^(Not)?(Action|Resource)$/.test(name)) return [name, change(value)];
    if (/^(Not)?Principal$/.test(name))
      return [name, typeof value === 'string' ? value : mapValues(value as Json, change)];
    if (name === 'Condition') return [name, mapValues(value as Json, (block) => mapValues(block as Json, change))];
    return [name, value];
  });
  return Object.fromEntries(changed);
}

const mapValues = (object: Json, change: (value: unknown) => unknown): Json =>
  Object.fromEntries(Object.entries(object).map(([name, value]) => [name, change(value)]));

/** `x` as `[x]`. */
export const listed = (value: unknown): unknown => (Array.isArray(value) ? value : [value]);
/** `[x]` as `x`. */
export const unlisted = (value: unknown): unknown => (Array.isArray(value) && value.length === 1 ? value[0] : value);

/** The same order whenever the same document is drawn: turns a list by some places, and doubles its first value. */
export const turned = (by: number) => (value: unknown) => {
  if (!Array.isArray(value) || value.length === 0) return value;
  const at = by % value.length;
  return [...value.slice(at), ...value.slice(0, at), value[0]];
};

/** Text with the casing of its letters drawn anew. */
export const recased = (text: string): fc.Arbitrary<string> =>
  fc
    .array(fc.boolean(), { minLength: text.length, maxLength: text.length })
    .map((upper) =>
      [...text].map((letter, index) => (upper[index] ? letter.toUpperCase() : letter.toLowerCase())).join(''),
    );

/** Condition keys in other casings. */
export function withKeys(statement: Json, rename: (key: string) => string): Json {
  if (statement.Condition === undefined) return statement;
  const renamed = (block: unknown) =>
    Object.fromEntries(Object.entries(block as Json).map(([key, operands]) => [rename(key), operands]));
  return { ...statement, Condition: mapValues(statement.Condition as Json, renamed) };
}
