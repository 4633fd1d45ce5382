// request-fields.ts — a Request taken apart, for when it cannot be sent as it is.
import type { SentInit } from './fetch-transport.js';

/** What goes along to a URL that differs from the Request's own in how its query is written. */
export function withFieldsOf(request: Request, sent: SentInit): SentInit {
  const { cache, credentials, integrity, keepalive, mode, referrer, referrerPolicy } = request;
  const fields: SentInit = { cache, credentials, integrity, keepalive, referrerPolicy, ...sent };
  if (mode !== 'navigate') fields.mode ??= mode;
  if (referrer !== '' && referrer !== 'about:client') fields.referrer ??= referrer;
  if ((sent.body ?? null) === null && request.body !== null && sent.method !== 'GET' && sent.method !== 'HEAD') {
    fields.body = request.body;
    fields.duplex = 'half';
  }
  return fields;
}
