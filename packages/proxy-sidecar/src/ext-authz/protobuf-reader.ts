// protobuf-reader.ts: Protocol Buffers' wire format, read as far as a question of Envoy's needs it. Total: any bytes are either
// read or refused with MalformedMessage. Unknown fields are passed over without looking into them, so that nothing nests
// deeper than the messages that are known; groups, which proto3 does not have, are refused.
import { isUtf8 } from 'node:buffer';

/** Bytes that are no message. */
export class MalformedMessage extends Error {
  override readonly name = 'MalformedMessage';
}

/** Wire types of proto3. */
const VARINT = 0;
const FIXED64 = 1;
const BYTES = 2;
const FIXED32 = 5;

const VARINT_BYTES_MAX = 10;
const TAG_BYTES_MAX = 5;
const FIELD_MAX = 2 ** 29 - 1;

/** The tag of a field of bytes: text, a message, an entry of a map. */
export const bytesTag = (field: number) => field * 8 + BYTES;
/** The tag of a field with a whole number. */
export const varintTag = (field: number) => field * 8 + VARINT;

/** Walks over one message. */
export class ProtobufReader {
  readonly #bytes: Buffer;
  readonly #end: number;
  #at: number;

  constructor(bytes: Buffer, start = 0, end = bytes.length) {
    this.#bytes = bytes;
    this.#at = start;
    this.#end = end;
  }

  /** The tag of the next field; 0 at the end. */
  next(): number {
    if (this.#at === this.#end) return 0;
    const from = this.#at;
    const tag = this.#number();
    const field = Math.floor(tag / 8);
    if (field === 0 || field > FIELD_MAX || this.#at - from > TAG_BYTES_MAX) throw new MalformedMessage('no field');
    return tag;
  }

  /** Passes over the field that `next` has named. */
  skip(tag: number): void {
    switch (tag % 8) {
      case VARINT:
        this.#number();
        break;
      case FIXED64:
        this.#advance(8);
        break;
      case BYTES:
        this.#advance(this.#number());
        break;
      case FIXED32:
        this.#advance(4);
        break;
      default:
        throw new MalformedMessage('a group, or no wire type');
    }
  }

  /** A whole number; what JavaScript cannot hold exactly, negative ones among them, is at least very large. */
  number(): number {
    return this.#number();
  }

  /** A reader of the message in this field. */
  message(): ProtobufReader {
    const start = this.#bytesStart();
    return new ProtobufReader(this.#bytes, start, this.#at);
  }

  /** Text. */
  text(): string {
    const start = this.#bytesStart();
    if (this.#isAscii(start)) return this.#bytes.toString('latin1', start, this.#at);
    this.#refuseBadText(start);
    return this.#bytes.toString('utf8', start, this.#at);
  }

  /** Text that stood in an HTTP message, each of its bytes one character: what HTTP servers make of it. */
  httpText(): string {
    const start = this.#bytesStart();
    if (!this.#isAscii(start)) this.#refuseBadText(start);
    return this.#bytes.toString('latin1', start, this.#at);
  }

  /** Bytes that stood in an HTTP message, each one character. */
  httpBytes(): string {
    const start = this.#bytesStart();
    return this.#bytes.toString('latin1', start, this.#at);
  }

  #bytesStart(): number {
    const length = this.#number();
    const start = this.#at;
    this.#advance(length);
    return start;
  }

  #advance(length: number): void {
    if (length > this.#end - this.#at) throw new MalformedMessage('a field ends behind its message');
    this.#at += length;
  }

  #number(): number {
    let value = 0;
    let factor = 1;
    for (let read = 0; read < VARINT_BYTES_MAX; read += 1) {
      if (this.#at === this.#end) throw new MalformedMessage('a number without an end');
      const byte = this.#bytes[this.#at] ?? 0;
      this.#at += 1;
      value += (byte & 0x7f) * factor;
      if (byte < 0x80) return value;
      factor *= 128;
    }
    throw new MalformedMessage('a number of more than ten bytes');
  }

  #isAscii(start: number): boolean {
    for (let at = start; at < this.#at; at += 1) if ((this.#bytes[at] ?? 0) >= 0x80) return false;
    return true;
  }

  // SPEC: proto3: a `string` is UTF-8.
  #refuseBadText(start: number): void {
    if (!isUtf8(this.#bytes.subarray(start, this.#at))) throw new MalformedMessage('text that is not UTF-8');
  }
}
