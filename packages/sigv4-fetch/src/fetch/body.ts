// body.ts — request bodies: which can be sent twice, and how those that `fetch` does not take everywhere become a
// stream. Nothing is collected: a stream is passed on as it comes, and cancelled when the request is.

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
export function isStreamed(body: LatticeBody): body is ReadableStream | AsyncIterable<BodyChunk> {
  return typeof body === 'object' && body !== null && (isReadableStream(body) || Symbol.asyncIterator in body);
}

function isReadableStream(body: object): body is ReadableStream {
  return typeof (body as { getReader?: unknown }).getReader === 'function';
}

/** The body as every `fetch` takes it: async iterables become byte streams, all else stays the object it is. */
export function toFetchBody(body: LatticeBody): Exclude<LatticeBody, AsyncIterable<BodyChunk>> | ReadableStream {
  if (!isStreamed(body) || isReadableStream(body)) return body;
  return byteStream(body);
}

// A high-water mark of nought: the source is asked only when the connection can take more.
function byteStream(source: AsyncIterable<BodyChunk>): ReadableStream<Uint8Array> {
  const iterator = source[Symbol.asyncIterator]();
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        for (;;) {
          const { done, value } = await iterator.next();
          if (done) return controller.close();
          const bytes = toBytes(value);
          if (bytes.byteLength > 0) return controller.enqueue(bytes);
        }
      },
      async cancel(reason) {
        await iterator.return?.(reason);
      },
    },
    { highWaterMark: 0 },
  );
}

const encoder = new TextEncoder();

/** The bytes of one piece; a view keeps its bounds. */
export function toBytes(chunk: BodyChunk | ArrayBufferView): Uint8Array {
  if (chunk instanceof Uint8Array) return chunk;
  if (typeof chunk === 'string') return encoder.encode(chunk);
  if (chunk instanceof ArrayBuffer) return new Uint8Array(chunk);
  if (ArrayBuffer.isView(chunk)) return new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.byteLength);
  throw new TypeError('a streamed body is made of bytes or text');
}
