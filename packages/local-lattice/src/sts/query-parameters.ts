// query-parameters.ts — the parameters of AWS's Query API: form fields, of which lists and structures are written out as
// `Tags.member.1.Key`.
import { invalidParameter } from './sts-error.js';

/** The parameters of one call. */
export class QueryParameters {
  readonly #values = new Map<string, string>();

  /** Of a name that stands twice, the first counts. */
  constructor(text: string) {
    for (const [name, value] of new URLSearchParams(text)) {
      if (!this.#values.has(name)) this.#values.set(name, value);
    }
  }

  /** Undefined when it is missing. */
  get(name: string): string | undefined {
    return this.#values.get(name);
  }

  /**
   * @throws {StsError} `ValidationError` when it is missing or not as it must be
   */
  required(name: string, pattern: RegExp, lengthMin: number, lengthMax: number): string {
    const value = this.optional(name, pattern, lengthMin, lengthMax);
    if (value === undefined) throw invalidParameter(undefined, lowerFirst(name), 'Member must not be null');
    return value;
  }

  /**
   * @throws {StsError} `ValidationError` when it is not as it must be
   */
  optional(name: string, pattern: RegExp, lengthMin: number, lengthMax: number): string | undefined {
    const value = this.get(name);
    if (value === undefined) return undefined;
    const member = lowerFirst(name);
    if (value.length < lengthMin) {
      throw invalidParameter(value, member, `Member must have length greater than or equal to ${lengthMin}`);
    }
    if (value.length > lengthMax) {
      throw invalidParameter(value, member, `Member must have length less than or equal to ${lengthMax}`);
    }
    if (!pattern.test(value)) {
      throw invalidParameter(value, member, `Member must satisfy regular expression pattern: ${pattern.source}`);
    }
    return value;
  }

  /**
   * @throws {StsError} `ValidationError` when it is not a whole number from `min` to `max`
   */
  integer(name: string, min: number, max: number, without: number): number {
    const text = this.get(name);
    if (text === undefined) return without;
    const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
    if (!(value >= min)) {
      throw invalidParameter(text, lowerFirst(name), `Member must have value greater than or equal to ${min}`);
    }
    if (value > max) {
      throw invalidParameter(text, lowerFirst(name), `Member must have value less than or equal to ${max}`);
    }
    return value;
  }

  /** The elements of a list, each with the fields that are asked for; at most one more than `max`. */
  list<Field extends string>(name: string, fields: readonly Field[], max: number): Partial<Record<Field, string>>[] {
    const elements: Partial<Record<Field, string>>[] = [];
    for (let index = 1; index <= max + 1; index += 1) {
      const element: Partial<Record<Field, string>> = {};
      let found = false;
      for (const field of fields) {
        const value = this.get(`${name}.member.${index}${field === '' ? '' : `.${field}`}`);
        if (value === undefined) continue;
        element[field] = value;
        found = true;
      }
      if (!found) break;
      elements.push(element);
    }
    return elements;
  }
}

function lowerFirst(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}
