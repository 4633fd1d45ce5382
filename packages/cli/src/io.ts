// io.ts: everything a command touches outside of itself: three streams, the environment, the working directory.
// Handed in, so that tests run commands without a process, and so that no command reaches for a global.
import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, dirname, parse, resolve } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import pico from 'picocolors';
import { CliError, cliError, EXIT, formatProblem } from './errors.js';
import { INPUT_BYTES_MAX } from './limits.js';
import { nearest } from './suggest.js';

/** A stream that is written to; a terminal has `isTTY` and a width. */
export type OutputStream = Writable & { readonly isTTY?: boolean; readonly columns?: number };

/** The outside of a command. */
export interface Io {
  readonly stdin: Readable;
  readonly stdout: OutputStream;
  readonly stderr: OutputStream;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
}

export type Colors = ReturnType<typeof pico.createColors>;

/** The process's own streams. A reader that goes away (`| head`) ends the output, not the command. */
export function processIo(): Io {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', ({ code }: NodeJS.ErrnoException) => {
      if (code === 'EPIPE') return;
      process.exitCode = EXIT.internal;
      if (stream === process.stderr) return;
      const message = `the output cannot be written (${code})`;
      process.stderr.write(`${formatProblem({ code: 'ERR_CLI_FILE', message })}\n`);
    });
  }
  const { stdin, stdout, stderr, env } = process;
  return { stdin, stdout, stderr, env, cwd: process.cwd() };
}

/** Whether to write colours to a stream: terminals only, unless NO_COLOR or FORCE_COLOR say otherwise. */
export function wantsColor(stream: OutputStream, env: Io['env']): boolean {
  if (env.NO_COLOR) return false;
  if (env.FORCE_COLOR !== undefined && env.FORCE_COLOR !== '') return env.FORCE_COLOR !== '0';
  return stream.isTTY === true && env.TERM !== 'dumb';
}

/** Colours for a stream: functions that leave the text alone where colours are not wanted. */
export function colorsFor(stream: OutputStream, env: Io['env']): Colors {
  return pico.createColors(wantsColor(stream, env));
}

/** Columns to fit a table into; a pipe has none, so that what reads it gets whole lines. */
export function widthOf(stream: OutputStream): number {
  return stream.isTTY === true && stream.columns ? stream.columns : Number.POSITIVE_INFINITY;
}

/** Input under the name that errors call it by. */
export interface Input {
  /** As the user wrote it, or `<stdin>`. */
  readonly name: string;
  /** Absolute; the working directory for stdin, so that relative paths in it mean something. */
  readonly path: string;
  readonly text: string;
}

/**
 * Reads a text file, or stdin for `-`.
 *
 * @throws CliError `ERR_CLI_FILE` when there is none (naming the nearest one there is), or it is not text.
 */
export async function readInput(io: Io, name: string): Promise<Input> {
  if (name === '-') {
    const bytes = await readStdin(io);
    return { name: '<stdin>', path: resolve(io.cwd, 'stdin'), text: decode(bytes, '<stdin>') };
  }
  const path = resolve(io.cwd, name);
  let bytes: Uint8Array;
  try {
    const { size } = await stat(path);
    if (size > INPUT_BYTES_MAX) throw tooLarge(name);
    bytes = await readFile(path);
  } catch (cause) {
    throw (cause as NodeJS.ErrnoException).code === undefined ? cause : await fileError(name, path, cause);
  }
  return { name, path, text: decode(bytes, name) };
}

/** The error for a path that could not be read. */
export async function fileError(name: string, path: string, cause: unknown): Promise<Error> {
  const { code } = cause as NodeJS.ErrnoException;
  if (code === 'ENOENT') {
    // A link that leads nowhere is listed under the very name that was asked for.
    const siblings = (await readdir(dirname(path)).catch(() => [])).filter((sibling) => sibling !== basename(path));
    // Without endings: `.json` alone makes no two names alike.
    const stems = new Map(siblings.map((sibling) => [parse(sibling).name, sibling]));
    const near = stems.get(nearest(parse(path).name, stems.keys()) ?? '');
    const hint = near === undefined ? undefined : `did you mean \`${siblingName(name, near)}\`?`;
    return cliError('ERR_CLI_FILE', `there is no file \`${name}\``, { hint });
  }
  if (code === 'EISDIR') return cliError('ERR_CLI_FILE', `\`${name}\` is a folder`);
  if (code === 'EACCES' || code === 'EPERM') return cliError('ERR_CLI_FILE', `\`${name}\` may not be read`);
  return cliError('ERR_CLI_FILE', `\`${name}\` cannot be read (${code ?? String(cause)})`);
}

function siblingName(name: string, sibling: string): string {
  const at = name.lastIndexOf('/');
  return at === -1 ? sibling : name.slice(0, at + 1) + sibling;
}

async function readStdin(io: Io): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of io.stdin) {
    const bytes = typeof chunk === 'string' ? new TextEncoder().encode(chunk) : (chunk as Uint8Array);
    size += bytes.byteLength;
    if (size > INPUT_BYTES_MAX) throw tooLarge('<stdin>');
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
}

function decode(bytes: Uint8Array, name: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new CliError({ code: 'ERR_CLI_FILE', message: 'is not UTF-8 text', place: { file: name } }, EXIT.badInput, {
      cause,
    });
  }
}

function tooLarge(name: string): Error {
  return cliError('ERR_CLI_FILE', `is larger than ${INPUT_BYTES_MAX / 1_048_576} MiB`, { place: { file: name } });
}
