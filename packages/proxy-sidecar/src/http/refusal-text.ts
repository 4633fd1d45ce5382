// refusal-text.ts: the beginning of a 403's text, kept beside the bytes that pass: preflight compares it with what it had
// expected, word for word.
import { REFUSAL_BYTES_MAX } from '../limits.js';

/** Keeps as much as a refusal of Lattice's has. */
export class RefusalText {
  readonly #chunks: Buffer[] = [];
  #bytes = 0;

  add(chunk: Buffer): void {
    const room = REFUSAL_BYTES_MAX - this.#bytes;
    if (room > 0) this.#chunks.push(chunk.subarray(0, room));
    this.#bytes += chunk.length;
  }

  toString(): string {
    return Buffer.concat(this.#chunks).toString('utf8');
  }
}
