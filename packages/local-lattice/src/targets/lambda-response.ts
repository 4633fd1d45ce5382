// lambda-response.ts — what a function gave back, as an answer. Its JSON is read as strictly as Lattice documents it, so
// that what works here works there; what is wrong is said to the log, and the caller gets a 502.
import { TargetError } from '../errors.js';
import type { TargetResponse } from '../model.js';
import { LAMBDA_ERROR_CHARS_MAX, LAMBDA_RESPONSE_BYTES_MAX } from './lambda-limits.js';

const TOKEN = /^[A-Za-z0-9!#$%&'*+.^_`|~-]+$/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: what no field value may hold
const NO_VALUE = /[\u0000-\u0008\u000a-\u001f\u007f]/;
const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/;

/** Belong to a connection, which is not the function's; the length is known better here. */
const NOT_FORWARDED: ReadonlySet<string> = new Set([
  'connection',
  'content-length',
  'keep-alive',
  'proxy-authenticate',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/**
 * The answer in a function's JSON.
 *
 * @throws {TargetError} `badAnswer` when it is none, or larger than Lambda lets it be
 */
export function lambdaResponse(json: string): TargetResponse {
  if (Buffer.byteLength(json) > LAMBDA_RESPONSE_BYTES_MAX) {
    throw bad(`its answer is larger than ${LAMBDA_RESPONSE_BYTES_MAX} bytes of JSON`);
  }
  const answer = parse(json);
  if (typeof answer !== 'object' || answer === null || Array.isArray(answer)) {
    throw bad(`its answer is ${nameOf(answer)}, not an object with \`statusCode\``);
  }
  const { statusCode, isBase64Encoded, headers, body } = answer as Readonly<Record<string, unknown>>;
  if (typeof statusCode !== 'number' || !Number.isInteger(statusCode) || statusCode < 200 || statusCode > 599) {
    throw bad('`statusCode` of its answer is not a whole number from 200 to 599');
  }
  // Documented as required, and left out by many functions that work.
  if (isBase64Encoded !== undefined && typeof isBase64Encoded !== 'boolean') {
    throw bad('`isBase64Encoded` of its answer is neither true nor false');
  }
  const bytes = bodyBytes(body, isBase64Encoded === true);
  const fields = headerFields(headers);
  if (statusCode === 204 || statusCode === 304) return { status: statusCode, fields, body: undefined };
  return {
    status: statusCode,
    fields: [...fields, ['content-length', String(bytes.length)]],
    body: bytes,
  };
}

/** The error that a function ended with, as Lambda's runtimes report it. */
export function lambdaFailure(json: string): TargetError {
  let reported: Readonly<Record<string, unknown>> = {};
  try {
    const value: unknown = JSON.parse(json);
    if (typeof value === 'object' && value !== null) reported = value as Readonly<Record<string, unknown>>;
  } catch {
    // Not every runtime writes JSON; that there was an error is all that counts.
  }
  const { errorType, errorMessage } = reported;
  const words = [errorType, errorMessage].filter((part) => typeof part === 'string' && part !== '');
  return bad(`the function failed: ${oneLine(words.join(': ')) || 'it did not say how'}`);
}

/** The error that a handler threw. */
export function handlerFailure(thrown: unknown): TargetError {
  const words = thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : describeThrown(thrown);
  return new TargetError('badAnswer', `the function failed: ${oneLine(words)}`, { cause: thrown });
}

function describeThrown(thrown: unknown): string {
  try {
    return String(thrown);
  } catch {
    return nameOf(thrown);
  }
}

function bad(message: string): TargetError {
  return new TargetError('badAnswer', message);
}

/** Text of a function's in a message: one line, bounded. */
function oneLine(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not reach a log
  return text.slice(0, LAMBDA_ERROR_CHARS_MAX).replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, ' ');
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch (cause) {
    throw new TargetError('badAnswer', 'its answer is not JSON', { cause });
  }
}

function nameOf(value: unknown): string {
  if (value === null || value === undefined) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}

function bodyBytes(body: unknown, encoded: boolean): Buffer {
  if (body === undefined || body === null) return Buffer.alloc(0);
  if (typeof body !== 'string') throw bad(`\`body\` of its answer is ${nameOf(body)}, not text`);
  if (!encoded) return Buffer.from(body, 'utf8');
  if (body.length % 4 !== 0 || !BASE64.test(body)) throw bad('`body` of its answer is not Base64');
  return Buffer.from(body, 'base64');
}

// Lattice documents one text for each name. Lists, as other services of AWS take them, are refused (LAMBDA-8).
function headerFields(headers: unknown): [string, string][] {
  if (headers === undefined || headers === null) return [];
  if (typeof headers !== 'object' || Array.isArray(headers)) {
    throw bad(`\`headers\` of its answer is ${nameOf(headers)}, not an object`);
  }
  const fields: [string, string][] = [];
  for (const [name, value] of Object.entries(headers)) {
    if (!TOKEN.test(name)) throw bad(`a header of its answer has no possible name: \`${oneLine(name)}\``);
    if (typeof value !== 'string')
      throw bad(`the header \`${oneLine(name)}\` of its answer is ${nameOf(value)}, not text`);
    if (NO_VALUE.test(value)) throw bad(`the header \`${oneLine(name)}\` of its answer has a line break in it`);
    if (!NOT_FORWARDED.has(name.toLowerCase())) fields.push([name, Buffer.from(value, 'utf8').toString('latin1')]);
  }
  return fields;
}
