// local-callers.ts — who may ask for credentials: programs on this machine, not pages that a browser has open.
import type { IncomingMessage } from 'node:http';

const LOOPBACK_HOST = /^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d{1,5})?$/i;

/**
 * Whether a request for credentials comes from a program on this machine. A name that was made to point to loopback is
 * refused by its `Host`, a page by what browsers alone send (Node's fetch sends `sec-fetch-mode`, but no `-site`).
 */
export function isLocalProgram({ headers }: IncomingMessage): boolean {
  const fromPage = headers.origin !== undefined || headers['sec-fetch-site'] !== undefined;
  return !fromPage && LOOPBACK_HOST.test(headers.host ?? '');
}
