// describe-violation.ts: what the schema has against a configuration, in words that say what to write instead. Values that
// may hold a secret are never quoted.
import { validateConfig } from './config-schema.generated.js';
import { didYouMean, listOf, quote } from './wording.js';

/** An error as ajv's code reports it. */
interface SchemaError {
  readonly instancePath: string;
  readonly keyword: string;
  readonly params: Readonly<Record<string, unknown>>;
  /** Set when it is about a key. */
  readonly propertyName?: string;
  /** The schema that holds the keyword. */
  readonly parentSchema?: Readonly<Record<string, unknown>>;
  readonly data?: unknown;
}

/** One thing that is wrong, by its place in the document. `onKey`: it is the key. */
export interface Violation {
  readonly pointer: string;
  readonly onKey: boolean;
  readonly message: string;
}

const validate: { (value: unknown): boolean; errors?: readonly SchemaError[] | null } = validateConfig;

/** Everything that the schema has against a document. */
export function violationsOf(document: unknown): Violation[] {
  if (validate(document)) return [];
  return (validate.errors ?? []).flatMap((error) => describe(error) ?? []);
}

const segment = (name: string) => `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
const nameAt = (pointer: string) => pointer.slice(1).replaceAll('/', '.').replaceAll('~1', '/').replaceAll('~0', '~');

function describe(error: SchemaError): Violation | undefined {
  const at = error.instancePath;
  const subject = at === '' ? 'the configuration' : quote(nameAt(at));
  const say = (message: string): Violation => ({ pointer: at, onKey: false, message: `${subject} ${message}` });
  switch (error.keyword) {
    case 'additionalProperties':
      return unknownProperty(error);
    case 'required':
      return say(`lacks ${quote(String(error.params.missingProperty))}`);
    case 'type':
      return say(`must be ${wantedType(error.params.type)}, not ${typeOf(error.data)}`);
    case 'enum':
      return say(wrongChoice(error));
    case 'pattern':
      return wrongText(error, say);
    // The pattern of the name itself is the error that says what is wrong with it.
    case 'propertyNames':
      return undefined;
    default:
      return say(LIMITS[error.keyword]?.(error.params.limit) ?? 'is not valid');
  }
}

const LIMITS: Readonly<Record<string, (limit: unknown) => string>> = {
  minimum: (limit) => `must be at least ${limit}`,
  maximum: (limit) => `must be at most ${limit}`,
  minItems: () => 'must not be empty',
  maxItems: (limit) => `must have at most ${limit} entries`,
  maxProperties: (limit) => `must have at most ${limit} entries`,
  minLength: () => 'must not be empty',
  maxLength: (limit) => `must be at most ${limit} characters long`,
};

function unknownProperty(error: SchemaError): Violation {
  const name = String(error.params.additionalProperty);
  const known: unknown = error.parentSchema?.properties;
  const names = typeof known === 'object' && known !== null ? Object.keys(known) : [];
  const pointer = `${error.instancePath}${segment(name)}`;
  return { pointer, onKey: true, message: `unknown setting ${quote(nameAt(pointer))}${didYouMean(name, names)}` };
}

function wrongChoice(error: SchemaError): string {
  const { allowedValues } = error.params;
  const choices = Array.isArray(allowedValues) ? allowedValues.map(String) : [];
  const given = typeof error.data === 'object' ? typeOf(error.data) : quote(String(error.data));
  const hint = typeof error.data === 'string' ? didYouMean(error.data, choices) : '';
  return `must be ${listOf(choices.map(quote))}, not ${given}${hint}`;
}

function wrongText(error: SchemaError, say: (message: string) => Violation): Violation {
  const what = String(error.parentSchema?.['x-what'] ?? 'in the right form');
  if (error.propertyName !== undefined) {
    const pointer = `${error.instancePath}${segment(error.propertyName)}`;
    return { pointer, onKey: true, message: `${quote(error.propertyName)} is not ${what}` };
  }
  const secret = error.parentSchema?.['x-secret'] === true;
  return say(secret ? `is not ${what}` : `is ${quote(String(error.data))}, which is not ${what}`);
}

const TYPES: Readonly<Record<string, string>> = {
  string: 'text',
  object: 'a mapping',
  array: 'a list',
  integer: 'a whole number',
  boolean: '`true` or `false`',
};

function wantedType(type: unknown): string {
  const types = Array.isArray(type) ? type.map(String) : String(type).split(',');
  return listOf(types.map((one) => TYPES[one] ?? one));
}

function typeOf(data: unknown): string {
  if (data === null || data === undefined) return 'nothing';
  if (Array.isArray(data)) return 'a list';
  if (typeof data === 'object') return 'a mapping';
  return typeof data === 'string' ? 'text' : `${quote(String(data))}`;
}
