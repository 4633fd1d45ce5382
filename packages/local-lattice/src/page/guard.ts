// guard.ts — who may ask what of the page's API. The control port can be reached by every page that is open in a browser on
// this machine: none but ours may read from it or send through it.
import type { IncomingHttpHeaders, OutgoingHttpHeaders } from 'node:http';

/** With every answer. Nothing inline, nothing from elsewhere, in nobody's frame; and no text becomes markup. */
export const SECURITY_HEADERS: OutgoingHttpHeaders = {
  'content-security-policy': [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "connect-src 'self'",
    "img-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; '),
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': 'no-store',
};

const LOCAL_HOST = /^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d{1,5})?$/i;

/** Why a request is refused; undefined when it isn't. */
export function refusalOf(
  method: string,
  headers: IncomingHttpHeaders,
): { status: number; problem: string } | undefined {
  const { host = '', origin } = headers;
  // INVARIANT: a name that somebody else's DNS leads here is not ours.
  if (!LOCAL_HOST.test(host)) return { status: 421, problem: 'this page answers to localhost and 127.0.0.1 only' };
  const site = headers['sec-fetch-site'];
  const isOurs = site === undefined || site === 'same-origin' || (site === 'none' && method === 'GET');
  const isSameOrigin = origin === undefined || origin.toLowerCase() === `http://${host.toLowerCase()}`;
  if (!isSameOrigin || !isOurs) return { status: 403, problem: 'only this page may ask' };
  if (method !== 'POST') return undefined;
  // A form of another page can't send this type, and a script of one would have to ask first.
  const type = headers['content-type'] ?? '';
  if (!/^application\/json\s*(?:;|$)/i.test(type)) return { status: 415, problem: 'the body must be application/json' };
  return undefined;
}
