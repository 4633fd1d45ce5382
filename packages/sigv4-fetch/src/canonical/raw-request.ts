// raw-request.ts — a request as it stands on the wire, before any library has tidied it.
// The signer and the verifier both read this form: a URL or a Headers object has already lost bytes that are signed.

/** One header line: name and value, in the order and case in which it is sent. */
export type RawHeader = readonly [name: string, value: string];

/**
 * A request head in raw form.
 *
 * `target` is the request-target as sent (`/path?query`). Code points beyond ASCII stand for their UTF-8 bytes.
 * `headers` may repeat names. `:authority` counts as `host` when there is no `host`.
 */
export interface RawRequest {
  readonly method: string;
  readonly target: string;
  readonly headers: readonly RawHeader[];
}

/** A request-target cut at its first `?`; `query` is undefined when there is none. */
export interface SplitTarget {
  readonly path: string;
  readonly query: string | undefined;
}

const ABSOLUTE_FORM = /^[a-z][a-z0-9+.-]*:\/\/[^/]*/i;

/** Cuts a request-target into path and query; of the absolute form only what follows the authority is kept. */
export function splitTarget(target: string): SplitTarget {
  const mark = target.indexOf('?');
  const path = mark < 0 ? target : target.slice(0, mark);
  return { path: path.replace(ABSOLUTE_FORM, ''), query: mark < 0 ? undefined : target.slice(mark + 1) };
}
