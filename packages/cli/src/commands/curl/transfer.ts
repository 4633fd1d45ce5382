// transfer.ts: sends one request and, under -L, those that its redirects ask for. Every hop is signed anew by the client;
// a host that may not be signed for gets nothing that says who is asking.
import { createLatticeFetch, type LatticeFetch, type RetryOptions } from '@lattice-auth/sigv4-fetch';
import type { Agent, Dispatcher } from 'undici';
import { CliError } from '../../errors.js';
import { signerOptions } from '../signing-flags.js';
import type { CurlFlags } from './command.js';
import { CURL_EXIT } from './failure.js';
import type { Prepared } from './prepare.js';

/** The response of the last hop. */
export interface Transfer {
  readonly response: Dispatcher.ResponseData;
  readonly last: Prepared;
  readonly redirects: number;
}

const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

/** Sends, and follows redirects when asked to. */
export async function transfer(
  first: Prepared,
  flags: CurlFlags,
  agent: Agent,
  signal: AbortSignal | undefined,
): Promise<Transfer> {
  const retry: RetryOptions | false = flags.retry === 0 ? false : { attempts: flags.retry + 1 };
  const options = { ...(await signerOptions(flags, first.url)), dispatcher: agent, retry };
  let client: LatticeFetch = createLatticeFetch(options);
  let request = first;
  for (let redirects = 0; ; redirects += 1) {
    const response = await send(client, request, signal);
    const location = flags.location && REDIRECTS.has(response.statusCode) ? response.headers.location : undefined;
    if (typeof location !== 'string') return { response, last: request, redirects };
    if (redirects === flags.maxRedirs)
      throw stopped(`more than ${flags.maxRedirs} redirects`, CURL_EXIT.tooManyRedirects);
    await response.body.dump({ limit: 65_536 });
    request = nextRequest(request, response.statusCode, location);
    // The first host was named by the user; where a redirect leads, nobody said that a signature may go.
    if (redirects === 0) client = client.extend({ hostNotAllowed: 'pass-through' });
  }
}

function send(client: LatticeFetch, { url, method, headers, body }: Prepared, signal: AbortSignal | undefined) {
  return client.request(url, { method, headers, ...(body ? { body: body.init } : {}), ...(signal ? { signal } : {}) });
}

function nextRequest(before: Prepared, status: number, location: string): Prepared {
  const url = URL.canParse(location, before.url.href) ? new URL(location, before.url) : undefined;
  if (url === undefined || (url.protocol !== 'https:' && url.protocol !== 'http:')) {
    throw stopped('the redirect does not lead to a web address', CURL_EXIT.malformedUrl);
  }
  const toGet = status === 303 ? before.method !== 'HEAD' : status <= 302 && before.method === 'POST';
  const body = toGet ? undefined : before.body;
  if (body !== undefined && typeof body.init !== 'function' && !(body.init instanceof Uint8Array)) {
    throw stopped('a redirect asks for the body again, and stdin is gone', CURL_EXIT.read);
  }
  const crossOrigin = url.origin !== before.url.origin;
  if (crossOrigin && body !== undefined) {
    throw stopped(`the redirect would take the body to \`${url.host}\``, CURL_EXIT.usage);
  }
  const method = toGet ? 'GET' : before.method;
  return { url, method, body, headers: headersAfter(before.headers, crossOrigin, body === undefined) };
}

function headersAfter(headers: Prepared['headers'], crossOrigin: boolean, withoutBody: boolean): Prepared['headers'] {
  return headers.filter(([name]) => {
    const lower = name.toLowerCase();
    if (withoutBody && lower.startsWith('content-')) return false;
    return (
      !crossOrigin || !(/^(authorization|proxy-authorization|cookie|host)$/.test(lower) || lower.startsWith('x-amz'))
    );
  });
}

function stopped(message: string, exitCode: number): CliError {
  return new CliError({ code: 'ERR_CLI_TRANSFER', message }, exitCode);
}
