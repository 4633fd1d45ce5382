// redirect.ts — where a redirect leads, and what goes along (docs/fetch.md, "Redirects"). Each hop is judged by the list
// of hosts: a host on it gets a signature of its own, any other gets none, nor anything that identifies the caller.
import { SigningError } from '../errors.js';
import { NO_BODY } from './body.js';
import type { Client } from './client.js';
import type { FetchCarry } from './fetch-transport.js';
import type { Outgoing } from './outgoing.js';
import type { PlainHeaders } from './plain-headers.js';

// As many as `fetch` follows.
const REDIRECTS_MAX = 20;

const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

/**
 * The request for the next hop; undefined for a response that leads nowhere.
 *
 * @throws SigningError `ERR_SIGNING_REDIRECT` or `ERR_SIGNING_BODY_NOT_REPLAYABLE`.
 */
export function nextHop(
  client: Client,
  carry: FetchCarry,
  out: Outgoing,
  response: Response,
  count: number,
): { carry: FetchCarry; out: Outgoing } | undefined {
  // A browser hides where a redirect leads from those who would follow it themselves.
  if (response.type === 'opaqueredirect') {
    throw new SigningError('ERR_SIGNING_REDIRECT', 'this platform does not say where a redirect leads');
  }
  const location = REDIRECTS.has(response.status) ? response.headers.get('location') : null;
  if (location === null) return undefined;
  response.body?.cancel().catch(() => undefined);
  return {
    carry: { ...carry, request: undefined, init: initAfter(carry) },
    out: followRedirect(client, out, { status: response.status, location, count }),
  };
}

// What a Request carried must be carried on without it: its URL is not the one to go to.
function initAfter({ request, init }: FetchCarry): RequestInit | undefined {
  if (request === undefined) return init;
  const { cache, credentials, keepalive, mode, referrerPolicy, signal } = request;
  const fields: RequestInit = { cache, credentials, keepalive, referrerPolicy, signal };
  return { ...(mode === 'navigate' ? fields : { ...fields, mode }), ...init };
}

function followRedirect(
  client: Client,
  out: Outgoing,
  { status, location, count }: { status: number; location: string; count: number },
): Outgoing {
  if (count > REDIRECTS_MAX) throw refused(`is one of more than ${REDIRECTS_MAX}`);
  const url = redirectTarget(out.href, location);
  const { headers } = out;
  const toGet =
    (status === 303 && out.method !== 'GET' && out.method !== 'HEAD') || (status <= 302 && out.method === 'POST');
  if (toGet) dropBodyHeaders(headers);
  const body = toGet ? NO_BODY : out.body;
  if (body.kind === 'once') {
    const hint = 'send a string, bytes, or a function that makes the stream anew';
    throw new SigningError('ERR_SIGNING_BODY_NOT_REPLAYABLE', `a redirect asks for the body a second time: ${hint}`);
  }
  const destination = client.destinations.ofRedirect(url);
  const crossOrigin = destination.origin !== out.destination.origin;
  if (crossOrigin) {
    dropOriginBound(headers);
    // INVARIANT: an origin that is not signed for receives no credential, no token, and no body meant for another.
    if (destination.region === undefined) dropCredentials(headers);
    if (destination.region === undefined && out.destination.region !== undefined && body.kind !== 'none') {
      throw refused(`leads to \`${url.host}\`, which is not on the list of hosts, and would take the body there`);
    }
  }
  return {
    ...out,
    destination,
    target: url.pathname + url.search,
    href: url.href,
    method: toGet ? 'GET' : out.method,
    body,
  };
}

function refused(why: string): SigningError {
  return new SigningError('ERR_SIGNING_REDIRECT', `the redirect ${why}`);
}

function redirectTarget(from: string, location: string): URL {
  let url: URL;
  try {
    url = new URL(location, from);
  } catch {
    throw refused('leads to something that is not a URL');
  }
  if (url.protocol !== 'https:' && url.protocol !== 'http:') throw refused(`leads to \`${url.protocol}\``);
  if (url.username !== '' || url.password !== '') throw refused('leads to a URL with a user name or a password');
  return url;
}

// Removes everything that identifies the caller to AWS, for a hop that is not signed.
function dropCredentials(headers: PlainHeaders): void {
  for (const name of Object.keys(headers)) {
    if (name === 'authorization' || name.startsWith('x-amz-')) delete headers[name];
  }
}

// Removes what `fetch` removes when a redirect leaves the origin.
function dropOriginBound(headers: PlainHeaders): void {
  for (const name of ['authorization', 'proxy-authorization', 'cookie', 'host']) delete headers[name];
}

// Removes what described a body that a redirect dropped.
function dropBodyHeaders(headers: PlainHeaders): void {
  for (const name of ['content-encoding', 'content-language', 'content-location', 'content-type', 'content-length']) {
    delete headers[name];
  }
}
