// strict-message.ts: a configuration, as YAML says it, against a message of a published protocol, as strictly as Envoy reads it
// and stricter: no unknown or deprecated fields, types and enumerations, at most one of a oneof, and the bounds of protoc-gen-validate.
import protobuf from 'protobufjs';

type Values = Readonly<Record<string, unknown>>;

const DURATION = 'google.protobuf.Duration';
const ANY = 'google.protobuf.Any';
const WRAPPER = /^google\.protobuf\.(Bool|String|Double|Float|U?Int(?:32|64))Value$/;
const WHOLE = new Set(['int32', 'int64', 'uint32', 'uint64', 'sint32', 'sint64', 'fixed32', 'fixed64']);

/** What is wrong, one line each; empty when nothing is. */
export function problemsIn(root: protobuf.Root, typeName: string, value: unknown): string[] {
  return new StrictReader(root).message(root.lookupType(typeName), value, typeName);
}

class StrictReader {
  readonly #root: protobuf.Root;

  constructor(root: protobuf.Root) {
    this.#root = root;
  }

  message(type: protobuf.Type, value: unknown, at: string): string[] {
    const name = type.fullName.replace(/^\./, '');
    const wrapped = WRAPPER.exec(name)?.[1];
    if (wrapped !== undefined) return scalar(wrapped.toLowerCase(), value, at);
    if (name === DURATION) return /^\d+(?:\.\d{1,9})?s$/.test(String(value)) ? [] : [`${at}: not a duration`];
    if (!isObject(value)) return [`${at}: not a mapping`];
    if (name === 'google.protobuf.Struct') return [];
    if (name === ANY) return this.#any(value, at);
    return [...this.#fields(type, value, at), ...missing(type, value, at), ...oneofs(type, value, at)];
  }

  #any({ '@type': url, ...rest }: Values, at: string): string[] {
    const found = typeof url === 'string' && this.#root.lookup(url.replace('type.googleapis.com/', ''), protobuf.Type);
    if (!(found instanceof protobuf.Type)) return [`${at}: unknown @type ${String(url)}`];
    return this.message(found, rest, `${at}<${found.name}>`);
  }

  #fields(type: protobuf.Type, value: Values, at: string): string[] {
    return Object.entries(value).flatMap(([key, inner]) => {
      const field = type.fields[key];
      if (field === undefined) return [`${at}.${key}: unknown field`];
      if (field.options?.deprecated === true) return [`${at}.${key}: deprecated`];
      return [...this.#field(field, inner, `${at}.${key}`), ...bounds(field, inner, `${at}.${key}`)];
    });
  }

  #field(field: protobuf.Field, value: unknown, at: string): string[] {
    if (field instanceof protobuf.MapField) {
      if (!isObject(value)) return [`${at}: not a mapping`];
      return Object.entries(value).flatMap(([key, inner]) => this.#single(field, inner, `${at}[${key}]`));
    }
    if (!field.repeated) return this.#single(field, value, at);
    if (!Array.isArray(value)) return [`${at}: not a list`];
    return value.flatMap((inner: unknown, index) => this.#single(field, inner, `${at}[${index}]`));
  }

  #single(field: protobuf.Field, value: unknown, at: string): string[] {
    const type = field.resolvedType;
    if (type === null) return scalar(field.type, value, at);
    if (type instanceof protobuf.Type) return this.message(type, value, at);
    return typeof value === 'string' && value in type.values
      ? []
      : [`${at}: \`${String(value)}\` is none of ${type.name}`];
  }
}

function scalar(type: string, value: unknown, at: string): string[] {
  if (type === 'bool') return typeof value === 'boolean' ? [] : [`${at}: not true or false`];
  if (type === 'string' || type === 'bytes') return typeof value === 'string' ? [] : [`${at}: not text`];
  if (WHOLE.has(type)) {
    const isWhole = Number.isInteger(value) && (!type.startsWith('u') || Number(value) >= 0);
    return isWhole ? [] : [`${at}: not a whole number`];
  }
  return typeof value === 'number' ? [] : [`${at}: not a number`];
}

/** Fields that must be there; of a oneof, only if they are chosen. */
function missing(type: protobuf.Type, value: Values, at: string): string[] {
  return type.fieldsArray
    .filter((field) => field.partOf === null && rulesOf(field)?.message?.required === true)
    .filter((field) => value[field.name] === undefined)
    .map((field) => `${at}.${field.name}: missing`);
}

function oneofs(type: protobuf.Type, value: Values, at: string): string[] {
  return type.oneofsArray.flatMap((oneof) => {
    const present = oneof.fieldsArray.filter(({ name }) => value[name] !== undefined);
    const required = oneof.options?.['(validate.required)'] === true;
    if (present.length > 1) return [`${at}: ${present.map(({ name }) => name).join(' and ')} are both there`];
    return required && present.length === 0 ? [`${at}: one of ${oneof.name} is missing`] : [];
  });
}

/** protoc-gen-validate's rules, as far as such files come near them. */
interface Rules {
  readonly message?: { readonly required?: boolean };
  readonly string?: { readonly min_len?: number; readonly min_bytes?: number };
  readonly repeated?: { readonly min_items?: number };
  readonly uint32?: { readonly lte?: number; readonly gte?: number; readonly gt?: number };
}

function rulesOf(field: protobuf.Field): Rules | undefined {
  const parsed = field.parsedOptions as readonly Record<string, Rules>[] | undefined;
  return parsed?.map((option) => option['(validate.rules)']).find((rules) => rules !== undefined);
}

function bounds(field: protobuf.Field, value: unknown, at: string): string[] {
  const { string, repeated, uint32 } = rulesOf(field) ?? {};
  const shortest = Math.max(string?.min_len ?? 0, string?.min_bytes ?? 0);
  const found: string[] = [];
  if (typeof value === 'string' && value.length < shortest) found.push(`${at}: too short`);
  if (Array.isArray(value) && value.length < (repeated?.min_items ?? 0)) found.push(`${at}: too few`);
  if (typeof value === 'number' && uint32 !== undefined) {
    const { lte = Infinity, gte = 0, gt = -1 } = uint32;
    if (value > lte || value < gte || value <= gt) found.push(`${at}: out of bounds`);
  }
  return found;
}

const isObject = (value: unknown): value is Values =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
