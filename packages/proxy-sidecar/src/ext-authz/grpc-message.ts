// grpc-message.ts: gRPC's framing: a byte that says whether a message is compressed, four with its length, the message. A call
// of the unary kind has one in each direction.

const PREFIX_BYTES = 5;

/** How the body of a call came out. */
export type ReadMessage =
  | { readonly kind: 'whole'; readonly message: Buffer }
  /** Compressed, which we have not offered. */
  | { readonly kind: 'compressed' }
  | { readonly kind: 'tooLarge' }
  /** Half a message, none, or more than one. */
  | { readonly kind: 'broken' };

/** Collects the one message of a call. Keeps no more than the limit. */
export class MessageCollector {
  readonly #bytesMax: number;
  readonly #chunks: Buffer[] = [];
  #length = 0;

  constructor(bytesMax: number) {
    this.#bytesMax = bytesMax;
  }

  /** Takes bytes; something when no further ones are wanted. */
  add(chunk: Buffer): ReadMessage | undefined {
    this.#chunks.push(chunk);
    this.#length += chunk.length;
    if (this.#length < PREFIX_BYTES) return undefined;
    const [first = chunk] = this.#chunks;
    const head = first.length >= PREFIX_BYTES ? first : this.#joined();
    if (head[0] === 1) return { kind: 'compressed' };
    if (head[0] !== 0) return { kind: 'broken' };
    const length = head.readUInt32BE(1);
    if (length > this.#bytesMax) return { kind: 'tooLarge' };
    return this.#length > PREFIX_BYTES + length ? { kind: 'broken' } : undefined;
  }

  /** What it was, once there is no more. */
  end(): ReadMessage {
    const all = this.#joined();
    if (all.length < PREFIX_BYTES || all.length !== PREFIX_BYTES + all.readUInt32BE(1)) return { kind: 'broken' };
    return { kind: 'whole', message: all.subarray(PREFIX_BYTES) };
  }

  #joined(): Buffer {
    const [only] = this.#chunks;
    if (only !== undefined && this.#chunks.length === 1) return only;
    const all = Buffer.concat(this.#chunks);
    this.#chunks.splice(0, this.#chunks.length, all);
    return all;
  }
}

/** A message as it is sent. */
export function framed(message: Buffer): Buffer {
  const prefix = Buffer.alloc(PREFIX_BYTES);
  prefix.writeUInt32BE(message.length, 1);
  return Buffer.concat([prefix, message]);
}
