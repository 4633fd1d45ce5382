// request-body.ts: what `-d`, `--data-…`, `--json` and `-T` make of a body, by curl's rules. Files and stdin are streamed:
// only `-d @file`, whose line ends curl takes out, and `--data-urlencode` are read first.
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { LatticeBodyInit } from '@lattice-auth/sigv4-fetch';
import { cliError } from '../../errors.js';
import { fileError, type Io, readInput } from '../../io.js';
import type { CurlFlags, DataFlag } from './command.js';

/** A piece of a body: in memory, in a file, or still to come. */
type Part =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'file'; readonly path: string; readonly size: number | undefined }
  | { readonly kind: 'stdin' };

/** A body, what it is, and how long, when that is known. */
export interface RequestBody {
  readonly init: LatticeBodyInit;
  readonly contentType: string | undefined;
  readonly contentLength: number | undefined;
}

const FORM = 'application/x-www-form-urlencoded';
const JSON_TYPE = 'application/json';

/** The body that the options ask for; undefined when they ask for none. */
export async function requestBody(io: Io, flags: CurlFlags): Promise<RequestBody | undefined> {
  if (flags.uploadFile !== undefined) {
    if (flags.data !== undefined) throw conflict('-T', '-d');
    return bodyOf(io, [await filePart(io, flags.uploadFile)], undefined);
  }
  if (flags.data === undefined || flags.get === true) return undefined;
  const json = flags.data.some(({ kind }) => kind === 'json');
  if (json && flags.data.some(({ kind }) => kind !== 'json')) throw conflict('--json', '-d');
  return bodyOf(io, await dataParts(io, flags.data), json ? JSON_TYPE : FORM);
}

/** The data as text to put into the query, for `-G`. */
export async function queryData(io: Io, flags: CurlFlags): Promise<string | undefined> {
  if (flags.get !== true || flags.data === undefined) return undefined;
  const texts = await Promise.all(flags.data.map((flag) => textOf(io, flag)));
  return texts.join('&');
}

async function dataParts(io: Io, flags: readonly DataFlag[]): Promise<Part[]> {
  const parts: Part[] = [];
  for (const flag of flags) {
    // SPEC: curl joins data with `&`, and JSON with nothing.
    if (parts.length > 0 && flag.kind !== 'json') parts.push({ kind: 'text', text: '&' });
    const streamed = (flag.kind === 'binary' || flag.kind === 'json') && flag.value.startsWith('@');
    parts.push(streamed ? await filePart(io, flag.value.slice(1)) : { kind: 'text', text: await textOf(io, flag) });
  }
  return parts;
}

async function textOf(io: Io, { kind, value }: DataFlag): Promise<string> {
  if (kind === 'raw') return value;
  if (kind === 'urlencode') return urlEncoded(io, value);
  if (!value.startsWith('@')) return value;
  const { text } = await readInput(io, value.slice(1));
  // biome-ignore lint/suspicious/noControlCharactersInRegex: curl takes NUL out with the line ends
  return kind === 'data' ? text.replace(/[\r\n\u0000]/g, '') : text;
}

// `text`, `=text`, `name=text`, `@file`, `name@file`: the name stands as it is, the rest is encoded.
async function urlEncoded(io: Io, value: string): Promise<string> {
  const at = value.search(/[=@]/);
  if (at === -1) return encodeURIComponent(value);
  const name = value.slice(0, at);
  const rest = value.slice(at + 1);
  const text = value[at] === '=' ? rest : (await readInput(io, rest)).text;
  return `${name === '' ? '' : `${name}=`}${encodeURIComponent(text)}`;
}

async function filePart(io: Io, name: string): Promise<Part> {
  if (name === '-' || name === '.') return { kind: 'stdin' };
  const path = resolve(io.cwd, name);
  try {
    const stats = await stat(path);
    if (stats.isDirectory()) throw Object.assign(new Error(), { code: 'EISDIR' });
    // A pipe or a device has no size to go by.
    return { kind: 'file', path, size: stats.isFile() ? stats.size : undefined };
  } catch (cause) {
    throw await fileError(name, path, cause);
  }
}

function bodyOf(io: Io, parts: readonly Part[], contentType: string | undefined): RequestBody {
  const once = parts.some(({ kind }) => kind === 'stdin');
  const sizes = parts.map(sizeOf);
  const contentLength = sizes.reduce((sum, size) => (sum === undefined || size === undefined ? undefined : sum + size));
  if (parts.every((part) => part.kind === 'text')) {
    return { init: Buffer.from(parts.map(({ text }) => text).join('')), contentType, contentLength };
  }
  const open = () => contents(io, parts);
  return { init: once ? open() : open, contentType, contentLength };
}

function sizeOf(part: Part): number | undefined {
  if (part.kind === 'text') return Buffer.byteLength(part.text);
  return part.kind === 'file' ? part.size : undefined;
}

async function* contents(io: Io, parts: readonly Part[]): AsyncGenerator<Uint8Array> {
  for (const part of parts) {
    if (part.kind === 'text') yield Buffer.from(part.text);
    else yield* (part.kind === 'file' ? createReadStream(part.path) : io.stdin) as AsyncIterable<Uint8Array>;
  }
}

function conflict(one: string, other: string): Error {
  return cliError('ERR_CLI_USAGE', `\`${one}\` and \`${other}\` make two bodies`);
}
