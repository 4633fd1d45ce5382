// network-errors.ts — tells apart the failures of a connection: those that happened before anything was sent (any
// method may be tried again), those that left it open (only an idempotent one may), and those that are not the network's.

/** `unsent`: no byte of the request left. `unknown`: it may have been processed. `none`: not a network failure. */
export type NetworkFailure = 'unsent' | 'unknown' | 'none';

const UNSENT = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);
const UNKNOWN = new Set([
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
  'ETIMEDOUT',
  'UND_ERR_SOCKET',
  'UND_ERR_HEADERS_TIMEOUT',
  'UND_ERR_BODY_TIMEOUT',
  'HPE_INVALID_CONSTANT',
]);

/** Classifies what `fetch` or undici rejected with, looking through `cause` and the parts of an `AggregateError`. */
export function networkFailure(error: unknown): NetworkFailure {
  const seen: unknown[] = [error];
  let worst: NetworkFailure = 'none';
  // A cause may point back at its error, and may be deep: ten steps are more than any client makes.
  for (let at = 0; at < seen.length && at < 10; at += 1) {
    const candidate = seen[at];
    if (typeof candidate !== 'object' || candidate === null) continue;
    const { code, cause, errors } = candidate as { code?: unknown; cause?: unknown; errors?: unknown };
    if (typeof code === 'string' && UNKNOWN.has(code)) return 'unknown';
    if (typeof code === 'string' && UNSENT.has(code)) worst = 'unsent';
    if (cause !== undefined) seen.push(cause);
    if (Array.isArray(errors)) seen.push(...errors.slice(0, 4));
  }
  return worst;
}
