// describe-violation.ts — what ajv found, in words that say what to write instead.
import { pointerSegment, pointerSegments } from '../source/source-tree.js';
import { didYouMean } from '../text/did-you-mean.js';
import { list, quote } from '../text/quote.js';
import type { Violation } from './validate-document.js';

/** An error as ajv's code reports it. */
export interface SchemaError {
  readonly instancePath: string;
  readonly keyword: string;
  readonly params: Readonly<Record<string, unknown>>;
  /** Set when it is about a key. */
  readonly propertyName?: string;
  /** The schema that holds the keyword. */
  readonly parentSchema?: Readonly<Record<string, unknown>>;
  readonly data?: unknown;
}

/** One violation; undefined for an error that only repeats another. */
export function describeViolation(error: SchemaError): Violation | undefined {
  const at = error.instancePath;
  switch (error.keyword) {
    case 'additionalProperties':
      return unknownProperty(error);
    case 'required':
      // One of the alternatives of a `oneOf`, whose own error says it.
      if (propertiesOf(error).length === 0) return undefined;
      return shape(at, `${quote(String(error.params.missingProperty))} is missing`, true);
    case 'oneOf':
      return shape(at, `must have exactly one of ${list(alternativesOf(error).map(quote), 'or')}`);
    case 'dependencies':
      return misplaced(error);
    case 'type':
      return wrongType(error);
    case 'minProperties':
      return shape(at, `must hold at least one of ${list(propertiesOf(error).map(quote), 'or')}`);
    case 'maxProperties':
      return shape(at, `must have at most ${error.params.limit} entries`);
    case 'pattern':
      return wrongText(error);
    case 'enum':
      return wrongChoice(error, error.params.allowedValues);
    case 'const':
      return wrongChoice(error, [error.params.allowedValue]);
    // The pattern of the name itself is the error that says what is wrong with it.
    case 'propertyNames':
      return undefined;
    default:
      return value(at, `${LIMITS[error.keyword]?.(error.params.limit) ?? 'is not valid'}`);
  }
}

const LIMITS: Readonly<Record<string, (limit: unknown) => string>> = {
  minimum: (limit) => `must be at least ${limit}`,
  maximum: (limit) => `must be at most ${limit}`,
  minItems: () => 'must not be empty',
  maxItems: (limit) => `must have at most ${limit} entries`,
  minLength: () => 'must not be empty',
  maxLength: (limit) => `must be at most ${limit} characters long`,
};

const shape = (pointer: string, message: string, onKey = false): Violation => ({
  code: 'ERR_STACK_SCHEMA',
  pointer,
  onKey,
  message,
});

const value = (pointer: string, message: string, onKey = false): Violation => ({
  code: 'ERR_STACK_VALUE',
  pointer,
  onKey,
  message,
});

function propertiesOf(error: SchemaError): string[] {
  const schema = error.parentSchema;
  const properties: unknown = schema?.properties;
  return typeof properties === 'object' && properties !== null ? Object.keys(properties) : [];
}

/** The properties of which a `oneOf` requires one. */
function alternativesOf(error: SchemaError): string[] {
  const branches: unknown = error.parentSchema?.oneOf;
  return Array.isArray(branches) ? branches.flatMap(({ required }: { required: string[] }) => required) : [];
}

function misplaced(error: SchemaError): Violation {
  const { property, missingProperty } = error.params;
  const pointer = `${error.instancePath}${pointerSegment(String(property))}`;
  return shape(pointer, `${quote(String(property))} goes with ${quote(String(missingProperty))} only`, true);
}

function unknownProperty(error: SchemaError): Violation {
  const name = String(error.params.additionalProperty);
  const hint = name === '<<' ? '; YAML 1.2 has no merge keys' : didYouMean(name, propertiesOf(error));
  const pointer = `${error.instancePath}${pointerSegment(name)}`;
  return { ...shape(pointer, `unknown property ${quote(name)}${hint}`, true), unknownProperty: true };
}

function wrongType(error: SchemaError): Violation {
  const wanted: unknown = error.params.type;
  const types = (Array.isArray(wanted) ? wanted.map(String) : String(wanted).split(',')).map(typeName);
  const numeric = typeof error.data === 'number' && types.includes('text');
  const hint = numeric ? ': put it in quotes' : '';
  return shape(error.instancePath, `must be ${list(types, 'or')}, not ${typeOf(error.data)}${hint}`);
}

function typeName(type: string): string {
  const names: Readonly<Record<string, string>> = {
    string: 'text',
    object: 'a mapping',
    array: 'a list',
    integer: 'a whole number',
    boolean: '`true` or `false`',
  };
  return names[type] ?? type;
}

function typeOf(data: unknown): string {
  if (data === null || data === undefined) return 'empty';
  if (Array.isArray(data)) return 'a list';
  if (typeof data === 'object') return 'a mapping';
  return typeof data === 'string' ? 'text' : `a ${typeof data}`;
}

function wrongText(error: SchemaError): Violation {
  const what: unknown = error.parentSchema?.['x-what'];
  const name = error.propertyName;
  const text = name ?? String(error.data);
  const pointer = name === undefined ? error.instancePath : `${error.instancePath}${pointerSegment(name)}`;
  return value(pointer, `${quote(text)} is not ${what ?? 'in the right form'}`, name !== undefined);
}

function wrongChoice(error: SchemaError, allowed: unknown): Violation {
  const choices = Array.isArray(allowed) ? allowed.map(String) : [];
  const given = typeof error.data === 'object' ? typeOf(error.data) : quote(String(error.data));
  const hint = typeof error.data === 'string' ? didYouMean(error.data, choices) : '';
  const field = pointerSegments(error.instancePath).at(-1) ?? '';
  return value(error.instancePath, `${quote(field)} must be ${list(choices.map(quote), 'or')}, not ${given}${hint}`);
}
