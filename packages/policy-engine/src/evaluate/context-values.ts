// Reads the `context` of a request: own properties only, names in any casing (docs/evaluation.md, KEY-1..4).
import type { AssumptionLog } from '../assumption-log.js';
import type { ConditionKey } from '../condition/condition-key.js';
import { type KeyValue, UNUSABLE_VALUE } from '../request-state.js';

/** Says what can't be read; the request is then denied (EVAL-TOTAL). */
export class UnreadableRequest extends Error {}

const AMBIGUOUS = Symbol('several spellings');

/** The context entries of one request. */
export class ContextValues {
  readonly #values = new Map<string, string | readonly string[]>();
  #folded: Map<string, string | readonly string[] | typeof AMBIGUOUS> | undefined;

  /** @throws UnreadableRequest when `context` is not an object of context values */
  constructor(context: unknown, where: string) {
    if (!isRecord(context)) throw new UnreadableRequest(`${where} must be an object of keys to values`);
    for (const key of Object.keys(context)) {
      const value = readValue(context[key], where, key);
      if (value !== undefined) this.#values.set(key, value);
    }
  }

  /** The value of a key; pushes the assumption that a difference in casing needs. */
  read(key: ConditionKey, assumed: AssumptionLog): KeyValue {
    if (this.#values.size === 0) return undefined;
    const exact = this.#values.get(key.text);
    if (exact !== undefined) return exact;
    this.#folded ??= this.#fold();
    const value = this.#folded.get(key.folded);
    if (value === undefined) return undefined;
    assumed.push(value === AMBIGUOUS ? 'key-name-ambiguous' : 'key-name-folding');
    return value === AMBIGUOUS ? UNUSABLE_VALUE : value;
  }

  #fold(): Map<string, string | readonly string[] | typeof AMBIGUOUS> {
    const folded = new Map<string, string | readonly string[] | typeof AMBIGUOUS>();
    for (const [key, value] of this.#values) {
      const name = key.toLowerCase();
      folded.set(name, folded.has(name) ? AMBIGUOUS : value);
    }
    return folded;
  }
}

/**
 * Whether `value` is an object of names to values. Dates, promises, Headers and the like have no names of their own:
 * read as empty, they would get a request past a Deny. Objects of another realm are records too.
 */
export function isRecord(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype = Object.getPrototypeOf(value);
  if (prototype === Object.prototype || prototype === null) return true;
  return Object.prototype.toString.call(value) === '[object Object]' && !(Symbol.iterator in value);
}

function readValue(value: unknown, where: string, key: string): string | readonly string[] | undefined {
  if (value === undefined || value === null) return undefined;
  // Array.from meets holes, where `map` passes over them, and ends at the first.
  return Array.isArray(value)
    ? Array.from(value, (item: unknown) => scalarOf(item, where, key))
    : scalarOf(value, where, key);
}

function scalarOf(value: unknown, where: string, key: string): string {
  const scalar = readScalar(value);
  if (scalar !== undefined) return scalar;
  throw new UnreadableRequest(
    `${where}[${JSON.stringify(key)}] must be a string, number, boolean, Date or list of strings`,
  );
}

function readScalar(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value))) return String(value);
  if (value instanceof Date && Number.isFinite(value.getTime())) return value.toISOString();
  return undefined;
}
