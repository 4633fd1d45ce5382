// read-question.ts — the body of `POST /api/try` as a question, or what is wrong with it.
import type { IncomingMessage } from 'node:http';
import type { TryQuestion } from './browser/protocol.js';
import { TRY_BYTES_MAX, TRY_HEADERS_MAX } from './limits.js';

/** Something about the question that its asker can mend. */
export class QuestionProblem extends Error {
  override readonly name = 'QuestionProblem';
  readonly status: number;

  constructor(message: string, status = 400) {
    super(message);
    this.status = status;
  }
}

const TOKEN = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
const TARGET = /^\/[^\s#]*$/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: the control characters are what is looked for
const NO_CONTROL = /^[^\0-\x08\x0a-\x1f\x7f]*$/;

/** @throws {QuestionProblem} */
export async function readQuestion(request: IncomingMessage): Promise<TryQuestion> {
  const document = parseJson(await readBody(request));
  const { principal, vpc, service, method, path, headers = [], body } = document;
  return {
    principal: textOf('principal', principal),
    vpc: vpc === undefined || vpc === null || vpc === '' ? undefined : textOf('vpc', vpc),
    service: textOf('service', service),
    method: formed('method', method, TOKEN, 'a method such as `GET`'),
    path: formed('path', path, TARGET, 'a path that begins with `/`'),
    headers: headersOf(headers),
    body: body === undefined || body === null || body === '' ? undefined : textOf('body', body),
  };
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > TRY_BYTES_MAX) throw new QuestionProblem(`the body is longer than ${TRY_BYTES_MAX} bytes`, 413);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function parseJson(text: string): Readonly<Record<string, unknown>> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new QuestionProblem('the body is not JSON');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new QuestionProblem('the body is not a JSON object');
  }
  return value as Readonly<Record<string, unknown>>;
}

function textOf(name: string, value: unknown): string {
  if (typeof value === 'string' && value !== '') return value;
  throw new QuestionProblem(`\`${name}\` must be text`);
}

function formed(name: string, value: unknown, form: RegExp, what: string): string {
  const text = textOf(name, value);
  if (form.test(text)) return text;
  throw new QuestionProblem(`\`${name}\` must be ${what}`);
}

function headersOf(value: unknown): (readonly [string, string])[] {
  if (!Array.isArray(value)) throw new QuestionProblem('`headers` must be a list of pairs');
  if (value.length > TRY_HEADERS_MAX) throw new QuestionProblem(`more than ${TRY_HEADERS_MAX} headers`);
  return value.map((pair: unknown) => {
    const [name, content, ...rest] = Array.isArray(pair) ? pair : [];
    if (typeof name !== 'string' || typeof content !== 'string' || rest.length > 0) {
      throw new QuestionProblem('`headers` must be a list of pairs');
    }
    if (!TOKEN.test(name)) throw new QuestionProblem('a header has no name that HTTP knows');
    if (!NO_CONTROL.test(content)) throw new QuestionProblem(`the value of \`${name}\` has control characters`);
    return [name, content] as const;
  });
}
