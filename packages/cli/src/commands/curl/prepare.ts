// prepare.ts: from the command line to one request: URL, method, headers, body.
import { basename } from 'node:path';
import { cliError } from '../../errors.js';
import { type Io, readInput } from '../../io.js';
import { ownVersion } from '../../version.js';
import { parseHeader } from '../header-line.js';
import { typedUrl } from '../signing-flags.js';
import type { CurlFlags } from './command.js';
import { queryData, type RequestBody, requestBody } from './request-body.js';

/** What will be sent. */
export interface Prepared {
  readonly url: URL;
  readonly method: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: RequestBody | undefined;
}

/**
 * Reads the options.
 *
 * @throws CliError for a URL, header or file that cannot be used.
 */
export async function prepare(io: Io, typed: string, flags: CurlFlags): Promise<Prepared> {
  const body = await requestBody(io, flags);
  const url = urlOf(typed, flags, await queryData(io, flags));
  const method = flags.request ?? (flags.head ? 'HEAD' : methodFor(flags));
  if (!/^[!#$%&'*+.^_`|~\w-]{1,64}$/.test(method)) throw cliError('ERR_CLI_USAGE', `\`${method}\` is not a method`);
  return { url, method, headers: headersOf(flags, body, await headerLines(io, flags.header ?? [])), body };
}

function methodFor({ uploadFile, data, get }: CurlFlags): string {
  if (uploadFile !== undefined) return 'PUT';
  return data !== undefined && get !== true ? 'POST' : 'GET';
}

function urlOf(typed: string, { uploadFile }: CurlFlags, query: string | undefined): URL {
  const url = typedUrl(typed);
  // SPEC: curl puts a file into a folder under the file's own name.
  if (uploadFile !== undefined && uploadFile !== '-' && url.pathname.endsWith('/')) {
    url.pathname += encodeURIComponent(basename(uploadFile));
  }
  if (query !== undefined) url.search += url.search === '' ? query : `&${query}`;
  return url;
}

async function headerLines(io: Io, given: readonly string[]): Promise<readonly string[]> {
  const lines: string[] = [];
  for (const one of given) {
    if (!one.startsWith('@')) lines.push(one);
    else lines.push(...(await readInput(io, one.slice(1))).text.split(/\r?\n/).filter(Boolean));
  }
  return lines;
}

// Our own first: a line for the same name replaces it, one without a value removes it.
function headersOf(
  flags: CurlFlags,
  body: RequestBody | undefined,
  lines: readonly string[],
): [name: string, value: string][] {
  const json = flags.data?.some(({ kind }) => kind === 'json') ?? false;
  const own: [string, string | undefined][] = [
    ['accept', json ? 'application/json' : '*/*'],
    ['user-agent', flags.userAgent ?? `lattice-auth/${ownVersion()}`],
    ['content-type', body?.contentType],
    ['content-length', body?.contentLength?.toString()],
  ];
  const given = lines.map(parseHeader);
  const named = new Set(given.map(([name]) => name.toLowerCase()));
  const kept = own.filter((pair): pair is [string, string] => pair[1] !== undefined && !named.has(pair[0]));
  return [...kept, ...given.filter((pair): pair is [string, string] => pair[1] !== undefined)];
}
