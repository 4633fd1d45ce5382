// byte-stream.ts — bodies that come in pieces, as a stream that every `fetch` takes. Nothing is collected: each piece is
// passed on as it comes, and the source is let go when the request is cancelled. Loaded by the first such body.
import type { BodyChunk } from './body.js';

// A high-water mark of nought: the source is asked only when the connection can take more.
/** A stream of the bytes of an async iterable. */
export function byteStream(source: AsyncIterable<BodyChunk>): ReadableStream<Uint8Array> {
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
