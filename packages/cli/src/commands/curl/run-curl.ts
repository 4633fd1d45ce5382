// run-curl.ts: one transfer from start to end: prepare, send, write, explain. The body streams from the socket to
// stdout or a file; a few kilobytes of a refusal are kept aside to be read.
import { createWriteStream } from 'node:fs';
import { resolve } from 'node:path';
import { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Agent, Dispatcher } from 'undici';
import { CliError, formatProblem, type Problem } from '../../errors.js';
import { problemsOf } from '../../foreign-errors.js';
import { colorsFor, type Io } from '../../io.js';
import { REFUSAL_BYTES_MAX } from '../../limits.js';
import type { CurlFlags } from './command.js';
import { agentFor } from './connection.js';
import { CURL_EXIT, CURL_EXIT_BY_CODE, transferError } from './failure.js';
import { type Prepared, prepare } from './prepare.js';
import { explainRefusal, mayBeRefusal } from './refusal.js';
import { type Transfer, transfer } from './transfer.js';
import { type ResponseHead, watchWire } from './wire-view.js';
import { writeOut } from './write-out.js';

/** Runs `lattice-auth curl`; resolves to an exit code as curl's. */
export async function runCurl(io: Io, typed: string, flags: CurlFlags): Promise<number> {
  const quiet = flags.silent === true && flags.showError !== true;
  const complain = (problems: readonly Problem[]) => {
    if (!quiet) for (const problem of problems) io.stderr.write(`${formatProblem(problem)}\n`);
  };
  let request: Prepared | undefined;
  let agent: Agent | undefined;
  try {
    request = await prepare(io, typed, flags);
    agent = await agentFor(io, flags);
    return await perform(io, request, flags, agent, quiet);
  } catch (error) {
    const known = request === undefined ? undefined : transferError(error, request.url);
    const { problems, exitCode } = known ?? problemsOf(error, io);
    complain(problems);
    return CURL_EXIT_BY_CODE[problems[0]?.code ?? ''] ?? exitCode;
  } finally {
    await agent?.destroy();
  }
}

async function perform(io: Io, request: Prepared, flags: CurlFlags, agent: Agent, quiet: boolean): Promise<number> {
  const startedMs = performance.now();
  const signal = flags.maxTime === undefined ? undefined : AbortSignal.timeout(flags.maxTime * 1_000);
  const heads: ResponseHead[] = [];
  const stopWatching = watch(io, flags, heads);
  try {
    const done = await transfer(request, flags, agent, signal);
    const failed = flags.fail === true && done.response.statusCode >= 400;
    const written = await receive(io, flags, done, failed, heads);
    if (!quiet) explain(io, done, written);
    const { statusCode } = done.response;
    const httpError = statusCode >= 400 && (flags.fail === true || flags.failWithBody === true);
    if (httpError && !quiet) complainAboutStatus(io, statusCode);
    const seconds = (performance.now() - startedMs) / 1_000;
    if (flags.writeOut !== undefined) io.stdout.write(writeOut(flags.writeOut, done, { ...written, seconds }));
    return httpError ? CURL_EXIT.httpError : CURL_EXIT.ok;
  } finally {
    stopWatching();
  }
}

// -i and -I print what -v says too, so heads are collected for all of them.
function watch(io: Io, flags: CurlFlags, heads: ResponseHead[]): () => void {
  const say = (mark: string, lines: readonly string[]) =>
    io.stderr.write(lines.map((line) => `${mark} ${line}\n`).join(''));
  if (!flags.verbose && !flags.include && !flags.head) return () => undefined;
  return watchWire({
    received: (head) => {
      heads.push(head);
      if (flags.verbose) say('<', [head.statusLine, ...head.headers, '']);
    },
    ...(flags.verbose ? { connected: (text) => say('*', [text]), sent: (lines) => say('>', [...lines, '']) } : {}),
  });
}

/** What was written, for the summary and the explanation. */
interface Written {
  readonly bytes: number;
  /** The beginning of a body that may be a refusal. */
  readonly start: string;
  readonly endsLine: boolean;
}

async function receive(
  io: Io,
  flags: CurlFlags,
  { response }: Transfer,
  discard: boolean,
  heads: readonly ResponseHead[],
): Promise<Written> {
  const out = discard ? nowhere() : target(io, flags);
  if (flags.include || flags.head)
    out.write(
      heads
        .slice(flags.location ? 0 : -1)
        .map(printedHead)
        .join(''),
    );
  const kept: Uint8Array[] = [];
  let bytes = 0;
  let last: number | undefined;
  const keeps = mayBeRefusal(response.statusCode);
  await copy(response, out, (chunk) => {
    if (keeps && bytes < REFUSAL_BYTES_MAX) kept.push(chunk.subarray(0, REFUSAL_BYTES_MAX - bytes));
    bytes += chunk.byteLength;
    last = chunk.at(-1) ?? last;
  });
  return { bytes, start: Buffer.concat(kept).toString('utf8'), endsLine: discard || last === undefined || last === 10 };
}

async function copy(response: Dispatcher.ResponseData, out: Writable, see: (chunk: Uint8Array) => void): Promise<void> {
  const watched = async function* (chunks: AsyncIterable<Uint8Array>) {
    for await (const chunk of chunks) {
      see(chunk);
      yield chunk;
    }
  };
  // An error on one side is passed on to the other: whose it is, is who has it first.
  let first: 'in' | 'out' | undefined;
  response.body.once('error', () => {
    first ??= 'in';
  });
  out.once('error', () => {
    first ??= 'out';
  });
  try {
    await pipeline(response.body, watched, out);
  } catch (error) {
    if (first !== 'out') throw error;
    const message = `the output cannot be written (${(error as NodeJS.ErrnoException).code ?? error})`;
    throw new CliError({ code: 'ERR_CLI_TRANSFER', message }, CURL_EXIT.write, { cause: error });
  }
}

// stdout is written through, not into: the pipeline would close it, and there is more to print.
function target(io: Io, { output }: CurlFlags): Writable {
  if (output !== undefined && output !== '-') return createWriteStream(resolve(io.cwd, output));
  const { stdout } = io;
  return new Writable({
    write: (chunk: Uint8Array, _encoding, done) => {
      if (stdout.destroyed) done(Object.assign(new Error('closed'), { code: 'EPIPE' }));
      else stdout.write(chunk, (error) => done(error));
    },
  });
}

function nowhere(): Writable {
  return new Writable({ write: (_chunk, _encoding, done) => done() });
}

function printedHead({ statusLine, headers }: ResponseHead): string {
  return `${[statusLine, ...headers].join('\r\n')}\r\n\r\n`;
}

function explain(io: Io, { response, last }: Transfer, written: Written): void {
  if (!mayBeRefusal(response.statusCode)) return;
  const requestId = response.headers['x-amzn-requestid'];
  const refusal = {
    status: response.statusCode,
    text: written.start,
    requestId: typeof requestId === 'string' ? requestId : undefined,
    method: last.method,
  };
  const text = explainRefusal(refusal, colorsFor(io.stderr, io.env));
  if (text === undefined) return;
  io.stderr.write(written.endsLine || io.stdout.isTTY !== true ? text : `\n${text}`);
}

function complainAboutStatus(io: Io, status: number): void {
  io.stderr.write(
    `${formatProblem({ code: 'ERR_CLI_TRANSFER', message: `the server answered with status ${status}` })}\n`,
  );
}
