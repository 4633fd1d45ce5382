// body.ts — request bodies: which can be sent twice, and which come in pieces.

/** Pieces of a streamed body. */
export type BodyChunk = Uint8Array | ArrayBuffer | string;

/** Everything that can be sent: what `fetch` takes, and any async iterable of bytes or text (a Node stream is one). */
export type LatticeBody =
  | string
  | ArrayBuffer
  | ArrayBufferView
  | Blob
  | FormData
  | URLSearchParams
  | ReadableStream
  | AsyncIterable<BodyChunk>;

/** A body, or a function that makes it anew for each attempt, so that a streamed body can be sent again. */
export type LatticeBodyInit = LatticeBody | (() => LatticeBody) | null;

/** A body during a request. */
export interface BodySource {
  readonly kind: 'none' | 'replayable' | 'once';
  /** The body for the next attempt. */
  next(): LatticeBody | null;
}

export const NO_BODY: BodySource = { kind: 'none', next: () => null };

/** Sorts a body into what can be sent again and what cannot. */
export function bodySource(body: LatticeBodyInit | undefined): BodySource {
  if (body === null || body === undefined) return NO_BODY;
  if (typeof body === 'function') return { kind: 'replayable', next: body };
  return { kind: isStreamed(body) ? 'once' : 'replayable', next: () => body };
}

/** True for a body that comes in pieces, and is gone once sent. */
export function isStreamed(body: LatticeBody | null): body is ReadableStream | AsyncIterable<BodyChunk> {
  return isReadableStream(body) || isIterable(body);
}

/** True for a body that comes in pieces and is not a stream that `fetch` takes. */
export function isIterable(body: unknown): body is AsyncIterable<BodyChunk> {
  return typeof body === 'object' && body !== null && Symbol.asyncIterator in body && !isReadableStream(body);
}

function isReadableStream(body: unknown): body is ReadableStream {
  return typeof (body as { getReader?: unknown } | null)?.getReader === 'function';
}
