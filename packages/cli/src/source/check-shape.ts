// check-shape.ts: a JSON Schema's complaints in plain words, each with its place in the file and, for a mistyped name,
// the one that was probably meant.
import { Ajv, type AnySchemaObject, type ErrorObject } from 'ajv';
import { CliError, type CliErrorCode, type Problem } from '../errors.js';
import { PROBLEMS_MAX } from '../limits.js';
import { suggestion } from '../suggest.js';
import type { ValuePath, YamlSource } from './yaml-source.js';

/**
 * Checks a file against a schema; afterwards its value has the type that the schema describes.
 *
 * @throws CliError with every violation, in the order of the file.
 */
export function checkShape(source: YamlSource, schema: AnySchemaObject, code: CliErrorCode): void {
  const ajv = new Ajv({ allErrors: true, verbose: true, strictTypes: false, formats: FORMATS });
  const validate = ajv.compile(schema);
  if (validate(source.value)) return;
  const problems = (validate.errors ?? []).filter(isTelling).map((error) => problemOf(source, error, code));
  problems.sort(
    (a, b) => (a.place?.line ?? 0) - (b.place?.line ?? 0) || (a.place?.column ?? 0) - (b.place?.column ?? 0),
  );
  throw new CliError(problems.slice(0, PROBLEMS_MAX));
}

const FORMATS = {
  'date-time': (text: string) => /^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(text) && !Number.isNaN(Date.parse(text)),
};

// `if` only says that one of its branches failed, which has been said.
function isTelling({ keyword }: ErrorObject): boolean {
  return keyword !== 'if';
}

function problemOf(source: YamlSource, error: ErrorObject, code: CliErrorCode): Problem {
  const path = stepsOf(error.instancePath);
  if (error.keyword === 'additionalProperties') {
    const name: string = error.params.additionalProperty;
    const known = Object.keys((error.parentSchema?.properties as object | undefined) ?? {});
    const message = `unknown field \`${name}\``;
    return { code, message, place: source.placeOfKey([...path, name]), hint: suggestion(name, known) };
  }
  const message = `${subject(path)} ${verdict(error)}`;
  return { code, message, place: source.placeOf(path), hint: hintFor(error) };
}

function subject(path: ValuePath): string {
  const name = path.findLast((step) => typeof step === 'string');
  const index = path.at(-1);
  if (name === undefined) return path.length === 0 ? 'the file' : 'this';
  return typeof index === 'number' ? `entry ${index + 1} of \`${name}\`` : `\`${name}\``;
}

function verdict({ keyword, params, data, parentSchema }: ErrorObject): string {
  switch (keyword) {
    case 'required':
      return `lacks \`${params.missingProperty}\``;
    case 'type':
      return `must be ${wanted(params.type)}, not ${kindOf(data)}`;
    case 'enum':
      return `must be one of ${(params.allowedValues as string[]).map((value) => `\`${value}\``).join(', ')}`;
    case 'minItems':
    case 'minLength':
    case 'minProperties':
      return 'must not be empty';
    case 'format':
      return 'is not a time such as `2026-01-31T12:00:00Z`';
    case 'pattern':
      return typeof parentSchema?.description === 'string' ? `must be ${parentSchema.description}` : 'is malformed';
    case 'minimum':
      return `must be at least ${params.limit}`;
    case 'maximum':
      return `must be at most ${params.limit}`;
    default:
      return 'cannot be this';
  }
}

function hintFor({ keyword, params, data }: ErrorObject): string | undefined {
  if (keyword === 'enum' && typeof data === 'string') {
    const near = suggestion(data, params.allowedValues as string[]);
    return near?.startsWith('did you mean') ? near : undefined;
  }
  const isText = [params.type].flat().includes('string');
  return keyword === 'type' && isText && isBare(data) ? 'put it in quotes' : undefined;
}

const isBare = (data: unknown) => typeof data === 'number' || typeof data === 'boolean' || data === null;

const KINDS: Readonly<Record<string, string>> = {
  string: 'text',
  object: 'a mapping',
  array: 'a list',
  number: 'a number',
  integer: 'a whole number',
  boolean: 'true or false',
};

function wanted(type: string | string[]): string {
  return [type]
    .flat()
    .map((one) => KINDS[one] ?? one)
    .join(' or ');
}

function kindOf(data: unknown): string {
  if (data === null || data === undefined) return 'nothing';
  if (Array.isArray(data)) return 'a list';
  return KINDS[typeof data] ?? typeof data;
}

function stepsOf(pointer: string): (string | number)[] {
  const names = pointer
    .split('/')
    .slice(1)
    .map((name) => name.replaceAll('~1', '/').replaceAll('~0', '~'));
  return names.map((name) => (/^\d+$/.test(name) ? Number(name) : name));
}
